"""The canonical text of a node: what stands in explanations for a node that nobody wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from supportable.language.ir import (
    Agg,
    And,
    Arith,
    Attr,
    Choices,
    Cmp,
    Const,
    Count,
    IfElse,
    IsNone,
    Listed,
    Lookup,
    Node,
    Not,
    Or,
    Quant,
    Satisfies,
    TextSize,
    TextTest,
    Var,
    Where,
)
from supportable.vocabulary.products import Product
from supportable.vocabulary.scales import in_units
from supportable.vocabulary.types import NEVER, DateType, NumberType
from supportable.vocabulary.unknown import Absence

_CHOICE, _OR, _AND, _RELATION, _SUM, _PRODUCT, _UNARY, _MEMBER = range(8)
"""How tightly a form binds."""

_SIGNS: Final = {"eq": "==", "lt": "<", "le": "<=", "add": "+", "sub": "-", "mul": "*", "div": "div"}
_ESCAPES: Final = str.maketrans(
    {"\\": r"\\", '"': r"\"", **{chr(code): f"\\u{code:04x}" for code in (*range(32), 127)}}
)


def show(node: Node) -> str:
    """The expression as the grammar writes it, with no more brackets than it needs.

    Compiled again where its variables are known it gives an equal node, unknown constants and keys of several
    fields aside: these have no spelling.
    """
    return _shown(node, _CHOICE)


def _shown(node: Node, level: int) -> str:
    """The text of a node where at least `level` is due: in brackets if it binds less."""
    own, text = _forms(node)
    return text if own >= level else f"({text})"


def _forms(node: Node) -> tuple[int, str]:
    writer = _WRITERS.get(type(node))
    return (_MEMBER, node.text) if writer is None else writer(node)


def quoted(text: str) -> str:
    """A text as a literal."""
    return f'"{text.translate(_ESCAPES)}"'


def _const(node: Const) -> tuple[int, str]:
    value = node.value
    if isinstance(value, Absence):
        return _MEMBER, repr(value)
    if isinstance(value, bool):
        return _MEMBER, "true" if value else "false"
    if isinstance(value, Product):
        return _MEMBER, quoted(value.title())
    if isinstance(value, int):
        if isinstance(node.type, DateType):
            return _MEMBER, "never" if value == NEVER else f'date("{date.fromordinal(value).isoformat()}")'
        text = in_units(value, node.type.places) if isinstance(node.type, NumberType) else str(value)
        return (_UNARY if value < 0 else _MEMBER), text
    return _MEMBER, quoted(str(value))


def _not(node: Not) -> tuple[int, str]:
    of = node.of
    if isinstance(of, Cmp) and of.op == "eq":
        return _RELATION, f"{_shown(of.left, _SUM)} != {_shown(of.right, _SUM)}"
    if isinstance(of, IsNone):
        return _RELATION, f"{_shown(of.of, _SUM)} != none"
    return _UNARY, f"!{_shown(of, _UNARY)}"


def _arith(node: Arith) -> tuple[int, str]:
    left, right = node.left, node.right
    if isinstance(left.type, NumberType) and isinstance(node.type, NumberType) and left.type.places != node.type.places:
        # A change of step is not of the author's making, and does not change the amount.
        return _forms(left)
    if node.op in ("add", "sub"):
        return _SUM, f"{_shown(left, _SUM)} {_SIGNS[node.op]} {_shown(right, _PRODUCT)}"
    return _PRODUCT, f"{_shown(left, _PRODUCT)} {_SIGNS[node.op]} {_shown(right, _UNARY)}"


def _quant(node: Quant) -> tuple[int, str]:
    body = node.body
    if isinstance(body, Cmp) and body.op == "eq" and node.var.startswith("_"):
        return _RELATION, f"{_shown(body.right, _SUM)} in {_shown(node.over, _SUM)}"
    return _MEMBER, f"{_shown(node.over, _MEMBER)}.{node.op}({node.var}, {show(body)})"


def _count(node: Count) -> tuple[int, str]:
    over = node.over
    if isinstance(over, Where):
        return _MEMBER, f"{_shown(over.over, _MEMBER)}.count({over.var}, {show(over.cond)})"
    return _MEMBER, f"size({show(over)})"


def _agg(node: Agg) -> tuple[int, str]:
    first = "" if node.k is None else f"{show(node.k)}, "
    return _MEMBER, f"{_shown(node.over, _MEMBER)}.{node.op}({first}{node.var}, {show(node.body)})"


def _choices(node: Choices) -> tuple[int, str]:
    names = f"{node.taken}, {node.left}"
    return _MEMBER, f"{_shown(node.over, _MEMBER)}.allChoices({show(node.k)}, {names}, {show(node.body)})"


def _row(catalogue: str, keys: tuple[Node, ...]) -> str:
    key = show(keys[0]) if len(keys) == 1 else "{" + ", ".join(map(show, keys)) + "}"
    return f"({quoted(catalogue)}, {key})"


def _if_else(node: IfElse) -> tuple[int, str]:
    return _CHOICE, f"{_shown(node.cond, _OR)} ? {_shown(node.then, _OR)} : {show(node.other)}"


_WRITERS: Final[dict[type[Node], Callable[..., tuple[int, str]]]] = {
    Const: _const,
    Var: lambda node: (_MEMBER, node.name),
    Attr: lambda node: (_MEMBER, f"{_shown(node.of, _MEMBER)}.{node.name}"),
    Not: _not,
    And: lambda node: (_AND, " && ".join(_shown(arg, _RELATION) for arg in node.args)),
    Or: lambda node: (_OR, " || ".join(_shown(arg, _AND) for arg in node.args)),
    Cmp: lambda node: (_RELATION, f"{_shown(node.left, _SUM)} {_SIGNS[node.op]} {_shown(node.right, _SUM)}"),
    IsNone: lambda node: (_RELATION, f"{_shown(node.of, _SUM)} == none"),
    IfElse: _if_else,
    Arith: _arith,
    TextTest: lambda node: (_MEMBER, f"{_shown(node.left, _MEMBER)}.{node.op}({show(node.right)})"),
    TextSize: lambda node: (_MEMBER, f"size({show(node.of)})"),
    Where: lambda node: (_MEMBER, f"{_shown(node.over, _MEMBER)}.where({node.var}, {show(node.cond)})"),
    Quant: _quant,
    Count: _count,
    Agg: _agg,
    Choices: _choices,
    Lookup: lambda node: (_MEMBER, f"lookup{_row(node.catalogue, node.keys)}.{node.column}"),
    Listed: lambda node: (_MEMBER, f"listed{_row(node.catalogue, node.keys)}"),
    Satisfies: lambda node: (_MEMBER, f"satisfies({show(node.of)}, {quoted(node.pack)})"),
}
