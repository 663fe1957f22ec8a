"""Facts as plain values that tests can compare as a whole, with everything that has no order sorted."""

from __future__ import annotations

from typing import Any

from supportable.facts import Facts, Members, Row, slot_of
from supportable.vocabulary.products import Product
from supportable.vocabulary.unknown import Absence


def seen(value: Any) -> Any:
    if isinstance(value, Members):
        return {
            "sure": sorted(repr(seen(each)) for each in value.sure),
            "maybe": sorted(repr(seen(each)) for each in value.maybe),
            "open": value.open,
        }
    if isinstance(value, Row):
        return value.name
    if isinstance(value, Product):
        return value.title()
    return str(value) if isinstance(value, Absence) else value


def seen_row(facts: Facts, row: Row) -> dict[str, Any]:
    entity = facts.tables[row.type].entity
    return {name: seen(getattr(row, slot_of(name))) for name in entity.attributes}


def sure(*names: str, maybe: tuple[str, ...] = (), more: bool = False) -> dict[str, Any]:
    return {"sure": sorted(map(repr, names)), "maybe": sorted(map(repr, maybe)), "open": more}


def everything(facts: Facts) -> dict[str, Any]:
    """Every own row with its values, what was given and what was assumed; records are known by what they hold."""
    return {
        row.name: (seen_row(facts, row), row.count, sorted(row.given), sorted(row.assumed))
        for table in facts.tables.values()
        for row in table.own()
        if row.owner is None
    }
