"""What the engine says holds, as the checker sees it: for the examples on many days, and for worlds drawn at random.

The checker shares no evaluator with the engine, so this also holds each of the two to the other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from supportable.document import canonical_json, read_file
from supportable.packs import PackSet, load_packs
from supportable.readings import READINGS
from supportable.verdict import evaluate, to_json
from supportable.verify import Checker, facts_of, read_verdict
from supportable.verify import check as checked
from supportable.verify.check import READINGS as NAMES
from supportable.vocabulary.references import Reference
from tests.readings.generators.choices import Rolled
from tests.readings.strategies import World, tried, world, worlds

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
IN_CASES = sorted((ROOT / "policies" / "supportable_policies").glob("*/*/designs/*.yaml"))
ARTICLE = Reference("KB1", "An article", "https://articles.example/1", "Somebody", "documentation", "full", "")
DAYS = ("2008-06-01", "2009-05-22", "2012-01-01", "2019-03-01")
JUDGED = [(path, day) for path in EXAMPLES for day in DAYS]
JUDGED += [(path, day) for path in IN_CASES for day in DAYS[1::2]]


@pytest.fixture(scope="module")
def shipped() -> PackSet:
    return load_packs()


@pytest.mark.parametrize(("path", "day"), JUDGED, ids=lambda each: each.stem if isinstance(each, Path) else each)
def test_every_verdict_of_ours_holds(shipped: PackSet, path: Path, day: str) -> None:
    whole = to_json(evaluate(path, shipped, as_of=day))
    given_verdict = read_verdict(canonical_json(whole), "verdict.json")
    assert given_verdict == whole
    facts = facts_of(given_verdict, read_file(path), shipped.vocabulary)
    assert Checker(facts, shipped).wrong(given_verdict, "verdict.json", whole) == ()


@tried
@given(worlds())
def test_the_verdict_of_any_world_holds(any_world: World) -> None:
    holds(any_world)


@pytest.mark.parametrize("seed", [*range(40), 98, 901, 1005, 1827, 10980, 14424, 15700])
def test_the_verdict_of_a_seeded_world_holds(seed: int) -> None:
    holds(world(Rolled(seed)))


def holds(any_world: World) -> None:
    day = date.fromordinal(any_world.plan.as_of)
    # Worlds cite an article that they do not describe.
    packs = replace(any_world.packs, references={"KB1": ARTICLE}, plans={})
    verdict = to_json(evaluate(any_world.facts, packs, as_of=day, deadline=None))
    assert checked(verdict, any_world.facts, packs, file="verdict", again=verdict) == ()


def test_a_verdict_by_some_packs_holds_by_those(shipped: PackSet) -> None:
    path = EXAMPLES[4]
    verdict = to_json(evaluate(path, shipped, as_of="2009-07-01", only=["microsoft.sql-server-virtualization"]))
    assert 0 < len(verdict["packs"]) < len(shipped.packs)
    assert checked(verdict, facts_of(verdict, read_file(path), shipped.vocabulary), shipped, file="v") == ()


def test_a_verdict_of_a_design_without_a_file_holds(shipped: PackSet) -> None:
    document = read_file(EXAMPLES[0])
    assert isinstance(document.root, dict)
    verdict = to_json(evaluate(dict(document.root), shipped, as_of="2009-07-01"))
    assert {subject["at"] for subject in verdict["subjects"]} == {None}
    assert checked(verdict, facts_of(verdict, document, shipped.vocabulary), shipped, file="v") == ()


def test_the_checker_knows_every_reading() -> None:
    assert set(NAMES) == set(READINGS)
