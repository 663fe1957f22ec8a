"""Conditions that say nothing, say it twice, or say it in a way that lets the unknown through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportable.errors import Problem
from supportable.language.ir import And, Cmp, Const, Node, Not, Or, Quant, walk
from supportable.packs.lint import codes
from supportable.packs.lint.inline import Definitions, definitions_of, inlined
from supportable.packs.lint.satisfiable import can_hold, negated
from supportable.packs.lint.vacuity import vacuous
from supportable.packs.model import Pack, Revision, Rule
from supportable.packs.packset import PackSet
from supportable.vocabulary.types import ListType, RefType


def lint_conditions(packs: PackSet, names: Sequence[str]) -> list[Problem]:
    """What is wrong with the conditions of these packs."""
    definitions = definitions_of(packs)
    found: list[Problem] = []
    for name in names:
        pack = packs.pack(name)
        for rule in pack.rules:
            for revision in rule.revisions:
                found += _of_revision(rule, revision, definitions)
        for node, required in _conditions_of(pack):
            found += _forms(node, required=required)
    return found


def _note(code: str, message: str, node: Node, hint: str) -> Problem:
    return Problem(code, message, node.origin, hint, "author")


def _of_revision(rule: Rule, revision: Revision, definitions: Definitions) -> Iterator[Problem]:
    when, require = inlined(revision.when, definitions), inlined(revision.require, definitions)
    if not can_hold(when):
        yield _note(codes.WHEN_NEVER_HOLDS, f"{rule.id}: “when” can never hold", revision.when, "see what contradicts")
        return
    required = not _is_constant(revision.require)
    if required and not can_hold(when, negated(require)):
        message = f"{rule.id}: the requirement cannot fail where “when” holds"
        yield _note(codes.REQUIREMENT_CANNOT_FAIL, message, revision.require, "leave it out, or state what it is about")
    for exemption in revision.unless:
        if not can_hold(when, inlined(exemption.condition, definitions)):
            message = f"{rule.id}: the exception can never hold where “when” does"
            yield _note(codes.EXCEPTION_NEVER_HOLDS, message, exemption.condition, "see what contradicts")
    passed: list[Node] = []
    for alternative in revision.otherwise:
        if alternative.condition is None:
            break
        condition = inlined(alternative.condition, definitions)
        if not can_hold(when, condition, *passed):
            message = f"{rule.id}: this outcome is never reached"
            yield _note(codes.OUTCOME_NEVER_REACHED, message, alternative.condition, "see what comes before it")
        passed.append(negated(condition))
    bare = revision.require
    if revision.each is None and isinstance(bare, Quant) and bare.op == "all" and _of_entities(bare):
        yield _note(
            codes.BARE_ALL,
            f"{rule.id}: an “all” as the whole requirement does not say who fails it",
            bare,
            f"write each: {{{bare.var}: {bare.over.text}}} and require: {bare.body.text}",
        )
        return
    for quantified in vacuous(when, require):
        yield _note(
            codes.VACUOUS_ALL,
            f"{rule.id}: “{quantified.text}” holds of an empty list, and the requirement with it",
            quantified,
            "say that there are members: size(…) > 0 &&",
        )


def _is_constant(node: Node) -> bool:
    return isinstance(node, Const)


def _of_entities(node: Quant) -> bool:
    return isinstance(node.over.type, ListType) and isinstance(node.over.type.of, RefType)


def _conditions_of(pack: Pack) -> Iterator[tuple[Node, bool]]:
    """Every condition, and whether a rule lets pass what it holds of."""
    for derivation in pack.derive:
        for reading in derivation.readings:
            yield reading.value, False
    for rule in pack.rules:
        for revision in rule.revisions:
            yield revision.when, False
            if revision.each is not None:
                yield revision.each.over, False
            yield from ((one.condition, False) for one in revision.otherwise if one.condition is not None)
            yield revision.require, True
            yield from ((exemption.condition, True) for exemption in revision.unless)
            yield from ((dispute.require, True) for dispute in revision.disputed)


def _forms(condition: Node, *, required: bool) -> Iterator[Problem]:
    for node in walk(condition):
        if isinstance(node, Not):
            for ordering in _orderings(node.of, inside=required):
                message = f"“{node.text}” holds of whatever cannot be compared"
                yield _note(codes.NEGATED_ORDERING, message, ordering, "write the ordering that is required")
        elif isinstance(node, And | Or):
            seen: set[Node] = set()
            for each in node.args:
                if each in seen:
                    message = f"“{each.text}” stands there twice"
                    yield _note(codes.SAME_CONDITION_TWICE, message, each, "leave one out")
                seen.add(each)


def _orderings(node: Node, *, inside: bool) -> Iterator[Node]:
    """The orderings that a negation around `node` turns about; with `inside`, those in the bodies of macros too.

    “None of them is at least …” is a plain thing to say; only where a requirement rests on it does it let through what
    cannot be compared.
    """
    if isinstance(node, Cmp):
        if node.op != "eq":
            yield node
    elif isinstance(node, And | Or):
        for each in node.args:
            yield from _orderings(each, inside=inside)
    elif isinstance(node, Quant) and inside:
        yield from _orderings(node.body, inside=inside)
