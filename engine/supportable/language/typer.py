"""The frame of typing: it sends each form of syntax to the function that types it, and finds common types.

Everything here and in the modules it sends to returns None for what is wrong, after a problem was noted, and stays
silent about what is built on it: one mistake, one problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from supportable.language import codes
from supportable.language.ir import Arith, Const, Node
from supportable.language.scope import Scope
from supportable.language.source import Source, brief
from supportable.language.syntax import Arithmetic, Choice, ListOf, MapOf, Minus, Name, Number, Syntax, Text, Word, bare
from supportable.origin import Origin
from supportable.vocabulary.types import BOOL, INT, BoolType, EnumType, IntType, NumberType, ProductType, Type

MOST_MACROS: Final = 2
"""How deep macros may stand in each other's bodies."""

Form: TypeAlias = "Callable[[Typer, Syntax, Type | None], Node | None]"
"""Types one form of syntax. The last argument is the type that is due there, for the literals to take."""


@dataclass(frozen=True, slots=True)
class Typer:
    """Types the syntax of one expression. `macros` is how many macro bodies we are in."""

    source: Source
    scope: Scope
    forms: Mapping[type[Syntax], Form]
    macros: int = 0

    def value(self, syntax: Syntax, due: Type | None = None) -> Node | None:
        """The node for `syntax`. Literals take the type that is due; nothing else is made to fit it."""
        return self.forms[type(syntax)](self, syntax, due)

    def truth(self, syntax: Syntax) -> Node | None:
        """The node for a condition."""
        node = self.value(syntax, BOOL)
        if node is not None and not isinstance(node.type, BoolType):
            message = f"“{brief(self.words(syntax))}” is {described(node.type)}, and a condition is due here"
            self.note(codes.NOT_A_TRUTH, message, syntax, _truth_hint(self.words(syntax), node.type))
            return None
        return node

    def inside(self, name: str, type: Type) -> Typer:
        """The typer for a macro's body, with its variable."""
        return replace(self, scope=self.scope.binding(name, type), macros=self.macros + 1)

    def note(self, code: str, message: str, at: Syntax | Word | int, hint: str = "") -> None:
        """Note a problem."""
        self.source.note(code, message, at, hint)

    def words(self, syntax: Syntax | Word) -> str:
        """What the author wrote there."""
        return self.source.words(syntax)

    def place(self, syntax: Syntax | Word) -> Origin:
        """Where the author wrote it."""
        return self.source.place(syntax.start)

    def pair(self, left: Syntax, right: Syntax, due: Type | None = None) -> tuple[Node, Node] | None:
        """Both sides of an operator, a literal on one side taking the type of the other. None if one is wrong."""
        if adaptable(left) and not adaptable(right):
            second = self.value(right, due)
            first = None if second is None else self.value(left, second.type)
        else:
            first = self.value(left, due)
            # A literal beside something wrong cannot be judged; anything else has its own problems to tell.
            if first is None and adaptable(right):
                return None
            second = self.value(right, first.type if first is not None and adaptable(right) else due)
        return None if first is None or second is None else (first, second)


def adaptable(syntax: Syntax) -> bool:
    """Whether the syntax is made of literals alone, and so takes the type of what it stands beside."""
    stack = [syntax]
    while stack:
        current = bare(stack.pop())
        if isinstance(current, Minus):
            stack.append(current.of)
        elif isinstance(current, Choice):
            stack += [current.then, current.other]
        elif isinstance(current, Arithmetic):
            stack += [current.left, current.right]
        elif not isinstance(current, Number | Text | ListOf | MapOf) and not (
            isinstance(current, Name) and current.name in ("never", "none")
        ):
            return False
    return True


def described(type: Type) -> str:
    """A type with its article, for the middle of a sentence."""
    words = str(type)
    if words.startswith(("text", "number", "record", "list")):
        return words if words.startswith("text") else f"a {words}"
    return f"an {words}" if words[:1] in "aeiou" else f"a {words}"


def rescaled(node: Node, places: int) -> Node:
    """The same number counted in steps of 10**-places, which are at most as long as its own."""
    assert isinstance(node.type, NumberType)
    more = places - node.type.places
    if not more:
        return node
    type = NumberType(node.type.unit, places)
    if isinstance(node, Const) and isinstance(node.value, int):
        return Const(type, node.value * 10**more, origin=node.origin, text=node.text)
    factor = Const(INT, 10**more, origin=node.origin)
    return Arith(type, "mul", node, factor, origin=node.origin, text=node.text)


def joined(left: Node, right: Node) -> tuple[Node, Node, Type] | None:
    """Both nodes in one type; None where there is none that holds the values of both."""
    one, other = left.type, right.type
    if one == other:
        return left, right, one
    if isinstance(one, IntType) and isinstance(other, IntType):
        return left, right, INT
    if isinstance(one, NumberType) and isinstance(other, NumberType):
        if one.unit != other.unit:
            return None
        places = max(one.places, other.places)
        return rescaled(left, places), rescaled(right, places), NumberType(one.unit, places)
    if isinstance(one, ProductType) and isinstance(other, ProductType):
        ladders = tuple(dict.fromkeys(one.ladders + other.ladders)) if one.ladders and other.ladders else ()
        return left, right, ProductType(ladders)
    if isinstance(one, EnumType) and isinstance(other, EnumType):
        for wider, narrower in ((one, other), (other, one)):
            if set(narrower.values) <= set(wider.values):
                return left, right, wider
    return None


def _truth_hint(words: str, type: Type) -> str:
    if isinstance(type, EnumType):
        return f'compare it: {words} == "{type.values[0]}"' if type.values else ""
    if words in ('"true"', '"false"', "'true'", "'false'"):
        return f"write {words[1:-1]} without quotes"
    if str(type).startswith("list"):
        return f"ask size({words}) > 0, or {words}.exists(x, …)"
    if isinstance(type, IntType | NumberType):
        return "compare it with a number"
    return "compare it: == or != none asks whether there is one"
