"""The durable reading answers what the reference answers; what tells them apart is a defect of one of them."""

from __future__ import annotations

import pickle
import threading
from pathlib import Path

import pytest
from hypothesis import given

from supportable import PackSet, load_design, load_packs
from supportable.errors import EvaluationError
from supportable.facts import EMPTY, Members
from supportable.plan.model import Plan
from supportable.readings import READINGS, compiled, durable, reference
from supportable.readings.durable_rete import values
from supportable.readings.durable_rete.lowering import lower
from supportable.readings.durable_rete.productions import (
    MOST_PATTERNS,
    MOST_PRODUCTIONS,
    MOST_SHARING,
    MOST_TESTS,
    Production,
    conjunction,
    refuse_beyond_limits,
    rulesets,
)
from supportable.readings.durable_rete.values import INFINITE, Range
from supportable.readings.findings import Findings
from supportable.verdict import plan_for
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.readings.generators.choices import Rolled
from tests.readings.strategies import World, columns, tried, world, worlds

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
DAYS = ("2004-06-01", "2009-05-22", "2009-07-01", "2013-03-01", "2019-12-31", "2026-08-01")


def same(one: Findings, other: Findings) -> None:
    assert one.items == other.items
    assert one.not_applicable == other.not_applicable
    assert columns(one) == columns(other)


@pytest.fixture(scope="module")
def shipped() -> PackSet:
    return load_packs()


# -- the same answer ------------------------------------------------------------------------------------------------


@pytest.mark.durable
@tried
@given(worlds())
def test_all_three_readings_find_the_same(any_world: World) -> None:
    expected = reference.judge(any_world.plan, any_world.facts)
    same(durable.judge(any_world.plan, any_world.facts), expected)
    same(compiled.judge(any_world.plan, any_world.facts), expected)


@pytest.mark.durable
@pytest.mark.parametrize("first", range(5000, 5100, 25))
def test_all_three_readings_find_the_same_in_worlds_that_are_not_shrunk(first: int) -> None:
    for seed in range(first, first + 25):
        any_world = world(Rolled(seed))
        expected = reference.judge(any_world.plan, any_world.facts)
        same(durable.judge(any_world.plan, any_world.facts), expected)
        same(compiled.judge(any_world.plan, any_world.facts), expected)


@pytest.mark.durable
@pytest.mark.parametrize("day", DAYS)
def test_the_shipped_packs_find_the_same_on_the_examples(shipped: PackSet, day: str) -> None:
    plan = plan_for(shipped, as_of=day)
    for path in EXAMPLES:
        facts = load_design(path, shipped.vocabulary)
        same(durable.judge(plan, facts), reference.judge(plan, facts))


# Seeds of worlds on which the readings once differed.
# 1513: `size(list) == none` is unknown where the size is: a size between two bounds was taken for one that is there.
@pytest.mark.durable
@pytest.mark.parametrize("seed", [1513])
def test_worlds_that_were_once_judged_differently(seed: int) -> None:
    any_world = world(Rolled(seed))
    same(durable.judge(any_world.plan, any_world.facts), reference.judge(any_world.plan, any_world.facts))


@pytest.mark.durable
def test_threads_take_turns() -> None:
    any_world = world(Rolled(11))
    expected = reference.judge(any_world.plan, any_world.facts)
    found: list[Findings] = []
    threads = [
        threading.Thread(target=lambda: found.append(durable.judge(any_world.plan, any_world.facts))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(threads)
    for each in found:
        same(each, expected)


@pytest.mark.durable
def test_a_plan_that_was_judged_by_can_be_sent_to_another_process() -> None:
    any_world = world(Rolled(12))
    durable.judge(any_world.plan, any_world.facts)
    sent: Plan = pickle.loads(pickle.dumps(any_world.plan))
    assert sent.digest == any_world.plan.digest


def test_it_is_among_the_readings_whether_it_is_installed_or_not() -> None:
    assert set(READINGS) >= {"compiled", "durable", "reference"}


# -- what the engine is given ---------------------------------------------------------------------------------------


def test_a_long_conjunction_is_built_from_short_ones() -> None:
    fresh = (f"j{place}" for place in range(100))
    made = conjunction("all", [f"t{place}" for place in range(60)], fresh)
    assert max(len(production.names) for production in made) <= MOST_PATTERNS
    reached = {name for production in made for name in production.names}
    assert {f"t{place}" for place in range(60)} <= reached
    assert [production.gives for production in made][-1] == "all"
    assert {production.gives for production in made[:-1]} <= reached


def test_a_conjunction_of_the_same_fact_asks_for_it_once() -> None:
    assert conjunction("both", ["t1", "t1"], iter(())) == [Production("both", "t1")]


def test_rulesets_are_cut_before_the_engine_s_limits() -> None:
    shared = [Production(f"g{place}", "everywhere") for place in range(1000)]
    apart = [Production(f"g{place}", f"t{place}", ((f"u{place}", "e"),)) for place in range(1000)]
    for productions in (shared, apart):
        made = rulesets("s", productions)
        assert [each for held in made.values() for each in held] == productions
        for held in made.values():
            assert len(held) <= MOST_PRODUCTIONS
            assert len({name for production in held for name in production.names}) <= MOST_TESTS
            assert len(held) <= MOST_SHARING or held[0].first != "everywhere"


@pytest.mark.parametrize(
    "productions",
    [
        tuple(Production("g", "shared") for _ in range(MOST_SHARING + 1)),
        tuple(Production("g", f"t{place}") for place in range(MOST_TESTS + 1)),
        (Production("g", "t0", tuple((f"t{place}", "e") for place in range(1, MOST_PATTERNS + 1))),),
    ],
    ids=["one name in too many productions", "too many names", "too many patterns"],
)
def test_what_the_engine_cannot_hold_is_refused(productions: tuple[Production, ...]) -> None:
    with pytest.raises(EvaluationError) as caught:
        refuse_beyond_limits("s", productions)
    assert [problem.code for problem in caught.value.problems] == ["SUP621"]


def test_the_shipped_packs_lower_to_rulesets_that_the_engine_can_hold(shipped: PackSet) -> None:
    for day in DAYS:
        lowered = lower(plan_for(shipped, as_of=day))
        assert lowered.rulesets
        assert all(len(held) <= MOST_PRODUCTIONS for held in lowered.rulesets.values())


# -- values, by the text of the language ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "left", "right", "expected"),
    [
        ("eq", Range(2, 2), 2, 2),
        ("eq", Range(2, 5), 2, 1),
        ("eq", Range(3, INFINITE), 2, 0),
        ("lt", Range(0, 2), 3, 2),
        ("lt", Range(3, INFINITE), 3, 0),
        ("lt", Range(2, INFINITE), 3, 1),
        ("le", 3, Range(3, INFINITE), 2),
        ("le", 3, Range(0, 2), 0),
        ("le", Range(0, 4), Range(4, 9), 2),
        ("eq", Range(2, 2), NONE, 0),
        ("eq", Range(2, 2), UNKNOWN, 1),
        ("lt", UNKNOWN, NONE, 0),
    ],
)
def test_a_comparison_is_decided_when_every_pair_agrees(op: str, left: object, right: object, expected: int) -> None:
    assert values.compared(op, "plain", left, right, ()) == expected


@pytest.mark.parametrize(
    ("op", "left", "right", "expected"),
    [
        ("add", NONE, UNKNOWN, NONE),
        ("div", 7, 0, UNKNOWN),
        ("div", -7, 2, -4),
        ("mul", 2**62, 2, UNKNOWN),
        ("sub", -(2**63), 0, -(2**63)),
    ],
)
def test_arithmetic(op: str, left: object, right: object, expected: object) -> None:
    assert values.calculated(op, left, right, days=False, gives_day=False) == expected


@pytest.mark.parametrize(
    ("op", "found", "k", "expected"),
    [
        ("sum", [], None, 0),
        ("min", [], None, NONE),
        ("smallest", [(5, 2), (1, 1)], 2, 6),
        ("largest", [(5, 2), (1, 1)], 2, 10),
        ("largest", [(5, 2), (1, 1)], 9, 11),
        ("largest", [(5, 2)], NONE, NONE),
        ("largest", [(5, 2)], -1, 0),
        ("sum", [(5, 2), (NONE, 7)], None, 10),
        ("sum", [(5, 2), (UNKNOWN, 1)], None, UNKNOWN),
    ],
)
def test_totals_count_each_member_as_often_as_it_stands_for(
    op: str, found: list[tuple[object, int]], k: object, expected: object
) -> None:
    assert values.total(op, found, k) == expected


def test_what_two_branches_agree_on() -> None:
    other = Members()
    assert values.agreed(1, True, UNKNOWN) is UNKNOWN
    assert values.agreed(EMPTY, other, "differs") == "differs"
    assert values.agreed(EMPTY, EMPTY, "differs") is EMPTY
    assert values.agreed(NONE_PRODUCT, NONE_PRODUCT, UNKNOWN_PRODUCT) is NONE_PRODUCT
