"""Worlds: a policy with a design, drawn by hypothesis or rolled from a seed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from supportable.facts import Facts, Members, Row
from supportable.intake import load_design
from supportable.packs.packset import PackSet
from supportable.plan.model import Plan
from supportable.readings.findings import Finding, Findings
from tests.readings.generators.catalogues import catalogues
from tests.readings.generators.choices import Choices, Drawn
from tests.readings.generators.designs import design
from tests.readings.generators.packs import definitions, packset, planned
from tests.readings.generators.vocabularies import vocabulary

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
"""Whether the laws are to be tried for hours instead of seconds."""

tried = settings(
    max_examples=20_000 if SOAK else 150,
    deadline=None,
    # A world takes some hundred choices and some milliseconds; that is the price of drawing all of it.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
"""How hard each law is tried."""


@dataclass(frozen=True, slots=True)
class World:
    """A set of packs, their plan, and a design with its facts."""

    packs: PackSet
    plan: Plan
    design: dict[str, Any]
    facts: Facts


def world(choices: Choices, *, of_definitions: bool = False) -> World:
    """Any world; `of_definitions`, one of many definitions and no rules."""
    words = vocabulary(choices)
    packs = (definitions if of_definitions else packset)(choices, words, catalogues(choices, words))
    written = design(choices, words)
    return World(packs, planned(packs), written, load_design(written, words))


@st.composite
def worlds(draw: Any) -> World:
    """Any world, as hypothesis draws it: one in three is all definitions."""
    choices = Drawn(draw)
    return world(choices, of_definitions=choices.chance(33))


@st.composite
def drawn_choices(draw: Any) -> Choices:
    """A source of further choices, for what depends on a world."""
    return Drawn(draw)


def told(value: Any) -> Any:
    """A derived value so that equal ones compare equal in any two designs: rows by name, lists by their members."""
    if isinstance(value, Row):
        return value.name
    if isinstance(value, Members):
        return (
            tuple(sorted(str(told(each)) for each in value.sure)),
            tuple(sorted(str(told(each)) for each in value.maybe)),
            value.open,
        )
    return value


def columns(findings: Findings) -> list[tuple[Any, ...]]:
    """The derived columns, comparable."""
    return [tuple(told(value) for value in column) for column in findings.derived]


def by_name(plan: Plan, findings: Findings) -> dict[tuple[str, str], Finding]:
    """The findings by the names of rule and subject, without the places that order gave them."""
    return {
        (plan.rules[each.rule].rule.name, each.row.name): each._replace(rule=0, row=None) for each in findings.items
    }
