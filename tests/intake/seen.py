"""Facts as plain values that tests can compare as a whole, with everything that has no order sorted."""

from __future__ import annotations

from typing import Any

from supportable.facts import Facts, Members, Row, value_of
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
    """The values of a row, but for its id and count, which every entity has."""
    attributes = facts.tables[row.type].entity.attributes
    return {name: seen(value_of(row, name)) for name in attributes if name not in ("id", "count")}


def sure(*names: str, maybe: tuple[str, ...] = (), more: bool = False) -> dict[str, Any]:
    return {"sure": sorted(map(repr, names)), "maybe": sorted(map(repr, maybe)), "open": more}
