"""What a line is: by its part number, by the name of a product, by the name of a piece of hardware; or not at all.

All names come from the vocabulary and from catalogues of the shelves: `part-numbers`, `hardware-names`,
`price-list-words` and `products-in-bills`. A shelf without them recognises products of the vocabulary and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from supportable.bom import codes
from supportable.bom.model import Line, Recognised, Said, part_key
from supportable.errors import Problem, UsageError
from supportable.packs import PackSet
from supportable.vocabulary.lookups import CatalogueRow
from supportable.vocabulary.names import Ambiguous, Unrecognised
from supportable.vocabulary.names import Recognised as Named
from supportable.vocabulary.products import Product
from supportable.vocabulary.spelling import words_of
from supportable.vocabulary.unknown import Absence

PART: Final = "part"
"""The kind of words that say: this belongs to, or is a service for, what is named beside them."""

MOST_NEAREST: Final = 200
"""For how many unrecognised texts the nearest names are looked up; it is a courtesy, and slow."""

MOST_CHARACTERS: Final = 400
MOST_SKIPPED: Final = 10
"""How many words “*” can stand for in a name of hardware."""

_HEAD: Final = re.compile(
    r"[,;(\[]|\s[-–—]\s|\s?-\s?\d+\s?-?(?:yr|year|jahr)"
    r"|\s(?:for|with|w/|incl\.?|including|inkl\.?|mit|für|fur|pour|avec|per)\s|\sw/",
    re.IGNORECASE,
)
_OPTION: Final = re.compile(r"(?:#|\s+)(?:0D1|[A-Z0-9]{3})$", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")

_Words: TypeAlias = tuple[str, ...]

Found: TypeAlias = tuple[Recognised | None, str, tuple[str, ...]]
"""What a line is, or None; a note on why not, "" if there is nothing to say; and the nearest names."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that name hardware; “#” stands for any number, and fills in “#” in the model; “*” for a few words."""

    words: _Words
    kind: str
    vendor: str
    model: str


class Recogniser:
    """Recognises lines; asks each text once. Not shared between threads.

    `said` says what some parts are (see `Bom.said`). Raises UsageError where it gives a name that nobody knows.
    """

    def __init__(self, packs: PackSet, said: Mapping[str, Said] | None = None) -> None:
        self._names = packs.vocabulary.names
        self._catalogues = packs.catalogues
        self._parts = {part_key(_key(row)): row for row in self._rows("part-numbers")}
        self._patterns: dict[str, list[Pattern]] = {}
        for row in self._rows("hardware-names"):
            words = tuple(word for word in words_of(_key(row)))
            found = Pattern(words, _text(row, "kind"), _text(row, "vendor"), _text(row, "model"))
            self._patterns.setdefault(words[0], []).append(found)
        self._noise: dict[str, list[_Words]] = {}
        self._counted: dict[str, list[_Words]] = {}  # those that begin with a number, by what follows it
        for row in self._rows("price-list-words"):
            noise = words_of(_key(row))
            if noise[0] != "#":
                self._noise.setdefault(noise[0], []).append(noise)
            elif len(noise) > 1:
                self._counted.setdefault(noise[1], []).append(noise)
        for held in (*self._noise.values(), *self._counted.values()):
            held.sort(key=len, reverse=True)
        self._known: dict[tuple[str, str, str], Found] = {}
        self._products: dict[str, tuple[Product | None, tuple[str, ...]]] = {}
        self._hardwares: dict[tuple[str, str], tuple[Recognised | None, str]] = {}
        self._asked = 0
        self._said: dict[str, Recognised] = {}
        self._learn(said or {})

    def of(self, line: Line) -> Found:
        """What the line is."""
        # “AJ763A 0D1” under a line “AJ763A” is how that is delivered; by itself, it is the product so delivered.
        part = line.part if line.parent is not None else _OPTION.sub("", line.part)
        key = (part, line.description, line.vendor)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._of(*key)
        return found

    def _rows(self, catalogue: str) -> Iterable[CatalogueRow]:
        held = self._catalogues.get(catalogue)
        return held.rows if held is not None else ()

    def _of(self, part: str, description: str, vendor: str) -> Found:
        said = self._said.get(part_key(part)) or self._said.get(part_key(description)) if self._said else None
        if said is not None:
            return replace(said, part_number=part), "", ()
        listed = self._listed(part)
        if listed is not None:
            return listed, "", ()
        note = ""
        nearest: tuple[str, ...] = ()
        # In the column of part numbers there may be names, too; a number has no space.
        for text in (description, part if not description or " " in part else ""):
            if not text or len(text) > MOST_CHARACTERS:
                continue
            product, close = self._product(text)
            if product is not None:
                kind = self._kind_of(product)
                return Recognised(kind, "product name", product.title(), part_number=part, product=product), "", ()
            nearest = nearest or close
            hardware, why = self._hardware(text, vendor)
            if hardware is not None:
                return (
                    Recognised(hardware.kind, "hardware name", hardware.title, hardware.vendor, hardware.model, part),
                    "",
                    (),
                )
            note = note or why
        return None, note, nearest

    def _learn(self, said: Mapping[str, Said]) -> None:
        problems = []
        for key, one in said.items():
            if one.kind:
                title = f"{one.vendor} {one.model}".strip() or one.kind
                self._said[key] = Recognised(one.kind, "the profile", title, one.vendor, one.model)
                continue
            found, note, nearest = self._of("", one.name, "")
            if found is not None:
                self._said[key] = replace(found, by="the profile")
                continue
            hint = " or ".join(f"“{name}”" for name in nearest)
            message = f"“{one.name[:80]}” is nothing that is known" + (f": it {note}" if note else "")
            problems.append(Problem(codes.BAD_PROFILE, message, one.origin, f"did you mean {hint}?" if hint else ""))
        if problems:
            raise UsageError(problems)

    # -- part numbers -----------------------------------------------------------------------------------------------

    def _listed(self, part: str) -> Recognised | None:
        row = self._parts.get(part_key(part)) if part else None
        if row is None:
            return None
        maker = _text(row, "vendor")
        product = row.values.get("product")
        if isinstance(product, Product) and not isinstance(product.name, Absence):
            return Recognised(self._kind_of(product), "part number", product.title(), maker, "", part, product)
        model = _text(row, "model")
        return Recognised(_text(row, "kind"), "part number", f"{maker} {model}".strip(), maker, model, part)

    def _kind_of(self, product: Product) -> str:
        held = self._catalogues.get("products-in-bills")
        if held is not None:
            for row in held.candidates((product,), 1):
                if row is not None:
                    return _text(row, "kind")
        return "workload"

    # -- names of products ------------------------------------------------------------------------------------------

    def _product(self, text: str) -> tuple[Product | None, tuple[str, ...]]:
        known = self._products.get(text)
        if known is None:
            known = self._products[text] = self._product_of(text)
        return known

    def _product_of(self, text: str) -> tuple[Product | None, tuple[str, ...]]:
        match = self._names.match(text, near=False)
        told = ""
        if isinstance(match, Unrecognised):
            words = words_of(text)
            kept = self._without_noise(words)
            told = " ".join(kept)
            if told and kept != words:
                match = self._names.match(told, near=False)
        if isinstance(match, Named):
            return match.product, ()
        if isinstance(match, Ambiguous):
            return None, tuple(product.title() for product in match.candidates)
        if self._asked < MOST_NEAREST and told:
            self._asked += 1
            return None, getattr(self._names.match(told), "nearest", ())
        return None, ()

    def _without_noise(self, words: _Words) -> _Words:
        kept = []
        at = 0
        while at < len(words):
            following = words[at + 1] if at + 1 < len(words) and words[at][0].isdigit() else ""
            for noise in (*self._noise.get(words[at], ()), *self._counted.get(following, ())):
                if _fits(noise, words[at : at + len(noise)]):
                    at += len(noise)
                    break
            else:
                kept.append(words[at])
                at += 1
        return tuple(kept)

    # -- names of hardware ------------------------------------------------------------------------------------------

    def _hardware(self, text: str, vendor: str) -> tuple[Recognised | None, str]:
        known = self._hardwares.get((text, vendor))
        if known is None:
            known = self._hardwares[text, vendor] = self._hardware_of(text, vendor)
        return known

    def _hardware_of(self, text: str, vendor: str) -> tuple[Recognised | None, str]:
        # What stands in brackets says more of it; what comes after them may say that it is a part.
        head = _HEAD.split(_BRACKETS.sub(" ", text), maxsplit=1)[0]
        found = list(self._found(words_of(head)))
        if not found and (inside := _BRACKETS.search(text)):
            found = list(self._found(words_of(inside[1])))
        if any(pattern.kind == PART for pattern, _ in found):
            return None, "names a part of other hardware, or a service for it"
        if not found:
            return None, ""
        kinds = sorted({pattern.kind for pattern, _ in found})
        if len(kinds) > 1:
            return None, "may be " + " or ".join(kinds)
        named = max(found, key=lambda pair: (bool(pair[0].model), len(pair[0].words)))
        pattern, numbers = named
        model = pattern.model
        for number in numbers:
            model = model.replace("#", number, 1)
        maker = pattern.vendor or vendor
        title = f"{maker} {model}".strip() if model else " ".join(head.split())
        return Recognised(pattern.kind, "hardware name", title, maker, model or " ".join(head.split())), ""

    def _found(self, words: _Words) -> Iterable[tuple[Pattern, list[str]]]:
        for at, word in enumerate(words):
            for pattern in self._patterns.get(word, ()):
                numbers = _numbers(pattern.words, words[at:])
                if numbers is not None:
                    yield pattern, numbers


def _numbers(pattern: _Words, words: _Words) -> list[str] | None:
    """The numbers that “#” stands for where `words` begin as the pattern says; None where they do not."""
    found: list[str] = []
    for place, each in enumerate(pattern):
        if each == "*":
            for skipped in range(MOST_SKIPPED + 1):
                rest = _numbers(pattern[place + 1 :], words[place + skipped :])
                if rest is not None:
                    return [*found, *rest]
            return None
        if place >= len(words):
            return None
        if each == "#" and words[place][0].isdigit():
            found.append(words[place])
        elif each != words[place]:
            return None
    return found


def _fits(pattern: _Words, words: _Words) -> bool:
    return len(pattern) == len(words) and _numbers(pattern, words) is not None


def _key(row: CatalogueRow) -> str:
    first: Any = row.keys[0]
    return str(first.value)


def _text(row: CatalogueRow, column: str) -> str:
    value = row.values.get(column)
    return "" if value is None or isinstance(value, Absence) else str(value)
