"""Equal expressions found once: a number for each, so that generated code computes none of them twice."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from supportable.language.ir import Agg, Choices, Const, Listed, Lookup, Node, Quant, Var, Where

_NOT_MEANING = frozenset(("origin", "text"))


class Expressions:
    """Numbers expressions: two nodes have one number exactly when they are equal.

    Nodes are told apart by identity first, so the caller must keep those it asked about alive.
    """

    def __init__(self) -> None:
        self._by_form: dict[tuple[Any, ...], int] = {}
        self._by_identity: dict[int, int] = {}
        self._free: dict[int, tuple[str, ...]] = {}
        self._costs: dict[int, int] = {}
        self._once: dict[int, bool] = {}

    def number(self, node: Node) -> int:
        """The number of the expression."""
        known = self._by_identity.get(id(node))
        if known is not None:
            return known
        form: list[Any] = [node.__class__]
        free: set[str] = set()
        cost = 1
        once = isinstance(node, Where)
        for slot in fields(node):
            if slot.name in _NOT_MEANING:
                continue
            held = getattr(node, slot.name)
            if isinstance(held, Node):
                form.append(self.number(held))
                inner: tuple[Node, ...] = (held,)
            elif isinstance(held, tuple) and held and isinstance(held[0], Node):
                form.append(tuple(self.number(each) for each in held))
                inner = held
            else:
                # 1 and True are equal to Python; what they are a value of differs.
                form.append((held.__class__, held))
                continue
            for each in inner:
                number = self.number(each)
                bound = _bound_in(node, slot.name)
                free.update(name for name in self._free[number] if name not in bound)
                cost += self._costs[number] * (8 if bound else 1)
                once = once or self._once[number]
        if isinstance(node, Var):
            free.add(node.name)
        found = self._by_form.setdefault(tuple(form), len(self._by_form))
        self._by_identity[id(node)] = found
        self._free[found] = tuple(sorted(free))
        self._costs[found] = cost + (30 if isinstance(node, Lookup | Listed) else 0)
        self._once[found] = once
        return found

    def free(self, node: Node) -> tuple[str, ...]:
        """The variables that the expression takes from outside, sorted."""
        return self._free[self.number(node)]

    def cost(self, node: Node) -> int:
        """A rough measure of the work it takes to evaluate."""
        return 0 if isinstance(node, Const) else self._costs[self.number(node)]

    def filters(self, node: Node) -> bool:
        """Whether a `where` stands somewhere in it, which makes a new list each time it is evaluated."""
        self.number(node)
        return self._once[self.number(node)]


def _bound_in(node: Node, operand: str) -> tuple[str, ...]:
    """The variables that `node` binds for that operand."""
    if isinstance(node, Where):
        return (node.var,) if operand == "cond" else ()
    if isinstance(node, Choices):
        return (node.taken, node.left) if operand == "body" else ()
    if isinstance(node, Quant | Agg):
        return (node.var,) if operand == "body" else ()
    return ()
