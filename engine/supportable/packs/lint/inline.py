"""Definitions put in the place of their names, so that a condition can be looked at as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final

from supportable.language.ir import Agg, Attr, Choices, Node, Quant, Var, Where, walk
from supportable.packs.model import Derivation
from supportable.packs.packset import PackSet

MOST_NODES: Final = 4000
"""How large an expression may become; beyond, names stay names."""

Definitions = Mapping[tuple[str, str], Node]
"""The expression behind each defined attribute, by entity type and name."""


def definitions_of(packs: PackSet) -> dict[tuple[str, str], Node]:
    """What packs define with one and the same text at all times."""
    found: dict[tuple[str, str], Node] = {}
    for pack in packs.packs:
        for derivation in pack.derive:
            if _is_timeless(derivation):
                found[derivation.entity, derivation.name] = derivation.readings[0].value
    return found


def inlined(node: Node, definitions: Definitions) -> Node:
    """The expression with definitions in the place of names, as far as its size allows."""
    return _Inliner(definitions).node(node)


def _is_timeless(derivation: Derivation) -> bool:
    effective = derivation.readings[0].effective
    return len(derivation.readings) == 1 and effective.since is None and effective.until is None


class _Inliner:
    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.left = MOST_NODES

    def node(self, node: Node) -> Node:
        node = mapped(node, self.node)
        if not isinstance(node, Attr) or not node.derived:
            return node
        definition = self.definitions.get((node.entity, node.name))
        if definition is None:
            return node
        inside = list(walk(definition))
        # A variable of the definition's own would catch one of the same name that stands for the owner.
        if bound_in(definition) & {each.name for each in walk(node.of) if isinstance(each, Var)}:
            return node
        self.left -= len(inside)
        if self.left < 0:
            return node
        return self.node(_substituted(definition, node.entity, node.of))


def _substituted(node: Node, variable: str, value: Node) -> Node:
    if isinstance(node, Var) and node.name == variable:
        return value
    return mapped(node, lambda each: _substituted(each, variable, value))


def mapped(node: Node, change: object) -> Node:
    """The node with `change` made to each direct operand; the same object where nothing changes."""
    assert callable(change)
    changed: dict[str, object] = {}
    for slot in fields(node):
        held = getattr(node, slot.name)
        if isinstance(held, Node):
            new: object = change(held)
            if new is not held:
                changed[slot.name] = new
        elif isinstance(held, tuple) and held and isinstance(held[0], Node):
            items = tuple(change(each) for each in held)
            if any(new is not old for new, old in zip(items, held, strict=True)):
                changed[slot.name] = items
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]


def bound_in(node: Node) -> set[str]:
    """The variables that macros in an expression bind."""
    found: set[str] = set()
    for each in walk(node):
        if isinstance(each, Where | Quant | Agg):
            found.add(each.var)
        elif isinstance(each, Choices):
            found |= {each.taken, each.left}
    return found
