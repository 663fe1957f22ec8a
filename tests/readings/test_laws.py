"""Laws that hold for every policy and every design, whichever reading judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from supportable.intake import load_design
from supportable.packs.packset import PackSet
from supportable.plan.model import Plan
from supportable.readings import READINGS
from tests.readings.generators.choices import Choices, Rolled, shuffled
from tests.readings.generators.completions import completed_design, completed_policy
from tests.readings.generators.packs import planned
from tests.readings.law import broken
from tests.readings.strategies import World, by_name, drawn_choices, told, tried, world, worlds

judge = READINGS["compiled"]


# -- the completion law -----------------------------------------------------------------------------------------------


@tried
@given(worlds(), drawn_choices())
def test_a_status_holds_however_the_unknown_is_filled_in(any_world: World, choices: Choices) -> None:
    assert completion(any_world, choices) == []


def completion(any_world: World, choices: Choices) -> list[str]:
    plan, facts = any_world.plan, any_world.facts
    filled = load_design(completed_design(choices, facts), facts.vocabulary)
    its_plan = completed_policy(choices, plan)
    return list(broken(plan, facts, judge(plan, facts), (its_plan, filled, judge(its_plan, filled))))


@pytest.mark.parametrize("seed", range(40))
def test_it_holds_of_seeded_worlds_completed_in_several_ways(seed: int) -> None:
    any_world = world(Rolled(seed))
    for way in range(3):
        assert completion(any_world, Rolled(1000 * seed + way)) == []


# -- order ------------------------------------------------------------------------------------------------------------


@tried
@given(worlds(), drawn_choices())
def test_the_order_of_packs_rules_entities_and_members_never_matters(any_world: World, choices: Choices) -> None:
    packs = reordered_packs(choices, any_world.packs)
    facts = load_design(reordered(choices, any_world.design), any_world.facts.vocabulary)
    plan = planned(packs)
    expected = judge(any_world.plan, any_world.facts)
    found = judge(plan, facts)
    assert by_name(plan, found) == by_name(any_world.plan, expected)
    assert found.not_applicable == expected.not_applicable
    assert derived_by_name(plan, facts.tables, found.derived) == derived_by_name(
        any_world.plan, any_world.facts.tables, expected.derived
    )


def reordered_packs(choices: Choices, packs: PackSet) -> PackSet:
    mixed = tuple(
        replace(pack, rules=tuple(shuffled(choices, pack.rules)), derive=tuple(shuffled(choices, pack.derive)))
        for pack in shuffled(choices, packs.packs)
    )
    return PackSet(packs.vocabulary, packs.references, packs.catalogues, mixed)


def reordered(choices: Choices, value: Any) -> Any:
    """The same design with keys, entries and members in another order."""
    if isinstance(value, dict):
        return {key: reordered(choices, value[key]) for key in shuffled(choices, list(value))}
    if isinstance(value, list):
        tail = value[-1:] if value[-1:] == ["..."] else []
        members = value[: len(value) - len(tail)]
        # Records have no id: their names count their places, which therefore stay as they are.
        in_place = members and isinstance(members[0], dict) and not ("id" in members[0] or "name" in members[0])
        return [*(reordered(choices, each) for each in (members if in_place else shuffled(choices, members))), *tail]
    return value


def derived_by_name(plan: Plan, tables: Any, derived: Sequence[tuple[Any, ...]]) -> dict[tuple[str, str], Any]:
    return {
        (f"{one.entity}.{one.name}", row.name): told(column[row.i])
        for one, column in zip(plan.derivations, derived, strict=True)
        for row in tables[one.entity].own()
    }
