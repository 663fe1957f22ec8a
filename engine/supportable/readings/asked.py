"""What an expression asks elsewhere: catalogues, and the status of another subject under another pack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from supportable.facts import Members, value_of
from supportable.language import ir
from supportable.readings import values
from supportable.readings.findings import ANYTHING, FALSE, OPEN, TRUE, UNCOVERED, Bounds, satisfied, with_parts
from supportable.readings.proof import Proof, worth_showing
from supportable.vocabulary.types import ListType, RefType, Type

if TYPE_CHECKING:
    from supportable.readings.evaluate import Environment, Evaluator


def _rows(evaluator: Evaluator, catalogue: str, keys: list[Proof]) -> tuple[Any, ...]:
    key = tuple(proof.value for proof in keys)
    return evaluator.plan.catalogues[catalogue].candidates(key, evaluator.plan.as_of)


def looked_up(evaluator: Evaluator, node: ir.Lookup, env: Environment) -> Proof:
    """`lookup(…).column`: `extra` holds the rows the key could mean and their values."""
    keys = [evaluator.value(key, env) for key in node.keys]
    none, unknown = evaluator.absent(node.type, 1), evaluator.absent(node.type, 0)
    if any(values.is_none(key.value) for key in keys):
        return Proof(node, none, is_truth=False, children=worth_showing(*keys))
    complete = evaluator.plan.catalogues[node.catalogue].complete
    missing = none if complete else unknown
    rows = _rows(evaluator, node.catalogue, keys)
    found = tuple(missing if row is None else row.values[node.column] for row in rows)
    shared = values.common(list(found))
    result = unknown if shared is None else shared
    return Proof(node, result, is_truth=False, children=worth_showing(*keys), extra=("rows", rows, found))


def listed(evaluator: Evaluator, node: ir.Listed, env: Environment) -> Proof:
    """`listed(…)`: no row is unknown, unless the catalogue is complete."""
    keys = [evaluator.value(key, env) for key in node.keys]
    if any(values.is_none(key.value) for key in keys):
        return Proof(node, FALSE, is_truth=True, children=worth_showing(*keys))
    rows = _rows(evaluator, node.catalogue, keys)
    without = FALSE if evaluator.plan.catalogues[node.catalogue].complete else OPEN
    truth = values.agree({without if row is None else TRUE for row in rows})
    return Proof(node, truth, is_truth=True, children=worth_showing(*keys), extra=("rows", rows, ()))


def satisfying(evaluator: Evaluator, node: ir.Satisfies, env: Environment) -> Proof:
    """`satisfies(x, pack)`: `extra` holds the bounds of `x` with its parts, None where there is no `x`."""
    of = evaluator.value(node.of, env)
    row = of.value
    if row.i < 2:
        found = ANYTHING if row.i == 0 else None
        return Proof(
            node, OPEN if found else FALSE, is_truth=True, children=worth_showing(of), row=row, extra=("bounds", found)
        )
    found = dependency(evaluator, row, node.pack)
    return Proof(node, satisfied(found), is_truth=True, children=worth_showing(of), row=row, extra=("bounds", found))


def dependency(evaluator: Evaluator, row: Any, pack: str) -> Bounds:
    """The bounds of a subject and of its parts under a pack whose rules have been judged."""
    sure: list[Bounds] = []
    maybe: list[Bounds] = []
    more = False
    for attribute in evaluator.facts.tables[row.type].entity.attributes.values():
        if not attribute.part:
            continue
        for part, membership in _parts(value_of(row, attribute.name)):
            if part is None or part.i == 0:
                kind = _entity_of(attribute.type)
                rules = (planned.rule for planned in evaluator.plan.rules)
                more = more or any(rule.pack == pack and rule.subject == kind for rule in rules)
            elif part.i > 1:
                (sure if membership == TRUE else maybe).append(evaluator.bounds.get((pack, part.name), UNCOVERED))
    return with_parts(evaluator.bounds.get((pack, row.name), UNCOVERED), sure, maybe, more=more)


def _parts(held: Any) -> Iterator[tuple[Any, int]]:
    if not isinstance(held, Members):
        yield held, TRUE
        return
    for part in held.sure:
        yield part, TRUE
    for part in held.maybe:
        yield part, OPEN
    if held.open:
        yield None, OPEN


def _entity_of(type_: Type) -> str:
    of = type_.of if isinstance(type_, ListType) else type_
    return of.entity if isinstance(of, RefType) else ""
