"""Proof trees: why an expression came out as it did, down to the design's own facts.

A proof keeps what decides and leaves out what does not: of a false conjunction the false operands, of an unknown one
the unknown operands, of a true one all; for `all` and `exists` likewise, member by member.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from supportable.language.ir import Const, Node, Var


class Proof(NamedTuple):
    """One step: the expression, what it came to, and the steps below.

    `value` is a truth (0, 1, 2) where `is_truth`, else a value as in `supportable.facts`. `row` is the entity or record
    whose fact a leaf is. `member` is set on the step of one list member: the member, and how far it belongs (1 or 2).
    `extra` carries what only some steps have: the catalogue rows a lookup could mean, the bounds a `satisfies` found,
    "open" on the end of an open list that leaves a quantifier undecided, "list" on the list a quantifier goes over.
    """

    node: Node
    value: Any
    is_truth: bool
    children: tuple[Proof, ...] = ()
    row: Any = None
    member: tuple[Any, int] | None = None
    extra: Any = None


def worth_showing(*proofs: Proof) -> tuple[Proof, ...]:
    """The proofs that tell a reader something: constants and plain variables speak for themselves."""
    return tuple(proof for proof in proofs if not isinstance(proof.node, Const | Var))


def deciding(node: Node, truth: int, steps: list[Proof]) -> Proof:
    """The proof of a conjunction or disjunction that came to `truth`: it keeps the steps that came to the same."""
    return Proof(node, truth, is_truth=True, children=tuple(step for step in steps if step.value == truth))
