"""Literals: numbers, texts and the words `true`, `false`, `never`, in the type that is due where they stand."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from supportable.errors import did_you_mean
from supportable.language import codes
from supportable.language.ir import Const, Node
from supportable.language.source import brief
from supportable.language.syntax import ListOf, MapOf, Number, Syntax, Text
from supportable.language.typer import Typer
from supportable.vocabulary.names import Ambiguous, Unrecognised
from supportable.vocabulary.products import Product
from supportable.vocabulary.scales import INT64_HIGH, INT64_LOW, in_steps
from supportable.vocabulary.types import (
    DATE,
    INT,
    TEXT,
    DateType,
    EnumType,
    IntType,
    NumberType,
    ProductType,
    Type,
)
from supportable.vocabulary.unknown import UNKNOWN

_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-3][0-7]{2})|(.))", re.DOTALL
)
_SIMPLE: Final = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", "?": "?", '"': '"', "'": "'", "`": "`",
}  # fmt: skip
_MOST_PLACES: Final = 18


def number(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:
    """A number without a sign."""
    assert isinstance(syntax, Number)
    return signed(typer, syntax, syntax, due, negative=False)


def signed(typer: Typer, literal: Number, whole: Syntax, due: Type | None, *, negative: bool) -> Node | None:
    """The number of `literal`, with the sign that stands before it in `whole`."""
    value = Decimal(literal.digits)
    if negative:
        value = -value
    places = _places(literal.digits)
    if isinstance(due, IntType) and places:
        message = f"{typer.words(whole)} is due to be a whole number here"
        typer.note(codes.NUMBER, message, whole, "an int has no decimals; a number with a unit does")
        return None
    if isinstance(due, NumberType):
        places = max(places, due.places)
    steps = in_steps(value, places) if places <= _MOST_PLACES else None
    if steps is None or not INT64_LOW <= steps <= INT64_HIGH:
        typer.note(codes.NUMBER, f"{typer.words(whole)} does not fit 64 bits", whole, "use a number of fewer digits")
        return None
    if isinstance(due, NumberType):
        type: Type = NumberType(due.unit, places)
    else:
        type = NumberType("", places) if places else INT
    return Const(type, steps, origin=typer.place(whole), text=typer.words(whole))


def _places(digits: str) -> int:
    return len(digits.partition(".")[2].rstrip("0"))


def text(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:
    """A text, which is a date, a product or one of an enum's values where such a thing is due."""
    assert isinstance(syntax, Text)
    value = plain_text(typer, syntax)
    if value is None:
        return None
    held: object = value
    type: Type = TEXT
    if isinstance(due, DateType):
        held, type = day(typer, syntax, value), DATE
    elif isinstance(due, EnumType):
        held, type = _enum_value(typer, syntax, value, due), due
    elif isinstance(due, ProductType):
        held, type = _product(typer, syntax, value, due), due
    if held is None:
        return None
    return Const(type, held, origin=typer.place(syntax), text=typer.words(syntax))


def plain_text(typer: Typer, syntax: Text) -> str | None:
    """The characters of a text, escapes resolved; None where one of them was noted."""
    parts: list[str] = []
    at = 0
    for escape in _ESCAPE.finditer(syntax.raw):
        parts.append(syntax.raw[at : escape.start()])
        at = escape.end()
        code = escape[1] or escape[2] or escape[3]
        if code or escape[4]:
            point = int(code, 16) if code else int(escape[4], 8)
            found = chr(point) if 0 < point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else None
        else:
            found = _SIMPLE.get(escape[5])
        if found is None:
            offset = syntax.start + 1 + escape.start()
            typer.note(codes.BAD_TEXT, f"“{escape[0]}” is no escape", offset, r"a backslash itself is written \\")
            return None
        parts.append(found)
    parts.append(syntax.raw[at:])
    value = "".join(parts)
    for offset, character in enumerate(syntax.raw):
        if 0xD800 <= ord(character) <= 0xDFFF or character == "\0":
            place = syntax.start + 1 + offset
            typer.note(codes.CHARACTER, f"the character U+{ord(character):04X} cannot stand in a text", place)
            return None
    return value


def day(typer: Typer, syntax: Syntax, value: str) -> int | None:
    """The ordinal of a date as it is written; None where it is none, which is noted."""
    try:
        if _ISO.fullmatch(value):
            return date.fromisoformat(value).toordinal()
        message = f"“{brief(value)}” is no date"
    except ValueError:
        message = f"there is no day {value}"
    typer.note(codes.DATE, message, syntax, 'write year, month and day, as in "2009-05-26", or never without quotes')
    return None


def _enum_value(typer: Typer, syntax: Syntax, value: str, due: EnumType) -> str | None:
    if value in due.values:
        return value
    if value == "none":
        hint = "write none without quotes to ask whether there is one"
    else:
        hint = did_you_mean(value, due.values)
    typer.note(codes.ENUM_VALUE, f"“{brief(value)}” is not one of the values allowed here", syntax, hint)
    return None


def _product(typer: Typer, syntax: Syntax, value: str, due: ProductType) -> Product | None:
    """The product that a text names, of which only the place on its ladder may be said."""
    names = typer.scope.vocabulary.names
    found = names.match(value, due.ladders or None)
    if isinstance(found, Ambiguous):
        hint = "it could be " + " or ".join(f"“{candidate.title()}”" for candidate in found.candidates)
        typer.note(codes.PRODUCT, f"“{brief(value)}” names more than one product", syntax, hint)
        return None
    if isinstance(found, Unrecognised):
        message = f"“{brief(value)}” names no product that can stand here"
        typer.note(codes.PRODUCT, message, syntax, _nearest(typer, value, due))
        return None
    product = found.product
    if product.release is UNKNOWN:
        hint = f'compare the name: x.name == "{product.name}"'
        typer.note(codes.PRODUCT_RELEASE, f"“{brief(value)}” names no release to compare with", syntax, hint)
        return None
    extra = [
        field
        for field in ("edition", "service_pack", "update", "architecture")
        if getattr(product, field) is not UNKNOWN
    ]
    if extra:
        field = extra[0]
        said = getattr(product, field)
        shown = f'"{said}"' if isinstance(said, str) else said
        message = f"“{brief(value)}” says more than its release: only the place on the ladder is compared"
        typer.note(codes.PRODUCT_EXTRA, message, syntax, f"compare .{field} == {shown} as well, and leave it out here")
        return None
    assert product.ladder is not None
    return product.ladder.product(release=product.release)


def _nearest(typer: Typer, value: str, due: ProductType) -> str:
    elsewhere = typer.scope.vocabulary.names.match(value)
    if due.ladders and not isinstance(elsewhere, Unrecognised | Ambiguous):
        return f"that is a product called {elsewhere.product.name}; here it can be: {', '.join(due.ladders)}"
    found = typer.scope.vocabulary.names.match(value, due.ladders or None)
    close = found.nearest if isinstance(found, Unrecognised) else ()
    if close:
        return "did you mean " + " or ".join(f"“{title}”" for title in close) + "?"
    return f"here it can be: {', '.join(due.ladders)}" if due.ladders else ""


def misplaced_list(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature
    """A list literal where none may stand."""
    assert isinstance(syntax, ListOf)
    typer.note(codes.MISPLACED, "a list in brackets stands only to the right of “in”", syntax, 'write x in ["a", "b"]')
    return None


def misplaced_map(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature
    """A map literal where none may stand."""
    assert isinstance(syntax, MapOf)
    hint = 'write lookup("catalogue", {key: value}).column'
    typer.note(codes.MISPLACED, "a map in braces stands only as the key of lookup and listed", syntax, hint)
    return None
