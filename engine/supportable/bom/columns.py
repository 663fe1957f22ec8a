"""Columns: which header means what, in the words and languages that quotes use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from supportable.bom.model import Role

_SPELLINGS: Final[dict[Role, str]] = {
    "quantity": (
        "qty|qty.|quantity|qnty|count|units|no of units|number|order qty|ordered qty|total qty|qty total|qty ea|ext qty"
        "|pcs|pieces|menge|anzahl|stück|stückzahl|stk|quantité|qté|cantidad|cant|quantità|qtà|aantal|antal|ilość"
    ),
    "part": (
        "part number|part no|part no.|part #|part|partnumber|partno|pn|p/n|sku|sku #|sku number|product #"
        "|product number"
        "|product no|product id|product code|prod #|mpn|mfr part|mfr part number|mfg part number|mfr part #|mfg part #"
        "|manufacturer part number|manufacturer part no|manufacturer part|manufacturer #|mfr no|mfg no|mfr sku"
        "|vendor part|vendor part number|vendor part no|vpn|vendor sku"
        "|item #|item number|item no|item code|material|material number"
        "|material no|order number|order code|order no|catalog number|catalogue number|feature code|feature"
        "|artikelnummer|artikelnr|artikel nr|art nr|art-nr|artnr|teilenummer|teilenr|bestellnummer|bestellnr"
        "|hersteller nr|hersteller-art-nr|hersteller-artikelnr|hersteller artikelnummer|hersteller teilenummer"
        "|herst nr|herst-nr|herst-art-nr|herstellernummer|référence|réf|ref|referencia|codice|codice articolo"
        "|artikelnummer hersteller|product"
    ),
    "description": (
        "description|item description|product description|part description|desc|desc.|item|name|product name|item name"
        "|module description|option description|long description|short description|sku description|details|title"
        "|bezeichnung|beschreibung|artikelbezeichnung|produktbezeichnung|artikel|produkt|produktname|désignation"
        "|libellé|descripción|descrizione|omschrijving|opis|benämning|selection"
    ),
    "vendor": (
        "vendor|manufacturer|mfr|mfg|brand|make|oem|hersteller|lieferant|fabricant|fabricante|marque|produttore|supplier"
    ),
    "group": (
        "config|configuration|config name|configuration name|config id|config #|group|group name|system|system name"
        "|solution|bundle|konfiguration|gruppe|set|rack|site"
    ),
    "number": (
        "line|line #|line no|line no.|line number|line item|ln|#|no|no.|nr|nr.|pos|pos.|position|item line|seq|zeile"
        "|lfd nr|row"
    ),
    "level": "level|lvl|indent|depth|bom level|ebene|stufe|niveau",
    "price": (
        "price|unit price|list price|unit list price|net price|unit net|unit net price|ext price|extended price"
        "|ext list"
        "|extended list price|total|total price|total list price|line total|amount|cost|unit cost|ext cost|discount"
        "|disc"
        "|disc %|discount %|usd|eur|gbp|list usd|einzelpreis|gesamtpreis|preis|stückpreis|listenpreis|rabatt|betrag"
        "|summe|prix|prix unitaire|prix total|precio|prezzo|currency|währung|tax|vat|mwst"
    ),
}

_WEAK: Final = frozenset(
    [
        "item",
        "name",
        "product",
        "part",
        "number",
        "no",
        "nr",
        "title",
        "feature",
        "selection",
        "details",
        "count",
        "units",
        "total",
        "artikel",
        "produkt",
        "ref",
        "material",
        "#",
    ]
)
"""Spellings that mean something else beside a clearer one: an “Item” beside a “Description” is a number."""

_STRONG: Final = re.compile(r"mpn|vpn|(manufacturer|mfr|mfg|vendor|hersteller|herst)[^|]*|artikelnummer hersteller")
"""Spellings of “part” that name the maker's own number: beside a dealer's, that is the one that says something."""

_SEPARATORS: Final = re.compile(r"[\s_.:\-–/()\[\]*]+")
_LONGEST: Final = 40
"""A header is short: a longer cell is not looked at."""


def folded(header: str) -> str:
    """A header without case, punctuation and line breaks: “Art.-Nr.” is “art nr”."""
    plain = header if len(header) <= _LONGEST else ""
    return _SEPARATORS.sub(" ", plain.casefold().replace("\u00a0", " ")).strip()


_ROLES: Final[dict[str, Role]] = {
    folded(spelling): role for role, spellings in _SPELLINGS.items() for spelling in spellings.split("|")
}

_OTHERWISE: Final[dict[str, Role]] = {
    "item": "number", "product": "description", "part": "description", "feature": "description", "number": "number",
    "artikel": "part", "name": "group",
}  # fmt: skip
"""What a weak spelling is taken for where its first meaning is taken."""

ROLE_NAMES: Final[dict[str, Role]] = {
    "qty": "quantity", "quantity": "quantity", "part": "part", "sku": "part", "description": "description",
    "desc": "description", "vendor": "vendor", "group": "group", "config": "group", "number": "number",
    "level": "level", "price": "price", "ignore": "other",
}  # fmt: skip
"""The words by which `--map` and profiles name a role."""


def roles_of(cells: Iterable[str], mapping: Mapping[str, Role] | None = None) -> dict[int, Role]:
    """What each column of a header row is taken for; a role is given once, to the first column that claims it, prices
    excepted. `mapping`, by folded header, goes before what headers usually mean."""
    found: dict[int, Role] = {}
    said = mapping or {}
    headers = [(column, folded(cell)) for column, cell in enumerate(cells) if cell]
    for column, header in headers:
        if header in said:
            found[column] = said[header]
    for turn in range(3):
        for column, header in headers:
            role = _ROLES.get(header) if column not in found and _turn(header) == turn else None
            if role is None:
                continue
            if role != "price" and role in found.values():
                role = _OTHERWISE.get(header)
            if role is not None and (role == "price" or role not in found.values()):
                found[column] = role
    return found


def _turn(header: str) -> int:
    """When a header claims its role: the maker's numbers first, spellings that can mean something else last."""
    if _ROLES.get(header) == "part" and _STRONG.fullmatch(header):
        return 0
    return 2 if header in _WEAK else 1


def is_header(roles: Mapping[int, Role]) -> bool:
    """Whether the columns found make a header: one that names things, and one more, prices not counted."""
    named = set(roles.values()) - {"price", "other"}
    return bool(named & {"part", "description"}) and len(named) > 1
