"""The shape of the vocabulary; see `models`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from supportable_api.library.models import Answer, Digest


class AbsenceShown(Answer):
    """How an attribute that is left out is read; with `where`, only where all of that holds, else it is unknown."""

    reading: Literal["unknown", "none", "value"]
    value: str | int | bool | None
    where: dict[str, list[str | bool]]


class TypeShown(Answer):
    """The type of an attribute. Bounds are inclusive decimals as text, null where there are none."""

    kind: Literal["bool", "int", "number", "text", "date", "enum", "scale", "product", "ref", "record", "list", "none"]
    unit: str = ""
    places: Annotated[int, Field(description="How many decimals are kept")] = 0
    low: str | None = None
    high: str | None = None
    values: list[str] = Field(
        default_factory=list, description="Of enums and scales; of a scale in order, the least first"
    )
    products: list[str] = Field(default_factory=list, description="The products that are allowed; empty for any")
    of: Annotated[str, Field(description="The entity type or record that is meant")] = ""
    member: Annotated[TypeShown | None, Field(description="The type of a list's members")] = None


class AttributeShown(Answer):
    """An attribute of an entity type or record."""

    name: str
    title: str
    type: TypeShown
    ask: str = Field(description="The question for it, in plain words")
    answers: list[str]
    absent: AbsenceShown
    rests_on: bool = Field(description="Whether its owner is no better supported than what it names")
    part: bool = Field(description="Whether it names what its owner is made of")
    computed_from: str = Field(
        description="The attribute that it is the inverse of, or the definition's pack; else empty"
    )


class EntityShown(Answer):
    """An entity type, or a record: a part without an id of its own."""

    name: str
    title: str
    section: str = Field(description="Its key in a design; empty for records and the design itself")
    record: bool
    judged: bool
    absent: Literal["unknown", "none"]
    ask: str
    attributes: list[AttributeShown]


class ReleaseShown(Answer):
    """A release or edition, and how people write it."""

    name: str
    title: str


class ProductShown(Answer):
    """A product and its releases, oldest first."""

    name: str
    title: str
    releases: list[ReleaseShown]
    editions: list[ReleaseShown]


class VocabularyShown(Answer):
    """Everything that a design may speak of."""

    digest: Digest
    entities: list[EntityShown]
    products: list[ProductShown]
    architectures: list[str]
