"""The compiler: an expression's text in, a typed node out, or all that is wrong with it at once."""

from __future__ import annotations

from typing import Final

from supportable.errors import PackError
from supportable.language import codes
from supportable.language.calls import call
from supportable.language.comparisons import membership, relation
from supportable.language.ir import Node
from supportable.language.literals import misplaced_list, misplaced_map, number, text
from supportable.language.macros import method
from supportable.language.navigation import field, index, name
from supportable.language.operators import arithmetic, choice, conjunction, disjunction, group, minus, negation
from supportable.language.parse import parse
from supportable.language.scope import Scope
from supportable.language.source import Source, brief
from supportable.language.syntax import (
    Arithmetic,
    Call,
    Choice,
    Conjunction,
    Disjunction,
    Field,
    Group,
    Index,
    ListOf,
    MapOf,
    Membership,
    Method,
    Minus,
    Name,
    Negation,
    Number,
    Relation,
    Syntax,
    Text,
)
from supportable.language.template import parts_of
from supportable.language.typer import Form, Typer, described, rescaled
from supportable.origin import Origin
from supportable.vocabulary.types import (
    BOOL,
    BoolType,
    EnumType,
    IntType,
    NumberType,
    ProductType,
    Type,
)

_FORMS: Final[dict[type[Syntax], Form]] = {
    Arithmetic: arithmetic,
    Call: call,
    Choice: choice,
    Conjunction: conjunction,
    Disjunction: disjunction,
    Field: field,
    Group: group,
    Index: index,
    ListOf: misplaced_list,
    MapOf: misplaced_map,
    Membership: membership,
    Method: method,
    Minus: minus,
    Name: name,
    Negation: negation,
    Number: number,
    Relation: relation,
    Text: text,
}


def compile_expression(source: str, origin: Origin, scope: Scope, expected: Type | None = None) -> Node:
    """The node that `source` means.

    `origin` is the place of its first character. With `expected`, the value must be of that type, and a literal takes
    it. Raises PackError with all that is wrong (SUP400 to SUP449), in the order of the text.
    """
    typer = Typer(Source(source, origin), scope, _FORMS)
    syntax = parse(typer.source)
    if syntax is None:
        raise _error(typer.source)
    if isinstance(expected, BoolType):
        node = typer.truth(syntax)
    else:
        node = typer.value(syntax, expected)
        if node is not None and expected is not None:
            node = _conforming(typer, node, syntax, expected)
    if node is None or typer.source.problems:
        raise _error(typer.source)
    return node


def compile_condition(source: str, origin: Origin, scope: Scope) -> Node:
    """The node of a condition: `compile_expression` where a bool is expected."""
    return compile_expression(source, origin, scope, BOOL)


def compile_template(source: str, origin: Origin, scope: Scope) -> tuple[str | Node, ...]:
    """The parts of a text with `{{ path }}` in it: texts, and the nodes whose values are inserted, in order.

    Raises PackError with all that is wrong.
    """
    typer = Typer(Source(source, origin), scope, _FORMS)
    parts = parts_of(typer)
    if typer.source.problems:
        raise _error(typer.source)
    return parts


def _error(source: Source) -> PackError:
    assert source.problems, "nothing is wrong with it"
    order = sorted(dict.fromkeys(source.problems), key=lambda problem: problem.origin)
    return PackError(order)


def _conforming(typer: Typer, node: Node, syntax: Syntax, expected: Type) -> Node | None:
    """The node where its values are ones that `expected` can hold, in the steps of `expected`."""
    given = node.type
    if isinstance(given, NumberType) and isinstance(expected, NumberType) and given.unit == expected.unit:
        if given.places <= expected.places:
            return rescaled(node, expected.places)
        message = f"“{brief(node.text)}” is counted in smaller steps than are expected here"
        typer.note(codes.NUMBER, message, syntax)
        return None
    if isinstance(given, ProductType) and isinstance(expected, ProductType):
        fits = not expected.ladders or (bool(given.ladders) and set(given.ladders) <= set(expected.ladders))
    elif isinstance(given, EnumType) and isinstance(expected, EnumType):
        fits = set(given.values) <= set(expected.values)
    else:
        fits = given == expected or (isinstance(given, IntType) and isinstance(expected, IntType))
    if fits:
        return node
    message = f"“{brief(typer.words(syntax))}” is {described(given)}, and {described(expected)} is expected"
    typer.note(codes.RESULT, message, syntax)
    return None
