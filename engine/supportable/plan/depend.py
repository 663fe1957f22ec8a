"""Which rules can find otherwise when an attribute is known otherwise: read off the rules, without judging anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from supportable.language.ir import Attr, Node, Satisfies, walk
from supportable.packs.dependencies import conditions_of
from supportable.plan.model import Plan
from supportable.vocabulary.model import Vocabulary

Read: TypeAlias = tuple[str, str]
"""An attribute, as (entity type, name)."""


def rules_depending(plan: Plan) -> dict[Read, frozenset[int]]:
    """The rules, by their places in the plan, whose findings may depend on an attribute; an attribute on which no
    finding can depend is left out. A rule may be named for nothing; none that depends on an attribute is missing.

    What an expression reads counts, and what is read on its behalf: the definitions it uses, all rules of a pack that
    it asks about and the parts that it asks for, the references that an inverse list is made of and the section that
    they stand in, and whatever the reading of an absence depends on.
    """
    known = plan._memo.get(_KEY)
    if isinstance(known, _Kept):
        return known.by_attribute
    reach = _Reach(plan)
    found: dict[Read, set[int]] = defaultdict(set)
    for rule in plan.rules:
        for read in _closed(plan.vocabulary, reach.of_rule(rule.index)):
            found[read].add(rule.index)
    by_attribute = {read: frozenset(rules) for read, rules in found.items()}
    plan._memo[_KEY] = _Kept(by_attribute)
    return by_attribute


_KEY = "plan.depend"


@dataclass(frozen=True, slots=True)
class _Kept:
    by_attribute: dict[Read, frozenset[int]]


class _Reach:
    """What rules, definitions and packs read, through whatever they use; neither holds a cycle."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.defined = {(each.entity, each.name): each.value for each in plan.derivations}
        self.known: dict[object, set[Read]] = {}

    def of_rule(self, index: int) -> set[Read]:
        found = self.known.get(index)
        if found is None:
            revisions = self.plan.rules[index].readings
            found = self._of(node for revision in revisions for node in conditions_of(revision))
            self.known[index] = found
        return found

    def _of_definition(self, entity: str, name: str) -> set[Read]:
        found = self.known.get((entity, name))
        if found is None:
            value = self.defined.get((entity, name))
            found = self.known[entity, name] = set() if value is None else self._of((value,))
        return found

    def _of_pack(self, pack: str) -> set[Read]:
        found = self.known.get(pack)
        if found is None:
            asked = self.plan.asked.get(pack, ())
            entities = self.plan.vocabulary.entities
            found = {(kind, each.name) for kind in asked for each in entities[kind].attributes.values() if each.part}
            for rule in self.plan.rules:
                if rule.rule.pack == pack:
                    found |= self.of_rule(rule.index)
            self.known[pack] = found
        return found

    def _of(self, nodes: Iterable[Node]) -> set[Read]:
        return {read for node in nodes for each in walk(node) for read in self._at(each)}

    def _at(self, node: Node) -> Iterator[Read]:
        if isinstance(node, Attr):
            if node.derived:
                yield from self._of_definition(node.entity, node.name)
            else:
                yield node.entity, node.name
        elif isinstance(node, Satisfies):
            yield from self._of_pack(node.pack)


def _closed(vocabulary: Vocabulary, reads: Iterable[Read]) -> set[Read]:
    entities = vocabulary.entities
    waiting = list(reads)
    found: set[Read] = set()
    while waiting:
        kind, name = place = waiting.pop()
        if place in found or kind not in entities or name not in entities[kind].attributes:
            continue
        found.add(place)
        attribute = entities[kind].attributes[name]
        waiting += [(kind, condition.attribute) for condition in attribute.absent.conditions]
        if attribute.inverse_of is not None:
            waiting += [attribute.inverse_of, ("design", entities[attribute.inverse_of[0]].section)]
    return found
