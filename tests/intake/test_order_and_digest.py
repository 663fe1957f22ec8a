"""The order in which a design is written never matters; what it states always does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.document import dump_yaml, read_text
from supportable.facts import Facts, Members, Row, canonical_design, value_of
from supportable.intake import load_design
from tests.intake.designs import DESIGNS, reordered
from tests.intake.example import VOCABULARY
from tests.intake.seen import seen


def meaning(facts: Facts) -> dict[str, Any]:
    """Every own row by name, records under what holds them by what they say instead of by their place."""
    return {row.name: _meant(facts, row) for table in facts.tables.values() for row in table.own() if not row.owner}


def _meant(facts: Facts, row: Row) -> Any:
    entity = facts.tables[row.type].entity
    values = {name: value_of(row, name) for name in entity.attributes}
    own = (row.count, sorted(row.given), sorted(row.assumed))
    return {name: _value(facts, value) for name, value in values.items()}, own


def _value(facts: Facts, value: Any) -> Any:
    if isinstance(value, Row) and value.owner is not None:
        said = {name for name in value.given if name != "tests"}
        tests = _value(facts, value_of(value, "tests")) if value.type == "validation" else None
        return repr((value.slot, sorted((name, repr(seen(value_of(value, name)))) for name in said), tests))
    if isinstance(value, Members):
        held = [sorted(repr(_value(facts, each)) for each in some) for some in (value.sure, value.maybe)]
        return (*held, value.open)
    return seen(value)


@given(st.data())
def test_order_of_entries_keys_and_members_never_matters(data: st.DataObject) -> None:
    design = data.draw(DESIGNS)
    again = data.draw(reordered(design))
    first, second = load_design(design, VOCABULARY), load_design(again, VOCABULARY)
    assert meaning(first) == meaning(second)
    assert canonical_design(first) == canonical_design(second)
    assert first.digest == second.digest


@given(DESIGNS)
def test_yaml_json_and_python_values_state_the_same(design: dict[str, Any]) -> None:
    native = load_design(design, VOCABULARY)
    for text, file in ((json.dumps(design), "d.json"), (json.dumps(design), "d.yaml")):
        facts = load_design(read_text(text, file), VOCABULARY)
        assert facts.digest == native.digest
        assert meaning(facts) == meaning(native)


@given(st.data())
def test_designs_that_state_something_else_have_another_digest(data: st.DataObject) -> None:
    one, other = (load_design(data.draw(DESIGNS), VOCABULARY) for _ in range(2))
    assert (one.digest == other.digest) == (canonical_design(one) == canonical_design(other))


BASE: dict[str, Any] = {
    "design": "d",
    "machines": [{"id": "a", "kind": "virtual", "os": "Windows Server 2008", "tags": ["x"], "memory": 1}, {"id": "b"}],
    "clusters": [{"id": "c", "nodes": ["a"], "validation": {"tests": [{"name": "t"}]}}],
}


@pytest.mark.parametrize(
    "change",
    [
        {"design": "e"},
        {"hosted": False},
        {"changes": []},
        {"machines": [*BASE["machines"], "..."]},
        {"machines": BASE["machines"][:1]},
        {"machines": [{**BASE["machines"][0], "kind": "physical"}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "kind": "unknown"}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "kind": None}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "count": 2}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "os": "Windows Server 2008 Enterprise"}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "os": "Solaris"}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "os": "AIX"}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "tags": ["x", "..."]}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "tags": ["x", "y"]}, {"id": "b"}]},
        {"machines": [{**BASE["machines"][0], "memory": 1.001}, {"id": "b"}]},
        {"clusters": [{"id": "c", "nodes": ["b"], "validation": {"tests": [{"name": "t"}]}}]},
        {"clusters": [{"id": "c", "nodes": ["a"], "validation": {"tests": [{"name": "u"}]}}]},
        {"clusters": [{"id": "c", "nodes": ["a"], "validation": {"tests": [{"name": "t"}, {"name": "t"}]}}]},
        {"clusters": [{"id": "c", "nodes": ["a"], "validation": "none"}]},
    ],
)
def test_every_change_of_what_is_given_changes_the_digest(change: dict[str, Any]) -> None:
    assert load_design({**BASE, **change}, VOCABULARY).digest != load_design(BASE, VOCABULARY).digest


@pytest.mark.parametrize(
    "change",
    [
        {"hosted": None},
        {"$schema": "design.schema.json"},
        {"machines": [{"id": "b", "count": 1}, BASE["machines"][0]]},
        {
            "machines": [
                {**BASE["machines"][0], "os": {"name": "windows-server", "release": "2008"}, "memory": 1.0},
                {"id": "b", "kind": None},
            ]
        },
    ],
)
def test_another_way_to_say_the_same_keeps_the_digest(change: dict[str, Any]) -> None:
    assert load_design({**BASE, **change}, VOCABULARY).digest == load_design(BASE, VOCABULARY).digest


def test_the_canonical_form_is_what_was_stated() -> None:
    text = """
machines:
  - {id: b, os: Solaris 10, memory: 2.50, host: none, tags: [y, x, ...]}
  - {id: a, count: 2, kind: unknown, logos: [SQL Server 2008, AIX], site: ~}
changes: [{id: c, date: 0001-01-03}, ...]
"""
    assert canonical_design(load_design(read_text(text, "d.yaml"), VOCABULARY)) == {
        "design": "design",
        "machines": [
            {
                "id": "a",
                "count": 2,
                "kind": "unknown",
                "logos": [{"name": "sql-server", "release": "2008"}, {"text": "AIX"}],
            },
            {
                "id": "b",
                "os": {"text": "Solaris 10"},
                "memory": 2500,
                "host": "none",
                "tags": {"open": True, "members": ["x", "y"]},
            },
        ],
        "changes": {"open": True, "members": [{"id": "c", "date": 3}]},
    }


def test_a_written_design_reads_back() -> None:
    facts = load_design(BASE, VOCABULARY)
    again = load_design(read_text(dump_yaml(BASE), "d.yaml"), VOCABULARY)
    assert again.digest == facts.digest
