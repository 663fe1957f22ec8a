"""Assumptions are shown where something rests on them: one by one in a small design, by attribute in a large one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from supportable import Facts, PackSet, evaluate, load_design, load_packs
from supportable.intake import relaxed
from supportable.readings import READINGS
from supportable.readings.findings import Bounds, bounds_by_subject
from supportable.verdict import assumptions, plan_for
from tests.packs.acme import HEAD, SHARED, VOCABULARY, rule, shelf
from tests.readings.generators.choices import Rolled
from tests.readings.strategies import world

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs([ROOT / "policies" / "supportable_policies"], discover=False)


def workloads(count: int) -> dict[str, Any]:
    """SQL Server on virtual machines of their own, each leaving out whether it is clustered."""
    return {
        "machines": [
            {"id": f"vm{n}", "kind": "virtual", "os": "Windows Server 2008 R2", "host": "host"} for n in range(count)
        ]
        + [{"id": "host", "kind": "physical", "os": "Windows Server 2008 R2", "hypervisor": "Hyper-V 2008 R2"}],
        "workloads": [{"id": f"sql{n}", "product": "SQL Server 2008", "machine": f"vm{n}"} for n in range(count)],
    }


def mattering_alone(design: dict[str, Any], packs: PackSet) -> set[str]:
    """The definition: the assumed facts that, taken back alone, change what some rule finds."""
    facts = load_design(design, packs.vocabulary)
    plan, judge = plan_for(packs, as_of="2010-01-01"), READINGS["reference"]

    def found(facts: Facts) -> list[tuple[Any, ...]]:
        return [(each.rule, each.row.name, *each[2:]) for each in judge(plan, facts).items]

    before = found(facts)
    rows = [row for table in facts.tables.values() for row in table.own()]
    places = [(row.name, attribute) for row in rows for attribute in row.assumed]
    return {f"{name}.{attribute}" for name, attribute in places if found(relaxed(facts, [(name, attribute)])) != before}


@pytest.mark.parametrize("most_alone", [0, 1000])
def test_every_assumption_that_matters_alone_is_named(
    most_alone: int, packs: PackSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assumptions, "MOST_ALONE", most_alone)
    design = workloads(2)
    due = mattering_alone(design, packs)
    named = evaluate(design, packs, as_of="2010-01-01").assumed
    assert due <= {one.fact for one in named}
    assert {"workload/sql0.cluster", "workload/sql1.cluster"} <= {one.fact for one in named if one.decides} & due


def test_what_is_given_is_not_assumed(packs: PackSet) -> None:
    design = workloads(1)
    design["workloads"][0]["cluster"] = "none"
    assert "workload/sql0.cluster" not in {one.fact for one in evaluate(design, packs, as_of="2010-01-01").assumed}


@pytest.mark.parametrize("most_alone", [0, 1000])
@pytest.mark.parametrize("seed", range(150))
def test_what_matters_alone_is_named_and_what_is_not_named_does_not_matter_together(
    seed: int, most_alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assumptions, "MOST_ALONE", most_alone)
    judged = world(Rolled(seed))
    facts, plan, judge = judged.facts, judged.plan, READINGS["reference"]

    def found(facts: Facts) -> list[tuple[Any, ...]]:
        return [(each.rule, each.row.name, *each[2:]) for each in judge(plan, facts).items]

    before = judge(plan, facts)
    named = {one.fact for one in assumptions.assumptions(plan, facts, before, judge)}
    rows = [row for table in facts.tables.values() for row in table.own()]
    places = {f"{row.name}.{attribute}": (row.name, attribute) for row in rows for attribute in row.assumed}
    alone = {fact for fact, place in places.items() if found(relaxed(facts, [place])) != found(facts)}
    assert alone <= named <= places.keys()
    unnamed = [place for fact, place in places.items() if fact not in named]
    assert found(relaxed(facts, unnamed)) == found(facts)


@pytest.mark.parametrize("most_alone", [0, 1000])
@pytest.mark.parametrize("seed", range(150))
def test_no_status_rests_on_what_is_not_said_to_decide(
    seed: int, most_alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assumptions, "MOST_ALONE", most_alone)
    judged = world(Rolled(seed))
    facts, plan, judge = judged.facts, judged.plan, READINGS["reference"]

    def settled(facts: Facts) -> dict[str, Bounds]:
        return bounds_by_subject(judge(plan, facts).items)

    decides = {one.fact for one in assumptions.assumptions(plan, facts, judge(plan, facts), judge) if one.decides}
    rows = [row for table in facts.tables.values() for row in table.own()]
    places = {f"{row.name}.{attribute}": (row.name, attribute) for row in rows for attribute in row.assumed}
    alone = {fact for fact, place in places.items() if settled(relaxed(facts, [place])) != settled(facts)}
    assert alone <= decides
    others = [place for fact, place in places.items() if fact not in decides]
    assert settled(relaxed(facts, others)) == settled(facts)


def test_two_assumptions_of_which_either_would_do_both_decide(tmp_path: Path) -> None:
    """Two rules cover the server, each as long as something assumed holds: with both unknown nothing covers it for
    certain, so that its status rests on both although on neither alone."""
    vocabulary = VOCABULARY.replace("delivered: date", "lent: {bool, absent: false}")
    rules = {
        f"acme/arrays/rules/{name}.yaml": rule(
            name, "server", when=f'"!server.{name}"', require='"true"', covers="true"
        )
        for name in ("spare", "lent")
    }
    files = {**SHARED, "vocabulary/acme.yaml": vocabulary, "acme/arrays/pack.yaml": HEAD, **rules}
    packs = load_packs([shelf(tmp_path, files)], discover=False)
    assert not packs.broken, packs.broken
    verdict = evaluate({"servers": [{"id": "s1", "memory": 1, "array": "none"}]}, packs, as_of="2021-01-01")
    assert verdict.status == "supported"
    assert {(one.fact, one.decides) for one in verdict.assumed} == {("server/s1.lent", True), ("server/s1.spare", True)}
