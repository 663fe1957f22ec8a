"""Which texts are in force on a day, and between which two the text lies where nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from supportable.language.ir import Const, IfElse
from supportable.packs.model import Derivation, Effective, Exemption, Reading, Revision, Rule
from supportable.vocabulary.types import BOOL
from supportable.vocabulary.unknown import UNKNOWN

T = TypeVar("T", Revision, Reading)


def in_force(texts: Sequence[T], as_of: int) -> tuple[T, ...]:
    """The text in force on that day: none, one, or the two between which a change lies on a day not known.

    `texts` are in order of time. One without `until` stands until the next begins; the last one goes on.
    """
    begun = [place for place, text in enumerate(texts) if text.effective.since is None or text.effective.since <= as_of]
    if not begun:
        return ()
    current = texts[begun[-1]]
    effective = current.effective
    if effective.until is not None and effective.until <= as_of:
        return ()
    following = begun[-1] + 1
    if effective.last_seen is not None and effective.last_seen < as_of and following < len(texts):
        return (current, texts[following])
    return (current,)


def readings_of(rule: Rule, as_of: int) -> tuple[Revision, ...]:
    """The revisions of a rule on that day, with only those exceptions that are in force."""
    return tuple(
        replace(
            revision,
            unless=tuple(_doubted(each, as_of) for each in revision.unless if each.effective.holds(as_of)),
        )
        for revision in in_force(rule.revisions, as_of)
    )


def _doubted(exemption: Exemption, as_of: int) -> Exemption:
    """The exception as it reads on that day. Between the day on which it was last seen and the one from which it is
    known to be gone nobody knows whether it stands: where its condition holds, it is unknown."""
    effective = exemption.effective
    if effective.last_seen is None or effective.until is None or as_of <= effective.last_seen:
        return exemption
    condition = exemption.condition
    origin, text = condition.origin, condition.text
    doubt, gone = Const(BOOL, UNKNOWN, origin=origin, text=text), Const(BOOL, False, origin=origin, text=text)
    return replace(exemption, condition=IfElse(BOOL, doubt, condition, gone, origin=origin, text=text))


def rule_changes(rule: Rule) -> tuple[int, ...]:
    """The days, ascending, on which the rule begins to read otherwise."""
    days = _changes([revision.effective for revision in rule.revisions])
    for revision in rule.revisions:
        for effective in (exemption.effective for exemption in revision.unless):
            days |= _edges([effective])
            if effective.last_seen is not None and effective.until is not None:
                days |= {effective.last_seen + 1} - {effective.until}
    return tuple(sorted(days))


def derivation_changes(derivation: Derivation) -> tuple[int, ...]:
    """The days, ascending, on which the definition begins to read otherwise."""
    return tuple(sorted(_changes([reading.effective for reading in derivation.readings])))


def _edges(effectives: Iterable[Effective]) -> set[int]:
    return {day for effective in effectives for day in (effective.since, effective.until) if day is not None}


def _changes(effectives: Sequence[Effective]) -> set[int]:
    days = _edges(effectives)
    for effective, following in pairwise(effectives):
        if effective.last_seen is not None and following.since is not None:
            doubtful = effective.last_seen + 1
            ends = following.since if effective.until is None else min(effective.until, following.since)
            if doubtful < ends:
                days.add(doubtful)
    return days


__all__ = ["derivation_changes", "in_force", "readings_of", "rule_changes"]
