"""The typed intermediate representation of expressions: what every reading evaluates.

An expression is a tree of frozen nodes. Two nodes are equal when they mean the same, wherever they were written:
`origin` and `text` (the author's own words, for explanations) take no part in equality.

Each node denotes a value of its `type`, or `unknown`, or `none`. The nodes of `TRUTHS` are never `none`. Where a truth
is needed (an operand of `Not`, `And`, `Or`, a condition, a body of a quantifier) a `none` turns false; nowhere else.

Syntax that is gone by the time a node exists: `!=` is `Not(Cmp("eq"))`; `>` and `>=` are `lt` and `le` with the
operands exchanged; `in` is `Or` of equalities or a quantifier; `where(x,p).all(x,q)` keeps its `Where`; `count(x,p)`
is a `Count` over a `Where`; product, date and number literals are constants in their typed form; numbers of different
scale meet through `Arith("mul")` with a power of ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.types import Type


@dataclass(frozen=True, slots=True)
class Node:
    """What every node has: its type, and where and in which words it was written."""

    type: Type
    origin: Origin = field(default=NOWHERE, compare=False, kw_only=True)
    text: str = field(default="", compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Const(Node):
    """A known value in its typed form (see `supportable.facts`), or UNKNOWN."""

    value: object


@dataclass(frozen=True, slots=True)
class Var(Node):
    """A variable: the subject by its type's name, `design`, `as_of`, or one bound by a macro or `each`."""

    name: str


@dataclass(frozen=True, slots=True)
class Attr(Node):
    """An attribute of an entity, a record or a product. `entity` is the owner's type name, "" for a product's field.

    `derived` is true where a pack's `derive` defines the attribute: it then stands in no row.
    """

    of: Node
    name: str
    entity: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`!of`."""

    of: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """The minimum of two or more truths."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """The maximum of two or more truths."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Cmp(Node):
    """`left == right`, `left < right`, `left <= right`.

    `kind` says how: "plain" (bool, text, enum, and int, number, date by size), "scale" (by position in `scale`),
    "product" (by place on the ladder), "row" (entities and records by identity). A `Count` operand is an interval and
    a `Lookup` operand a set of candidates: the comparison is decided when all agree.
    """

    op: Literal["eq", "lt", "le"]
    left: Node
    right: Node
    kind: Literal["plain", "scale", "product", "row"]
    scale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IsNone(Node):
    """`of == none`: unknown where `of` is unknown. A `Lookup` asks all its candidates."""

    of: Node


@dataclass(frozen=True, slots=True)
class IfElse(Node):
    """`cond ? then : other`; with an unknown condition, the common value of both if they agree, else unknown."""

    cond: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Arith(Node):
    """`left op right` on whole numbers; `div` is the floor, by zero it is unknown, and so is what leaves 64 bits."""

    op: Literal["add", "sub", "mul", "div"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class TextTest(Node):
    """`left.op(right)` on text, code point by code point, case included."""

    op: Literal["contains", "containsAny", "startsWith", "endsWith"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class TextSize(Node):
    """`size(of)` of a text: how many code points."""

    of: Node


@dataclass(frozen=True, slots=True)
class Where(Node):
    """`over.where(var, cond)`: the same members, each belonging as far as it did and as `cond` holds for it."""

    over: Node
    var: str
    cond: Node


@dataclass(frozen=True, slots=True)
class Quant(Node):
    """`over.all(var, body)` or `over.exists(var, body)`."""

    op: Literal["all", "exists"]
    over: Node
    var: str
    body: Node


@dataclass(frozen=True, slots=True)
class Count(Node):
    """`size(over)`: how many members, each weighted with its `count`. An interval; outside a comparison it is
    its value when both ends agree, else unknown."""

    over: Node


@dataclass(frozen=True, slots=True)
class Agg(Node):
    """`sum min max smallest largest same` of `body` over the members; `k` is set for smallest and largest.

    Members whose `body` is none are skipped. Unknown if any `body`, membership, the end of the list, or `k` is unknown.
    Each member weighs as often as its `count` says. Of no members (left): `sum` is 0, `same` true, the others none.
    """

    op: Literal["sum", "min", "max", "smallest", "largest", "same"]
    over: Node
    var: str
    body: Node
    k: Node | None = None


@dataclass(frozen=True, slots=True)
class Choices(Node):
    """`over.allChoices(k, taken, left, body)`: whether `body` holds however `k` members are taken away.

    `taken` and `left` are bound to lists of members. False where `k` is none, negative or more than there are; unknown
    where `k` is unknown, the members are not all certain or one of them stands for several alike, and where there are
    more than `MOST_CHOICES` ways.
    """

    over: Node
    k: Node
    taken: str
    left: str
    body: Node


MOST_CHOICES = 5000
"""How many ways of choosing an evaluation will go through."""


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """`lookup("catalogue", keys).column`. `keys` are in the catalogue's key order."""

    catalogue: str
    keys: tuple[Node, ...]
    column: str


@dataclass(frozen=True, slots=True)
class Listed(Node):
    """`listed("catalogue", keys)`."""

    catalogue: str
    keys: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Satisfies(Node):
    """`satisfies(of, "pack")`; `of` is an entity."""

    of: Node
    pack: str


TRUTHS = (Not, And, Or, Cmp, IsNone, TextTest, Quant, Choices, Listed, Satisfies)
"""The nodes that are true, unknown or false, and never none; `Agg("same")` is one more."""


def is_truth(node: Node) -> bool:
    """Whether the node can only be true, unknown or false, never none."""
    return isinstance(node, TRUTHS) or (isinstance(node, Agg) and node.op == "same")


_OPERANDS: dict[type[object], tuple[str, ...]] = {}


def operands(kind: type[Node]) -> tuple[str, ...]:
    """The fields of a kind of node that can hold nodes or tuples of nodes, in the order they are written."""
    found = _OPERANDS.get(kind)
    if found is None:
        found = tuple(slot.name for slot in fields(kind) if slot.name not in ("type", "origin", "text"))
        _OPERANDS[kind] = found
    return found


def children(node: Node) -> Iterator[Node]:
    """The direct operands, in the order they are written."""
    for name in operands(type(node)):
        held = getattr(node, name)
        if isinstance(held, Node):
            yield held
        elif isinstance(held, tuple):
            for item in held:
                if isinstance(item, Node):
                    yield item


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(current))))


def rebuild(node: Node, change: dict[str, object]) -> Node:
    """The same node with some fields replaced; origin and text stay."""
    return replace(node, **change)  # type: ignore[arg-type]
