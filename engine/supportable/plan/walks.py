"""What is found by walking the expressions of packs, found once: plans are made for many days, and texts stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from supportable.language.ir import Attr, Node, Satisfies, Var, walk
from supportable.packs.dependencies import Thing, expressions_of
from supportable.packs.model import Reading, Revision
from supportable.packs.packset import PackSet, references_digest
from supportable.plan.choose import derivation_changes, rule_changes
from supportable.plan.kept import Kept
from supportable.vocabulary.types import RefType

AS_OF: Final = "as_of"
_KEY: Final = "walks"


class Walked(NamedTuple):
    """Of an expression: the definitions and packs that it uses; the packs that it asks about, each with the entity type
    it asks for; and whether it says nothing of the day."""

    uses: frozenset[Thing]
    asks: frozenset[tuple[str, str]]
    timeless: bool


class Walks:
    """What was found of one set of packs: the digest of its articles, the days, ascending, on which its rules and
    definitions begin to read otherwise, and what its expressions use. `epochs` is for whoever makes plans of it."""

    def __init__(self, packset: PackSet) -> None:
        self.packs = packset.packs
        self.references = references_digest(packset.references)
        self.changes = _changes(packset)
        self.epochs: dict[object, object] = {}
        # Expressions are known by their identity, which is theirs as long as they live: each is kept with its text.
        self._texts: dict[int, Revision | Reading] = {}
        self._found: dict[int, Walked] = {}

    def learn(self, text: Revision | Reading) -> None:
        """Walk the expressions of a text as it stands in its pack, unless that was done."""
        if id(text) not in self._texts:
            self._texts[id(text)] = text
            for node in (text.value,) if isinstance(text, Reading) else expressions_of(text):
                self._found[id(node)] = walked(node)

    def of(self, nodes: Iterable[Node]) -> Walked:
        """What is found of these together; those of no text that was learned are walked now."""
        found = [self._found.get(id(node)) or walked(node) for node in nodes]
        return Walked(
            frozenset().union(*(each.uses for each in found)),
            frozenset().union(*(each.asks for each in found)),
            all(each.timeless for each in found),
        )


def walked(node: Node) -> Walked:
    """What is found of one expression."""
    uses, asks, timeless = set(), set(), True
    for each in walk(node):
        if isinstance(each, Attr) and each.derived:
            uses.add(Thing(f"{each.entity}.{each.name}"))
        elif isinstance(each, Satisfies):
            uses.add(Thing(each.pack, is_pack=True))
            if isinstance(each.of.type, RefType):
                asks.add((each.pack, each.of.type.entity))
        elif isinstance(each, Var) and each.name == AS_OF:
            timeless = False
    return Walked(frozenset(uses), frozenset(asks), timeless)


def _changes(packset: PackSet) -> tuple[int, ...]:
    days: set[int] = set()
    for pack in packset.packs:
        days.update(day for rule in pack.rules for day in rule_changes(rule))
        days.update(day for derivation in pack.derive for day in derivation_changes(derivation))
    return tuple(sorted(days))


def walks_of(packset: PackSet) -> Walks:
    """Those of a set of packs, begun on first use."""
    kept = packset.plans.get(_KEY)
    walks = kept.value if isinstance(kept, Kept) else None
    # A set that was made of another by `replace` may have been given its caches.
    if isinstance(walks, Walks) and walks.packs is packset.packs:
        return walks
    walks = Walks(packset)
    packset.plans[_KEY] = Kept(walks)
    return walks
