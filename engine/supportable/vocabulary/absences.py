"""How an attribute that is not given is read: `absent: none`, `absent: false`, `absent: {none: kind == "physical"}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from supportable.document import Plain
from supportable.errors import did_you_mean
from supportable.vocabulary.convert import ConversionError, UnrecognisedProduct, converter
from supportable.vocabulary.model import UNKNOWN_WHEN_ABSENT, Absence, Condition, Vocabulary
from supportable.vocabulary.shape import Shape, below, described
from supportable.vocabulary.types import BoolType, EnumType, ListType, RecordType, RefType, TextType, Type
from supportable.vocabulary.words import RESERVED_VALUES

BAD_ABSENCE: Final = "SUP215"
BAD_CONDITION: Final = "SUP216"

_QUOTED: Final = r"(?:\"[^\"]*\"|'[^']*')"
_LITERAL: Final = rf"(?:{_QUOTED}|true|false)"
_TERM: Final = re.compile(
    rf"\s*(?P<attribute>[A-Za-z_][A-Za-z0-9_]*)\s*"
    rf"(?:==\s*(?P<one>{_LITERAL})|in\s*\[\s*(?P<many>{_LITERAL}(?:\s*,\s*{_LITERAL})*)\s*\])\s*(?P<and>&&|$)"
)
_LITERALS: Final = re.compile(_LITERAL)
_CONDITION_HINT: Final = 'write attribute == "value", or attribute in ["a", "b"]; join several by &&'


@dataclass(frozen=True, slots=True)
class AbsenceReader:
    """A reader of `absent` for the attributes of one entity type or record.

    `types` are the types of the attributes there, None for one whose type is wrong. `dependent` names those whose own
    absence has a condition: a condition may not hang on these, or one reading would have to wait for another.
    """

    shape: Shape
    vocabulary: Vocabulary
    types: dict[str, Type | None]
    dependent: frozenset[str]

    def read(self, raw: object, pointer: str, type: Type) -> Absence:
        """The reading that `raw` writes; UNKNOWN_WHEN_ABSENT where a problem was noted."""
        if not isinstance(raw, dict):
            return self._reading(raw, pointer, type, ())
        if len(raw) != 1:
            self.shape.note(BAD_ABSENCE, "one reading with one condition was expected", pointer, _ABSENCE_HINT)
            return UNKNOWN_WHEN_ABSENT
        [(reading, condition)] = raw.items()
        place = below(pointer, reading)
        conditions = self._conditions(condition, place)
        return self._reading(Plain(reading), pointer, type, conditions)

    def _reading(self, raw: object, pointer: str, type: Type, conditions: tuple[Condition, ...]) -> Absence:
        # In quotes these are words like any other where text is due, and nowhere else.
        if (
            isinstance(raw, str)
            and raw in RESERVED_VALUES
            and (isinstance(raw, Plain) or not isinstance(type, TextType))
        ):
            if raw == "unknown" and conditions:
                self.shape.note(BAD_ABSENCE, "`unknown` needs no condition: it is the reading anyway", pointer)
            return Absence(str(raw), None, conditions)
        if raw is None or isinstance(type, (RefType, RecordType, ListType)):
            message = f"{described(raw)} cannot be the reading of an absent {type}"
            self.shape.note(BAD_ABSENCE, message, pointer, "it can be unknown or none")
            return UNKNOWN_WHEN_ABSENT
        try:
            value = converter(type, self.vocabulary)(raw)
        except ConversionError as error:
            self.shape.note(BAD_ABSENCE, f"the reading of an absent {type}: {error.message}", pointer, error.hint)
            return UNKNOWN_WHEN_ABSENT
        if isinstance(value, UnrecognisedProduct):
            self.shape.note(BAD_ABSENCE, f"{described(raw)} names no product", pointer, " or ".join(value.nearest))
        return Absence("value", value, conditions)

    def _conditions(self, raw: object, pointer: str) -> tuple[Condition, ...]:
        if not isinstance(raw, str):
            self.shape.note(BAD_CONDITION, f"a condition was expected, not {described(raw)}", pointer, _CONDITION_HINT)
            return ()
        found = []
        at = 0
        joined = True
        while joined:
            term = _TERM.match(raw, at)
            if term is None:
                self.shape.note(BAD_CONDITION, f"{described(raw)} is no condition", pointer, _CONDITION_HINT)
                return ()
            condition = self._condition(term, pointer)
            if condition is None:
                return ()
            found.append(condition)
            joined, at = bool(term["and"]), term.end()
        return tuple(found)

    def _condition(self, term: re.Match[str], pointer: str) -> Condition | None:
        name = term["attribute"]
        literals = _LITERALS.findall(term["one"] or term["many"])
        if name in self.types and self.types[name] is None:
            return None
        type = self.types.get(name)
        if type is None:
            hint = did_you_mean(name, self.types)
            self.shape.note(BAD_CONDITION, f"there is no attribute “{name}” here", pointer, hint)
            return None
        if name in self.dependent:
            message = f"the reading of “{name}” depends on a condition itself"
            self.shape.note(BAD_CONDITION, message, pointer, "use an attribute whose own absence has no condition")
            return None
        if isinstance(type, BoolType):
            allowed: dict[str, str | bool] = {"true": True, "false": False}
        elif isinstance(type, EnumType):
            allowed = {f'"{value}"': value for value in type.values}
        else:
            message = f"“{name}” is {_article(type)}: a condition can only ask for the value of an enum or bool"
            self.shape.note(BAD_CONDITION, message, pointer)
            return None
        values = []
        for literal in literals:
            written = f'"{literal[1:-1]}"' if literal[0] == "'" else literal
            if written not in allowed:
                message = f"“{name}” is never {written}"
                self.shape.note(BAD_CONDITION, message, pointer, did_you_mean(written, allowed))
                return None
            values.append(allowed[written])
        return Condition(name, tuple(values))


_ABSENCE_HINT: Final = 'write absent: none, a value, or {none: attribute == "value"}'


def _article(type: Type) -> str:
    return f"of type {type}"
