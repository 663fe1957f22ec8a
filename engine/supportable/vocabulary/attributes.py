"""Attributes as a vocabulary writes them, read as far as one place allows: drafts, still without their surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from supportable.vocabulary.model import Entity
from supportable.vocabulary.notation import BAD_TYPE, Names, Notation
from supportable.vocabulary.shape import Shape, below
from supportable.vocabulary.types import ListType, RecordType, RefType, Type
from supportable.vocabulary.words import TYPE_WORDS, check_name

BAD_RECORD: Final = "SUP219"
NOT_A_REFERENCE: Final = "SUP253"

_KEYS: Final = ("absent", "answers", "ask", "part", "rests_on", "title")


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribute as written. `type` is None for an inverse (then `inverse` is its text) or after a problem.

    `absent` is the raw reading, None also where none is given: `absent_given` tells.
    """

    name: str
    shape: Shape
    pointer: str
    type: Type | None
    inverse: str | None = None
    absent: object = None
    absent_given: bool = False
    ask: str = ""
    answers: tuple[str, ...] = ()
    title: str = ""
    rests_on: bool = False
    part: bool = False


class AttributeReader:
    """A reader of the attributes that one place gives to `owner`."""

    def __init__(self, shape: Shape, names: Names, owner: Entity) -> None:
        self.shape = shape
        self.owner = owner
        self.notation = Notation(shape, names)

    def read(self, attributes: object, pointer: str) -> Iterator[Draft]:
        """The attributes in document order; what has no proper name is left out."""
        for name, place, spec in self.shape.items(attributes, pointer, f"the attributes of “{self.owner.name}”"):
            if check_name(self.shape, name, place, "an attribute"):
                yield self._attribute(name, place, spec)

    def _attribute(self, name: str, pointer: str, spec: object) -> Draft:
        inline_name = f"{self.owner.name}.{name}"
        if not isinstance(spec, dict):
            return Draft(name, self.shape, pointer, self.notation.read(spec, pointer, inline_name))
        self.shape.keys(spec, pointer, known=(*_KEYS, *TYPE_WORDS))
        inverse = None
        type = None
        if "inverse" in spec:
            inverse = self._inverse(spec, pointer)
        else:
            type = self.notation.read(spec, pointer, inline_name)
        rests_on, part = (self._dependence(key, spec, pointer, type) for key in ("rests_on", "part"))
        return Draft(
            name,
            self.shape,
            pointer,
            type,
            inverse=inverse,
            absent=spec.get("absent"),
            absent_given="absent" in spec,
            ask=self._text(spec, pointer, "ask"),
            answers=self._answers(spec, pointer),
            title=self._text(spec, pointer, "title"),
            rests_on=rests_on,
            part=part,
        )

    def _inverse(self, spec: dict[str, object], pointer: str) -> str | None:
        if self.owner.record:
            self.shape.note(BAD_RECORD, "nothing can refer to a record, so that it has no inverse", pointer)
            return None
        for key in spec:
            if key in ("absent", *(word for word in TYPE_WORDS if word != "inverse")):
                message = f"an inverse list is computed: “{key}” has no place here"
                self.shape.note_key(BAD_TYPE, message, below(pointer, key), "say it where the references stand")
        return self.shape.text(spec["inverse"], below(pointer, "inverse"), "an inverse") or None

    def _dependence(self, key: str, spec: dict[str, object], pointer: str, type: Type | None) -> bool:
        if key not in spec:
            return False
        said = self.shape.flag(spec[key], below(pointer, key), f"“{key}”")
        inner = type.of if isinstance(type, ListType) else type
        if said and type is not None and not isinstance(inner, (RefType, RecordType)):
            message = f"“{key}” is for references, not for {type}"
            self.shape.note_key(NOT_A_REFERENCE, message, below(pointer, key))
        return said

    def _text(self, spec: dict[str, object], pointer: str, key: str) -> str:
        return self.shape.text(spec[key], below(pointer, key), f"“{key}”") if spec.get(key) is not None else ""

    def _answers(self, spec: dict[str, object], pointer: str) -> tuple[str, ...]:
        items = self.shape.sequence(spec.get("answers"), below(pointer, "answers"), "the answers")
        return tuple(self.shape.text(item, place, "an answer") for place, item in items)
