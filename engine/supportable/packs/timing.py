"""Effective dates as ordinals, and the order of revisions in time."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

from supportable.errors import Problem
from supportable.packs import codes
from supportable.packs.model import ALWAYS, Effective
from supportable.packs.place import Place, problem
from supportable.packs.shape import EffectiveShape


def effective_of(shape: EffectiveShape | None, place: Place, problems: list[Problem]) -> Effective:
    """When a text was in force; always, where nothing is said. Days that contradict one another are noted."""
    if shape is None:
        return ALWAYS
    effective = Effective(_ordinal(shape.since), _ordinal(shape.until), _ordinal(shape.last_seen))
    since, until, last_seen = effective.since, effective.until, effective.last_seen
    if since is not None and until is not None and until <= since:
        message = f"the text ends ({day(until)}) before it begins ({day(since)})"
        problems.append(problem(codes.DATES_CONTRADICT, message, place / "until", "“until” is exclusive"))
    if since is not None and last_seen is not None and last_seen < since:
        message = f"the text was last seen ({day(last_seen)}) before it begins ({day(since)})"
        problems.append(problem(codes.DATES_CONTRADICT, message, place / "last_seen"))
    if until is not None and last_seen is not None and last_seen >= until:
        message = f"the text was last seen ({day(last_seen)}) when it had ended ({day(until)})"
        problems.append(problem(codes.DATES_CONTRADICT, message, place / "last_seen", "“until” is exclusive"))
    return effective


def check_order(revisions: Sequence[tuple[Effective, Place]], problems: list[Problem]) -> None:
    """Note revisions that are not in order of time, or of which two would be in force on one day.

    One without `until` ends where the next begins, and days between `until` and the next belong to none.
    """
    for (before, _), (after, place) in pairwise(revisions):
        if after.since is None:
            message = "this revision has no beginning, and so stands beside the one before it"
            problems.append(problem(codes.REVISIONS_OVERLAP, message, place, "add effective: {from: …}"))
        elif before.since is not None and after.since <= before.since:
            message = f"this revision begins on {day(after.since)}, not after the one before it ({day(before.since)})"
            hint = "give revisions in order of time, the oldest first"
            problems.append(problem(codes.REVISIONS_OVERLAP, message, place / "from", hint))
        elif before.until is not None and after.since < before.until:
            message = f"this revision begins on {day(after.since)}, when the one before it still stands"
            hint = f"the one before it ends on {day(before.until)}"
            problems.append(problem(codes.REVISIONS_OVERLAP, message, place / "from", hint))
        elif before.last_seen is not None and after.since <= before.last_seen:
            message = f"this revision begins on {day(after.since)}, when the one before it was still seen"
            hint = f"the one before it was seen on {day(before.last_seen)}"
            problems.append(problem(codes.REVISIONS_OVERLAP, message, place / "from", hint))


def day(ordinal: int) -> str:
    """The day as it is written in a pack."""
    return datetime.date.fromordinal(ordinal).isoformat()


def _ordinal(date: datetime.date | None) -> int | None:
    return None if date is None else date.toordinal()
