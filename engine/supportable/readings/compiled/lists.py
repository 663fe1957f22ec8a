"""Source for lists: loops over members, quantifiers, counts, aggregates, and choices of members.

A loop goes first through the members that certainly belong and then through those that may. In its body one local holds
the member and an atom how far it belongs: 2 or 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from supportable.facts import Members
from supportable.language import ir
from supportable.readings.compiled import runtime
from supportable.vocabulary.types import ListType, ProductType, RecordType, RefType

if TYPE_CHECKING:
    from supportable.readings.compiled.expressions import Writer


def taken_apart(node: ir.Node) -> tuple[ir.Node, list[ir.Where]]:
    """The list that everything starts from, and the filters put on it, the first one first."""
    filters: list[ir.Where] = []
    while isinstance(node, ir.Where):
        filters.append(node)
        node = node.over
    return node, filters[::-1]


def holds_rows(node: ir.Node) -> bool:
    """Whether the members of the list are entities or records, which may stand for several alike."""
    return isinstance(node.type, ListType) and isinstance(node.type.of, RefType | RecordType)


@contextmanager
def members(writer: Writer, over: ir.Node, *, done: str = "") -> Iterator[tuple[str, str]]:
    """A loop over the members of a list; the block within writes its body, given (member, membership).

    `done` is a condition that holds once nothing more can be learnt; the body then leaves the loop by `break`.
    """
    code = writer.code
    base, filters = taken_apart(over)
    held = writer.value(base)
    writer.mind_the_time()
    with code.scope():
        part = code.local(f"{held}.sure")
        belongs = code.local("2")
        member = code.local()
        with code.indented("while True:"):
            with code.block(f"for {member} in {part}:"):
                yield from _filtered_body(writer, filters, member, belongs)
            code.line(f"if {belongs} == 1{f' or {done}' if done else ''}: break")
            code.line(f"{part} = {held}.maybe")
            code.line(f"if not {part}: break")
            code.line(f"{belongs} = 1")


def _filtered_body(writer: Writer, filters: list[ir.Where], member: str, belongs: str) -> Iterator[tuple[str, str]]:
    if not filters:
        yield member, belongs
        return
    code = writer.code
    first, *rest = filters
    with bound(writer, first.var, member):
        truth = writer.truth(first.cond)
    with code.block(f"if {truth}:"):
        further = belongs if truth == "2" else code.local(f"{truth} if {truth} < {belongs} else {belongs}")
        yield from _filtered_body(writer, rest, member, further)


@contextmanager
def bound(writer: Writer, name: str, held: str) -> Iterator[None]:
    """The variable `name` stands for the local `held`."""
    before = writer.env
    writer.env = {**before, name: held}
    yield
    writer.env = before


def openness(writer: Writer, over: ir.Node) -> str:
    """Source that is true where the list may have more members."""
    return f"{writer.value(taken_apart(over)[0])}.open"


def quantifier(writer: Writer, node: ir.Quant) -> str:
    """The truth of `all` or `exists`."""
    if node.op == "all":
        return _all(writer, node)
    return exists(writer, node.over, node.var, node.body)


def _all(writer: Writer, node: ir.Quant) -> str:
    code = writer.code
    more = openness(writer, node.over)
    result = code.local("2")
    with members(writer, node.over, done=f"not {result}") as (member, belongs), bound(writer, node.var, member):
        body = writer.truth(node.body)
        with code.indented(f"if {body} != 2:"):
            code.line(f"if {body} or {belongs} == 1: {result} = 1")
            with code.indented("else:"):
                code.line(f"{result} = 0")
                code.line("break")
    code.line(f"if {more} and {result} == 2: {result} = 1")
    return result


def exists(writer: Writer, over: ir.Node, variable: str, body: ir.Node) -> str:
    """The truth of `exists`."""
    code = writer.code
    more = openness(writer, over)
    result = code.local("0")
    with members(writer, over, done=f"{result} == 2") as (member, belongs), bound(writer, variable, member):
        truth = writer.truth(body)
        with code.indented(f"if {truth}:"):
            with code.indented(f"if {truth} == 2 and {belongs} == 2:"):
                code.line(f"{result} = 2")
                code.line("break")
            code.line(f"{result} = 1")
    code.line(f"if {more} and not {result}: {result} = 1")
    return result


def interval(writer: Writer, node: ir.Count) -> tuple[str, str]:
    """The least and the greatest number of members; the latter is infinite where the list is open."""
    key = ("interval", writer.expressions.number(node), *(writer.env.get(n, n) for n in writer.expressions.free(node)))
    found: tuple[str, str] | None = writer.code.known(key)
    if found is None:
        found = _interval(writer, node)
        writer.code.learn(key, found)
    return found


def _interval(writer: Writer, node: ir.Count) -> tuple[str, str]:
    code = writer.code
    base, filters = taken_apart(node.over)
    more = openness(writer, node.over)
    if not filters and not holds_rows(node.over):
        held = writer.value(base)
        low = code.local(f"len({held}.sure)")
        return low, code.local(f"INF if {more} else {low} + len({held}.maybe)")
    low, possible = code.local("0"), code.local("0")
    with members(writer, node.over) as (member, belongs):
        weight = f"{member}.count" if holds_rows(node.over) else "1"
        code.line(f"if {belongs} == 2: {low} += {weight}")
        code.line(f"else: {possible} += {weight}")
    return low, code.local(f"INF if {more} else {low} + {possible}")


def filtered(writer: Writer, node: ir.Where) -> str:
    """A `where` as a list of its own."""
    code = writer.code
    more = openness(writer, node)
    sure, maybe = code.local("[]"), code.local("[]")
    with members(writer, node) as (member, belongs):
        code.line(f"({sure} if {belongs} == 2 else {maybe}).append({member})")
    return code.local(f"{writer.constant(Members)}(tuple({sure}), tuple({maybe}), open={more})")


def aggregate(writer: Writer, node: ir.Agg) -> str:
    """The value of `sum min max smallest largest`, the truth of `same`."""
    code = writer.code
    if node.op != "same":
        combine, unknown = runtime.aggregation(node.op), "U"
    elif isinstance(node.body.type, ProductType):
        combine, unknown = runtime.same_products, "1"
    elif isinstance(node.body.type, RefType | RecordType):
        combine, unknown = runtime.same_rows, "1"
    else:
        combine, unknown = runtime.same_scalars, "1"
    k = "N" if node.k is None else writer.value(node.k)
    more = openness(writer, node.over)
    result = code.local(unknown)
    with code.block(f"if not {more}:"):
        found, certain = code.local("[]"), code.local("True")
        with members(writer, node.over, done=f"not {certain}") as (member, belongs):
            with code.indented(f"if {belongs} == 1:"):
                code.line(f"{certain} = False")
                code.line("break")
            with bound(writer, node.var, member):
                body = writer.value(node.body)
            weight = f"{member}.count" if holds_rows(node.over) else "1"
            code.line(f"{found}.append(({body}, {weight}))")
        code.line(f"if {certain}: {result} = {writer.constant(combine)}({found}, {k})")
    return result


def choices(writer: Writer, node: ir.Choices) -> str:
    """The truth of `allChoices`."""
    code = writer.code
    k = writer.value(node.k)
    more = openness(writer, node.over)
    result = code.local()
    with code.scope():
        found, uncertain = code.local("[]"), code.local(more)
        with members(writer, node.over) as (member, belongs):
            code.line(f"{found}.append({member})")
            alike = f" or {member}.count != 1" if holds_rows(node.over) else ""
            code.line(f"if {belongs} == 1{alike}: {uncertain} = True")
        code.line(f"{result} = {writer.constant(runtime.ways)}({found}, {k}, uncertain={uncertain})")
        with code.block(f"if {result} == 2:"):
            taken, left = code.local(), code.local()
            with (
                code.block(f"for {taken}, {left} in {writer.constant(runtime.choose)}(tuple({found}), {k}):"),
                bound(writer, node.taken, taken),
                bound(writer, node.left, left),
            ):
                body = writer.truth(node.body)
                with code.indented(f"if {body} < {result}:"):
                    code.line(f"{result} = {body}")
                    code.line(f"if not {result}: break")
    return result
