"""Written values to typed ones: what a design or catalogue says, read as the vocabulary says it is meant.

A written value is `Plain` (a scalar without quotes), `str` (in quotes), or what Python code hands over: bool, int,
float, Decimal, date, Product, dict, list, None. Typed values are those of `supportable.facts`. `None` and the word
`unknown` become UNKNOWN, the word `none` becomes NONE (for text only without quotes: in quotes they are text).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from supportable.document import Plain
from supportable.errors import did_you_mean
from supportable.vocabulary.members import EMPTY, OPEN, Members
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.product_values import UnrecognisedProduct, product_converter
from supportable.vocabulary.refusals import ConversionError
from supportable.vocabulary.scales import INT64_HIGH, INT64_LOW, decimal_of, in_steps, in_units
from supportable.vocabulary.shape import described
from supportable.vocabulary.types import (
    NEVER,
    BoolType,
    DateType,
    EnumType,
    IntType,
    ListType,
    NumberType,
    ProductType,
    ScalarType,
    TextType,
    Type,
)
from supportable.vocabulary.unknown import NONE, UNKNOWN

__all__ = [
    "ConversionError",
    "ConversionProblem",
    "Converter",
    "UnrecognisedProduct",
    "convert",
    "converter",
    "read_date",
]

Converter: TypeAlias = Callable[[Any], Any]
"""Takes a written value, returns the typed one, or raises ConversionError."""

_WORDS: Final[dict[str, object]] = {"none": NONE, "unknown": UNKNOWN}
_TRUTHS: Final[dict[str, object]] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False, **_WORDS,
}  # fmt: skip
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,40}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ConversionProblem:
    """Why a written value is no value of its type, and what to write instead ("" where that is plain)."""

    message: str
    hint: str = ""


def convert(value: object, type: ScalarType | ListType, vocabulary: Vocabulary) -> Any:
    """`value` as a typed one, or a ConversionProblem. Whoever converts often keeps the `converter` of the type."""
    try:
        return converter(type, vocabulary)(value)
    except ConversionError as error:
        return ConversionProblem(error.message, error.hint)


def converter(type: Type, vocabulary: Vocabulary, *, never: bool = False) -> Converter:
    """What converts values of `type`; made once for each type of a vocabulary.

    A product text that no alias matches comes back as an UnrecognisedProduct, inside lists as well: to be treated as
    UNKNOWN_PRODUCT, and told. With `never`, dates may be the word `never`, which becomes `types.NEVER`.
    Raises TypeError for references and records, which are no values, and for lists of them.
    """
    key = ("convert", type, never)
    known: dict[Any, Converter] = vocabulary.memo
    found = known.get(key)
    if found is None:
        found = known[key] = _build(type, vocabulary, never=never)
    return found


def _build(type: Type, vocabulary: Vocabulary, *, never: bool) -> Converter:
    match type:
        case BoolType():
            return _bool
        case IntType():
            return _int_converter(type)
        case NumberType():
            return _number_converter(type)
        case DateType():
            return _date_or_never if never else read_date
        case TextType():
            return _text
        case EnumType():
            return _enum_converter(type)
        case ProductType():
            return product_converter(type, vocabulary)
        case ListType():
            return _list_converter(converter(type.of, vocabulary, never=never))
        case _:
            raise TypeError(f"no conversion to {type}: it is no plain value")


def _bool(value: Any) -> Any:
    if value is True or value is False:
        return value
    if isinstance(value, str):
        found = _TRUTHS.get(value)
        if found is not None and (isinstance(value, Plain) or value in _WORDS):
            return found
        if found is not None:
            raise ConversionError(f"{described(value)} is a text here", f"write {value} without quotes")
        meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.casefold())
        raise ConversionError(
            f"{described(value)} is neither true nor false", f"write {meant}" if meant else "write true or false"
        )
    if value is None:
        return UNKNOWN
    raise ConversionError(f"true or false is due here, not {described(value)}")


def _int_converter(type: IntType) -> Converter:
    low = INT64_LOW if type.low is None else type.low
    high = INT64_HIGH if type.high is None else type.high

    def read_int(value: Any) -> Any:
        if isinstance(value, str):
            if value in _WORDS:
                return _WORDS[value]
            if not isinstance(value, Plain):
                hint = f"write {value} without quotes" if _WHOLE.fullmatch(value) else ""
                raise ConversionError(f"a whole number is due here, not the text {described(value)}", hint)
            if not _WHOLE.fullmatch(value):
                raise ConversionError(f"{described(value)} is no whole number")
            value = int(value)
        elif value is None:
            return UNKNOWN
        elif not isinstance(value, int) or value is True or value is False:
            raise ConversionError(f"a whole number is due here, not {described(value)}")
        if not low <= value <= high:
            raise ConversionError(_outside(value, 0, type.low, type.high, ""))
        return int(value)

    return read_int


def _number_converter(type: NumberType) -> Converter:
    low = INT64_LOW if type.low is None else type.low
    high = INT64_HIGH if type.high is None else type.high
    factor = 10**type.places

    def read_number(value: Any) -> Any:
        if isinstance(value, str) and value in _WORDS:
            return _WORDS[value]
        if value is None:
            return UNKNOWN
        if isinstance(value, int) and value is not True and value is not False:
            steps = int(value) * factor
        else:
            steps = _steps(_exact(value, type), type)
        if not low <= steps <= high:
            raise ConversionError(_outside(steps, type.places, type.low, type.high, type.unit))
        return steps

    return read_number


def _exact(value: Any, type: NumberType) -> Decimal:
    """What a written number says, to the last digit."""
    if isinstance(value, Plain):
        exact = decimal_of(value)
        if exact is None:
            raise ConversionError(f"{described(value)} is no number", _without_unit(value, type))
        return exact
    if isinstance(value, str):
        hint = f"write {value} without quotes" if decimal_of(value) is not None else _without_unit(value, type)
        raise ConversionError(f"a number is due here, not the text {described(value)}", hint)
    if isinstance(value, float):
        # The shortest text that reads back as this float is what its writer meant: 0.1, not 0.1000000000000000055….
        return Decimal(repr(value))
    if isinstance(value, Decimal):
        return value
    raise ConversionError(f"a number is due here, not {described(value)}")


def _steps(exact: Decimal, type: NumberType) -> int:
    steps = in_steps(exact, type.places)
    if steps is None and not exact.is_finite():
        raise ConversionError(f"{exact} is no number")
    if steps is None:
        raise ConversionError(f"{exact} is no multiple of {in_units(1, type.places)}, the smallest step here")
    return steps


def _outside(steps: int, places: int, low: int | None, high: int | None, unit: str) -> str:
    if not INT64_LOW <= steps <= INT64_HIGH:
        return "the number does not fit 64 bits"
    unit = f" {unit}" if unit else ""
    if low is not None and steps < low:
        return f"{in_units(steps, places)} is less than {in_units(low, places)}{unit}, the least allowed here"
    bound = in_units(high, places) if high is not None else "?"
    return f"{in_units(steps, places)} is more than {bound}{unit}, the most allowed here"


def _without_unit(value: str, type: NumberType) -> str:
    if not type.unit:
        return ""
    digits = re.match(r"\s*([0-9.,]{1,40})", value)
    shown = digits[1] if digits and decimal_of(digits[1]) is not None else "the number"
    return f"write {shown} alone: it counts in {type.unit}"


def read_date(value: Any) -> Any:
    """The converter of dates: a day's ordinal, UNKNOWN or NONE."""
    if isinstance(value, str):
        if value in _WORDS:
            return _WORDS[value]
        if _DATE.fullmatch(value):
            try:
                return datetime.date.fromisoformat(value).toordinal()
            except ValueError:
                raise ConversionError(f"{described(value)} is no day of the calendar") from None
        raise ConversionError(f"{described(value)} is no date", "write year, month and day, as in 2009-05-26")
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.toordinal()
    raise ConversionError(f"a date is due here, not {described(value)}", "write year, month and day, as in 2009-05-26")


def _date_or_never(value: Any) -> Any:
    return NEVER if isinstance(value, str) and value == "never" else read_date(value)


def _text(value: Any) -> Any:
    if isinstance(value, str):
        if isinstance(value, Plain) and value in _WORDS:
            return _WORDS[value]
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise ConversionError("the text holds half of a surrogate pair, which is no character")
        return str(value)
    if value is None:
        return UNKNOWN
    hint = f'write "{value}"' if isinstance(value, (int, float, Decimal)) else ""
    raise ConversionError(f"a text is due here, not {described(value)}", hint)


def _enum_converter(type: EnumType) -> Converter:
    known: dict[str, object] = {**{value: value for value in type.values}, **_WORDS}

    def read_enum(value: Any) -> Any:
        if isinstance(value, str):
            found = known.get(value)
            if found is not None:
                return found
        elif value is None:
            return UNKNOWN
        written = str(value) if isinstance(value, (str, int, float)) else ""
        raise ConversionError(
            f"{described(value)} is none of the values allowed here", did_you_mean(written, type.values)
        )

    return read_enum


def _list_converter(member: Converter) -> Converter:
    def read_list(value: Any) -> Any:
        if isinstance(value, str) and value in _WORDS:
            return EMPTY if value == "none" else OPEN
        if value is None:
            return OPEN
        if not isinstance(value, (list, tuple)):
            raise ConversionError(
                f"a list is due here, not {described(value)}", f"write [{value}]" if isinstance(value, str) else ""
            )
        is_open = bool(value) and isinstance(value[-1], str) and value[-1] == "..."
        found = [member(item) for item in (value[:-1] if is_open else value)]
        for place, item in enumerate(value[: len(found)]):
            if item is None or (isinstance(item, str) and item in _WORDS):
                raise ConversionError(
                    f"{described(item)} cannot be in a list", "end the list in ... where there may be more"
                )
            if found[place] in found[:place]:
                raise ConversionError(f"{described(item)} is in the list twice", "members are distinct")
        if not found and not is_open:
            return EMPTY
        return Members(tuple(found), open=is_open)

    return read_list
