"""The vocabulary as a value: entity types, records, attributes, products, and what absence means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.names import NameTable
from supportable.vocabulary.products import Ladder
from supportable.vocabulary.types import RefType, Type


@dataclass(frozen=True, slots=True)
class Condition:
    """`attribute == value` or `attribute in [values]` on the same entity: the condition of a dependent absence.

    `values` are in typed form: texts of an enum, or True and False of a bool.
    """

    attribute: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """How an attribute that is not given is read.

    `reading` is "unknown", "none", or "value" (then `value` holds the value in its typed form, e.g. False or 1500).
    With `conditions`, the reading holds where all of them certainly hold; elsewhere the attribute is unknown.
    For a list, "none" means that it has no members.
    """

    reading: str = "unknown"
    value: object = None
    conditions: tuple[Condition, ...] = ()


UNKNOWN_WHEN_ABSENT = Absence()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of an entity type or record.

    `ask` is its question in plain words; `answers` are the allowed answers in words an interview may offer (empty:
    those of the type). `rests_on` and `part` say how the owner depends on, or is made of, what the attribute names.
    `inverse_of` is (entity type, attribute) for an attribute computed from the forward references of others;
    `section` names the entity type that a `design.<section>` list holds.
    """

    name: str
    type: Type
    absent: Absence = UNKNOWN_WHEN_ABSENT
    ask: str = ""
    answers: tuple[str, ...] = ()
    title: str = ""
    rests_on: bool = False
    part: bool = False
    inverse_of: tuple[str, str] | None = None
    section: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity type or, when `record`, a record type.

    `attributes` is keyed by name, sorted. `section` is its key in a design ("machines"), empty for records and for
    `design`. `judged` is false for types that never count in a design's coverage. `absent` reads a design that
    leaves the section out: "unknown" (there may be any number) or "none" (there are none). `label` names the attributes
    that tell a reader what an entity is, in order: the first known one stands beside its id.
    """

    name: str
    attributes: dict[str, Attribute]
    section: str = ""
    title: str = ""
    record: bool = False
    judged: bool = True
    absent: str = "unknown"
    ask: str = ""
    label: tuple[str, ...] = ()
    origin: Origin = NOWHERE


class Memo(dict[str, Any]):
    """A cache that stays behind when its owner is copied to another process: it can always be filled again."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[Memo], tuple[()]]:
        return (Memo, ())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything a design and a pack may speak of.

    `entities` holds entity types and records by name; `ladders` the products by name; `names` recognises product
    text. `digest` identifies the content of all the documents it was read from.
    """

    entities: dict[str, Entity]
    ladders: dict[str, Ladder]
    names: NameTable
    digest: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    """Section name to entity type, in order of section name."""
    architectures: tuple[str, ...] = ()
    """The processor architectures that any product can be built for, sorted."""
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)
    """What later stages derive from the vocabulary alone, such as row classes; a cache, never part of the meaning."""

    def entity(self, name: str) -> Entity:
        """The entity or record type of that name; KeyError if there is none."""
        return self.entities[name]

    def editions(self) -> tuple[str, ...]:
        """Every edition of every ladder, sorted."""
        return tuple(sorted({edition for ladder in self.ladders.values() for edition in ladder.editions}))

    def releases(self) -> tuple[str, ...]:
        """Every release of every ladder, sorted."""
        return tuple(sorted({release for ladder in self.ladders.values() for release in ladder.releases}))

    def ladder_of(self, index: int) -> Ladder:
        """The ladder with that index; KeyError if there is none."""
        for ladder in self.ladders.values():
            if ladder.index == index:
                return ladder
        raise KeyError(index)

    def referring(self, entity: str) -> tuple[tuple[str, Attribute], ...]:
        """All forward attributes, as (owner, attribute), that are a `ref` to `entity`, sorted."""
        found = []
        for owner in sorted(self.entities):
            for attribute in self.entities[owner].attributes.values():
                if attribute.inverse_of is None and attribute.type == RefType(entity):
                    found.append((owner, attribute))
        return tuple(found)
