"""What a pack's cases leave out: every rule is to be seen at work in every way it can come out, on both sides of
every day on which it changes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from supportable.errors import Problem
from supportable.language.ir import Const
from supportable.origin import Origin
from supportable.packs.model import Pack, Rule
from supportable.packs.packset import PackSet
from supportable.plan.choose import derivation_changes, rule_changes
from supportable.testing import codes
from supportable.testing.case_files import RULE_KEYS, read_cases
from supportable.testing.model import Case
from supportable.testing.run import case_files

_MEANS = {"advisories": "violated", "may_apply": "open"}
"""Under which other key a case may name an advisory."""


def completeness(packs: PackSet, names: Iterable[str] = ()) -> list[Problem]:
    """What the cases of these packs, of all where none is named, do not show; in order of pack and rule.

    A rule needs a case that names it as violated, one as satisfied, one as not applicable and one as open: an advisory
    none where it is satisfied; a permission without a requirement none where it is violated, and harmless for open.
    And it needs a case before the first, between every two and after the last of the days on which it changes. Only
    what a case names counts.
    """
    problems: list[Problem] = []
    chosen = list(names) or [pack.name for pack in packs.packs]
    for name in chosen:
        pack = packs.pack(name)
        cases: list[Case] = []
        for path, shown, owner in case_files(packs, [name], problems):
            cases += read_cases(path, shown, owner, packs, problems)
        problems += _of_pack(pack, cases)
    return problems


def _of_pack(pack: Pack, cases: list[Case]) -> list[Problem]:
    kinds: dict[str, set[str]] = defaultdict(set)
    days: dict[str, set[int]] = defaultdict(set)
    for case in cases:
        for expectation in case.expect:
            for claim in expectation.claims:
                if claim.key not in RULE_KEYS or not isinstance(claim.value, tuple):
                    continue
                for name in claim.value:
                    if isinstance(name, str):
                        kinds[name].add(_MEANS.get(claim.key, claim.key))
                        days[name].add(case.as_of.toordinal())
    problems: list[Problem] = []

    def note(code: str, message: str, origin: Origin, hint: str) -> None:
        problems.append(Problem(code, message, origin, hint, "author"))

    for rule in pack.rules:
        for kind in needed(rule):
            if kind not in kinds[rule.name]:
                message = f"no case names {rule.id} as {kind.replace('_', ' ')}"
                note(codes.KIND_NOT_SHOWN, message, rule.origin, f"add one with {kind}: [{rule.id}]")
        for span in _unseen(rule_changes(rule), days[rule.name]):
            message = f"no case names {rule.id} {span}"
            note(codes.DAY_NOT_SHOWN, message, rule.origin, "add one with as_of then")
    every_day = {case.as_of.toordinal() for case in cases}
    for derivation in pack.derive:
        for span in _unseen(derivation_changes(derivation), every_day):
            message = f"no case shows {derivation.fact} {span}"
            note(codes.DAY_NOT_SHOWN, message, derivation.origin, "add one with as_of then")
    return problems


def needed(rule: Rule) -> tuple[str, ...]:
    """The kinds of finding that cases of this rule must show."""
    requires = any(
        not isinstance(revision.require, Const) or revision.require.value is not True for revision in rule.revisions
    )
    advisory = all(revision.advisory for revision in rule.revisions)
    kinds = []
    if requires or advisory:
        kinds.append("violated")
    if not advisory:
        kinds.append("satisfied")
    applies = any(not isinstance(revision.when, Const) or revision.each is not None for revision in rule.revisions)
    if applies:
        kinds.append("not_applicable")
    undecided = applies or any(not isinstance(revision.require, Const) for revision in rule.revisions)
    if undecided:
        # What requires nothing is harmless where it is not known whether it applies.
        kinds.append("open" if requires or advisory else "harmless")
    return tuple(kinds)


def _unseen(changes: tuple[int, ...], days: Iterable[int]) -> list[str]:
    """The stretches between changes in which no case lies, in words."""
    if not changes:
        return []
    seen = {bisect_right(changes, day) for day in days}
    return [_span(changes, place) for place in range(len(changes) + 1) if place not in seen]


def _span(changes: tuple[int, ...], place: int) -> str:
    if place == 0:
        return f"before {date.fromordinal(changes[0])}"
    start = date.fromordinal(changes[place - 1])
    if place == len(changes):
        return f"on or after {start}"
    end = date.fromordinal(changes[place]) - timedelta(days=1)
    return f"from {start} to {end}" if start != end else f"on {start}"


__all__ = ["completeness", "needed"]
