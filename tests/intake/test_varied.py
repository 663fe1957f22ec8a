"""Changing facts in a private copy tells the same as reading the design anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable import DesignError, Facts, PackSet, load_design, load_packs
from supportable.facts import Members, Row, value_of
from supportable.intake import Varied, relaxed, with_value
from supportable.vocabulary.types import BoolType, EnumType, ProductType, RefType

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs([ROOT / "policies" / "supportable_policies"], discover=False)


def plain(value: object) -> object:
    if isinstance(value, Row):
        return value.name
    if isinstance(value, Members):
        return (sorted(map(str, value.sure)), sorted(map(str, value.maybe)), value.open)
    return value


def held(facts: Facts) -> dict[str, object]:
    return {
        f"{row.name}.{name}": plain(value_of(row, name))
        for table in facts.tables.values()
        for row in table.own()
        for name in table.entity.attributes
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_copy_with_facts_taken_back_holds_what_a_relaxed_design_holds(path: Path, packs: PackSet) -> None:
    facts = load_design(path, packs.vocabulary)
    before = held(facts)
    places = sorted((row.name, name) for table in facts.tables.values() for row in table.own() for name in row.assumed)
    varied = Varied(facts)
    for chosen in (*([place] for place in places), places, places[::2], []):
        assert held(varied.without(chosen)) == held(relaxed(facts, chosen)), chosen
    assert held(facts) == before


def answers(facts: Facts, row: Row, attribute: str) -> list[object]:
    type_ = facts.tables[row.type].entity.attributes[attribute].type
    if isinstance(type_, BoolType):
        return [True, False, "unknown", "none"]
    if isinstance(type_, EnumType):
        return [*type_.values, "none"]
    if isinstance(type_, ProductType):
        return ["Windows Server 2012", "unknown", "no product of ours", {"name": "Windows Server", "release": "2016"}]
    if isinstance(type_, RefType):
        return ["none", "unknown"]
    return []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_copy_with_another_value_holds_what_such_a_design_holds(path: Path, packs: PackSet) -> None:
    facts = load_design(path, packs.vocabulary)
    before = held(facts)
    varied = Varied(facts)
    places = [(row, name) for table in facts.tables.values() for row in table.own() for name in table.entity.attributes]
    tried = 0
    for row, name in places:
        for value in answers(facts, row, name):
            try:
                anew = with_value(facts, f"{row.pointer}/{name}", value)
            except DesignError:
                with pytest.raises(DesignError):
                    varied.having((row.name, name), value)
                continue
            assert held(varied.having((row.name, name), value)) == held(anew), (row.name, name, value)
            tried += 1
    assert tried > 100
    # Neither is left over from the other.
    places_assumed = sorted((row.name, name) for row, name in places if name in row.assumed)
    assert held(varied.without(places_assumed)) == held(relaxed(facts, places_assumed))
    assert held(varied.without([])) == before == held(facts)
