"""Values in words: how a fact reads in a message, and how it stands in JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from supportable.facts import Members, Row
from supportable.language.ir import Node
from supportable.packs.model import Template
from supportable.readings.evaluate import Environment, Evaluator
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT, Product
from supportable.vocabulary.types import NEVER, DateType, ListType, NumberType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN


def iso(day: int | None) -> str | None:
    """A date ordinal as YYYY-MM-DD; `never` for the day after the last; None stays None."""
    if day is None:
        return None
    return "never" if day >= NEVER else date.fromordinal(day).isoformat()


def in_words(value: Any, type_: Type) -> str:
    """The value as a reader wants to see it in a sentence."""
    if value is UNKNOWN or value is UNKNOWN_PRODUCT:
        return "unknown"
    if value is NONE or value is NONE_PRODUCT:
        return "none"
    if isinstance(value, Product):
        return value.title()
    if isinstance(value, Row):
        return ("unknown", "none")[value.i] if value.i < 2 else value.id or value.name
    if isinstance(value, Members):
        of = type_.of if isinstance(type_, ListType) else type_
        shown = sorted(in_words(member, of) for member in value.sure)
        shown += sorted(f"{in_words(member, of)} (possibly)" for member in value.maybe)
        return ", ".join([*shown, *(["…"] if value.open else [])]) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(type_, DateType):
        return iso(value) or ""
    if isinstance(type_, NumberType):
        number = decimal_text(value, type_.places)
        return f"{number} {type_.unit}".rstrip() if type_.unit != "percent" else f"{number} %"
    return str(value)


def decimal_text(steps: int, places: int) -> str:
    """A fixed-point number as plain decimal text, without trailing zeros."""
    text = format(Decimal(steps).scaleb(-places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_plain(value: Any, type_: Type) -> Any:
    """The value as JSON holds it: text, whole number, bool, null for unknown, lists and objects; never a float.

    A number with a fraction is decimal text. `none` is the text "none", as in a design.
    """
    if value is UNKNOWN or value is UNKNOWN_PRODUCT:
        return None
    if value is NONE or value is NONE_PRODUCT:
        return "none"
    if isinstance(value, Product):
        return value.as_given()
    if isinstance(value, Row):
        return (None, "none")[value.i] if value.i < 2 else value.id or value.name
    if isinstance(value, Members):
        of = type_.of if isinstance(type_, ListType) else type_
        members = sorted((as_plain(member, of) for member in value.sure), key=repr)
        members += sorted(({"possibly": as_plain(member, of)} for member in value.maybe), key=repr)
        return [*members, "..."] if value.open else members
    if isinstance(type_, DateType) and isinstance(value, int):
        return iso(value)
    if isinstance(type_, NumberType) and isinstance(value, int):
        text = decimal_text(value, type_.places)
        return text if "." in text else int(text)
    return value


def fill(template: Template, evaluator: Evaluator, env: Environment) -> str:
    """The template with its values put in."""
    return "".join(part if isinstance(part, str) else _inserted(part, evaluator, env) for part in template.parts)


def _inserted(node: Node, evaluator: Evaluator, env: Environment) -> str:
    return in_words(evaluator.value(node, env).value, node.type)
