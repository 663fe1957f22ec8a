"""Making attributes unknown in a private copy tells the same as reading the design anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable import Facts, PackSet, load_design, load_packs
from supportable.facts import Members, Row, value_of
from supportable.intake import Loosened, relaxed

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
def test_a_loosened_copy_holds_what_a_relaxed_design_holds(path: Path, packs: PackSet) -> None:
    facts = load_design(path, packs.vocabulary)
    before = held(facts)
    places = sorted((row.name, name) for table in facts.tables.values() for row in table.own() for name in row.assumed)
    loosened = Loosened(facts)
    for chosen in (*([place] for place in places), places, places[::2], []):
        assert held(loosened.without(chosen)) == held(relaxed(facts, chosen)), chosen
    assert held(facts) == before
