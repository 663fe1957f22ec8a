"""What must hold between the findings on a design and those on a completion of it, and words for where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from supportable.facts import Facts, Members
from supportable.language.show import show
from supportable.plan.model import Plan
from supportable.readings.findings import (
    HARMLESS,
    SATISFIED,
    UNCOVERED,
    VIOLATED,
    Bounds,
    Finding,
    Findings,
    bounds_by_subject,
)
from supportable.vocabulary.products import FIELDS, NONE_PRODUCT, Product
from supportable.vocabulary.unknown import UNKNOWN
from tests.readings.strategies import by_name, told


def broken(plan: Plan, facts: Facts, partial: Findings, completed: tuple[Plan, Facts, Findings]) -> Iterator[str]:
    """Every way in which the findings on a completion go beyond what those on the partial design allow."""
    its_plan, its_facts, its_findings = completed
    before, after = subject_bounds(facts, partial), subject_bounds(its_facts, its_findings)
    for name, old in before.items():
        new = after[name]
        if not old.best <= new.best <= new.worst <= old.worst or (old.covered and not new.covered):
            yield f"{name}: {old} became {new}"
    old_findings, new_findings = by_name(plan, partial), by_name(its_plan, its_findings)
    for rule in plan.rules:
        for row in facts.tables[rule.rule.subject].own():
            key = rule.rule.name, row.name
            if not _allows(old_findings.get(key), new_findings.get(key)):
                yield f"{key}: {old_findings.get(key)} became {new_findings.get(key)}"
    for derivation, column, its_column in zip(plan.derivations, partial.derived, its_findings.derived, strict=True):
        places = {row.name: row.i for row in its_facts.tables[derivation.entity].own()}
        for row in facts.tables[derivation.entity].own():
            value, its_value = column[row.i], its_column[places[row.name]]
            if not _may_become(value, its_value):
                yield f"{row.name}.{derivation.name}: {value!r} became {its_value!r} by {show(derivation.value)}"


def subject_bounds(facts: Facts, findings: Findings) -> dict[str, Bounds]:
    """The bounds of every entity of the design, by name."""
    found = bounds_by_subject(findings.items)
    tables = [table for table in facts.tables.values() if not table.entity.record]
    return {row.name: found.get(row.name, UNCOVERED) for table in tables for row in table.own()}


def _allows(old: Finding | None, new: Finding | None) -> bool:
    """Whether a finding may turn into the other when more is known; None is not applicable."""
    if old is None:
        return new is None
    if new is not None and not (new.worst <= old.worst and new.disputed <= max(old.disputed, old.kind != SATISFIED)):
        return False
    if old.kind == SATISFIED:
        return new is not None and new.kind == SATISFIED
    if old.kind == VIOLATED:
        return new is not None and new.kind == VIOLATED and old.best <= new.best
    if old.kind == HARMLESS:
        return new is None or new.kind in (SATISFIED, HARMLESS)
    return new is None or new.covered <= (old.hopeful or new.kind == VIOLATED)


def _may_become(value: Any, other: Any) -> bool:
    """Whether a derived value may turn into the other when more is known."""
    if isinstance(value, Members):
        if value.sure and isinstance(value.sure[0], Product):
            return len(value.sure) <= len(other.sure) or other.open
        kept = {told(each) for each in value.sure} <= {told(each) for each in other.sure}
        fewer = len(other.sure) + len(other.maybe) <= len(value.sure) + len(value.maybe)
        return kept and (value.open or (fewer and not other.open))
    if isinstance(value, Product):
        if value.name is UNKNOWN or value is NONE_PRODUCT:
            return value is not NONE_PRODUCT or other is NONE_PRODUCT
        known = [name for name in FIELDS if getattr(value, name) is not UNKNOWN]
        return all(getattr(value, name) == getattr(other, name) for name in known)
    unknown = value is UNKNOWN or getattr(value, "i", None) == 0
    return unknown or bool(told(value) == told(other))
