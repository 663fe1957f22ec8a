"""The key cells of a catalogue as they are written: a value, a product, or a range of a ladder."""

from __future__ import annotations

from typing import Final

from supportable.vocabulary.convert import ConversionError, UnrecognisedProduct, converter
from supportable.vocabulary.key_patterns import FIELDS, Field, KeyPattern, ProductPattern, ValuePattern
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.products import NO_PRODUCT, Product
from supportable.vocabulary.shape import Shape, described
from supportable.vocabulary.types import ProductType, Type
from supportable.vocabulary.unknown import UNKNOWN, Absence

BAD_KEY: Final = "SUP251"

_DOTS: Final = ".."


def read_key(shape: Shape, written: object, pointer: str, type: Type, vocabulary: Vocabulary) -> KeyPattern | None:
    """What the cell matches; None where a problem was noted.

    A product may be a text, a map of fields, or a range: "Windows Server 2012..Windows Server 2022" or
    `{name: windows-server, release: "2012..2022"}`, both ends inclusive. A field that is left out matches anything.
    """
    try:
        if isinstance(type, ProductType):
            return _product(written, type, vocabulary)
        value = converter(type, vocabulary)(written)
        if isinstance(value, Absence) or written is None:
            raise ConversionError("a key cannot be unknown or none", "leave the row out")
        return ValuePattern(value)
    except ConversionError as error:
        shape.note(BAD_KEY, error.message, pointer, error.hint)
        return None


def _product(written: object, type: ProductType, vocabulary: Vocabulary) -> ProductPattern:
    if isinstance(written, str) and _DOTS in written:
        first, _, last = written.partition(_DOTS)
        return _range(first.strip(), last.strip(), type, vocabulary)
    if isinstance(written, dict) and isinstance(release := written.get("release"), str) and _DOTS in release:
        first, _, last = release.partition(_DOTS)
        low, high = ({**written, "release": end.strip()} for end in (first, last))
        return _range(low, high, type, vocabulary)
    product = _known(written, type, vocabulary)
    return _pattern(product, product)


def _range(first: object, last: object, type: ProductType, vocabulary: Vocabulary) -> ProductPattern:
    if first == "" or last == "":
        raise ConversionError("a range of products needs both its ends", "write first..last, both inclusive")
    low, high = (_known(end, type, vocabulary) for end in (first, last))
    if low.name != high.name:
        raise ConversionError(
            f"a range goes along one ladder, not from {low.name} to {high.name}", "write a row for each product"
        )
    if isinstance(low.release, Absence) or isinstance(high.release, Absence):
        raise ConversionError("both ends of a range need a release")
    if low.code > high.code:
        raise ConversionError(
            f"the range begins above its end: {low} is newer than {high}", "write the older one first"
        )
    for name in FIELDS:
        if getattr(low, name) != getattr(high, name):
            raise ConversionError(
                f"the ends of the range differ in {name.replace('_', ' ')}", "give both the same, or none"
            )
    return _pattern(low, high)


def _known(written: object, type: ProductType, vocabulary: Vocabulary) -> Product:
    product = converter(type, vocabulary)(written)
    if isinstance(product, UnrecognisedProduct):
        close = " or ".join(f"“{title}”" for title in product.nearest)
        raise ConversionError(f"{described(product.text)} names no product", f"did you mean {close}?" if close else "")
    assert isinstance(product, Product)
    if product.code == NO_PRODUCT or product.name is UNKNOWN:
        raise ConversionError("a key cannot be unknown or none", "leave the row out")
    return product


def _pattern(low: Product, high: Product) -> ProductPattern:
    ladder = low.ladder
    assert ladder is not None
    last = len(ladder.releases) - 1
    bottom = 0 if isinstance(low.release, Absence) else ladder.positions[low.release]
    top = last if isinstance(high.release, Absence) else ladder.positions[high.release]
    asked: dict[str, Field] = {name: None if getattr(low, name) is UNKNOWN else getattr(low, name) for name in FIELDS}
    whole = bottom == 0 and top == last
    return ProductPattern(ladder.name, bottom, top, whole, **asked)
