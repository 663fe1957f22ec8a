"""Inverse attributes: `{inverse: machine.host}` is the list of the machines whose `host` this one is."""

from __future__ import annotations

from typing import Final

from supportable.errors import did_you_mean
from supportable.vocabulary.attributes import Draft
from supportable.vocabulary.model import Entity
from supportable.vocabulary.shape import below, described
from supportable.vocabulary.types import ListType, RefType

BAD_INVERSE: Final = "SUP254"


def resolve_inverse(
    draft: Draft, owner: Entity, known: dict[str, tuple[Entity, dict[str, Draft]]]
) -> tuple[str, str] | None:
    """The entity type and attribute that `draft` inverts; None where a problem was noted.

    `known` maps every type to itself and its attributes as written.
    """
    assert draft.inverse is not None
    shape, place = draft.shape, below(draft.pointer, "inverse")
    target, dot, name = draft.inverse.partition(".")
    if not dot:
        shape.note(BAD_INVERSE, f"{described(draft.inverse)} names no attribute", place, "write type.attribute")
        return None
    entity, attributes = known.get(target, (None, {}))
    if entity is None or entity.record or entity.name == "design":
        referring = [each for each, (found, _) in known.items() if not found.record and each != "design"]
        shape.note(BAD_INVERSE, f"there is no entity type {described(target)}", place, did_you_mean(target, referring))
        return None
    forward = attributes.get(name)
    if forward is None:
        hint = did_you_mean(name, attributes)
        shape.note(BAD_INVERSE, f"“{target}” has no attribute {described(name)}", place, hint)
        return None
    inner = forward.type.of if isinstance(forward.type, ListType) else forward.type
    if forward.inverse is not None or (inner is not None and not isinstance(inner, RefType)):
        message = f"“{draft.inverse}” is no reference, so that nothing inverts it"
        shape.note(BAD_INVERSE, message, place)
        return None
    if isinstance(inner, RefType) and inner.entity != owner.name:
        message = f"“{draft.inverse}” refers to “{inner.entity}”, not to “{owner.name}”"
        shape.note(BAD_INVERSE, message, place)
        return None
    return (target, name)
