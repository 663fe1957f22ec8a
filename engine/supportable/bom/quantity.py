"""Quantities as people write them; what can be read in two ways is not read."""

from __future__ import annotations

import re
from typing import Final

from supportable.bom.model import Value, shown

_WRITTEN: Final = re.compile(
    r"[x×]?\s*([+-]?\d+(?:[.,'\u00a0\u202f ]\d+)*)\s*"
    r"(?:x|×|ea|ea\.|each|pc|pcs|pcs\.|stk|stk\.|stück|st|units?|lic|licenses?)?",
    re.IGNORECASE,
)
MOST: Final = 1_000_000_000


def read_quantity(value: Value, decimal: str = "") -> tuple[int | None, str]:
    """The whole number in a cell, None where there is none, and a note, "" where nothing is odd.

    "2", "2.0", "2,00", "x2", "2 ea" are two. "1,000" is a thousand to some and one to others: it is read only if
    `decimal`, the file's decimal sign, settles it. A fraction is no quantity.
    """
    if isinstance(value, bool):
        return None, f"“{shown(value)}” is no quantity"
    if isinstance(value, int):
        return _bounded(value)
    if isinstance(value, float):
        return _bounded(int(value)) if value.is_integer() else (None, f"a quantity of {value!r} cannot be")
    text = shown(value).strip()
    if not text:
        return None, ""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None, f"“{text[:40]}” is no quantity"
    digits = re.sub(r"['\u00a0\u202f ]", "", written[1])
    signs = [each for each in digits if each in ".,"]
    if not signs:
        return _bounded(int(digits[:20]))
    whole, _, tail = digits.rpartition(signs[-1])
    thousands = len(tail) == 3
    if len(set(signs)) == 2 or (decimal and signs[-1] == decimal) or not thousands:
        # The last sign is the decimal one: two kinds of them, or the file says so, or there are not three figures.
        if len([each for each in signs if each == signs[-1]]) > 1 or set(tail) - {"0"}:
            return None, f"a quantity of “{text[:40]}” cannot be"
        return _bounded(int(re.sub(r"[.,]", "", whole)[:20]))
    if len(signs) > 1 or (decimal and signs[-1] != decimal):
        return _bounded(int(re.sub(r"[.,]", "", digits)[:20]))
    return (
        None,
        f"“{text[:40]}” is a thousand times more to some readers than to others; say the decimal sign in a profile",
    )


def _bounded(number: int) -> tuple[int | None, str]:
    return (number, "") if abs(number) <= MOST else (None, "a quantity that large cannot be")
