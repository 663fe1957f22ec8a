"""Plain values and places of a verdict in words."""

from __future__ import annotations

from typing import Any

from supportable.origin import Origin

_PRODUCT_FIELDS = ("name", "release", "edition", "service_pack", "update", "architecture")


def in_words(value: Any) -> str:
    """A JSON value as a reader wants to see it: null is unknown, a product is its known fields."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if set(value) == {"possibly"}:
            return f"possibly {in_words(value['possibly'])}"
        if "name" in value and set(value) <= set(_PRODUCT_FIELDS):
            return " ".join(in_words(value[field]) for field in _PRODUCT_FIELDS if value.get(field) is not None)
        return ", ".join(f"{key}: {in_words(held)}" for key, held in sorted(value.items()))
    if isinstance(value, list):
        return "[" + ", ".join("…" if each == "..." else in_words(each) for each in value) + "]"
    return str(value)


def place_below(at: Origin | None, above: Origin | None) -> str:
    """Where a step is written, as far as the step above does not say it already."""
    if at is None or not at.line:
        return ""
    if above is None or above.file != at.file:
        return str(at)
    return "" if at.line == above.line else f"line {at.line}"
