"""The types of attributes and expressions: what a value can be, with its unit, range and scale."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoolType:
    """`bool`: true or false."""

    def __str__(self) -> str:
        return "bool"


@dataclass(frozen=True, slots=True)
class IntType:
    """`int`: a whole number; `low` and `high` are inclusive, None where unbounded (64 bits hold in any case)."""

    low: int | None = None
    high: int | None = None

    def __str__(self) -> str:
        return "int"


@dataclass(frozen=True, slots=True)
class NumberType:
    """`number UNIT, LOW..HIGH, SCALE`: an exact fixed-point number.

    A value is held as a whole number of the smallest step: with `places` 3, 1.5 GiB is 1500. `low` and `high` are
    inclusive and counted in those steps, None where unbounded. `unit` is "" for a bare number.
    """

    unit: str = ""
    places: int = 0
    low: int | None = None
    high: int | None = None

    def __str__(self) -> str:
        return f"number {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class TextType:
    """`text`: characters; compared exactly, case included."""

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class DateType:
    """`date`: a day of the Gregorian calendar, held as its ordinal; `never` is one day after the last."""

    def __str__(self) -> str:
        return "date"


@dataclass(frozen=True, slots=True)
class EnumType:
    """`enum` or, when `ordered`, `scale`: one of `values`; a scale is compared by position, first the least."""

    values: tuple[str, ...]
    ordered: bool = False

    def __str__(self) -> str:
        word = "scale" if self.ordered else "enum"
        return f"{word} [{', '.join(self.values[:6])}{', …' if len(self.values) > 6 else ''}]"


@dataclass(frozen=True, slots=True)
class ProductType:
    """`product`: a product with its place on a ladder; `ladders` names those allowed, empty means any."""

    ladders: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "product"


@dataclass(frozen=True, slots=True)
class RefType:
    """`ref: T`: one entity of type `entity`."""

    entity: str

    def __str__(self) -> str:
        return self.entity


@dataclass(frozen=True, slots=True)
class RecordType:
    """`record: {…}`: a part without an id of its own; `record` is its name in the vocabulary."""

    record: str

    def __str__(self) -> str:
        return f"record {self.record}"


@dataclass(frozen=True, slots=True)
class ListType:
    """`list: T`: any number of distinct members; their order carries no meaning."""

    of: MemberType

    def __str__(self) -> str:
        return f"list of {self.of}"


@dataclass(frozen=True, slots=True)
class NoneType:
    """The type of the literal `none`, which stands only beside `==` and `!=`."""

    def __str__(self) -> str:
        return "none"


ScalarType = BoolType | IntType | NumberType | TextType | DateType | EnumType | ProductType
MemberType = ScalarType | RefType | RecordType
Type = MemberType | ListType | NoneType

BOOL = BoolType()
INT = IntType()
TEXT = TextType()
DATE = DateType()

NEVER = 3652060
"""`never` as a date ordinal: the day after 9999-12-31, later than every date."""
