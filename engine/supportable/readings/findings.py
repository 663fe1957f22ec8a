"""What every reading answers: findings, and from them the bounds of each subject. One meaning, kept in one place.

A reading decides, for each rule and subject, the truth of `when` and of `require` and the interval of outcomes. What
follows from these (the kind of a finding, gaps in what is known of the policy, bounds and coverage) is computed here,
for all readings alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from supportable.packs.model import CONDITIONAL, LIMITED, NOT_COVERED, SUPPORTED, UNSUPPORTED

FALSE, OPEN, TRUE = 0, 1, 2
"""Kleene's three truths: false, unknown, true. `&&` is the minimum, `||` the maximum, `!` is 2 - x."""

NOT_APPLICABLE, SATISFIED, VIOLATED, HARMLESS, UNDECIDED = range(5)
KIND_NAMES = ("not_applicable", "satisfied", "violated", "harmless", "open")


class Finding(NamedTuple):
    """What one rule says of one subject. Findings that are not applicable are counted, not listed.

    `rule` is the index in `Plan.rules`, `row` the subject. `worst` and `best` bound what the finding contributes to its
    subject's status (numbers of `packs.model`; SUPPORTED where it contributes nothing). `covered` is true where the
    finding covers its subject for certain; `hopeful` where it may cover it and nothing be wrong. An `advisory`
    contributes nothing and covers nothing.
    """

    rule: int
    row: Any
    kind: int
    worst: int
    best: int
    covered: bool
    hopeful: bool
    disputed: bool
    advisory: bool


class Decision(NamedTuple):
    """What one revision says of one subject: `Finding` without the rule and the row."""

    kind: int
    worst: int
    best: int
    covered: bool
    hopeful: bool
    disputed: bool


def decide(when: int, require: int, low: int, high: int, *, covers: bool, disputed: bool) -> Decision:
    """The finding that two truths make (language.md §6, the table).

    `low` and `high` are the interval of outcomes should the rule be violated.
    """
    if when == FALSE:
        return Decision(NOT_APPLICABLE, SUPPORTED, SUPPORTED, False, False, False)
    if require == TRUE:
        if when == TRUE:
            return Decision(SATISFIED, SUPPORTED, SUPPORTED, covers, covers, disputed)
        return Decision(HARMLESS, SUPPORTED, SUPPORTED, False, covers, disputed)
    if when == TRUE and require == FALSE:
        return Decision(VIOLATED, high, low, True, False, disputed)
    # Where the rule applies for certain it covers either way: it will be satisfied or violated.
    return Decision(UNDECIDED, high, SUPPORTED, covers and when == TRUE, covers and require != FALSE, disputed)


def merge(first: Decision, second: Decision) -> Decision:
    """What is certain where the text in force is one of two and nobody knows which."""
    if first == second:
        return first
    return Decision(
        first.kind if first.kind == second.kind else UNDECIDED,
        max(first.worst, second.worst),
        min(first.best, second.best),
        first.covered and second.covered,
        first.hopeful or second.hopeful,
        first.disputed or second.disputed,
    )


class Bounds(NamedTuple):
    """The worst and the best status a subject can have, and whether it is covered for certain."""

    worst: int
    best: int
    covered: bool

    @property
    def decided(self) -> bool:
        """Whether there is one status."""
        return self.worst == self.best


UNCOVERED = Bounds(NOT_COVERED, NOT_COVERED, covered=False)
ANYTHING = Bounds(UNSUPPORTED, SUPPORTED, covered=False)
"""The bounds of a subject we know nothing of."""


def bounds(findings: Iterable[Finding]) -> Bounds:
    """The bounds of one subject from all of its findings, in any order."""
    worst = best = SUPPORTED
    covered = hopeful = False
    for finding in findings:
        if finding.advisory:
            continue
        worst = max(worst, finding.worst)
        best = max(best, finding.best)
        covered = covered or finding.covered
        hopeful = hopeful or finding.hopeful
    if not covered:
        worst = max(worst, NOT_COVERED)
        if not hopeful:
            best = max(best, NOT_COVERED)
    return Bounds(worst, best, covered)


def bounds_by_subject(findings: Iterable[Finding]) -> dict[str, Bounds]:
    """The bounds of every subject that some finding speaks of, keyed by name."""
    by_subject: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_subject[finding.row.name].append(finding)
    return {name: bounds(found) for name, found in by_subject.items()}


def design_bounds(subjects: Iterable[Bounds]) -> Bounds:
    """The worst of the subjects, bounds first; a subject that is not covered contributes nothing."""
    worst = best = -1
    for found in subjects:
        if found.worst != NOT_COVERED:
            worst = max(worst, found.worst)
        if found.best != NOT_COVERED:
            best = max(best, found.best)
    return Bounds(worst if worst >= 0 else NOT_COVERED, best if best >= 0 else NOT_COVERED, covered=worst >= 0)


def with_parts(own: Bounds, sure: Iterable[Bounds], maybe: Iterable[Bounds], *, more: bool) -> Bounds:
    """The bounds of a subject together with its parts, for `satisfies`.

    A part that is not covered contributes nothing; one that only may belong cannot make the best worse; `more` says
    that parts we do not know of may follow, to which the pack may object.
    """
    worst, best = own.worst, own.best
    for part in sure:
        worst = max(worst, SUPPORTED if part.worst == NOT_COVERED else part.worst)
        best = max(best, SUPPORTED if part.best == NOT_COVERED else part.best)
    for part in maybe:
        worst = max(worst, SUPPORTED if part.worst == NOT_COVERED else part.worst)
    return Bounds(UNSUPPORTED if more else worst, best, own.covered)


def satisfied(dependency: Bounds) -> int:
    """The truth of `satisfies`: true when certainly supported, false when certainly limited or unsupported."""
    if dependency.worst == SUPPORTED and dependency.covered:
        return TRUE
    return FALSE if dependency.best >= LIMITED else OPEN


def same(dependency: Bounds) -> tuple[int, int, int]:
    """`otherwise: same`: the truth of the requirement and the interval of outcomes, low then high.

    A dependency that is certainly not supported hands on its own bounds; conditional included. Where it may not be
    covered, what is missing is policy, and any outcome is left open.
    """
    if dependency.worst == SUPPORTED and dependency.covered:
        return TRUE, SUPPORTED, SUPPORTED
    if dependency.best >= CONDITIONAL:
        return FALSE, dependency.best, dependency.worst
    return OPEN, SUPPORTED, dependency.worst if dependency.covered else UNSUPPORTED


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of one design, in order of rule index and then of row, and how many were not applicable.

    `derived` holds, for each planned derivation, its value for every row of its entity's table in the table's order,
    the unknown and the none row included.
    """

    items: tuple[Finding, ...]
    not_applicable: int
    derived: Sequence[tuple[Any, ...]]
