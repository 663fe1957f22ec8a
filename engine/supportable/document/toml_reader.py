"""TOML text to the same values as YAML gives.

The standard library reads the values and says nothing of places; so the text is gone over once before, for the place
of every key and member and for how deep they stand. Numbers, dates and truths become `Plain`, spelled as in the file
where the library hands that out: whole numbers come in decimal digits.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any, Final

from supportable.document import codes
from supportable.document.faults import Faults
from supportable.document.limits import Limits
from supportable.document.refusals import refuse_characters, refuse_depth, refuse_length, refuse_number
from supportable.document.toml_places import Places, Steps, TooDeep, places_in
from supportable.document.values import Map, Mark, Plain, Seq, Value

_AT: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\s*\Z")


def read_toml(text: str, limits: Limits, faults: Faults) -> tuple[Value, Mark]:
    """The value that TOML text holds, always a map, and where it begins. Raises DocumentError through `faults`."""
    text = text.replace("\r\n", "\n")
    try:
        places = places_in(text, max_depth=limits.max_depth)
        plain = tomllib.loads(text, parse_float=_spelled)
    except TooDeep as error:
        refuse_depth(limits, error.mark, faults)
    except RecursionError:
        refuse_depth(limits, (1, 1), faults)
    except ValueError as error:
        # Beside TOMLDecodeError, Python's refusal of whole numbers of thousands of digits.
        message = str(error)
        at = _AT.search(message)
        mark = (int(at[1]), int(at[2])) if at and at[1] else (text.count("\n") + 1, 1)
        what = _AT.sub("", message) if at else "a number of too many digits"
        faults.stop(codes.TOML_SYNTAX, f"not TOML: {what[:1].lower()}{what[1:]}", mark)
    root = _Builder(places, limits, faults).value(plain, ())
    faults.close()
    return root, (1, 1)


def _spelled(number: str) -> Plain:
    return Plain(number.replace("_", ""))


class _Builder:
    """Values with their places put back. Recursive, as deep as the limit allows."""

    def __init__(self, places: Places, limits: Limits, faults: Faults) -> None:
        self._places = places
        self._limits = limits
        self._faults = faults
        self._nodes = 0

    def value(self, held: Any, steps: Steps) -> Value:
        mark = self._places.values.get(steps, (0, 0))
        self._nodes += 1
        if self._nodes > self._limits.max_nodes:
            refuse_number(self._limits, mark, self._faults)
        if isinstance(held, dict):
            return self._map(held, steps, mark)
        if isinstance(held, list):
            made = Seq(mark=mark)
            for place, each in enumerate(held):
                made.append(self.value(each, (*steps, place)))
                made.item_marks.append(self._places.values.get((*steps, place), mark))
            return made
        if isinstance(held, Plain):
            return held
        if isinstance(held, str):
            if len(held) > self._limits.max_scalar:
                refuse_length(held, self._limits, mark, self._faults)
            if not held.isprintable():
                refuse_characters(held, mark, self._faults)
            return held
        if isinstance(held, bool):
            return Plain("true" if held else "false")
        if isinstance(held, (date, datetime, time)):
            return Plain(held.isoformat())
        return Plain(str(held))

    def _map(self, held: dict[str, Any], steps: Steps, mark: Mark) -> Map:
        made = Map(mark=mark)
        for key, each in held.items():
            at = (*steps, key)
            made.key_marks[key] = self._places.keys.get(at, mark)
            made.value_marks[key] = self._places.values.get(at, made.key_marks[key])
            if not key.isprintable():
                refuse_characters(key, made.key_marks[key], self._faults)
            made[key] = self.value(each, at)
        return made
