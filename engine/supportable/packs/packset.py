"""All packs of an installation as one value: those that load, and those that do not, with the reasons."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supportable.errors import Problem, UsageError, did_you_mean
from supportable.packs.model import Pack

if TYPE_CHECKING:
    # The readers of documents come with these, and a set that is recalled from the cache needs none of them.
    from supportable.vocabulary.lookups import Catalogue
    from supportable.vocabulary.model import Vocabulary
    from supportable.vocabulary.references import Reference

NO_SUCH_PACK = "SUP710"


@dataclass(frozen=True, slots=True)
class BrokenPack:
    """A pack, shelf or entry point that could not be used. `name` is the pack's own if it could be read, else the
    folder's or the entry point's; `folder` is "" where there is none; `problems` is never empty."""

    name: str
    folder: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PackSet:
    """The vocabulary, references and catalogues of all shelves, and their packs, sorted by name.

    `digest` identifies the content of everything a verdict can depend on; broken packs and folders are not part of it.
    """

    vocabulary: Vocabulary
    references: dict[str, Reference]
    catalogues: dict[str, Catalogue]
    packs: tuple[Pack, ...]
    broken: tuple[BrokenPack, ...] = ()
    digest: str = ""
    plans: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """Plans made from this set, kept by whoever makes them; a cache, never part of what the set means."""

    def pack(self, name: str) -> Pack:
        """The pack of that name. Raises UsageError if it is not there, with the reasons if it is broken."""
        for found in self.packs:
            if found.name == name:
                return found
        raise UsageError([self._missing(name)])

    def select(self, names: Iterable[str]) -> PackSet:
        """The same with these packs and those they require only. Raises UsageError for names that are not there."""
        given = sorted(set(names))
        by_name = {pack.name: pack for pack in self.packs}
        missing = [self._missing(name) for name in given if name not in by_name]
        if missing:
            raise UsageError(missing)
        chosen = with_required(by_name, given)
        packs = tuple(pack for pack in self.packs if pack.name in chosen)
        digest = digest_of(self.vocabulary, self.references, self.catalogues, packs)
        return PackSet(self.vocabulary, self.references, self.catalogues, packs, self.broken, digest)

    def _missing(self, name: str) -> Problem:
        for broken in self.broken:
            if broken.name == name:
                first = broken.problems[0]
                message = f"the pack “{name}” did not load: {first.message}"
                return Problem(NO_SUCH_PACK, message, first.origin, "mend the pack, or leave it out")
        return Problem(
            NO_SUCH_PACK, f"there is no pack “{name}”", hint=did_you_mean(name, (p.name for p in self.packs))
        )


def with_required(by_name: dict[str, Pack], names: Collection[str]) -> set[str]:
    """The names and those of all packs that they require, directly or not."""
    chosen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in chosen and name in by_name:
            chosen.add(name)
            waiting.extend(required.pack for required in by_name[name].requires)
    return chosen


def references_digest(references: dict[str, Reference]) -> str:
    """The SHA-256, in hex, of what is known of all articles; where in a file that stands is no part of it."""
    summed = hashlib.sha256()
    for name in sorted(references):
        summed.update(f"{references[name]!r}\n".encode())
    return summed.hexdigest()


def digest_of(
    vocabulary: Vocabulary,
    references: dict[str, Reference],
    catalogues: dict[str, Catalogue],
    packs: Iterable[Pack],
) -> str:
    """The SHA-256, in hex, of everything that a verdict can depend on beside the design and the day."""
    summed = hashlib.sha256(f"vocabulary {vocabulary.digest}\nreferences {references_digest(references)}\n".encode())
    for name in sorted(catalogues):
        summed.update(f"catalogue {name} {catalogues[name].digest}\n".encode())
    for pack in packs:
        summed.update(f"pack {pack.name} {pack.version} {pack.digest}\n".encode())
    return summed.hexdigest()
