"""Expressions made ready for one day: `as_of` is a constant, and a definition of which two texts may hold is their
common value."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from supportable.language.ir import Const, IfElse, Node, Var, operands
from supportable.packs.model import Derivation, Revision, Template
from supportable.plan.choose import in_force
from supportable.plan.model import PlannedDerivation
from supportable.vocabulary.types import BOOL, DATE
from supportable.vocabulary.unknown import UNKNOWN

AS_OF: Final = "as_of"


def bind(node: Node, as_of: int) -> Node:
    """The same expression with the day in the place of `as_of`. What does not speak of it is the same object."""
    if isinstance(node, Var):
        return Const(DATE, as_of, origin=node.origin, text=node.text) if node.name == AS_OF else node
    changed: dict[str, object] = {}
    for name in operands(type(node)):
        held = getattr(node, name)
        if isinstance(held, Node):
            bound: object = bind(held, as_of)
        elif isinstance(held, tuple) and held and isinstance(held[0], Node):
            bound = tuple(bind(each, as_of) for each in held)
            if all(new is old for new, old in zip(bound, held, strict=True)):
                bound = held
        else:
            continue
        if bound is not held:
            changed[name] = bound
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]


def bind_revision(revision: Revision, as_of: int) -> Revision:
    """The same revision with the day in the place of `as_of` in all its expressions."""
    return replace(
        revision,
        when=bind(revision.when, as_of),
        require=bind(revision.require, as_of),
        each=None if revision.each is None else replace(revision.each, over=bind(revision.each.over, as_of)),
        unless=tuple(replace(each, condition=bind(each.condition, as_of)) for each in revision.unless),
        otherwise=tuple(
            replace(
                each,
                condition=None if each.condition is None else bind(each.condition, as_of),
                message=_text(each.message, as_of),
                remedies=tuple(_bound(remedy, as_of) for remedy in each.remedies),
            )
            for each in revision.otherwise
        ),
        disputed=tuple(replace(each, require=bind(each.require, as_of)) for each in revision.disputed),
        message=_text(revision.message, as_of),
        remedies=tuple(_bound(remedy, as_of) for remedy in revision.remedies),
    )


def bind_derivation(derivation: Derivation, as_of: int) -> PlannedDerivation:
    """The definition as it reads on that day, with index 0: unknown where it says nothing, and in a gap the common
    value of both texts."""
    texts = in_force(derivation.readings, as_of)
    values = [bind(text.value, as_of) for text in texts]
    if not values:
        value: Node = Const(derivation.type, UNKNOWN, origin=derivation.origin)
    elif len(values) == 1:
        value = values[0]
    else:
        doubt = Const(BOOL, UNKNOWN, origin=derivation.origin)
        value = IfElse(derivation.type, doubt, values[0], values[1], origin=derivation.origin)
    cite = tuple(dict.fromkeys(citation for text in texts for citation in text.cite))
    return PlannedDerivation(
        0, derivation.pack, derivation.entity, derivation.name, derivation.type, derivation.title, value, cite
    )


def _text(text: Template | None, as_of: int) -> Template | None:
    return None if text is None else _bound(text, as_of)


def _bound(text: Template, as_of: int) -> Template:
    return Template(tuple(part if isinstance(part, str) else bind(part, as_of) for part in text.parts))
