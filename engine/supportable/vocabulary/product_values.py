"""Products as they are written: a text by alias, or a map of fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from supportable.document import Plain
from supportable.errors import did_you_mean
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.names import Ambiguous, Match, Recognised
from supportable.vocabulary.products import FIELDS, NONE_PRODUCT, UNKNOWN_PRODUCT, Ladder, Product
from supportable.vocabulary.refusals import ConversionError
from supportable.vocabulary.shape import described
from supportable.vocabulary.types import ProductType
from supportable.vocabulary.unknown import NONE, UNKNOWN, Absence

_HIGHEST: Final = 999_999
"""The highest service pack or update that is taken for one."""


@dataclass(frozen=True, slots=True)
class UnrecognisedProduct:
    """A text where a product was due that names none, or several alike: to be treated as UNKNOWN_PRODUCT.

    `nearest` are the titles that were perhaps meant, best first; for an ambiguous text, all that it could be.
    """

    text: str
    nearest: tuple[str, ...] = ()


def product_converter(type: ProductType, vocabulary: Vocabulary) -> Callable[[Any], Any]:
    """What converts written products: to Product, UnrecognisedProduct, UNKNOWN_PRODUCT or NONE_PRODUCT.

    Of a product with no name given, but one product allowed, that one is meant. A product on another ladder than those
    allowed is refused. The converter raises ConversionError.
    """
    allowed = type.ladders or tuple(vocabulary.ladders)
    match = vocabulary.names.match

    def read_product(value: Any) -> Product | UnrecognisedProduct:
        if isinstance(value, str):
            if value == "unknown":
                return UNKNOWN_PRODUCT
            if value == "none":
                return NONE_PRODUCT
            return _of_match(value, match(value, type.ladders or None))
        if value is None:
            return UNKNOWN_PRODUCT
        if isinstance(value, dict):
            return _of_fields(value, allowed, vocabulary)
        if isinstance(value, Product):
            if isinstance(value.name, str) and value.name not in allowed:
                _refuse_name(value.name, allowed)
            return value
        raise ConversionError(
            f"a product is due here, not {described(value)}", "write its name, as in “Windows Server 2008 R2”"
        )

    return read_product


def _of_match(text: str, found: Match) -> Product | UnrecognisedProduct:
    if isinstance(found, Recognised):
        return found.product
    if isinstance(found, Ambiguous):
        return UnrecognisedProduct(str(text), tuple(candidate.title() for candidate in found.candidates))
    return UnrecognisedProduct(str(text), found.nearest)


def _refuse_name(name: str, allowed: tuple[str, ...]) -> None:
    raise ConversionError(f"the product {described(name)} is not allowed here", did_you_mean(name, allowed))


def _of_fields(fields: dict[str, object], allowed: tuple[str, ...], vocabulary: Vocabulary) -> Product:
    for key in fields:
        if key not in FIELDS:
            raise ConversionError(f"a product has no field {described(key)}", did_you_mean(str(key), FIELDS))
    name = _field(fields, "name")
    if name is UNKNOWN and len(allowed) == 1:
        name = allowed[0]
    if name is NONE:
        raise ConversionError("a product that there is not has no fields", "write none instead of the map")
    if isinstance(name, Absence):
        if any(_field(fields, key) is not UNKNOWN for key in FIELDS):
            raise ConversionError("the product has fields but no name", did_you_mean("", allowed))
        return UNKNOWN_PRODUCT
    if name not in allowed:
        _refuse_name(name, allowed)
    ladder = vocabulary.ladders[name]
    return ladder.product(
        release=_one_of(fields, "release", ladder.releases, ladder),
        edition=_one_of(fields, "edition", ladder.editions, ladder),
        service_pack=_number(fields, "service_pack"),
        update=_number(fields, "update"),
        architecture=_one_of(fields, "architecture", vocabulary.architectures, ladder),
    )


def _field(fields: dict[str, object], key: str) -> str | Absence:
    value = fields.get(key)
    if value is None:
        return UNKNOWN
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ConversionError(f"the {_called(key)} of a product is a text, not {described(value)}")
    text = str(value)
    return UNKNOWN if text == "unknown" else NONE if text == "none" else text


def _one_of(fields: dict[str, object], key: str, known: tuple[str, ...], ladder: Ladder) -> str | Absence:
    value = _field(fields, key)
    if value is NONE:
        raise ConversionError(f"the {_called(key)} of a product cannot be none", "write unknown, or leave it out")
    if value is not UNKNOWN and value not in known:
        raise ConversionError(
            f"{ladder.title} has no {_called(key)} {described(value)}", did_you_mean(str(value), known)
        )
    return value


def _number(fields: dict[str, object], key: str) -> int | Absence:
    value = fields.get(key)
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        if value == "unknown":
            return UNKNOWN
        if value == "none":
            return NONE
        if isinstance(value, Plain) and value.isascii() and value.isdigit() and len(value) < 8:
            value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConversionError(
            f"the {_called(key)} is a number, not {described(value)}", "write 1, 2 …, or none for as released"
        )
    if not 1 <= value <= _HIGHEST:
        raise ConversionError(f"there is no {_called(key)} {value}", "they count from 1; write none for as released")
    return value


def _called(key: str) -> str:
    return key.replace("_", " ")
