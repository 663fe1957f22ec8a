"""Product text as people and price lists write it, read by the vocabulary's aliases and never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from supportable.errors import nearest
from supportable.vocabulary.products import Ladder, Phrase, Product
from supportable.vocabulary.spelling import words_of
from supportable.vocabulary.unknown import NONE, UNKNOWN, Absence


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text names one product: every word of it is accounted for."""

    product: Product


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text names several products equally well; `candidates` has one for each ladder, sorted by title."""

    candidates: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """The text names no product of the vocabulary; `nearest` are the titles most like it, best first, at most 3."""

    nearest: tuple[str, ...]


Match: TypeAlias = Recognised | Ambiguous | Unrecognised

MOST_CHARACTERS: Final = 400
MOST_WORDS: Final = 48
MOST_CACHED: Final = 8192
"""Texts that are longer name no product; the cache starts afresh when it holds this many answers."""

# Service packs and updates are fields of every product, so their spellings belong to the language.
_COMMON: Final = (
    *(
        Phrase(f"{lead}{spelling} #", (("service_pack", "#"),))
        for lead in ("", "w/", "with ", "incl ", "including ", "and ")
        for spelling in ("sp", "service pack", "servicepack", "svc pack", "svcpack", "srv pack")
    ),
    *(
        Phrase(spelling, (("service_pack", NONE),))
        for spelling in ("rtm", "no sp", "no service pack", "without sp", "without service pack")
    ),
    *(
        Phrase(spelling, (("update", NONE),))
        for spelling in ("no update", "no updates", "without update", "without updates")
    ),
)

_Words: TypeAlias = tuple[str, ...]
_SLOTS: Final = ("release", "edition", "service_pack", "update", "architecture", "version")
_State: TypeAlias = tuple[Any, ...]
"""What has been read so far, in the order of `_SLOTS`, then the naming (0, 1 or 2), then 1 if preferred."""

_RELEASE, _VERSION, _NAMING, _PREFERRED = 0, 5, 6, 7
_START: Final[_State] = (None, None, None, None, None, None, 0, 0)
_NAMING_RANK: Final = {"": 0, "partial": 1, "full": 2}


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A phrase made ready: values by slot, None standing for the phrase's number."""

    says: tuple[tuple[int, str | int | Absence | None], ...]
    naming: int
    preferred: int


@lru_cache(maxsize=4096)
def phrase_words(text: str) -> tuple[_Words, bool]:
    """The words of a phrase as the vocabulary writes it, and whether a number follows them (`#` at its end)."""
    stem = text.rstrip()
    numbered = stem.endswith("#")
    return words_of(stem[:-1] if numbered else stem), numbered


class NameTable:
    """All spellings of all ladders, built once; `match` reads a text by them.

    `noise` are phrases that say nothing of any product ("Microsoft", "Edition"); `architectures` gives each
    architecture its spellings. Safe in threads: the cache is all that changes, and it never changes an answer.
    """

    __slots__ = ("_cache", "_known", "_noise", "_readers", "_titles")

    def __init__(
        self, ladders: Mapping[str, Ladder], noise: Iterable[str], architectures: Mapping[str, Iterable[str]]
    ) -> None:
        shared = [Phrase(text) for text in noise]
        for architecture in sorted(architectures):
            spellings = (architecture, *architectures[architecture])
            shared += [Phrase(text, (("architecture", architecture),)) for text in spellings]
        shared += _COMMON
        self._noise = frozenset(words[0] for words in (words_of(text) for text in noise) if len(words) == 1)
        self._readers = {name: _Reader(ladders[name], shared) for name in sorted(ladders)}
        self._known = frozenset().union(*(reader.known for reader in self._readers.values()))
        self._titles = {name: _titles(ladders[name]) for name in self._readers}
        self._cache: dict[tuple[str, frozenset[str] | None, bool], Match] = {}

    def match(self, text: str, ladders: Collection[str] | None = None, *, near: bool = True) -> Match:
        """What `text` names, among `ladders`; none given, or an empty collection, allows all of them.

        Without `near` an unrecognised text comes without its nearest names, to look for which takes longer than all
        the rest. Raises KeyError if one of `ladders` does not exist.
        Where several ladders account for every word, the one that prefers what it read is taken, if it alone does.
        """
        allowed = frozenset(ladders) if ladders else None
        key = (text, allowed, near)
        found = self._cache.get(key)
        if found is None:
            found = self._match(text, allowed, near=near)
            if len(text) <= MOST_CHARACTERS:
                if len(self._cache) >= MOST_CACHED:
                    self._cache.clear()
                self._cache[key] = found
        return found

    def _match(self, text: str, allowed: frozenset[str] | None, *, near: bool) -> Match:
        names = tuple(self._readers) if allowed is None else tuple(sorted(allowed))
        readers = [self._readers[name] for name in names]
        words = words_of(text) if len(text) <= MOST_CHARACTERS else ()
        if not 0 < len(words) <= MOST_WORDS:
            return Unrecognised(())
        # Most texts of a long bill name nothing: one word that nobody knows says so without asking every ladder.
        foreign = any(word not in self._known and not word[0].isdigit() for word in words)
        answers = () if foreign else (reader.read(words) for reader in readers)
        readings = [reading for reading in answers if reading is not None]
        if len(readings) > 1:
            readings = [reading for reading in readings if reading[1]] or readings
        if len(readings) == 1:
            return Recognised(readings[0][0])
        if readings:
            return Ambiguous(tuple(sorted((product for product, _ in readings), key=Product.title)))
        return Unrecognised(self._nearest(words, names) if near else ())

    def _nearest(self, words: _Words, names: Iterable[str]) -> tuple[str, ...]:
        titles = {spelled: title for name in names for spelled, title in self._titles[name].items()}
        telling = " ".join(word for word in words if word not in self._noise)
        return tuple(titles[spelled] for spelled in nearest(telling, titles))


class _Reader:
    """The spellings of one ladder, and the search for a way to account for every word by them."""

    __slots__ = ("known", "ladder", "longest", "meanings")

    def __init__(self, ladder: Ladder, shared: Iterable[Phrase]) -> None:
        self.ladder = ladder
        self.meanings: dict[tuple[_Words, bool], tuple[_Meaning, ...]] = {}
        # The ladder's own phrases come first: where one spelling has two meanings, its own is tried before the shared.
        for phrase in (*ladder.phrases, *shared):
            words, numbered = phrase_words(phrase.text)
            self._add(words, _meaning(phrase), numbered=numbered)
            if phrase.naming and len(words) > 1 and all(word.isalpha() for word in words):
                self._add(("".join(words),), _meaning(phrase), numbered=numbered)
        self.longest = max(len(words) + numbered for words, numbered in self.meanings)
        self.known = frozenset(word for words, _ in self.meanings for word in words)

    def _add(self, words: _Words, meaning: _Meaning, *, numbered: bool) -> None:
        before = self.meanings.get((words, numbered), ())
        if meaning not in before:
            self.meanings[words, numbered] = (*before, meaning)

    def read(self, words: _Words) -> tuple[Product, bool] | None:
        """The product that the words name and whether this ladder prefers them; None if a word is left over."""
        if any(word not in self.known and not word[0].isdigit() for word in words):
            return None
        state = self._search(words, 0, _START, set())
        if state is None:
            return None
        release, edition, service_pack, update, architecture = (
            UNKNOWN if value is None else value for value in state[:_VERSION]
        )
        own = self.ladder.release_of_service_pack(release, service_pack)
        if own is not None:
            # "2012 VMM SP1": the words stood apart, but together they name a release.
            release, service_pack = own, UNKNOWN
        product = self.ladder.product(
            release=release, edition=edition, service_pack=service_pack, update=update, architecture=architecture
        )
        return product, bool(state[_PREFERRED])

    def _search(self, words: _Words, start: int, state: _State, failed: set[tuple[int, _State]]) -> _State | None:
        """The first state that accounts for `words[start:]` as well, longer phrases tried before shorter ones."""
        if start == len(words):
            return state if _complete(state) else None
        if (start, state) in failed:
            return None
        for end in range(min(len(words), start + self.longest), start, -1):
            for meaning, number in self._meanings_of(words[start:end]):
                after = _merged(state, meaning, number)
                if after is not None:
                    found = self._search(words, end, after, failed)
                    if found is not None:
                        return found
        failed.add((start, state))
        return None

    def _meanings_of(self, window: _Words) -> list[tuple[_Meaning, int]]:
        found = [(meaning, 0) for meaning in self.meanings.get((window, False), ())]
        last = window[-1]
        if last.isdecimal() and len(last) <= 2 and (number := int(last)):
            found += [(meaning, number) for meaning in self.meanings.get((window[:-1], True), ())]
        if self.ladder.any_version and len(window) == 1 and last[0].isdecimal():
            found.append((_Meaning(((_VERSION, last),), 0, 0), 0))
        return found


def _meaning(phrase: Phrase) -> _Meaning:
    says = tuple((_SLOTS.index(name), None if value == "#" else value) for name, value in phrase.says)
    return _Meaning(says, _NAMING_RANK[phrase.naming], int(phrase.preferred))


def _merged(state: _State, meaning: _Meaning, number: int) -> _State | None:
    """`state` with what `meaning` says added; None where it says otherwise than what was read before."""
    after = list(state)
    for slot, said in meaning.says:
        value = number if said is None else said
        if after[slot] is None:
            after[slot] = value
        elif after[slot] != value:
            return None
    after[_NAMING] = max(state[_NAMING], meaning.naming)
    after[_PREFERRED] = state[_PREFERRED] or meaning.preferred
    return tuple(after)


def _complete(state: _State) -> bool:
    """Whether the words that led here name a product, and do not give it two versions."""
    placed = state[_RELEASE] is not None
    versioned = state[_VERSION] is not None
    if placed and versioned:
        return False
    return state[_NAMING] == 2 or (state[_NAMING] == 1 and (placed or versioned))


def _titles(ladder: Ladder) -> dict[str, str]:
    """The ladder's own titles, one for each release, by their words, to find the nearest among."""
    titles = [ladder.title, *(ladder.product(release=release).title() for release in ladder.releases)]
    return {" ".join(words_of(title)): title for title in titles}
