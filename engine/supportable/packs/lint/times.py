"""Revisions that leave days out, and revisions that change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from supportable.errors import Problem
from supportable.origin import Origin
from supportable.packs.lint import codes
from supportable.packs.model import ALWAYS, Effective
from supportable.packs.packset import PackSet
from supportable.packs.timing import day


def lint_times(packs: PackSet, names: Sequence[str]) -> list[Problem]:
    """Gaps and idle revisions in the rules and definitions of these packs. Overlaps do not load at all."""
    found: list[Problem] = []
    for name in names:
        pack = packs.pack(name)
        for rule in pack.rules:
            for before, after in pairwise(rule.revisions):
                _gap(rule.id, before.effective, after.effective, after.origin, found)
                said = (replace(each, effective=ALWAYS, origin=rule.origin) for each in (before, after))
                if len(set(said)) == 1:
                    _idle(rule.id, after.origin, found)
        for derivation in pack.derive:
            for one, other in pairwise(derivation.readings):
                _gap(derivation.fact, one.effective, other.effective, other.origin, found)
                if (one.value, one.cite) == (other.value, other.cite):
                    _idle(derivation.fact, other.origin, found)
    return found


def _gap(name: str, before: Effective, after: Effective, origin: Origin, found: list[Problem]) -> None:
    if before.until is not None and after.since is not None and before.until < after.since:
        message = f"{name} says nothing from {day(before.until)} until {day(after.since)}"
        hint = "if the text stood on, leave “until” out; if the day is not known, give “last_seen”"
        found.append(Problem(codes.DAYS_WITHOUT_TEXT, message, origin, hint, "author"))


def _idle(name: str, origin: Origin, found: list[Problem]) -> None:
    message = f"{name}: this revision says what the one before it says"
    found.append(Problem(codes.REVISION_CHANGES_NOTHING, message, origin, "leave it out", "author"))
