"""Mutants: a rule or a definition with one thing changed, as a slip of the pen would change it.

Made on the typed model, so that each loads. A text that several revisions inherit is changed in all of them at once,
as its author would.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from supportable.language.ir import Const, Node, Not, children, walk
from supportable.origin import Origin
from supportable.packs.model import OUTCOMES, Derivation, Effective, Exemption, Revision, Rule
from supportable.packs.timing import day
from supportable.testing.conditions import key_of, mapped
from supportable.testing.slips import slips

NEXT_OUTCOME: Final = {"unsupported": "limited", "limited": "conditional", "conditional": "unsupported"}
"""Another outcome for each that touches a status."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutant. `id` stays the same as long as the text around the change does; `owner` is the rule's id or the
    fact's name, `change` says in words what became of what. `thing` is the rule or definition as changed."""

    id: str
    pack: str
    owner: str
    change: str
    origin: Origin
    thing: Rule | Derivation


def mutants_of_rule(rule: Rule) -> list[Mutant]:
    """Every mutant of a rule, in order of its texts, each once."""
    maker = _Maker(rule.pack, rule.id)
    for part, nodes, put in _texts(rule):
        for root in _distinct(nodes):
            for changed, words, place in _changed(root, negate=part == "when"):
                maker.note(put(root, changed), f"{part}: {words}", place.origin)
    for position, revision in enumerate(rule.revisions):
        for said, words, origin in _said_otherwise(revision):
            maker.note(_with(rule, position, said), words, origin)
        for effective, words in _other_days(rule, position):
            maker.note(_with(rule, position, replace(revision, effective=effective)), words, revision.origin)
    return maker.made


def mutants_of_derivation(derivation: Derivation) -> list[Mutant]:
    """Every mutant of a definition, in order of its texts, each once."""
    maker = _Maker(derivation.pack, derivation.fact)
    texts = derivation.readings
    for root in _distinct([text.value for text in texts]):
        for changed, words, place in _changed(root, negate=False):
            readings = tuple(replace(text, value=changed) if _same(text.value, root) else text for text in texts)
            maker.note(replace(derivation, readings=readings), f"value: {words}", place.origin)
    for position, text in enumerate(texts):
        following = texts[position + 1].effective if position + 1 < len(texts) else None
        for effective, words in _moved(text.effective, following):
            moved = replace(text, effective=effective)
            readings = (*texts[:position], moved, *texts[position + 1 :])
            maker.note(replace(derivation, readings=readings), words, text.origin)
    return maker.made


class _Maker:
    def __init__(self, pack: str, owner: str) -> None:
        self.pack, self.owner = pack, owner
        self.made: list[Mutant] = []
        self._counted: dict[str, int] = {}
        self._known: set[Rule | Derivation] = set()

    def note(self, thing: Rule | Derivation, words: str, origin: Origin) -> None:
        if thing in self._known:
            return
        self._known.add(thing)
        words = " ".join(words.split())
        count = self._counted[words] = self._counted.get(words, 0) + 1
        digest = hashlib.sha256(f"{words}\n{count}".encode()).hexdigest()[:8]
        self.made.append(Mutant(f"{self.owner}:{digest}", self.pack, self.owner, words, origin, thing))


# -- conditions -------------------------------------------------------------------------------------------------------

Put = Callable[[Node, Node], Rule]


def _texts(rule: Rule) -> Iterator[tuple[str, list[Node], Put]]:
    """Each part of a rule that holds conditions: its name, what the revisions say there, and how to put in another."""

    def each_revision(change: Callable[[Revision, Node, Node], Revision]) -> Put:
        return lambda old, new: replace(
            rule, revisions=tuple(change(revision, old, new) for revision in rule.revisions)
        )

    revisions = rule.revisions
    yield (
        "when",
        [each.when for each in revisions],
        each_revision(lambda said, old, new: replace(said, when=_swap(said.when, old, new))),
    )
    yield (
        "each",
        [each.each.over for each in revisions if each.each is not None],
        each_revision(
            lambda said, old, new: (
                said
                if said.each is None
                else replace(said, each=replace(said.each, over=_swap(said.each.over, old, new)))
            )
        ),
    )
    yield (
        "require",
        [each.require for each in revisions],
        each_revision(lambda said, old, new: replace(said, require=_swap(said.require, old, new))),
    )
    yield (
        "unless",
        [one.condition for each in revisions for one in each.unless],
        each_revision(
            lambda said, old, new: replace(
                said, unless=tuple(replace(one, condition=_swap(one.condition, old, new)) for one in said.unless)
            )
        ),
    )
    yield (
        "disputed",
        [one.require for each in revisions for one in each.disputed],
        each_revision(
            lambda said, old, new: replace(
                said, disputed=tuple(replace(one, require=_swap(one.require, old, new)) for one in said.disputed)
            )
        ),
    )
    yield (
        "otherwise",
        [one.condition for each in revisions for one in each.otherwise if one.condition is not None],
        each_revision(
            lambda said, old, new: replace(
                said,
                otherwise=tuple(
                    one if one.condition is None else replace(one, condition=_swap(one.condition, old, new))
                    for one in said.otherwise
                ),
            )
        ),
    )


def _same(one: Node, other: Node) -> bool:
    return key_of(one) == key_of(other) and one == other


def _swap(held: Node, old: Node, new: Node) -> Node:
    return new if _same(held, old) else held


def _distinct(nodes: list[Node]) -> list[Node]:
    return list({key_of(node): node for node in nodes}.values())


def _changed(root: Node, *, negate: bool) -> Iterator[tuple[Node, str, Node]]:
    """The root with one slip in it, in words, and the node that was changed."""
    if isinstance(root, Const):
        return
    parents = _parents(root)
    for place, node in enumerate(walk(root)):
        for new, words in slips(node, parents[place]):
            yield mapped(root, place, new), words, node
    if negate:
        yield Not(root.type, root, origin=root.origin, text=root.text), f"“{root.text}” is negated", root


def _parents(root: Node) -> list[tuple[Node, ...]]:
    """For each node in the order of `walk`, those above it, the nearest last."""
    found: list[tuple[Node, ...]] = []

    def visit(node: Node, above: tuple[Node, ...]) -> None:
        found.append(above)
        for child in children(node):
            visit(child, (*above, node))

    visit(root, ())
    return found


# -- what else a revision says ----------------------------------------------------------------------------------------


def _with(rule: Rule, position: int, revision: Revision) -> Rule:
    return replace(rule, revisions=(*rule.revisions[:position], revision, *rule.revisions[position + 1 :]))


def _said_otherwise(revision: Revision) -> Iterator[tuple[Revision, str, Origin]]:
    for position, exemption in enumerate(revision.unless):
        rest = (*revision.unless[:position], *revision.unless[position + 1 :])
        words = f"the exception “{exemption.title or exemption.condition.text}” is dropped"
        yield replace(revision, unless=rest), words, exemption.origin
        for effective, moved in _moved(exemption.effective, None):
            changed: Exemption = replace(exemption, effective=effective)
            unless = (*revision.unless[:position], changed, *revision.unless[position + 1 :])
            yield replace(revision, unless=unless), f"exception: {moved}", exemption.origin
    for position, dispute in enumerate(revision.disputed):
        rest_disputed = (*revision.disputed[:position], *revision.disputed[position + 1 :])
        words = f"the other text, of {dispute.cite.ref}, is dropped"
        yield replace(revision, disputed=rest_disputed), words, dispute.origin
    for position, alternative in enumerate(revision.otherwise):
        before, after = revision.otherwise[:position], revision.otherwise[position + 1 :]
        if alternative.condition is not None:
            words = f"the outcome for “{alternative.condition.text}” is dropped"
            yield replace(revision, otherwise=(*before, *after)), words, revision.origin
        if alternative.outcome in OUTCOMES and not _cannot_fail(revision):
            other = NEXT_OUTCOME[alternative.outcome]
            changed_outcome = replace(alternative, outcome=other)
            words = f"outcome {position + 1}: {alternative.outcome} becomes {other}"
            yield replace(revision, otherwise=(*before, changed_outcome, *after)), words, revision.origin
    if not revision.advisory:
        words = f"covers: {str(revision.covers).lower()} becomes {str(not revision.covers).lower()}"
        yield replace(revision, covers=not revision.covers), words, revision.origin


def _cannot_fail(revision: Revision) -> bool:
    require = revision.require
    return isinstance(require, Const) and require.value is True and not revision.disputed


def _other_days(rule: Rule, position: int) -> Iterator[tuple[Effective, str]]:
    following = rule.revisions[position + 1].effective if position + 1 < len(rule.revisions) else None
    yield from _moved(rule.revisions[position].effective, following)


def _moved(effective: Effective, following: Effective | None) -> Iterator[tuple[Effective, str]]:
    """The same dates, one of them a day earlier or later, as far as it makes a difference."""
    since, until, last_seen = effective.since, effective.until, effective.last_seen
    begins = None if following is None else following.since
    for step in (-1, 1):
        if since is not None:
            yield replace(effective, since=since + step), f"from {day(since)} becomes {day(since + step)}"
        if until is not None and (begins is None or until + step < begins or (until < begins and step > 0)):
            yield replace(effective, until=until + step), f"until {day(until)} becomes {day(until + step)}"
        if last_seen is not None and begins is not None and last_seen + step < begins:
            yield (
                replace(effective, last_seen=last_seen + step),
                f"last_seen {day(last_seen)} becomes {day(last_seen + step)}",
            )
