"""Which types, records and attributes of the design a vocabulary declares, and where each gets its attributes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from supportable.errors import did_you_mean
from supportable.origin import Origin
from supportable.vocabulary.absences import BAD_ABSENCE
from supportable.vocabulary.attributes import Draft
from supportable.vocabulary.model import Entity
from supportable.vocabulary.shape import Shape, below, described
from supportable.vocabulary.words import check_name, check_type_name

TWICE: Final = "SUP217"
NOT_EXTENDABLE: Final = "SUP218"

DESIGN: Final = "design"
"""The entity type there is always one of: what belongs to a design as a whole."""

_TYPE_KEYS: Final = ("absent", "ask", "attributes", "extend", "judged", "label", "section", "title")
_RECORD_KEYS: Final = ("ask", "attributes", "extend", "title")


@dataclass(slots=True)
class Body:
    """The attributes of one type as one place writes them."""

    shape: Shape
    pointer: str
    attributes: object


@dataclass(slots=True)
class Declared:
    """An entity type or record that exists, with all the places that give it attributes, and these as drafts."""

    entity: Entity
    bodies: list[Body] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)


class Declarations:
    """The types, records and design of several documents in `found`, by name; problems are noted in their shapes."""

    __slots__ = ("found",)

    def __init__(self, roots: list[tuple[Shape, dict[str, object]]]) -> None:
        self.found: dict[str, Declared] = {}
        for shape, root in roots:
            self._types(shape, root)
            self._records(shape, root)
        # Only now is it known what there is to extend.
        for shape, root in roots:
            self._extensions(shape, root, "types", record=False)
            self._extensions(shape, root, "records", record=True)
        self._design(roots)

    def _types(self, shape: Shape, root: dict[str, object]) -> None:
        for name, pointer, held in shape.items(root.get("types"), "/types", "types"):
            given = shape.mapping(held, pointer, f"the type “{name}”")
            shape.keys(given, pointer, known=_TYPE_KEYS)
            if not _extends(shape, given, pointer) and check_type_name(shape, name, pointer, "a type"):
                self._add(shape, pointer, given, _entity_type(shape, name, pointer, given))

    def _records(self, shape: Shape, root: dict[str, object]) -> None:
        for name, pointer, held in shape.items(root.get("records"), "/records", "records"):
            given = shape.mapping(held, pointer, f"the record “{name}”")
            shape.keys(given, pointer, known=_RECORD_KEYS)
            if not _extends(shape, given, pointer) and check_type_name(shape, name, pointer, "a record"):
                entity = Entity(
                    name,
                    {},
                    title=text_of(shape, given, pointer, "title") or titled(name),
                    record=True,
                    judged=False,
                    ask=text_of(shape, given, pointer, "ask"),
                    origin=shape.key_origin(pointer),
                )
                self._add(shape, pointer, given, entity)

    def _add(self, shape: Shape, pointer: str, given: dict[str, object], entity: Entity) -> None:
        name, declared = entity.name, Declared(entity)
        first = self.found.get(name)
        if first is not None:
            note_twice(shape, pointer, f"“{name}” is defined twice", first.entity.origin)
            return
        declared.bodies.append(Body(shape, below(pointer, "attributes"), given.get("attributes")))
        self.found[name] = declared

    def _extensions(self, shape: Shape, root: dict[str, object], group: str, *, record: bool) -> None:
        held_by_name = root.get(group)
        if not isinstance(held_by_name, dict):
            return
        for name, held in held_by_name.items():
            pointer = below(f"/{group}", name)
            if not isinstance(held, dict) or str(held.get("extend")).casefold() != "true":
                continue
            for key in held:
                if key in _TYPE_KEYS and key not in ("extend", "attributes"):
                    message = f"“{key}” belongs where “{name}” is defined"
                    hint = "an extension adds attributes and nothing else"
                    shape.note_key(NOT_EXTENDABLE, message, below(pointer, key), hint)
            target = self.found.get(name)
            if target is None or target.entity.record is not record:
                known = [each for each, found in self.found.items() if found.entity.record is record]
                message = f"there is nothing called “{name}” in {group} to extend"
                shape.note_key(NOT_EXTENDABLE, message, pointer, did_you_mean(name, known))
            else:
                target.bodies.append(Body(shape, below(pointer, "attributes"), held.get("attributes")))

    def _design(self, roots: list[tuple[Shape, dict[str, object]]]) -> None:
        bodies = []
        title = ask = ""
        for shape, root in roots:
            given = shape.mapping(root.get("design"), "/design", "design")
            shape.keys(given, "/design", known=("ask", "attributes", "title"))
            title = text_of(shape, given, "/design", "title") or title
            ask = text_of(shape, given, "/design", "ask") or ask
            bodies.append(Body(shape, "/design/attributes", given.get("attributes")))
        self.found[DESIGN] = Declared(Entity(DESIGN, {}, title=title or "Design", judged=False, ask=ask), bodies)


def _entity_type(shape: Shape, name: str, pointer: str, given: dict[str, object]) -> Entity:
    section = text_of(shape, given, pointer, "section") or f"{name}s"
    if "section" in given and not check_name(shape, section, below(pointer, "section"), "a section"):
        section = f"{name}s"
    absent = text_of(shape, given, pointer, "absent") or "unknown"
    if absent not in ("unknown", "none"):
        place = below(pointer, "absent")
        message = f"{described(absent)} cannot be the reading of an absent section"
        shape.note(BAD_ABSENCE, message, place, "write unknown or none")
        absent = "unknown"
    judged = True
    if "judged" in given:
        judged = shape.flag(given["judged"], below(pointer, "judged"), "judged")
    return Entity(
        name,
        {},
        section=section,
        title=text_of(shape, given, pointer, "title") or titled(name),
        judged=judged,
        label=tuple(
            shape.text(item, place, "a label")
            for place, item in shape.sequence(given.get("label"), below(pointer, "label"), "the label")
        ),
        absent=absent,
        ask=text_of(shape, given, pointer, "ask"),
        origin=shape.key_origin(pointer),
    )


def _extends(shape: Shape, given: dict[str, object], pointer: str) -> bool:
    return "extend" in given and shape.flag(given["extend"], below(pointer, "extend"), "extend")


def note_twice(shape: Shape, pointer: str, message: str, first: Origin) -> None:
    """Note that the key at `pointer` defines what `first` has defined."""
    hint = f"it is defined at {first} already; to add attributes to a type, write extend: true"
    shape.note_key(TWICE, message, pointer, hint)


def text_of(shape: Shape, given: dict[str, object], pointer: str, key: str) -> str:
    """The text under `key`, "" where there is none."""
    if given.get(key) is None:
        return ""
    return shape.text(given[key], below(pointer, key), f"“{key}”")


def titled(name: str) -> str:
    """`host_group` as "Host group"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
