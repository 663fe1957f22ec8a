"""What a rule says in one revision: each field from the revision, or else from the rule, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from supportable.packs.place import Place
from supportable.packs.shape import (
    AlternativeShape,
    CitationShape,
    DisputeShape,
    EffectiveShape,
    ExemptionShape,
    RuleShape,
    SayingShape,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """One field: its value, None if neither the revision nor the rule gives it, and its place or the one to give it."""

    value: T | None
    place: Place


@dataclass(frozen=True, slots=True)
class Saying:
    """All fields of one revision. `place` is the revision's own, or the rule's where it has no revisions."""

    place: Place
    effective: Said[EffectiveShape]
    title: Said[str]
    when: Said[str]
    covers: Said[bool]
    each: Said[dict[str, str]]
    where: Said[str]
    require: Said[str]
    unless: Said[list[ExemptionShape]]
    otherwise: Said[list[AlternativeShape]]
    refused: Said[bool]
    message: Said[str]
    remedies: Said[list[str]]
    cite: Said[list[CitationShape]]
    disputed: Said[list[DisputeShape]]


def sayings_of(rule: RuleShape, place: Place) -> Iterator[Saying]:
    """What the rule says, revision by revision in the order given; one saying where it has no revisions."""
    if not rule.revisions:
        yield _saying(rule, place, rule, place, Said(rule.effective, place / "effective"))
    for index, revision in enumerate(rule.revisions):
        at = place / "revisions" / index
        yield _saying(rule, place, revision, at, Said(revision.effective, at / "effective"))


def _saying(
    rule: SayingShape, rule_at: Place, own: SayingShape, own_at: Place, effective: Said[EffectiveShape]
) -> Saying:
    def said(name: str, mine: T | None, inherited: T | None) -> Said[T]:
        if mine is None and inherited is not None:
            return Said(inherited, rule_at / name)
        return Said(mine, own_at / name)

    return Saying(
        own_at,
        effective,
        said("title", own.title, rule.title),
        said("when", own.when, rule.when),
        said("covers", own.covers, rule.covers),
        said("each", own.each, rule.each),
        said("where", own.where, rule.where),
        said("require", own.require, rule.require),
        said("unless", own.unless, rule.unless),
        said("otherwise", own.otherwise, rule.otherwise),
        said("refused", own.refused, rule.refused),
        said("message", own.message, rule.message),
        said("remedies", own.remedies, rule.remedies),
        said("cite", own.cite, rule.cite),
        said("disputed", own.disputed, rule.disputed),
    )
