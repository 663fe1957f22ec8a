"""Values in sentences and in JSON, and citations: the checker's own wording, to hold a verdict's against."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from supportable.facts import Members, Row
from supportable.origin import Origin
from supportable.verify.operations import is_none, is_unknown
from supportable.vocabulary.products import Product
from supportable.vocabulary.references import Citation, Reference
from supportable.vocabulary.types import NEVER, DateType, ListType, NumberType, Type

Json = dict[str, Any]


def iso(day: int | None) -> str | None:
    """A day as YYYY-MM-DD, or "never"."""
    return None if day is None else "never" if day == NEVER else date.fromordinal(day).isoformat()


def number(steps: int, places: int) -> str:
    """A number of smallest steps as decimal text without needless zeros."""
    text = f"{Decimal(steps).scaleb(-places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def named(member: Any) -> str:
    """What a member of a list is called; of a choice, those in it."""
    if isinstance(member, Members):
        return ", ".join(sorted(map(named, member.sure))) or "none"
    return member.name if isinstance(member, Row) else str(member)


def plain(value: Any, type: Type) -> Any:
    """The value as JSON has it."""
    if is_unknown(value):
        return None
    if is_none(value):
        return "none"
    if isinstance(value, Product):
        return value.as_given()
    if isinstance(value, Row):
        return value.id or value.name
    if isinstance(value, Members):
        of = type.of if isinstance(type, ListType) else type
        held: list[Any] = sorted((plain(one, of) for one in value.sure), key=repr)
        held += sorted(({"possibly": plain(one, of)} for one in value.maybe), key=repr)
        return held + ["..."] * value.open
    if isinstance(type, DateType):
        return iso(value)
    if isinstance(type, NumberType):
        text = number(value, type.places)
        return text if "." in text else int(text)
    return value


def spoken(value: Any, type: Type) -> str:
    """The value in a sentence."""
    if is_unknown(value) or is_none(value):
        return "unknown" if is_unknown(value) else "none"
    if isinstance(value, Product):
        return value.title()
    if isinstance(value, Row):
        return value.id or value.name
    if isinstance(value, Members):
        of = type.of if isinstance(type, ListType) else type
        held = sorted(spoken(one, of) for one in value.sure)
        held += sorted(f"{spoken(one, of)} (possibly)" for one in value.maybe)
        return ", ".join(held + ["…"] * value.open) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(type, NumberType):
        unit = {"percent": " %", "": ""}.get(type.unit, f" {type.unit}")
        return number(value, type.places) + unit
    return iso(value) or "" if isinstance(type, DateType) else str(value)


def place(origin: Origin | None, pack: str = "") -> Json | None:
    """Where something was written."""
    if origin is None:
        return None
    return ({"pack": pack} if pack else {}) | {"file": origin.file, "line": origin.line, "column": origin.column}


def cited(citation: Citation, references: dict[str, Reference]) -> Json:
    """A citation with the article's title, address, and how far it was read."""
    article = references[citation.ref]
    read = [each.confidence for each in article.revisions if each.id == citation.revision and each.confidence]
    return {
        "ref": citation.ref,
        "title": article.title,
        "url": article.url,
        "section": citation.section,
        "revision": citation.revision,
        "confidence": read[-1] if read else article.confidence,
    }
