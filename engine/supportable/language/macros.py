"""Calls on a value: macros over lists, and the text functions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal, get_args

from supportable.errors import did_you_mean
from supportable.language import codes
from supportable.language.ir import Agg, Choices, Count, Node, Quant, TextTest, Where, walk
from supportable.language.source import brief
from supportable.language.syntax import Method, Name, Syntax
from supportable.language.typer import MOST_MACROS, Typer, described
from supportable.vocabulary.types import (
    BOOL,
    INT,
    TEXT,
    BoolType,
    DateType,
    EnumType,
    IntType,
    ListType,
    NumberType,
    RecordType,
    TextType,
    Type,
)
from supportable.vocabulary.words import LANGUAGE_WORDS

_TextOp = Literal["contains", "containsAny", "startsWith", "endsWith"]
_AggOp = Literal["sum", "min", "max", "smallest", "largest", "same"]

TEXT_TESTS: Final[tuple[_TextOp, ...]] = get_args(_TextOp)
_AGGREGATES: Final[tuple[_AggOp, ...]] = get_args(_AggOp)

_USES: Final = {
    "all": "(x, condition)",
    "exists": "(x, condition)",
    "where": "(x, condition)",
    "count": "(x, condition)",
    "sum": "(x, value)",
    "min": "(x, value)",
    "max": "(x, value)",
    "same": "(x, value)",
    "smallest": "(k, x, value)",
    "largest": "(k, x, value)",
    "allChoices": "(k, taken, left, condition)",
}
"""The macros and their arguments, in words."""

MACROS: Final = tuple(_USES)

_ELSEWHERE: Final = {
    "size": "write size({of})",
    "filter": "write {of}.where(x, condition)",
    "map": "use sum, min, max or same, which take a value for each member",
    "exists_one": "write {of}.count(x, condition) == 1",
    "existsOne": "write {of}.count(x, condition) == 1",
    "any": "write {of}.exists(x, condition)",
    "average": "write the sum, and multiply the other side by size",
    "avg": "write the sum, and multiply the other side by size",
    "matches": "there are no patterns; use contains, startsWith or endsWith",
    "has": "write {of} != none",
    "startswith": "write startsWith",
    "endswith": "write endsWith",
}
"""What other languages have, and what stands for it here."""


def method(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """`of.name(args)`."""
    assert isinstance(syntax, Method)
    called = syntax.name.name
    if called in TEXT_TESTS:
        return _text_test(typer, syntax)
    if called not in _USES:
        hint = _ELSEWHERE.get(called, "").replace("{of}", brief(typer.words(syntax.of)))
        hint = hint or did_you_mean(called, (*MACROS, *TEXT_TESTS))
        typer.note(codes.UNKNOWN_FUNCTION, f"there is no function “{called}”", syntax.name, hint)
        return None
    over = typer.value(syntax.of)
    if over is None:
        return None
    if not isinstance(over.type, ListType):
        message = f"“{brief(over.text)}” is {described(over.type)}, and “{called}” asks a list"
        typer.note(codes.LISTS, message, syntax.of, "a single value is compared directly")
        return None
    if len(syntax.args) != _USES[called].count(",") + 1:
        hint = f"write {brief(over.text)}.{called}{_USES[called]}"
        if called == "count" and not syntax.args:
            hint = f"write size({brief(over.text)})"
        typer.note(codes.ARGUMENTS, f"“{called}” is called otherwise", syntax.name, hint)
        return None
    if typer.macros >= MOST_MACROS:
        hint = "give the inner one a name of its own under derive"
        typer.note(codes.MACROS_TOO_DEEP, f"macros nested more than {MOST_MACROS} deep", syntax.name, hint)
        return None
    return _macro(typer, syntax, over, over.type.of)


def _macro(typer: Typer, syntax: Method, over: Node, element: Type) -> Node | None:
    called, args = syntax.name.name, syntax.args
    origin, text = typer.place(syntax), typer.words(syntax)
    if called == "allChoices":
        return _choices(typer, syntax, over)
    first = typer.value(args[0], INT) if called in ("smallest", "largest") else None
    if called in ("smallest", "largest"):
        first = _whole(typer, first, args[0])
        args = args[1:]
    variable = bound_name(typer, args[0])
    if variable is None:
        return None
    inner = typer.inside(variable, element)
    if called in ("all", "exists", "where", "count"):
        body = inner.truth(args[1])
        if body is None:
            return None
        if called not in ("where", "count"):
            return Quant(BOOL, "all" if called == "all" else "exists", over, variable, body, origin=origin, text=text)
        kept = Where(over.type, over, variable, body, origin=origin, text=text)
        return kept if called == "where" else Count(INT, kept, origin=origin, text=text)
    body = inner.value(args[1])
    op = next(each for each in _AGGREGATES if each == called)
    if body is None or not _may_aggregate(typer, op, body, args[1]):
        return None
    if op in ("smallest", "largest") and first is None:
        return None
    return Agg(_result(op, body.type), op, over, variable, body, first, origin=origin, text=text)


def _choices(typer: Typer, syntax: Method, over: Node) -> Node | None:
    k = _whole(typer, typer.value(syntax.args[0], INT), syntax.args[0])
    # Outermost it does not count among the nested macros: its ways have a limit of their own.
    inner = replace(typer, macros=typer.macros + 1 if typer.macros else 0)
    taken = bound_name(typer, syntax.args[1])
    if taken is not None:
        inner = replace(inner, scope=inner.scope.binding(taken, over.type))
    left = bound_name(inner, syntax.args[2])
    if taken is None or left is None:
        return None
    body = replace(inner, scope=inner.scope.binding(left, over.type)).truth(syntax.args[3])
    if k is None or body is None:
        return None
    if any(isinstance(node, Choices) for node in walk(body)):
        hint = "give the inner one a name of its own under derive"
        typer.note(codes.MACROS_TOO_DEEP, "“allChoices” inside “allChoices”", syntax.name, hint)
        return None
    return Choices(BOOL, over, k, taken, left, body, origin=typer.place(syntax), text=typer.words(syntax))


def _whole(typer: Typer, node: Node | None, syntax: Syntax) -> Node | None:
    if node is not None and not isinstance(node.type, IntType):
        message = f"“{brief(node.text)}” is {described(node.type)}, and a number of members is due here"
        typer.note(codes.ARGUMENTS, message, syntax, "write a whole number first, then the variable")
        return None
    return node


def bound_name(typer: Typer, syntax: Syntax) -> str | None:
    """The name of a macro's variable; None where it cannot be one, which is noted."""
    if not isinstance(syntax, Name):
        message = f"“{brief(typer.words(syntax))}” cannot be a variable"
        typer.note(codes.BAD_VARIABLE, message, syntax, "a plain name comes first, then what is asked of it")
        return None
    given = syntax.name
    if given in LANGUAGE_WORDS or given == "never" or given.startswith("_"):
        typer.note(codes.BAD_VARIABLE, f"“{given}” cannot be a variable", syntax, "choose another name, such as n")
        return None
    if typer.scope.variable(given) is not None:
        message = f"“{given}” is a variable already"
        typer.note(codes.BAD_VARIABLE, message, syntax, "choose another name, so that no one takes one for the other")
        return None
    return given


def _may_aggregate(typer: Typer, op: _AggOp, body: Node, syntax: Syntax) -> bool:
    type = body.type
    if op == "same":
        if not isinstance(type, ListType | RecordType):
            return True
        hint = "ask for one of its attributes"
    elif op in ("min", "max"):
        if isinstance(type, IntType | NumberType | DateType):
            return True
        hint = "ask with all or exists whether one is more than another" if isinstance(type, EnumType) else ""
    else:
        if isinstance(type, IntType | NumberType):
            return True
        hint = "count(x, condition) counts those for which it holds" if isinstance(type, BoolType) else ""
    typer.note(codes.MISMATCH, f"“{op}” cannot be taken of {described(type)}", syntax, hint)
    return False


def _result(op: _AggOp, type: Type) -> Type:
    if op == "same":
        return BOOL
    if op in ("min", "max"):
        return type
    return NumberType(type.unit, type.places) if isinstance(type, NumberType) else INT


def _text_test(typer: Typer, syntax: Method) -> Node | None:
    called = syntax.name.name
    left = typer.value(syntax.of)
    if len(syntax.args) != 1:
        typer.note(codes.ARGUMENTS, f"“{called}” takes one text", syntax.name, f'write x.{called}("text")')
        return None
    argument = syntax.args[0]
    right = typer.value(argument, TEXT)
    if left is not None and not isinstance(left.type, TextType):
        hint = "compare it with == or in" if isinstance(left.type, EnumType) else ""
        if isinstance(left.type, ListType):
            hint = f"write {brief(typer.words(argument))} in {brief(left.text)}"
        message = f"“{brief(left.text)}” is {described(left.type)}, and “{called}” asks a text"
        typer.note(codes.MISMATCH, message, syntax.of, hint)
        left = None
    if right is not None and not isinstance(right.type, TextType):
        message = f"“{brief(right.text)}” is {described(right.type)}, and a text is due here"
        typer.note(codes.MISMATCH, message, argument, "write it in quotes")
        right = None
    if left is None or right is None:
        return None
    op = next(each for each in TEXT_TESTS if each == called)
    return TextTest(BOOL, op, left, right, origin=typer.place(syntax), text=typer.words(syntax))
