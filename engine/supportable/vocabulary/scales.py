"""Ranges and steps of numbers as a vocabulary writes them: `GiB, 0..1000000, 0.001`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from supportable.vocabulary.types import IntType, NumberType

INT64_LOW: Final = -(2**63)
INT64_HIGH: Final = 2**63 - 1

DEFAULT_PLACES: Final = 3
"""The step of a number whose type names none: thousandths, so that MiB can be said in GiB and grams in kilograms."""

_MOST_PLACES: Final = 18
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?")
_UNIT: Final = re.compile(r"[^\W\d_][\w/%µ²³ ]{0,31}|%")


class NotationError(ValueError):
    """A range, step or unit that cannot be read; the message says why."""


def decimal_of(text: str) -> Decimal | None:
    """The exact value of a decimal literal such as `-1.50` or `1e6`; None for anything else."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def in_steps(value: Decimal, places: int) -> int | None:
    """`value` counted in steps of 10**-places; None where it is no whole number of them.

    What lies far beyond 64 bits comes back as 2**64 or -2**64, so that a huge exponent costs nothing.
    """
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return None
    if not any(digits):
        return 0
    shift = exponent + places
    if value.adjusted() + places > 40:
        return -(2**64) if sign else 2**64
    if shift < -len(digits):
        return None
    whole = int("".join(map(str, digits)))
    if shift >= 0:
        whole *= int(10**shift)
    else:
        whole, rest = divmod(whole, int(10**-shift))
        if rest:
            return None
    return -whole if sign else whole


def in_units(steps: int, places: int) -> str:
    """`steps` of 10**-places as a decimal text without superfluous zeros: 1500 at 3 places is "1.5"."""
    if not places:
        return str(steps)
    sign, digits = ("-" if steps < 0 else ""), str(abs(steps)).rjust(places + 1, "0")
    fraction = digits[-places:].rstrip("0")
    return f"{sign}{digits[:-places]}.{fraction}" if fraction else f"{sign}{digits[:-places]}"


def int_type(notation: str) -> IntType:
    """The whole numbers of a range such as `0..64`, `1..`; the ends are inclusive. Raises NotationError."""
    low, high = _range(notation, 0, "whole numbers")
    return IntType(low, high)


def number_type(notation: str) -> NumberType:
    """A number type from unit, range and step, each of which may be left out. Raises NotationError."""
    parts = [part.strip() for part in notation.split(",")]
    unit = bounds = step = ""
    if parts and parts[0] and not _is_range(parts[0]) and decimal_of(parts[0]) is None:
        unit = parts.pop(0)
    if parts and _is_range(parts[0]):
        bounds = parts.pop(0)
    if parts and decimal_of(parts[0]) is not None:
        step = parts.pop(0)
    if [part for part in parts if part]:
        raise NotationError(f"“{notation}” is no number type: write unit, range and step, as in GiB, 0..1000000, 0.001")
    if unit and not _UNIT.fullmatch(unit):
        raise NotationError(f"“{unit}” is no unit")
    places = _places(step) if step else DEFAULT_PLACES
    low, high = _range(bounds, places, f"multiples of {in_units(1, places)}") if bounds else (None, None)
    return NumberType(unit, places, low, high)


def _is_range(text: str) -> bool:
    return ".." in text


def _places(step: str) -> int:
    value = decimal_of(step)
    for places in range(_MOST_PLACES + 1):
        if value == Decimal(1).scaleb(-places):
            return places
    raise NotationError(f"the step {step} is no power of ten from 1 down: write 1, 0.1, 0.01 …")


def _range(notation: str, places: int, what: str) -> tuple[int | None, int | None]:
    low_text, dots, high_text = (part.strip() for part in notation.partition(".."))
    if not dots:
        raise NotationError(f"“{notation}” is no range: write the lowest and the highest value, as in 0..100")
    low = _end(low_text, places, what)
    high = _end(high_text, places, what)
    if low is not None and high is not None and low > high:
        raise NotationError(f"the range {notation} begins above its end: write the lower value first")
    return low, high


def _end(text: str, places: int, what: str) -> int | None:
    if not text:
        return None
    value = decimal_of(text)
    if value is None:
        raise NotationError(f"“{text}” is no number")
    steps = in_steps(value, places)
    if steps is None:
        raise NotationError(f"{text} cannot end a range of {what}")
    if not INT64_LOW <= steps <= INT64_HIGH:
        raise NotationError(f"{text} does not fit 64 bits in steps of {in_units(1, places)}")
    return steps
