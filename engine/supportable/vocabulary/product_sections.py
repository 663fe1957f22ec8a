"""The sections `products`, `noise` and `architectures` of a vocabulary, read into ladders and a name table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Literal

from supportable.document import Document
from supportable.errors import Problem, VocabularyError, did_you_mean
from supportable.vocabulary.names import NameTable, phrase_words
from supportable.vocabulary.products import PLACES, Ladder, Phrase
from supportable.vocabulary.shape import Shape, below, described
from supportable.vocabulary.words import RESERVED_VALUES

RESERVED: Final = "SUP221"
REPEATED: Final = "SUP222"
NO_SUCH_RELEASE: Final = "SUP223"
NO_SUCH_VALUE: Final = "SUP224"
TWO_MEANINGS: Final = "SUP225"
TWO_CLAIMS: Final = "SUP226"
NO_WORDS: Final = "SUP227"
NOT_PREFERABLE: Final = "SUP228"
TOO_MANY: Final = "SUP229"
BAD_TITLE: Final = "SUP230"

PRODUCT_KEYS: Final = (
    "title", "releases", "release_titles", "release_names", "families", "any_version", "editions", "edition_titles",
    "edition_names", "update_title", "update_names", "names", "partial_names", "aliases", "phrases", "noise",
    "preferred",
)  # fmt: skip
MOST_RELEASES: Final = PLACES - 10

_ALIAS_FIELDS: Final = ("release", "edition", "service_pack", "update", "architecture")
_RELEASE_SLOT: Final = "{release}"
_Naming = Literal["", "partial", "full"]


def build_products(data: Mapping[str, object], document: Document) -> tuple[dict[str, Ladder], NameTable]:
    """The ladders by name, sorted, and the table of all their names.

    `data` is a vocabulary, or several merged into one mapping; other sections are passed over. Raises
    VocabularyError with everything that is wrong, placed by `document`.
    """
    problems: list[Problem] = []
    built = read_products(Shape(document, problems), data)
    if problems:
        raise VocabularyError(problems)
    return built


def read_products(shape: Shape, data: Mapping[str, object]) -> tuple[dict[str, Ladder], NameTable]:
    """As `build_products`, but what is wrong is noted in `shape` and left out of what is returned."""
    architectures = {
        name: _phrases(shape, held, pointer, "the spellings of an architecture")
        for name, pointer, held in shape.items(data.get("architectures"), "/architectures", "architectures")
        if _allowed(shape, name, pointer, "an architecture")
    }
    noise = _phrases(shape, data.get("noise"), "/noise", "noise")
    products = list(shape.items(data.get("products"), "/products", "products"))
    indices = {name: index for index, name in enumerate(sorted(name for name, _, _ in products))}
    ladders = {
        name: _ProductReader(shape, pointer, frozenset(architectures)).ladder(name, indices[name], held)
        for name, pointer, held in sorted(products)
        if _allowed(shape, name, pointer, "a product")
    }
    _check_claims(shape, ladders.values())
    return ladders, NameTable(ladders, noise, architectures)


class _ProductReader:
    """One entry of `products` being read; `said` collects its phrases with the place of each."""

    __slots__ = ("architectures", "pointer", "said", "shape")

    def __init__(self, shape: Shape, pointer: str, architectures: frozenset[str]) -> None:
        self.shape = shape
        self.pointer = pointer
        self.architectures = architectures
        self.said: list[tuple[Phrase, str]] = []

    def ladder(self, name: str, index: int, held: object) -> Ladder:
        given = self.shape.mapping(held, self.pointer, f"the product “{name}”")
        self.shape.keys(given, self.pointer, known=PRODUCT_KEYS, required=("title", "names"))
        title = self.shape.text(given["title"], self.at("title"), "a title") if "title" in given else name
        releases = self.values(given, "releases", "a release")
        if len(releases) > MOST_RELEASES:
            self.shape.note(TOO_MANY, f"a ladder holds at most {MOST_RELEASES} releases", self.at("releases"))
        editions = self.values(given, "editions", "an edition")
        release_titles = self.titles(given, "release_titles", releases, "release")
        edition_titles = self.titles(given, "edition_titles", editions, "edition")
        update_title = (
            self.shape.text(given["update_title"], self.at("update_title"), "the title of updates")
            if "update_title" in given
            else "Update #"
        )
        ladder = Ladder(
            name=name,
            title=title,
            index=index,
            releases=releases[:MOST_RELEASES],
            editions=editions,
            release_titles=release_titles,
            edition_titles=edition_titles,
            update_title=update_title,
            any_version="any_version" in given
            and self.shape.flag(given["any_version"], self.at("any_version"), "any_version"),
        )
        self.read_naming(given, ladder)
        self.read_releases(given, ladder)
        self.read_editions(given, ladder)
        self.read_updates(given, ladder)
        for pointer, text in self.texts(given, "noise"):
            self.say(text, (), pointer)
        return replace(ladder, phrases=self.finished(given))

    def read_naming(self, given: Mapping[str, object], ladder: Ladder) -> None:
        self.say(ladder.title, (), self.at("title"), "full")
        for key, naming in (("names", "full"), ("partial_names", "partial")):
            for pointer, text in self.texts(given, key):
                self.say(text, (), pointer, "full" if naming == "full" else "partial")
        for key in ("aliases", "phrases"):
            for text, pointer, held in self.shape.items(given.get(key), self.at(key), key):
                says = self.alias(held, pointer, ladder)
                self.say(text, says, pointer, "full" if key == "aliases" else "")

    def read_releases(self, given: Mapping[str, object], ladder: Ladder) -> None:
        for place, release in enumerate(ladder.releases):
            for text in (release, ladder.release_title(release)):
                self.say(text, (("release", release),), below(self.at("releases"), place))
        for release, pointer, text in self.spellings(given, "release_names", ladder.releases, "release"):
            self.say(text, (("release", release),), pointer)
        for pointer, text in self.texts(given, "families"):
            self.say(text, (("version", text),), pointer)

    def read_editions(self, given: Mapping[str, object], ladder: Ladder) -> None:
        for place, edition in enumerate(ladder.editions):
            title = ladder.edition_title(edition)
            pointer = below(self.at("editions"), place)
            if title.endswith(_RELEASE_SLOT):
                self.say(title.removesuffix(_RELEASE_SLOT), (("edition", edition),), pointer, "full")
            elif _RELEASE_SLOT in title:
                self.shape.note(BAD_TITLE, f"“{title}” does not end in {_RELEASE_SLOT}", pointer)
            else:
                self.say(title, (("edition", edition),), pointer)
        for edition, pointer, text in self.spellings(given, "edition_names", ladder.editions, "edition"):
            self.say(text, (("edition", edition),), pointer)

    def read_updates(self, given: Mapping[str, object], ladder: Ladder) -> None:
        named = self.texts(given, "update_names")
        pointer = self.at("update_title")
        for at, text in [(pointer, ladder.update_title), *named]:
            if not phrase_words(text)[1]:
                self.shape.note(BAD_TITLE, f"“{text}” has no “#” at its end for the number of the update", at)
            else:
                self.say(text, (("update", "#"),), at)

    def alias(self, held: object, pointer: str, ladder: Ladder) -> tuple[tuple[str, str | int], ...]:
        fields = self.shape.mapping(held, pointer, "what an alias says")
        self.shape.keys(fields, pointer, known=_ALIAS_FIELDS)
        known = {"release": ladder.releases, "edition": ladder.editions, "architecture": self.architectures}
        says: list[tuple[str, str | int]] = []
        for key, value in fields.items():
            text = self.shape.text(value, below(pointer, key), f"the {key} of an alias")
            if key in known and text not in known[key]:
                message = f"{ladder.name} has no {key} “{text}”"
                self.shape.note(NO_SUCH_VALUE, message, below(pointer, key), did_you_mean(text, known[key]))
            elif key in known:
                says.append((key, text))
            elif key in _ALIAS_FIELDS and text.isascii() and text.isdigit() and 0 < int(text[:3]) < 100:
                says.append((key, int(text)))
            elif key in _ALIAS_FIELDS:
                self.shape.note(NO_SUCH_VALUE, f"{described(value)} is no number from 1 to 99", below(pointer, key))
        return tuple(says)

    def values(self, given: Mapping[str, object], key: str, what: str) -> tuple[str, ...]:
        kept: dict[str, None] = {}
        for pointer, text in self.texts(given, key):
            if text in kept:
                self.shape.note(REPEATED, f"“{text}” stands twice among the {key}", pointer)
            elif text in RESERVED_VALUES:
                self.shape.note(RESERVED, f"“{text}” is a word of the language and cannot be {what}", pointer)
            else:
                kept[text] = None
        return tuple(kept)

    def titles(self, given: Mapping[str, object], key: str, known: tuple[str, ...], what: str) -> dict[str, str]:
        return {
            name: self.shape.text(held, pointer, f"the title of a {what}")
            for name, pointer, held in self.shape.items(given.get(key), self.at(key), key)
            if self.exists(name, pointer, known, what)
        }

    def spellings(
        self, given: Mapping[str, object], key: str, known: tuple[str, ...], what: str
    ) -> list[tuple[str, str, str]]:
        return [
            (name, at, self.shape.text(text, at, f"a spelling of a {what}"))
            for name, pointer, held in self.shape.items(given.get(key), self.at(key), key)
            if self.exists(name, pointer, known, what)
            for at, text in self.shape.sequence(held, pointer, f"the spellings of a {what}")
        ]

    def texts(self, given: Mapping[str, object], key: str) -> list[tuple[str, str]]:
        listed = self.shape.sequence(given.get(key), self.at(key), key)
        return [(pointer, self.shape.text(text, pointer, f"an item of {key}")) for pointer, text in listed]

    def exists(self, name: str, pointer: str, known: tuple[str, ...], what: str) -> bool:
        if name in known:
            return True
        self.shape.note_key(NO_SUCH_RELEASE, f"there is no {what} “{name}”", pointer, did_you_mean(name, known))
        return False

    def say(self, text: str, says: tuple[tuple[str, str | int], ...], pointer: str, naming: _Naming = "") -> None:
        if not text:
            return  # what stood there was no text, and that has been noted
        words, numbered = phrase_words(text)
        if not words or (numbered and "#" not in (value for _, value in says)):
            self.shape.note(NO_WORDS, f"“{text}” has nothing in it that could be read", pointer)
        else:
            self.said.append((Phrase(text, says, naming), pointer))

    def finished(self, given: Mapping[str, object]) -> tuple[Phrase, ...]:
        """All phrases, the preferred ones marked, after a check that none says two different things."""
        meant: dict[object, Phrase] = {}
        for phrase, pointer in self.said:
            first = meant.setdefault(phrase_words(phrase.text), phrase)
            if first.says != phrase.says:
                self.shape.note(TWO_MEANINGS, f"“{phrase.text}” means two things for this product", pointer)
        preferred = set()
        for pointer, text in self.texts(given, "preferred"):
            preferred.add(phrase_words(text))
            if phrase_words(text) not in meant:
                message = f"“{text}” is no spelling of this product, so that it cannot be preferred"
                self.shape.note(NOT_PREFERABLE, message, pointer)
        return tuple(
            replace(phrase, preferred=True) if phrase_words(phrase.text) in preferred else phrase
            for phrase, _ in self.said
        )

    def at(self, key: str) -> str:
        return below(self.pointer, key)


def _allowed(shape: Shape, name: str, pointer: str, what: str) -> bool:
    if name not in RESERVED_VALUES:
        return True
    shape.note_key(RESERVED, f"“{name}” is a word of the language and cannot be {what}", pointer)
    return False


def _phrases(shape: Shape, held: object, pointer: str, what: str) -> list[str]:
    kept = []
    for at, item in shape.sequence(held, pointer, what):
        text = shape.text(item, at, f"an item of {what}")
        words, numbered = phrase_words(text)
        if words and not numbered:
            kept.append(text)
        elif text:
            shape.note(NO_WORDS, f"“{text}” has nothing in it that could be read", at)
    return kept


def _check_claims(shape: Shape, ladders: Iterable[Ladder]) -> None:
    """Note every name that several products claim unless exactly one of them prefers it."""
    claims: dict[object, dict[str, Phrase]] = {}
    for ladder in ladders:
        for phrase in ladder.phrases:
            if phrase.naming:
                claims.setdefault(phrase_words(phrase.text), {})[ladder.name] = phrase
    for claimed in claims.values():
        if len(claimed) > 1 and sum(phrase.preferred for phrase in claimed.values()) != 1:
            text = next(iter(claimed.values())).text
            hint = "let the one that it means without further context list it under `preferred`"
            message = f"“{text}” is claimed by {' and '.join(claimed)}"
            shape.note(TWO_CLAIMS, message, below("/products", next(reversed(claimed))), hint)
