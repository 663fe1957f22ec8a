"""Whatever is changed in a verdict, the checker says so: every field is tried, in every way that its type allows."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from supportable.document import read_file
from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.verdict import evaluate, to_json
from supportable.verify import Checker, facts_of
from tests.packs.acme import ARRAYS, SHARED, shelf

ROOT = Path(__file__).parents[2]
JUDGED = [
    ("half-known-cluster", "2009-07-01"),
    ("sql-guest-cluster", "2009-07-01"),
    ("sql-guest-cluster-vmware", "2012-01-01"),
    ("file-cluster-failed-arbitration", "2009-07-01"),
    ("multi-site-cluster-2019", "2019-03-01"),
]
MOST_OF_A_KIND = 1
"""How many places of one kind (the same keys, whatever the positions in lists and the depth of a tree) are tried in
each verdict."""

UNSEEN = {("engine", "reading")}
"""Where a change to another word that is allowed there cannot be seen; it does no harm, as all readings agree."""

Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def shipped() -> PackSet:
    return load_packs()


@pytest.fixture(
    scope="module",
    params=[JUDGED[0], *(pytest.param(each, marks=pytest.mark.slow) for each in JUDGED[1:])],
    ids=[name for name, _ in JUDGED],
)
def judged(request: pytest.FixtureRequest, shipped: PackSet) -> tuple[dict[str, Any], Checker]:
    name, day = request.param
    path = ROOT / "examples" / f"{name}.yaml"
    verdict = to_json(evaluate(path, shipped, as_of=day))
    return verdict, Checker(facts_of(verdict, read_file(path), shipped.vocabulary), shipped)


def places(verdict: dict[str, Any]) -> Iterator[Path_]:
    """Some places of every kind in a verdict, the root not among them."""
    of_a_kind: dict[Path_, list[Path_]] = defaultdict(list)
    waiting: list[tuple[Path_, Any]] = [((), verdict)]
    while waiting:
        path, held = waiting.pop()
        of_a_kind[tuple(name for name, _ in groupby(step for step in path if isinstance(step, str)))].append(path)
        if isinstance(held, dict):
            waiting += [((*path, key), inner) for key, inner in held.items()]
        elif isinstance(held, list):
            waiting += [((*path, place), inner) for place, inner in enumerate(held)]
    del of_a_kind[()]
    for kind in of_a_kind.values():
        yield from kind[:MOST_OF_A_KIND]


def changes(held: Any) -> Iterator[Any]:
    """Other values that could stand where `held` does: near ones, and one of another type."""
    match held:
        case bool():
            yield from (not held, int(held))
        case int():
            yield from (held + 1, held - 1, str(held))
        case str():
            yield from (held + " ", held[:-1], held.swapcase(), "") if held else ("x",)
            yield None
        case None:
            yield from ("", "none", False)
        case list():
            yield from ([*held, *held[:1]], [*held, "x"], held[:-1], held[::-1], [])
        case dict():
            yield from ({}, {**held, "x": 1})
            for key in held:
                yield {name: inner for name, inner in held.items() if name != key}


def changed(verdict: dict[str, Any], path: Path_, value: Any) -> dict[str, Any]:
    """A copy of the verdict with `value` at a path; what is not on the way is shared."""
    root = copy.copy(verdict)
    holder: Any = root
    for step in path[:-1]:
        holder[step] = copy.copy(holder[step])
        holder = holder[step]
    holder[path[-1]] = value
    return root


def at(verdict: Any, path: Path_) -> Any:
    for step in path:
        verdict = verdict[step]
    return verdict


def test_no_change_of_any_field_goes_unseen(judged: tuple[dict[str, Any], Checker]) -> None:
    verdict, checker = judged
    assert checker.wrong(verdict, "verdict", verdict) == ()
    unseen = []
    tried = 0
    for path in places(verdict):
        held = at(verdict, path)
        for value in changes(held):
            if value == held and value.__class__ is held.__class__:
                continue
            tried += 1
            if not checker.wrong(changed(verdict, path, value), "verdict", verdict):
                unseen.append((path, value))
    assert unseen == []
    assert tried > 500


def test_without_asking_the_engine_only_the_completeness_of_two_lists_is_open(
    judged: tuple[dict[str, Any], Checker],
) -> None:
    verdict, checker = judged
    for path in places(verdict):
        if {"missing", "assumed"} & set(path):
            continue
        held = at(verdict, path)
        value: Any = next(iter(changes(held)))
        if value != held or value.__class__ is not held.__class__:
            assert checker.wrong(changed(verdict, path, value), "verdict"), path


def test_another_reading_is_the_only_other_word_that_passes(judged: tuple[dict[str, Any], Checker]) -> None:
    verdict, checker = judged
    for path in UNSEEN:
        assert checker.wrong(changed(verdict, path, "reference"), "verdict", verdict) == ()
        assert checker.wrong(changed(verdict, path, "oracle"), "verdict", verdict) != ()


def test_another_day_passes_only_if_all_the_rest_is_true_of_that_day(
    judged: tuple[dict[str, Any], Checker], shipped: PackSet
) -> None:
    verdict, checker = judged
    for days in (-4000, -1, 1, 4000):
        other = (date.fromisoformat(verdict["as_of"]) + timedelta(days)).isoformat()
        moved = changed(verdict, ("as_of",), other)
        assert (checker.wrong(moved, "verdict", None) == ()) == (
            to_json(evaluate(checker.facts, shipped, as_of=other)) == moved
        )


def test_a_wrong_answer_is_seen_by_the_checker_alone(tmp_path: Path) -> None:
    packs = load_packs([shelf(tmp_path, SHARED, ARRAYS)], discover=False)
    facts = load_design({"arrays": [{"id": "a"}]}, packs.vocabulary)
    verdict = to_json(evaluate(facts, packs, as_of="2024-01-01"))
    answers = [{"value": True, "status": "supported"}, {"value": False, "status": "unsupported"}]
    assert verdict["missing"][0]["answers"] == verdict["subjects"][0]["missing"][0]["answers"] == answers
    checker = Checker(facts, packs)
    assert checker.wrong(verdict, "verdict") == ()
    for path in (("missing", 0, "answers", 1, "status"), ("subjects", 0, "missing", 0, "answers", 1, "status")):
        [problem] = checker.wrong(changed(verdict, path, "supported"), "verdict")
        assert (problem.code, problem.message[-21:]) == ("SUP919", "should be unsupported")


def test_an_assumption_left_out_or_made_up_is_seen_by_the_checker_alone(shipped: PackSet) -> None:
    path = ROOT / "examples" / "sql-guest-cluster.yaml"
    verdict = to_json(evaluate(path, shipped, as_of="2009-07-01"))
    checker = Checker(facts_of(verdict, read_file(path), shipped.vocabulary), shipped)
    assert checker.wrong(verdict, "verdict") == ()
    first, *others = verdict["assumed"]
    made_up = {**first, "fact": "cluster/sqlclu.kind", "pointer": "/clusters/0/kind"}
    for assumed in (others, [made_up, first, *others], [{**first, "as": "workgroup"}, *others]):
        problems = checker.wrong({**verdict, "assumed": assumed}, "verdict")
        assert [problem.code for problem in problems] == ["SUP920"]


def test_nothing_that_is_no_verdict_is_a_crash(shipped: PackSet) -> None:
    path = ROOT / "examples" / "sql-guest-cluster.yaml"
    verdict = to_json(evaluate(path, shipped, as_of="2009-07-01"))
    checker = Checker(facts_of(verdict, read_file(path), shipped.vocabulary), shipped)
    for key in verdict:
        odd: tuple[Any, ...] = (None, [], {}, "x", 1, [None], [[]], [{}], {"x": None})
        for value in odd:
            broken = {**verdict, key: value}
            assert all(problem.code.startswith("SUP9") for problem in checker.wrong(broken, "verdict"))
            facts_of(broken, read_file(path), shipped.vocabulary)
