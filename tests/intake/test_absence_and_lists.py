"""What is not given, stated outright, complete and open: the rules of a design, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from supportable.document import read_text
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.intake.example import VOCABULARY
from tests.intake.seen import seen, sure


def machine(**given: Any) -> Any:
    return load_design({"machines": [{"id": "m", **given}]}, VOCABULARY).row("machine/m")


def design(text: str) -> Facts:
    return load_design(read_text(text, "d.yaml"), VOCABULARY)


def test_not_given_reads_as_the_vocabulary_says_and_null_is_not_given() -> None:
    for given in ({}, {"kind": None, "state": None, "site": None, "tags": None, "logos": None, "host": None}):
        row = machine(**given)
        assert (row.kind, row.state, row.site) == (UNKNOWN, "up", NONE)
        assert (seen(row.tags), seen(row.logos)) == (sure(), sure(more=True))
        assert row.given == frozenset()
        assert row.assumed == {"state", "site", "hypervisor", "tags"}


def test_what_is_given_is_not_assumed() -> None:
    row = machine(state="down", site="unknown", tags=[])
    assert (row.state, row.site) == ("down", UNKNOWN)
    assert row.given == {"state", "site", "tags"}
    assert row.assumed == {"hypervisor"}


@pytest.mark.parametrize(
    ("kind", "host", "assumed"),
    [("physical", "machine/none", True), ("virtual", "machine/unknown", False), (None, "machine/unknown", False)],
)
def test_a_dependent_absence_closes_only_where_its_condition_certainly_holds(
    kind: str | None, host: str, assumed: bool
) -> None:
    row = machine(kind=kind)
    assert row.host.name == host
    assert ("host" in row.assumed) is assumed


def test_a_dependent_absence_gives_way_to_what_is_stated() -> None:
    row = machine(kind="physical", host="unknown")
    assert row.host.name == "machine/unknown"
    assert "host" not in row.assumed


@pytest.mark.parametrize("quote", ["", "'"])
def test_the_reserved_words_say_it_outright_in_quotes_or_not(quote: str) -> None:
    for word, absent in (("none", NONE), ("unknown", UNKNOWN)):
        given = ", ".join(
            f"{name}: {quote}{word}{quote}" for name in ("kind", "os", "host", "memory", "cores", "site", "logos")
        )
        row = design(f"machines: [{{id: m, {given}}}]").row("machine/m")
        assert [row.kind, row.os.name, row.host.id, row.memory, row.cores, row.site] == [absent] * 6
        assert seen(row.logos) == sure(more=absent is UNKNOWN)
        assert row.given == {"kind", "os", "host", "memory", "cores", "site", "logos"}


def test_a_record_may_be_none_or_unknown() -> None:
    facts = design("clusters: [{id: a, validation: none}, {id: b, validation: unknown}, {id: c}]")
    readings = [row.validation.name for row in facts.tables["cluster"].own()]
    assert readings == ["validation/none", "validation/unknown", "validation/none"]
    assert [row.assumed for row in facts.tables["cluster"].own()] == [frozenset(), frozenset(), {"validation"}]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[]", sure()),
        ("[x, y]", sure("x", "y")),
        ("[x, ...]", sure("x", more=True)),
        ("[...]", sure(more=True)),
        ("['...']", sure(more=True)),
        ("[no, 2008, 1.50]", sure("1.50", "2008", "no")),
    ],
)
def test_a_list_is_complete_unless_it_ends_in_dots(written: str, read: dict[str, Any]) -> None:
    row = design(f"machines: [{{id: m, tags: {written}}}]").row("machine/m")
    assert seen(row.tags) == read


@pytest.mark.parametrize(
    ("written", "read", "given", "assumed"),
    [
        ("machines: [{id: a}, {id: b}]", sure("machine/a", "machine/b"), True, False),
        ("machines: [{id: a}, ...]", sure("machine/a", more=True), True, False),
        ("machines: []", sure(), True, False),
        ("machines: none", sure(), True, False),
        ("machines: unknown", sure(more=True), True, False),
        ("machines:", sure(more=True), False, False),
        ("design: d", sure(more=True), False, False),
    ],
)
def test_a_section_is_complete_unless_it_ends_in_dots(
    written: str, read: dict[str, Any], given: bool, assumed: bool
) -> None:
    row = design(written).design
    assert (seen(row.machines), "machines" in row.given, "machines" in row.assumed) == (read, given, assumed)


def test_a_section_that_is_left_out_may_be_read_as_empty_and_that_is_an_assumption() -> None:
    for text, read, assumed in (
        ("design: d", sure(), True),
        ("changes: unknown", sure(more=True), False),
        ("changes: []", sure(), False),
    ):
        row = design(text).design
        assert (seen(row.changes), "changes" in row.assumed) == (read, assumed)


def test_scalars_without_quotes_are_typed_by_the_vocabulary() -> None:
    facts = design("design: 2008\nmachines: [{id: 007, site: no, memory: 0.001, cores: 8, os: {name: windows-server}}]")
    row = facts.row("machine/007")
    assert (facts.name, row.site, row.memory, row.cores, row.os.release) == ("2008", "no", 1, 8, UNKNOWN)


def test_a_text_may_have_several_lines() -> None:
    assert machine(site="one\n\ttwo").site == "one\n\ttwo"
