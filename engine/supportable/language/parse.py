"""From text to syntax tree, by an LALR parser that is built once per process."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from supportable.language import codes
from supportable.language.refusals import refuse
from supportable.language.source import Source
from supportable.language.syntax import (
    Arithmetic,
    Call,
    Choice,
    Conjunction,
    Disjunction,
    Entry,
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
    Word,
)

if TYPE_CHECKING:
    from lark import Lark, Token

MOST_BYTES: Final = 4096
MOST_DEPTH: Final = 64
"""The longest expression in bytes of UTF-8, and its deepest nesting; both inclusive."""

_building: Final = Lock()


def parse(source: Source) -> Syntax | None:
    """The syntax tree of an expression; None where a problem was noted. There is at most one: the first."""
    if not source.text.strip():
        source.note(codes.EMPTY, "an expression is missing here", 0, "write a condition, or true")
        return None
    if len(source.text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        source.note(
            codes.TOO_LONG,
            f"an expression of more than {MOST_BYTES} bytes",
            0,
            "give parts of it names of their own under derive",
        )
        return None
    # Imported here, because most runs read compiled packs and never parse.
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415

    try:
        tree: Any = _parser().parse(source.text)
    except UnexpectedCharacters as error:
        offset: Any = error.pos_in_stream
        refuse(source, offset)
        return None
    except UnexpectedToken as error:
        refuse(source, len(source.text.rstrip()) if error.token.type == "$END" else error.token.start_pos or 0)
        return None
    if tree.depth > MOST_DEPTH:
        source.note(
            codes.TOO_DEEP,
            f"nested more than {MOST_DEPTH} deep",
            tree,
            "give parts of it names of their own under derive",
        )
        return None
    parsed: Syntax = tree
    return parsed


def _parser() -> Lark:
    with _building:
        return _built()


@lru_cache(maxsize=1)
def _built() -> Lark:
    from lark import Lark, Transformer  # noqa: PLC0415

    builder = type("Builder", (Transformer,), {name: staticmethod(build) for name, build in _BUILDERS.items()})
    grammar = files("supportable.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    # The basic lexer reads a word the same wherever it stands, which makes for better complaints.
    return Lark(grammar, parser="lalr", lexer="basic", keep_all_tokens=True, transformer=builder())


# Each of these takes the children of one form, brackets and operators included, and makes its node.

_Part: TypeAlias = "Syntax | Token"


def _span(parts: list[Any]) -> tuple[int, int, int]:
    """Where the parts begin and end, and the depth of a node above them."""
    first, last = parts[0], parts[-1]
    start = first.start if isinstance(first, Syntax) else first.start_pos
    end = last.end if isinstance(last, Syntax) else last.end_pos
    return start, end, 1 + max((part.depth for part in parts if isinstance(part, Syntax)), default=0)


def _word(token: Any) -> Word:
    return Word(token.start_pos, token.end_pos, str(token))


def _nodes(parts: list[Any]) -> tuple[Any, ...]:
    return tuple(part for part in parts if isinstance(part, Syntax))


def _folded(parts: list[Any]) -> Syntax:
    """`a + b - c` as `(a + b) - c`."""
    left: Syntax = parts[0]
    for place in range(1, len(parts), 2):
        right = parts[place + 1]
        left = Arithmetic(*_span([left, right]), _word(parts[place]), left, right)
    return left


_BUILDERS: Final[dict[str, Callable[[list[Any]], Syntax]]] = {
    "choice": lambda parts: Choice(*_span(parts), *_nodes(parts)),
    "disjunction": lambda parts: Disjunction(*_span(parts), _nodes(parts)),
    "conjunction": lambda parts: Conjunction(*_span(parts), _nodes(parts)),
    "relation": lambda parts: Relation(*_span(parts), _nodes(parts), tuple(map(_word, parts[1::2]))),
    "membership": lambda parts: Membership(*_span(parts), parts[0], parts[2]),
    "sum": _folded,
    "product": _folded,
    "negation": lambda parts: Negation(*_span(parts), parts[1]),
    "minus": lambda parts: Minus(*_span(parts), parts[1]),
    "field": lambda parts: Field(*_span(parts), parts[0], _word(parts[2])),
    "method": lambda parts: Method(*_span(parts), parts[0], _word(parts[2]), _nodes(parts[3:])),
    "index": lambda parts: Index(*_span(parts), parts[0], parts[2]),
    "name": lambda parts: Name(*_span(parts), str(parts[0])),
    "call": lambda parts: Call(*_span(parts), _word(parts[0]), _nodes(parts)),
    "number": lambda parts: Number(*_span(parts), str(parts[0])),
    "text": lambda parts: Text(*_span(parts), str(parts[0])[1:-1]),
    "group": lambda parts: Group(*_span(parts), parts[1]),
    "list": lambda parts: ListOf(*_span(parts), _nodes(parts)),
    "entry": lambda parts: Entry(*_span(parts), _word(parts[0]), parts[2]),
    "map": lambda parts: MapOf(*_span(parts), _nodes(parts)),
}
