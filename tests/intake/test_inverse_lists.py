"""Inverse lists: certain, possible, and open where the section is."""

from __future__ import annotations

from typing import Any

from supportable.facts import Facts
from supportable.intake import load_design
from tests.intake.example import VOCABULARY
from tests.intake.seen import seen, sure


def load(**sections: Any) -> Facts:
    return load_design(sections, VOCABULARY)


def lists(facts: Facts, kind: str, name: str) -> dict[str, Any]:
    return {row.id: seen(getattr(row, name)) for row in facts.tables[kind].own()}


def test_an_inverse_list_has_those_whose_reference_names_it() -> None:
    facts = load(machines=[{"id": "a"}, {"id": "b"}], workloads=[{"id": "w", "machine": "a"}])
    assert lists(facts, "machine", "workloads") == {"a": sure("workload/w"), "b": sure()}


def test_a_workload_with_no_machine_given_may_be_on_any_machine() -> None:
    facts = load(
        machines=[{"id": "a"}, {"id": "b"}],
        workloads=[{"id": "w", "critical": True}, {"id": "v", "machine": "b"}, {"id": "u", "machine": "unknown"}],
    )
    possible = ("workload/u", "workload/w")
    assert lists(facts, "machine", "workloads") == {"a": sure(maybe=possible), "b": sure("workload/v", maybe=possible)}


def test_a_workload_that_has_none_is_on_no_machine() -> None:
    facts = load(machines=[{"id": "a"}], workloads=[{"id": "w", "machine": "none"}])
    assert lists(facts, "machine", "workloads") == {"a": sure()}


def test_a_reference_that_is_absent_is_read_before_it_is_inverted() -> None:
    facts = load(clusters=[{"id": "c"}], workloads=[{"id": "w"}])
    assert lists(facts, "cluster", "workloads") == {"c": sure()}


def test_a_dependent_absence_decides_membership() -> None:
    facts = load(machines=[{"id": "p", "kind": "physical"}, {"id": "v", "kind": "virtual"}, {"id": "x"}])
    possible = sure(maybe=("machine/v", "machine/x"))
    assert lists(facts, "machine", "vms") == {"p": possible, "v": possible, "x": possible}


def test_an_inverse_list_is_open_where_the_section_is_open_or_not_given() -> None:
    machines = [{"id": "a"}, {"id": "b"}]
    opened = load(machines=machines, workloads=[{"id": "w", "machine": "a"}, "..."])
    absent = load(machines=machines)
    assert lists(opened, "machine", "workloads") == {"a": sure("workload/w", more=True), "b": sure(more=True)}
    assert lists(absent, "machine", "workloads") == {"a": sure(more=True), "b": sure(more=True)}
    assert lists(load(machines=[{"id": "a", "host": "none"}, "..."]), "machine", "vms") == {"a": sure(more=True)}


def test_the_inverse_of_a_list_has_those_that_list_it_and_possibly_those_whose_list_is_open() -> None:
    facts = load(
        machines=[{"id": "a"}, {"id": "b"}],
        clusters=[
            {"id": "closed", "nodes": ["a"]},
            {"id": "open", "nodes": ["a", "..."]},
            {"id": "absent"},
            {"id": "empty", "nodes": []},
        ],
    )
    assert lists(facts, "machine", "clusters") == {
        "a": sure("cluster/closed", "cluster/open", maybe=("cluster/absent",)),
        "b": sure(maybe=("cluster/absent", "cluster/open")),
    }


def test_very_many_open_lists_give_the_same_members_as_a_few() -> None:
    open_lists = [{"id": f"c{place}", "nodes": ["a" if place % 2 else "b", "..."]} for place in range(200)]
    facts = load(machines=[{"id": "a"}, {"id": "b"}, {"id": "c"}], clusters=open_lists)
    odd, even = ([f"cluster/c{place}" for place in range(start, 200, 2)] for start in (1, 0))
    assert lists(facts, "machine", "clusters") == {
        "a": sure(*odd, maybe=tuple(even)),
        "b": sure(*even, maybe=tuple(odd)),
        "c": sure(maybe=(*even, *odd)),
    }
