"""The conditions of a pack, one by one: what coverage watches and mutants change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TypeAlias

from supportable.language.ir import (
    And,
    Attr,
    Cmp,
    IsNone,
    Listed,
    Lookup,
    Node,
    Not,
    Or,
    Var,
    Where,
    children,
    is_truth,
    walk,
)
from supportable.origin import Origin
from supportable.packs.model import Derivation, Pack, Rule
from supportable.vocabulary.types import BoolType

Key: TypeAlias = tuple[Origin, str, str]
"""What identifies a condition: where and in which words it is written, and its form. A plan binds the day in its own
copies, and several revisions may inherit one text."""


@dataclass(frozen=True, slots=True)
class Root:
    """One whole condition of a rule, or the value of a definition. `owner` is the rule's id or the fact's name, `part`
    the key it stands under; `given` are conditions that are not false where it is looked at."""

    owner: str
    part: str
    node: Node
    given: tuple[Node, ...] = ()


def key_of(node: Node) -> Key:
    """What identifies the condition."""
    return node.origin, node.text, type(node).__name__


def roots_of(pack: Pack) -> Iterator[Root]:
    """Every condition and definition of a pack, in order of definitions and rules."""
    for derivation in pack.derive:
        yield from roots_of_derivation(derivation)
    for rule in pack.rules:
        yield from roots_of_rule(rule)


def roots_of_derivation(derivation: Derivation) -> Iterator[Root]:
    """The values of a definition, one a revision."""
    for reading in derivation.readings:
        yield Root(derivation.fact, "value", reading.value)


def roots_of_rule(rule: Rule) -> Iterator[Root]:
    """The conditions of a rule, revision by revision."""
    for revision in rule.revisions:
        yield Root(rule.id, "when", revision.when)
        given: tuple[Node, ...] = (revision.when,)
        if revision.each is not None:
            yield Root(rule.id, "each", revision.each.over, given)
            over = revision.each.over
            if isinstance(over, Where) and over.var == revision.each.var:
                given = (revision.when, over.cond)
        yield Root(rule.id, "require", revision.require, given)
        yield from (Root(rule.id, "unless", exemption.condition, given) for exemption in revision.unless)
        yield from (Root(rule.id, "disputed", dispute.require, given) for dispute in revision.disputed)
        for alternative in revision.otherwise:
            if alternative.condition is not None:
                yield Root(rule.id, "otherwise", alternative.condition, given)


def atoms_of(node: Node) -> Iterator[Node]:
    """The conditions in an expression that are not made of others by `&&`, `||` and `!`; those in the bodies of macros
    as well. `x in [a, b]` is one condition, and a bool that is compared belongs to the comparison."""
    if is_one_of(node):
        yield node
        return
    if is_atom(node):
        yield node
    for child in children(node):
        if isinstance(node, Cmp | IsNone | Listed | Lookup | Attr) and isinstance(child, Attr | Lookup):
            for inner in children(child):
                yield from atoms_of(inner)
        else:
            yield from atoms_of(child)


def is_atom(node: Node) -> bool:
    """Whether the node is a condition that is not made of others."""
    if isinstance(node, Or):
        return is_one_of(node)
    if isinstance(node, And | Not):
        return False
    return is_truth(node) or (isinstance(node, Attr | Lookup) and isinstance(node.type, BoolType))


def is_one_of(node: Node) -> bool:
    """Whether the node is what `x in [a, b]` means."""
    if not isinstance(node, Or) or " in " not in node.text:
        return False
    first = node.args[0]
    return isinstance(first, Cmp) and all(
        isinstance(each, Cmp) and each.op == "eq" and each.left == first.left for each in node.args
    )


def reads_facts(node: Node) -> bool:
    """Whether the truth of the condition depends on the design at all, and not on the day and constants alone."""
    return any(isinstance(each, Var) and each.name != "as_of" for each in walk(node))


def mapped(node: Node, place: int, new: Node) -> Node:
    """The expression with `new` at the `place`-th node in the order of `walk`."""
    result, _ = _replaced(node, place, new)
    return result


def _replaced(node: Node, place: int, new: Node) -> tuple[Node, int]:
    """The node with the replacement made if it lies within, and how far the count has come."""
    if place == 0:
        return new, -1
    place -= 1
    for slot in fields(node):
        held = getattr(node, slot.name)
        if isinstance(held, Node):
            inner, place = _replaced(held, place, new)
            if place < 0:
                return replace(node, **{slot.name: inner}), -1  # type: ignore[arg-type]
        elif isinstance(held, tuple):
            for index, each in enumerate(held):
                if isinstance(each, Node):
                    inner, place = _replaced(each, place, new)
                    if place < 0:
                        items = (*held[:index], inner, *held[index + 1 :])
                        return replace(node, **{slot.name: items}), -1  # type: ignore[arg-type]
    return node, place


__all__ = ["Key", "Root", "atoms_of", "is_atom", "is_one_of", "key_of", "mapped", "reads_facts", "roots_of"]
