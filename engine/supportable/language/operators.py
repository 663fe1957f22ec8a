"""Logic, choice and arithmetic."""

from __future__ import annotations

from typing import Final, Literal

from supportable.language import codes
from supportable.language.ir import And, Arith, Const, IfElse, Node, Not, Or
from supportable.language.literals import signed
from supportable.language.source import brief
from supportable.language.syntax import (
    Arithmetic,
    Choice,
    Conjunction,
    Disjunction,
    Group,
    Minus,
    Negation,
    Number,
    Syntax,
    bare,
)
from supportable.language.typer import Typer, adaptable, described, joined, rescaled
from supportable.vocabulary.types import BOOL, DATE, INT, DateType, IntType, NumberType, TextType, Type

_OPERATIONS: Final[dict[str, Literal["add", "sub", "mul", "div"]]] = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "div": "div",
}


def group(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:
    """`(of)`."""
    assert isinstance(syntax, Group)
    return typer.value(syntax.of, due)


def negation(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """`!of`."""
    assert isinstance(syntax, Negation)
    of = typer.truth(syntax.of)
    return None if of is None else Not(BOOL, of, origin=typer.place(syntax), text=typer.words(syntax))


def conjunction(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001
    """`a && b && …`; a conjunction in brackets among the operands is taken apart."""
    assert isinstance(syntax, Conjunction)
    args = _truths(typer, syntax.args, And)
    return None if args is None else And(BOOL, args, origin=typer.place(syntax), text=typer.words(syntax))


def disjunction(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001
    """`a || b || …`; a disjunction in brackets among the operands is taken apart."""
    assert isinstance(syntax, Disjunction)
    args = _truths(typer, syntax.args, Or)
    return None if args is None else Or(BOOL, args, origin=typer.place(syntax), text=typer.words(syntax))


def _truths(typer: Typer, args: tuple[Syntax, ...], form: type[And | Or]) -> tuple[Node, ...] | None:
    found: list[Node] = []
    nodes = [typer.truth(arg) for arg in args]
    for node in nodes:
        if node is None:
            return None
        found += node.args if isinstance(node, And | Or) and type(node) is form else (node,)
    return tuple(found)


def choice(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:
    """`condition ? then : other`."""
    assert isinstance(syntax, Choice)
    condition = typer.truth(syntax.condition)
    pair = typer.pair(syntax.then, syntax.other, due)
    if condition is None or pair is None:
        return None
    common = joined(*pair)
    if common is None:
        message = f"this is {described(pair[1].type)}, and before the colon it is {described(pair[0].type)}"
        typer.note(codes.MISMATCH, message, syntax.other, "both must be of one type")
        return None
    then, other, type = common
    return IfElse(type, condition, then, other, origin=typer.place(syntax), text=typer.words(syntax))


def minus(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:
    """`-of`: a negative literal, or the difference to zero."""
    assert isinstance(syntax, Minus)
    inner = bare(syntax.of)
    if isinstance(inner, Number):
        return signed(typer, inner, syntax, due, negative=True)
    of = typer.value(syntax.of, due)
    if of is None:
        return None
    if not isinstance(of.type, IntType | NumberType):
        typer.note(codes.MISMATCH, f"“{brief(of.text)}” is {described(of.type)}, which has no negative", syntax)
        return None
    type = _plain(of.type)
    origin = typer.place(syntax)
    return Arith(type, "sub", Const(type, 0, origin=origin), of, origin=origin, text=typer.words(syntax))


def arithmetic(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:
    """`left + right`, `-`, `*` and `div`."""
    assert isinstance(syntax, Arithmetic)
    op = _OPERATIONS[syntax.op.name]
    if op in ("mul", "div"):
        return _product(typer, syntax, op, due)
    pair = _terms(typer, syntax, op, due)
    if pair is None:
        return None
    left, right = pair
    one, other = left.type, right.type
    if isinstance(one, DateType) or isinstance(other, DateType):
        return _dated(typer, syntax, left, right)
    if isinstance(one, IntType | NumberType) and isinstance(other, IntType | NumberType):
        common = joined(left, right)
        if common is not None:
            return _node(typer, syntax, common[0], common[1], _plain(common[2]))
        _refuse_units(typer, syntax, one, other)
        return None
    _refuse(typer, syntax, left, right)
    return None


def _terms(typer: Typer, syntax: Arithmetic, op: str, due: Type | None) -> tuple[Node, Node] | None:
    """Both operands of `+` or `-`. Beside a date a number means days; a text there is a date where dates subtract."""
    if not isinstance(due, IntType | NumberType):
        due = None
    one, other = adaptable(syntax.left), adaptable(syntax.right)
    if one == other:
        return typer.pair(syntax.left, syntax.right, due)
    fixed, loose = (syntax.right, syntax.left) if one else (syntax.left, syntax.right)
    known = typer.value(fixed, due)
    if known is None:
        return None
    dated_text = isinstance(known.type, DateType) and op == "sub"
    adapted = typer.value(loose, known.type if dated_text or not isinstance(known.type, DateType) else None)
    if adapted is None:
        return None
    return (adapted, known) if one else (known, adapted)


def _dated(typer: Typer, syntax: Arithmetic, left: Node, right: Node) -> Node | None:
    one, other = left.type, right.type
    op = syntax.op.name
    if isinstance(one, DateType) and isinstance(other, IntType):
        return _node(typer, syntax, left, right, DATE)
    if isinstance(one, IntType) and isinstance(other, DateType) and op == "+":
        return _node(typer, syntax, left, right, DATE)
    if isinstance(one, DateType) and isinstance(other, DateType) and op == "-":
        return _node(typer, syntax, left, right, INT)
    hint = "a date can be a number of days later or earlier, and two dates can be so many days apart"
    message = f"“{syntax.op.name}” cannot join {described(one)} and {described(other)}"
    typer.note(codes.MISMATCH, message, syntax.op, hint)
    return None


def _product(typer: Typer, syntax: Arithmetic, op: Literal["mul", "div"], due: Type | None) -> Node | None:
    """`*` and `div`, where a literal is a plain number: a factor has no unit."""
    if not isinstance(due, IntType):
        due = None
    left, right = typer.value(syntax.left, due), typer.value(syntax.right, due)
    if left is None or right is None:
        return None
    one, other = left.type, right.type
    if isinstance(one, IntType) and isinstance(other, IntType):
        return _node(typer, syntax, left, right, INT)
    if isinstance(one, NumberType) and isinstance(other, IntType):
        return _node(typer, syntax, left, right, _plain(one))
    if isinstance(one, IntType) and isinstance(other, NumberType) and op == "mul":
        return _node(typer, syntax, left, right, _plain(other))
    if isinstance(one, NumberType) and isinstance(other, NumberType):
        if op == "div" and one.unit == other.unit:
            places = max(one.places, other.places)
            return _node(typer, syntax, rescaled(left, places), rescaled(right, places), INT)
        hint = "a factor is a whole number: for one and a half times write x * 3 div 2"
        message = f"“{syntax.op.name}” cannot join {described(one)} and {described(other)}"
        typer.note(codes.MISMATCH, message, syntax.op, hint)
        return None
    _refuse(typer, syntax, left, right)
    return None


def _plain(type: Type) -> Type:
    """The type without its range, which a result need not keep."""
    return NumberType(type.unit, type.places) if isinstance(type, NumberType) else INT


def _node(typer: Typer, syntax: Arithmetic, left: Node, right: Node, type: Type) -> Node:
    op = _OPERATIONS[syntax.op.name]
    return Arith(type, op, left, right, origin=typer.place(syntax), text=typer.words(syntax))


def _refuse_units(typer: Typer, syntax: Arithmetic, one: Type, other: Type) -> None:
    message = f"“{syntax.op.name}” cannot join {described(one)} and {described(other)}"
    typer.note(codes.UNIT, message, syntax.op, "both must be of one unit; units are never converted")


def _refuse(typer: Typer, syntax: Arithmetic, left: Node, right: Node) -> None:
    message = f"“{syntax.op.name}” cannot join {described(left.type)} and {described(right.type)}"
    texts = isinstance(left.type, TextType) or isinstance(right.type, TextType)
    hint = 'texts are not joined; a date that is written out is date("2009-05-26")' if texts else ""
    typer.note(codes.MISMATCH, message, syntax.op, hint)
