"""A search over what packs say: rules, articles, terms, definitions and attributes, ranked together.

An index of words by BM25, with words of titles and names weighing more, built once for a set of packs. The last word
of a query may be the beginning of one, as people type; a word that nothing has is replaced by the nearest that
something has. Every word must be found, unless nothing has them all.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from supportable.errors import nearest

Kind = Literal["rule", "article", "term", "definition", "attribute"]

MOST_WORDS: Final = 16
"""Of a longer query the rest is left out."""
MOST_BEGINNINGS: Final = 64
"""How many words one beginning may stand for."""
LONGEST_EXCERPT: Final = 200
MOST_LIKES: Final = 4096
"""How many misspelt words are kept with what was meant."""

_WORD: Final = re.compile(r"[^\W_]+")
_SATURATION: Final = 1.2
_BY_LENGTH: Final = 0.5
_BEGINNING: Final = 0.6
"""What a word that only begins like the query's counts, beside one that is the same."""
_PREFERENCE: Final[dict[Kind, float]] = {"rule": 1.1, "article": 1.1, "term": 1.15, "definition": 0.9, "attribute": 0.8}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found. `named` weighs most, then `title`, then `text`; `excerpt` is what is shown of it."""

    kind: Kind
    id: str
    title: str
    pack: str
    href: str
    named: tuple[str, ...]
    text: tuple[str, ...]
    excerpt: str


def words_of(text: str) -> list[str]:
    """The words of a text, without case and accents: "KB956893" is one, "2008-r2" are two."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


class Index:
    """Entries, and which of them have a word, how much it weighs there."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        weights: list[Counter[str]] = [_weights(entry) for entry in self.entries]
        sizes = [sum(each.values()) for each in weights]
        mean = sum(sizes) / len(sizes) if sizes else 1.0
        postings: dict[str, dict[int, float]] = defaultdict(dict)
        for place, (held, size) in enumerate(zip(weights, sizes, strict=True)):
            damping = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * size / mean)
            for word, weight in held.items():
                postings[word][place] = weight * (_SATURATION + 1) / (weight + damping)
        self.postings = dict(postings)
        for word, found in self.postings.items():
            rarity = math.log1p((len(self.entries) - len(found) + 0.5) / (len(found) + 0.5))
            self.postings[word] = {place: score * rarity for place, score in found.items()}
        self.words = sorted(self.postings)
        self._likes: dict[str, str] = {}
        self._ids: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            for name in (entry.id, *entry.named):
                self._ids[name.casefold()].append(place)

    def find(self, query: str, kinds: frozenset[Kind] | None = None) -> list[Entry]:
        """Everything that the query finds, best first; of what is alike, in order of kind and id."""
        scored = [each for each in (self._scored(word, last=last) for word, last in _marked(query)) if each]
        if not scored:
            return []
        everywhere = set(scored[0]).intersection(*scored[1:])
        totals: dict[int, float] = {}
        for place in everywhere or set().union(*scored):
            entry = self.entries[place]
            if kinds is None or entry.kind in kinds:
                totals[place] = sum(each.get(place, 0.0) for each in scored) * _PREFERENCE[entry.kind]
        # What is called exactly so comes first, whatever its words weigh.
        for place in self._ids.get(query.strip().casefold(), ()):
            if place in totals:
                totals[place] += 1000.0
        ranked = sorted(totals, key=lambda at: (-totals[at], self.entries[at].kind, self.entries[at].id))
        return [self.entries[place] for place in ranked]

    def _scored(self, word: str, *, last: bool) -> dict[int, float]:
        """The entries with the word and what it is worth there; with its like where none has it."""
        found = dict(self.postings.get(word, {}))
        if last or not found:
            for longer in self._beginning_with(word):
                for place, score in self.postings[longer].items():
                    found[place] = max(found.get(place, 0.0), score * _BEGINNING)
        if not found and len(word) > 3 and not word.isdigit():
            like = self._most_like(word)
            found = {place: score * _BEGINNING for place, score in self.postings.get(like, {}).items()}
        return found

    def _most_like(self, word: str) -> str:
        """The word that something has and that is most like this one, "" for none; what was asked before is kept."""
        like = self._likes.get(word)
        if like is None:
            if len(self._likes) >= MOST_LIKES:
                self._likes.clear()
            like = self._likes[word] = next(iter(nearest(word, self.words, most=1)), "")
        return like

    def _beginning_with(self, start: str) -> Iterator[str]:
        at = bisect_left(self.words, start)
        for word in self.words[at : at + MOST_BEGINNINGS]:
            if not word.startswith(start):
                break
            if word != start:
                yield word


def _marked(query: str) -> list[tuple[str, bool]]:
    """The words of a query, each once, and whether it is the last and may go on."""
    words = list(dict.fromkeys(words_of(query)))[:MOST_WORDS]
    open_ended = bool(query) and not query[-1].isspace()
    return [(word, open_ended and place == len(words) - 1) for place, word in enumerate(words)]


def _weights(entry: Entry) -> Counter[str]:
    found: Counter[str] = Counter()
    for texts, weight in ((entry.named, 4), ((entry.title,), 3), (entry.text, 1)):
        for text in texts:
            for word in words_of(text):
                found[word] += weight
    return found


def excerpt_of(text: str) -> str:
    """The beginning of a text, on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_EXCERPT:
        return line
    return line[:LONGEST_EXCERPT].rpartition(" ")[0] + " …"
