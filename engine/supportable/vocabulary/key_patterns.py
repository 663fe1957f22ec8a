"""What one cell of a catalogue's key matches: a single value, or the products of one ladder within a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from supportable.vocabulary.products import Product
from supportable.vocabulary.unknown import UNKNOWN, Absence

NO, POSSIBLY, CERTAINLY = 0, 1, 2
"""Whether a pattern matches a value that may be partly unknown."""

FIELDS: Final = ("edition", "service_pack", "update", "architecture")
"""The fields of a product that a pattern can ask for, besides name and release."""

MOST_COMPLETIONS: Final = 4096
"""Ways of filling in a key that are tried one by one; where there are more, any outcome is taken to be possible."""

Field: TypeAlias = str | int | Absence | None


@dataclass(frozen=True, slots=True)
class ProductPattern:
    """Products of `ladder` from position `low` to position `high`, both inclusive.

    `whole` is true where that is the whole ladder. The other fields must be equal; None matches any value, NONE only
    the service pack or update of a product as first released.
    """

    ladder: str
    low: int
    high: int
    whole: bool
    edition: Field = None
    service_pack: Field = None
    update: Field = None
    architecture: Field = None

    def match(self, product: Product) -> int:
        """NO, POSSIBLY or CERTAINLY. An unknown release is one of its ladder; an unknown name may be anything."""
        if product.name is UNKNOWN:
            return POSSIBLY
        if product.name != self.ladder:
            return NO
        found = CERTAINLY
        if not self.whole:
            place = _position(product)
            if place is None:
                found = POSSIBLY
            elif not self.low <= place <= self.high:
                return NO
        for name in FIELDS:
            wanted: Field = getattr(self, name)
            if wanted is not None:
                given: Field = getattr(product, name)
                if given is UNKNOWN:
                    found = POSSIBLY
                elif given != wanted:
                    return NO
        return found

    def contains(self, other: ProductPattern) -> bool:
        """Whether everything that `other` matches is matched by this one as well."""
        return (
            self.ladder == other.ladder
            and (self.whole or (self.low <= other.low and other.high <= self.high))
            and all(getattr(self, name) is None or getattr(self, name) == getattr(other, name) for name in FIELDS)
        )

    def overlaps(self, other: ProductPattern) -> bool:
        """Whether some product is matched by both."""
        return (
            self.ladder == other.ladder
            and (self.whole or other.whole or (self.low <= other.high and other.low <= self.high))
            and all(
                getattr(self, name) is None
                or getattr(other, name) is None
                or getattr(self, name) == getattr(other, name)
                for name in FIELDS
            )
        )

    def mentions(self, name: str) -> bool:
        """Whether the release, or the field `name`, makes a difference to this pattern."""
        return not self.whole if name == "release" else getattr(self, name) is not None


@dataclass(frozen=True, slots=True)
class ValuePattern:
    """One value of bool, int, number, text, date or enum, in typed form."""

    value: object

    def match(self, value: object) -> int:
        """NO, POSSIBLY or CERTAINLY; an unknown value may be anything, or none."""
        if value is UNKNOWN:
            return POSSIBLY
        return CERTAINLY if value == self.value else NO


KeyPattern: TypeAlias = ProductPattern | ValuePattern


def contains(outer: tuple[KeyPattern, ...], inner: tuple[KeyPattern, ...]) -> bool:
    """Whether every key that `inner` matches is matched by `outer` as well."""
    return all(
        one.contains(other) if isinstance(one, ProductPattern) and isinstance(other, ProductPattern) else one == other
        for one, other in zip(outer, inner, strict=True)
    )


def overlaps(a: tuple[KeyPattern, ...], b: tuple[KeyPattern, ...]) -> bool:
    """Whether some key is matched by both."""
    return all(
        one.overlaps(other) if isinstance(one, ProductPattern) and isinstance(other, ProductPattern) else one == other
        for one, other in zip(a, b, strict=True)
    )


def match_key(patterns: tuple[KeyPattern, ...], key: tuple[object, ...]) -> int:
    """The weakest match of all cells: NO, POSSIBLY or CERTAINLY."""
    found = CERTAINLY
    for pattern, value in zip(patterns, key, strict=True):
        match = pattern.match(value)  # type: ignore[arg-type]
        if match == NO:
            return NO
        found = min(found, match)
    return found


def completions(product: Product, patterns: list[ProductPattern], architectures: tuple[str, ...]) -> list[Product]:
    """The ways to fill in the unknown fields of a product with a name, as far as a key without a row may be among them.

    Only fields that the patterns ask for are filled in. Of service packs and updates, which are without end, one is
    tried, 0, which no pattern asks for: what matches that matches all. Empty where the ways cannot be listed: because
    the vocabulary knows no release, edition or architecture to fill in, or because they are more than MOST_COMPLETIONS.
    """
    assert product.ladder is not None
    known: dict[str, tuple[Field, ...]] = {
        "release": product.ladder.releases,
        "edition": product.ladder.editions,
        "service_pack": (0,),
        "update": (0,),
        "architecture": architectures,
    }
    found = [product]
    for name in ("release", *FIELDS):
        if getattr(product, name) is UNKNOWN and any(pattern.mentions(name) for pattern in patterns):
            if len(found) * len(known[name]) > MOST_COMPLETIONS:
                return []
            found = [_with(each, name, value) for each in found for value in known[name]]
    return found


def _position(product: Product) -> int | None:
    if product.ladder is None or isinstance(product.release, Absence):
        return None
    return product.ladder.positions[product.release]


def _with(product: Product, name: str, value: Field) -> Product:
    assert product.ladder is not None
    fields = {each: getattr(product, each) for each in ("release", *FIELDS)}
    return product.ladder.product(**{**fields, name: value})
