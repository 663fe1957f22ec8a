"""The syntax tree of an expression: what was written and where, before anything is known of its meaning.

`start` is the offset of the first character in the source, `end` the offset after the last; `depth` is the length of
the longest chain of nodes down from here, the node itself included. The tree is walked by recursion only once its
depth is known to be within the limit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Syntax:
    """What every node has."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Word:
    """A name in the source: of a variable, an attribute, a function."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    """A name by itself: a variable, or one of the words `true`, `false`, `none` and `never`."""

    name: str


@dataclass(frozen=True, slots=True)
class Number(Syntax):
    """A number without a sign, in the author's digits."""

    digits: str


@dataclass(frozen=True, slots=True)
class Text(Syntax):
    """A text as it stands between its quotes, escapes not yet resolved."""

    raw: str


@dataclass(frozen=True, slots=True)
class Group(Syntax):
    """`(of)`."""

    of: Syntax


@dataclass(frozen=True, slots=True)
class ListOf(Syntax):
    """`[items]`."""

    items: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Entry(Syntax):
    """`key: value` of a map."""

    key: Word
    value: Syntax


@dataclass(frozen=True, slots=True)
class MapOf(Syntax):
    """`{entries}`."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Field(Syntax):
    """`of.name`."""

    of: Syntax
    name: Word


@dataclass(frozen=True, slots=True)
class Index(Syntax):
    """`of[at]`: CEL's, but not ours, since lists have no order."""

    of: Syntax
    at: Syntax


@dataclass(frozen=True, slots=True)
class Method(Syntax):
    """`of.name(args)`: a macro or a text function."""

    of: Syntax
    name: Word
    args: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Call(Syntax):
    """`name(args)`."""

    name: Word
    args: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Negation(Syntax):
    """`!of`."""

    of: Syntax


@dataclass(frozen=True, slots=True)
class Minus(Syntax):
    """`-of`."""

    of: Syntax


@dataclass(frozen=True, slots=True)
class Arithmetic(Syntax):
    """`left op right`, `op` being `+`, `-`, `*` or `div`."""

    op: Word
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Relation(Syntax):
    """`args[0] ops[0] args[1] …`; more than one operator is a mistake that is told later."""

    args: tuple[Syntax, ...]
    ops: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Membership(Syntax):
    """`item in among`."""

    item: Syntax
    among: Syntax


@dataclass(frozen=True, slots=True)
class Conjunction(Syntax):
    """Two or more operands of `&&`."""

    args: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Syntax):
    """Two or more operands of `||`."""

    args: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Choice(Syntax):
    """`condition ? then : other`."""

    condition: Syntax
    then: Syntax
    other: Syntax


def bare(syntax: Syntax) -> Syntax:
    """The node inside all brackets around it."""
    while isinstance(syntax, Group):
        syntax = syntax.of
    return syntax
