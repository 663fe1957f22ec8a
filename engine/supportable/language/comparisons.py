"""`==`, `!=`, the orderings, and `in`."""

from __future__ import annotations

from typing import Final, Literal

from supportable.language import codes
from supportable.language.ir import Cmp, Const, IsNone, Node, Not, Or, Quant, Var, is_truth, walk
from supportable.language.source import brief
from supportable.language.syntax import ListOf, Membership, Minus, Name, Number, Relation, Syntax, Text, Word, bare
from supportable.language.typer import Typer, adaptable, described, joined
from supportable.vocabulary.types import (
    BOOL,
    BoolType,
    DateType,
    EnumType,
    IntType,
    ListType,
    NumberType,
    ProductType,
    RecordType,
    RefType,
    TextType,
)

_Op = Literal["eq", "lt", "le"]

MOST_NODES: Final = 4096
"""How many nodes the left side of an `in` may come to, repeated for each value."""

_ORDERINGS: Final[dict[str, tuple[_Op, bool]]] = {
    "<": ("lt", False),
    "<=": ("le", False),
    ">": ("lt", True),
    ">=": ("le", True),
}
"""The node's operator for each sign, and whether its operands are exchanged."""


def relation(typer: Typer, syntax: Syntax, due: object) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """One comparison; several in a row are refused."""
    assert isinstance(syntax, Relation)
    if len(syntax.ops) > 1:
        hint = "compare two at a time and join with &&; a comparison as an operand goes in brackets"
        typer.note(codes.CHAINED, "comparisons do not chain", syntax.ops[1], hint)
        return None
    left, right = syntax.args
    op = syntax.ops[0]
    if _is_none(left) or _is_none(right):
        return _asks_none(typer, syntax, left, right, op)
    pair = typer.pair(left, right)
    if pair is None:
        return None
    node = compared(typer, pair[0], pair[1], op, whole=syntax)
    if node is None or op.name != "!=":
        return node
    return Not(BOOL, node, origin=node.origin, text=typer.words(syntax))


def _is_none(syntax: Syntax) -> bool:
    inner = bare(syntax)
    return isinstance(inner, Name) and inner.name == "none"


def _asks_none(typer: Typer, syntax: Relation, left: Syntax, right: Syntax, op: Word) -> Node | None:
    asked = right if _is_none(left) else left
    if _is_none(asked):
        typer.note(codes.NONE, "two “none” are not compared", syntax, "ask it of an attribute: x == none")
        return None
    of = typer.value(asked)
    if of is None:
        return None
    if op.name not in ("==", "!="):
        typer.note(codes.NONE, f"“none” cannot stand beside “{op.name}”", op, "ask x == none or x != none")
        return None
    if isinstance(of.type, ListType):
        hint = f"a list that has no members has size 0: size({brief(of.text)}) {op.name} 0"
        typer.note(codes.LISTS, f"“{brief(of.text)}” is a list, which is never none", asked, hint)
        return None
    if is_truth(of) or isinstance(of, Const):
        typer.note(codes.NONE, f"“{brief(of.text)}” is never none", asked, "ask it of an attribute: x == none")
        return None
    origin, text = typer.place(syntax), typer.words(syntax)
    if op.name == "==":
        return IsNone(BOOL, of, origin=origin, text=text)
    return Not(BOOL, IsNone(BOOL, of, origin=origin, text=f"{of.text} == none"), origin=origin, text=text)


def compared(typer: Typer, left: Node, right: Node, op: Word, *, whole: Syntax) -> Node | None:
    """The comparison of two nodes; `!=` gives the node for `==`."""
    exact, exchanged = _ORDERINGS.get(op.name, ("eq", False))
    if not _comparable(typer, left, right, op, ordered=exact != "eq", whole=whole):
        return None
    kind: Literal["plain", "scale", "product", "row"] = "plain"
    scale: tuple[str, ...] = ()
    if isinstance(left.type, ProductType):
        kind = "product"
    elif isinstance(left.type, RefType | RecordType):
        kind = "row"
    elif isinstance(left.type, EnumType) and exact != "eq":
        kind, scale = "scale", left.type.values
    elif isinstance(left.type, NumberType):
        common = joined(left, right)
        assert common is not None
        left, right = common[0], common[1]
    origin = typer.place(whole)
    written = "==" if op.name == "!=" else op.name
    text = typer.words(whole) if op.name == written and op.end else f"{left.text} {written} {right.text}"
    if exchanged:
        left, right = right, left
    return Cmp(BOOL, exact, left, right, kind, scale, origin=origin, text=text)


def _comparable(typer: Typer, left: Node, right: Node, op: Word, *, ordered: bool, whole: Syntax) -> bool:
    """Whether the two may be compared so; where not, why not is noted."""
    one, other = left.type, right.type
    at: Syntax | Word = op if op.end else whole
    match (one, other):
        case (ListType(), _) | (_, ListType()):
            listed = left if isinstance(one, ListType) else right
            hint = f"ask size({brief(listed.text)}), or whether one is in it: x in {brief(listed.text)}"
            typer.note(codes.LISTS, "a list cannot be compared", at, hint)
            return False
        case (NumberType(), NumberType()):
            if one.unit == other.unit:
                return True
            message = f"{described(one)} cannot be compared with {described(other)}"
            typer.note(codes.UNIT, message, at, "units are never converted: both must be of one unit")
            return False
        case (IntType(), IntType()) | (DateType(), DateType()):
            return True
        case (EnumType(), EnumType()):
            return _enums(typer, one, other, at, ordered=ordered)
        case (ProductType(), ProductType()):
            if one.ladders and other.ladders and not set(one.ladders) & set(other.ladders):
                message = f"these are never the same product: {', '.join(one.ladders)}; {', '.join(other.ladders)}"
                typer.note(codes.MISMATCH, message, at, "products compare only with others of their ladder")
                return False
            return True
        case (TextType() | BoolType() | RefType() | RecordType(), _) if type(one) is type(other):
            if one != other:
                message = f"{described(one)} is never {described(other)}"
                typer.note(codes.MISMATCH, message, at)
                return False
            if ordered:
                hint = "a text has no order; declare a scale, or a date" if isinstance(one, TextType) else ""
                typer.note(codes.NO_ORDER, f"{described(one)} is neither less nor more", at, hint or "use == or !=")
                return False
            return True
    message = f"{described(one)} cannot be compared with {described(other)}"
    typer.note(codes.MISMATCH, message, at, _hint(left, right))
    return False


def _enums(typer: Typer, one: EnumType, other: EnumType, at: Syntax | Word, *, ordered: bool) -> bool:
    if not ordered:
        if set(one.values) & set(other.values):
            return True
        typer.note(codes.MISMATCH, f"{described(one)} and {described(other)} have no value in common", at)
        return False
    if not one.ordered or not other.ordered:
        hint = "declare it as a scale, least first, or use == and in; releases are compared on the product itself"
        typer.note(codes.NO_ORDER, "the values of an enum have no order", at, hint)
        return False
    if one.values != other.values:
        typer.note(codes.MISMATCH, "two scales with other values cannot be ordered", at, "both must be one scale")
        return False
    return True


def _hint(left: Node, right: Node) -> str:
    for one, other in ((left, right), (right, left)):
        written = isinstance(other, Const)
        text = isinstance(other.type, TextType)
        if written and text and isinstance(one.type, RefType):
            return f"compare the id: {brief(one.text)}.id == {brief(other.text)}"
        if written and not text and isinstance(one.type, TextType | EnumType | ProductType):
            return f'write "{brief(other.text)}" in quotes'
        if written and text and isinstance(one.type, BoolType | IntType | NumberType):
            return "write it without quotes"
        if isinstance(one.type, ProductType) and isinstance(other.type, EnumType | TextType):
            return f"compare one of its fields: {brief(one.text)}.name, .release, .edition"
        if isinstance(one.type, DateType) and isinstance(other.type, IntType):
            return 'a date is written "2009-05-26", or is a date plus or minus days'
        if isinstance(one.type, NumberType) and isinstance(other.type, IntType):
            return "an int has no unit: give both the same type in the vocabulary"
    return ""


def membership(typer: Typer, syntax: Syntax, due: object) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """`item in [a, b]` is a disjunction of equalities, `item in list` asks for a member that is equal."""
    assert isinstance(syntax, Membership)
    among = bare(syntax.among)
    if isinstance(among, ListOf):
        return _one_of(typer, syntax, among)
    over = typer.value(syntax.among)
    if over is not None and not isinstance(over.type, ListType):
        message = f"“{brief(over.text)}” is {described(over.type)}, and a list is due to the right of “in”"
        hint = (
            f"write {brief(over.text)}.contains({brief(typer.words(syntax.item))})"
            if isinstance(over.type, TextType)
            else ""
        )
        typer.note(codes.LISTS, message, syntax.among, hint or "write == for a single value")
        over = None
    element = over.type.of if over is not None and isinstance(over.type, ListType) else None
    item = typer.value(syntax.item, element) if over is not None or not adaptable(syntax.item) else None
    if item is None or over is None or element is None:
        return None
    origin = typer.place(syntax)
    member = Var(element, _fresh(item), origin=over.origin, text=f"a member of {over.text}")
    body = compared(typer, member, item, _EQUAL, whole=syntax)
    if body is None:
        return None
    return Quant(BOOL, "exists", over, member.name, body, origin=origin, text=typer.words(syntax))


_EQUAL: Final = Word(0, 0, "==")
"""The sign that stands nowhere in the source: `in` means it."""


def _fresh(item: Node) -> str:
    """A name for the member that no author can write and no other member has around or inside `item`."""
    taken = [int(node.var[1:]) for node in walk(item) if isinstance(node, Quant) and node.var.startswith("_")]
    return f"_{max(taken, default=0) + 1}"


def _is_literal(syntax: Syntax) -> bool:
    inner = bare(syntax)
    return isinstance(inner, Number | Text) or (isinstance(inner, Minus) and isinstance(bare(inner.of), Number))


def _one_of(typer: Typer, syntax: Membership, among: ListOf) -> Node | None:
    if not among.items:
        typer.note(codes.MISPLACED, "nothing is in an empty list", among, "give at least one value")
        return None
    # A literal is typed afresh beside each value; anything larger once, or nested lists would multiply the work.
    loose = _is_literal(syntax.item)
    item = None if loose else typer.value(syntax.item)
    if item is not None and len(among.items) * sum(1 for _ in walk(item)) > MOST_NODES:
        hint = "give what is compared a name of its own under derive"
        typer.note(codes.TOO_DEEP, "too much is compared with too many values", syntax, hint)
        return None
    found: list[Node | None] = []
    for each in among.items:
        if _is_none(each):
            typer.note(codes.NONE, "“none” cannot stand in a list", each, "ask for it beside: x == none || x in […]")
            found.append(None)
            continue
        pair = typer.pair(syntax.item, each) if loose else _beside(typer, item, each)
        found.append(None if pair is None else compared(typer, pair[0], pair[1], _EQUAL, whole=each))
    truths = tuple(node for node in found if node is not None)
    if len(truths) < len(found):
        return None
    if len(truths) == 1:
        return truths[0]
    return Or(BOOL, truths, origin=typer.place(syntax), text=typer.words(syntax))


def _beside(typer: Typer, item: Node | None, each: Syntax) -> tuple[Node, Node] | None:
    if item is None:
        if not adaptable(each):
            typer.value(each)
        return None
    other = typer.value(each, item.type)
    return None if other is None else (item, other)
