"""What is missing and what is assumed, held by the checker alone: whatever is said of it that is not so is seen."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from supportable.document import read_file
from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.verdict import evaluate, to_json
from supportable.verify import Checker, facts_of
from tests.packs.acme import ARRAYS, SHARED, shelf

DESIGN = Path(__file__).parents[2] / "examples" / "half-known-cluster.yaml"
DAY = "2009-07-01"
Verdict = dict[str, Any]
Change = Callable[[Verdict], object]


@pytest.fixture(scope="module")
def shipped() -> PackSet:
    return load_packs()


@pytest.fixture(scope="module")
def judged(shipped: PackSet) -> tuple[Verdict, Checker]:
    verdict = to_json(evaluate(DESIGN, shipped, as_of=DAY))
    checker = Checker(facts_of(verdict, read_file(DESIGN), shipped.vocabulary), shipped)
    assert checker.wrong(verdict, "v") == ()
    return verdict, checker


def faults(judged: tuple[Verdict, Checker], change: Change) -> list[tuple[str, str]]:
    verdict, checker = judged
    changed = copy.deepcopy(verdict)
    change(changed)
    assert changed != verdict
    return [(problem.code, problem.pointer) for problem in checker.wrong(changed, "v")]


def listed(verdict: Verdict) -> list[list[Any]]:
    """The list of the cluster, which is the only one that is open, and that of the design."""
    assert [bool(subject["missing"]) for subject in verdict["subjects"]] == [True, False, False, False]
    return [verdict["subjects"][0]["missing"], verdict["missing"]]


def everywhere(index: int, **fields: Any) -> Change:
    """An entry changed alike in both lists, so that they still agree."""

    def change(verdict: Verdict) -> None:
        for entries in listed(verdict):
            entries[index].update(fields)

    return change


def in_both(change: Callable[[list[Any]], object]) -> Change:
    def made(verdict: Verdict) -> None:
        for entries in listed(verdict):
            change(entries)

    return made


FIRST = "/subjects/0/missing/0"
KNOWN = {"fact": "cluster/clu.kind", "pointer": "/clusters/0/kind"}
OTHER_ROW = {"fact": "cluster/clu.validation", "pointer": "/clusters/0/nodes"}

MISSING: dict[str, tuple[Change, str]] = {
    "left out of the design": (lambda it: it["missing"].pop(), "/missing"),
    "put into the design": (lambda it: it["missing"].append(it["missing"][0]), "/missing"),
    "other words in the design": (lambda it: it["missing"][0].update(question="Well?"), "/missing"),
    "left out of both": (in_both(lambda entries: entries.pop(1)), "/subjects/0/findings/7/missing"),
    "left out of a finding": (
        lambda it: it["subjects"][0]["findings"][0].update(missing=[]),
        "/subjects/0/findings/0/missing",
    ),
    "put into a finding": (
        lambda it: it["subjects"][0]["findings"][8]["missing"].append("cluster/clu.validation"),
        "/subjects/0/findings/8/missing",
    ),
    "another order": (in_both(lambda entries: entries.reverse()), "/subjects/0/missing"),
    "twice": (in_both(lambda entries: entries.insert(0, entries[0])), "/subjects/0/missing"),
    "of a subject that is decided": (
        lambda it: it["subjects"][1].update(missing=[{**it["missing"][0], "subjects": ["machine/node1"]}]),
        "/subjects/1/missing",
    ),
    "decides what is not open": (
        everywhere(0, decides=["microsoft.failover-clustering/two-nodes"]), f"{FIRST}/decides",
    ),
    "decides nothing": (everywhere(0, decides=[]), f"{FIRST}/decides"),
    "decides less": (
        everywhere(0, decides=["microsoft.failover-clustering/failed-tests"]), "/subjects/0/findings/1/missing",
    ),
    "less bad": (everywhere(0, worst="not_covered"), f"{FIRST}/worst"),
    "worse": (everywhere(1, worst="unsupported"), "/subjects/0/missing/1/worst"),
    "of others": (everywhere(0, subjects=["machine/node1"]), f"{FIRST}/subjects"),
    "known": (everywhere(0, **KNOWN), f"{FIRST}/fact"),
    "elsewhere": (everywhere(0, **OTHER_ROW), f"{FIRST}/pointer"),
    "nowhere": (everywhere(0, pointer="/clusters/9/validation"), f"{FIRST}/pointer"),
    "another question": (everywhere(0, question="Well?"), f"{FIRST}/question"),
    "an answer to what has none": (
        everywhere(0, answers=[{"value": "passed", "status": "supported"}]), f"{FIRST}/answers",
    ),
    "a policy with an answer": (
        everywhere(5, answers=[{"value": True, "status": "supported"}]), "/subjects/0/missing/5/kind",
    ),
    "of no kind": (everywhere(5, kind="luck"), "/subjects/0/missing/5/kind"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISSING)
def test_what_is_said_to_be_missing_is_held_to_the_findings(judged: tuple[Verdict, Checker], name: str) -> None:
    change, where = MISSING[name]
    found = faults(judged, change)
    assert ("SUP919", where) in found
    assert {code for code, _ in found} == {"SUP919"}


@pytest.mark.parametrize("key", ["worst", "decides", "subjects"])
@pytest.mark.parametrize("value", ["x", [1], [None], [[]], {}])
def test_an_entry_that_holds_what_it_cannot_is_told_and_no_crash(
    judged: tuple[Verdict, Checker], key: str, value: object
) -> None:
    assert "SUP910" in {code for code, _ in faults(judged, everywhere(0, **{key: value}))}


@pytest.mark.parametrize("drop", [0, 1])
def test_no_answer_is_left_out(tmp_path: Path, drop: int) -> None:
    packs = load_packs([shelf(tmp_path, SHARED, ARRAYS)], discover=False)
    facts = load_design({"arrays": [{"id": "a"}]}, packs.vocabulary)
    verdict = to_json(evaluate(facts, packs, as_of="2024-01-01"))
    checker = Checker(facts, packs)
    assert len(verdict["missing"][0]["answers"]) == 2

    def change(it: Verdict) -> None:
        for entries in (it["missing"], it["subjects"][0]["missing"]):
            del entries[0]["answers"][drop]

    assert faults((verdict, checker), change) == [("SUP919", "/subjects/0/missing/0/answers")]


def assumed(index: int, **fields: Any) -> Change:
    return lambda it: it["assumed"][index].update(fields)


ASSUMED: dict[str, tuple[Change, str]] = {
    "left out": (lambda it: it["assumed"].pop(0), "/assumed"),
    "said otherwise": (assumed(1, say="multi_site: <text>"), "/assumed/1/say"),
    "another order": (lambda it: it["assumed"].reverse(), "/assumed"),
    "decides and is said not to": (assumed(0, decides=False), "/assumed/0/decides"),
    "all are said not to decide": (
        lambda it: [one.update(decides=False) for one in it["assumed"]], "/assumed/0/decides",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ASSUMED)
def test_what_is_said_to_be_assumed_is_judged_again(judged: tuple[Verdict, Checker], name: str) -> None:
    change, where = ASSUMED[name]
    assert ("SUP920", where) in faults(judged, change)


def test_what_matters_to_nobody_is_not_an_assumption_to_list(judged: tuple[Verdict, Checker]) -> None:
    verdict, checker = judged
    listed = {one["fact"] for one in verdict["assumed"]}
    tables = checker.facts.tables.values()
    row, name = next(
        (row, name)
        for table in tables
        for row in table.own()
        for name in sorted(row.assumed)
        if f"{row.name}.{name}" not in listed and name == "memory_demand"
    )
    made_up = {
        "fact": f"{row.name}.{name}", "as": "none", "pointer": f"{row.pointer}/{name}",
        "say": f"{name}: <number GiB>", "decides": False,
    }  # fmt: skip
    entries = sorted([*verdict["assumed"], made_up], key=lambda one: tuple(one["fact"].rsplit(".", 1)))
    place = entries.index(made_up)
    [problem] = checker.wrong({**verdict, "assumed": entries}, "v")
    assert (problem.code, problem.pointer) == ("SUP920", f"/assumed/{place}")
    assert problem.message.endswith("changes nothing if it is taken back")


def test_what_decides_nothing_is_not_said_to(shipped: PackSet) -> None:
    path = DESIGN.parent / "listed-cluster-2003.yaml"
    verdict = to_json(evaluate(path, shipped, as_of="2019-03-01"))
    checker = Checker(facts_of(verdict, read_file(path), shipped.vocabulary), shipped)
    calm = [place for place, one in enumerate(verdict["assumed"]) if not one["decides"]]
    for place in calm[:2]:
        changed = copy.deepcopy(verdict)
        changed["assumed"][place]["decides"] = True
        assert [problem.pointer for problem in checker.wrong(changed, "v")] == [f"/assumed/{place}/decides"]
    assert calm
