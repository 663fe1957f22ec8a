"""What to find out, most decisive first, and the status each answer would lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from supportable.facts import Facts, Members, Row, value_of
from supportable.intake import Varied
from supportable.packs.model import NOT_COVERED, STATUS_NAMES
from supportable.plan.model import Plan
from supportable.readings.findings import (
    HARMLESS,
    UNDECIDED,
    VIOLATED,
    Finding,
    Findings,
    bounds_by_subject,
    design_bounds,
)
from supportable.verdict.missing import Leaf
from supportable.verdict.model import Answer, Missing, status_of
from supportable.verdict.showing import FindingTeller
from supportable.vocabulary.products import Product
from supportable.vocabulary.types import BoolType, EnumType, ProductType

MOST_ANSWERED = 40
"""For how many facts of a design the answers are tried out; the others are listed without."""

MOST_ANSWERS = 16


class Outcome(NamedTuple):
    """One answer tried out: its value, and the status of every subject and of the design that it leads to."""

    value: Any
    subjects: dict[str, str]
    design: str


class Inquiry:
    """Gathers what is missing for one design. `judge` is asked again, once for each answer that is tried out, with
    `varied`, a copy of the design, changed accordingly; without one, no answers are."""

    def __init__(
        self,
        plan: Plan,
        facts: Facts,
        judge: Callable[[Plan, Facts], Findings] | None,
        teller: FindingTeller,
        by_subject: dict[str, list[Finding]],
        *,
        varied: Varied,
    ) -> None:
        self.plan, self.facts, self.judge, self.teller = plan, facts, judge, teller
        self.by_subject, self.varied = by_subject, varied
        self._outcomes: dict[str, tuple[Outcome, ...]] = {}
        self._leaves: dict[tuple[str, str], Leaf] = {}

    def of_subject(self, row: Row) -> tuple[Missing, ...]:
        """What would decide the subject, most decisive first."""
        decides: dict[tuple[str, str], set[str]] = defaultdict(set)
        worst: dict[tuple[str, str], int] = defaultdict(int)
        for finding in self.by_subject.get(row.name, ()):
            if not self._leaves_open(finding):
                continue
            for leaf in self._expanded(finding, frozenset()):
                key = (leaf.kind, leaf.fact)
                self._leaves.setdefault(key, leaf)
                decides[key].add(self.plan.rules[finding.rule].rule.name)
                worst[key] = max(worst[key], finding.worst, NOT_COVERED)
        ordered = sorted(decides, key=lambda key: (-worst[key], -len(decides[key]), key[1]))
        return tuple(
            self._missing(self._leaves[key], decides[key], STATUS_NAMES[worst[key]], row.name) for key in ordered
        )

    def of_design(self, subjects: Iterable[tuple[Missing, ...]]) -> tuple[Missing, ...]:
        """The same over all subjects: each fact once, with the status of the design that each answer leads to."""
        merged: dict[tuple[str, str], list[Missing]] = defaultdict(list)
        for missing in subjects:
            for one in missing:
                merged[one.kind, one.fact].append(one)
        entries = []
        for (kind, fact), found in merged.items():
            decides = {rule for one in found for rule in one.decides}
            worst = max((one.worst for one in found), key=STATUS_NAMES.index)
            answers = tuple(
                Answer(outcome.value, outcome.design) for outcome in self._outcomes.get(fact, ()) if kind == "fact"
            )
            names = tuple(sorted({name for one in found for name in one.subjects}))
            count = sum(len(one.decides) for one in found)
            entries.append(
                (
                    (-STATUS_NAMES.index(worst), -count, fact),
                    Missing(
                        kind, fact, found[0].pointer, found[0].question, answers, tuple(sorted(decides)), worst, names
                    ),
                )
            )
        return tuple(entry for _, entry in sorted(entries, key=lambda pair: pair[0]))

    def _leaves_open(self, finding: Finding) -> bool:
        if finding.advisory:
            return False
        if finding.kind == HARMLESS:
            return finding.hopeful
        return finding.kind == UNDECIDED or (finding.kind == VIOLATED and finding.worst != finding.best)

    def _expanded(self, finding: Finding, seen: frozenset[str]) -> Iterator[Leaf]:
        """The finding's leaves; what a `satisfies` left open is traced into the pack it asked."""
        for leaf in self.teller.leaves(finding):
            if leaf.kind != "dependency":
                yield leaf
            elif leaf.fact not in seen:
                if leaf.question:
                    yield Leaf("policy", leaf.fact, question=leaf.question)
                for part in _with_parts(self.facts, leaf.row):
                    for below in self.by_subject.get(part.name, ()):
                        if self.plan.rules[below.rule].rule.pack == leaf.attribute and self._leaves_open(below):
                            yield from self._expanded(below, seen | {leaf.fact})
                yield from _unknown_parts(self.facts, leaf.row)

    def _missing(self, leaf: Leaf, decides: set[str], worst: str, subject: str) -> Missing:
        pointer = question = ""
        answers: tuple[Answer, ...] = ()
        if leaf.kind == "fact":
            pointer = f"{leaf.row.pointer}/{leaf.attribute}" + (f"/{leaf.part}" if leaf.part else "")
            question = self._question(leaf)
            answers = tuple(
                Answer(outcome.value, outcome.subjects.get(subject, STATUS_NAMES[NOT_COVERED]))
                for outcome in self._tried(leaf)
            )
        return Missing(
            leaf.kind, leaf.fact, pointer, question or leaf.question, answers, tuple(sorted(decides)), worst, (subject,)
        )

    def _question(self, leaf: Leaf) -> str:
        attribute = self.facts.tables[leaf.row.type].entity.attributes[leaf.attribute]
        name = leaf.row.id or leaf.row.name
        if leaf.part:
            return f"Which {leaf.part.replace('_', ' ')} of {leaf.attribute.replace('_', ' ')} does {name} have?"
        if isinstance(value_of(leaf.row, leaf.attribute), Members):
            lead = attribute.ask or f"What are the {leaf.attribute.replace('_', ' ')} of {name}?"
            return f"{lead} (complete the list of {name})"
        return attribute.ask or f"What is the {leaf.attribute.replace('_', ' ')} of {name}?"

    def _tried(self, leaf: Leaf) -> tuple[Outcome, ...]:
        if leaf.fact in self._outcomes:
            return self._outcomes[leaf.fact]
        if self.judge is None or len(self._outcomes) >= MOST_ANSWERED:
            return ()
        outcomes = []
        for plain, given in self._answers(leaf):
            changed = self.varied.having((leaf.row.name, leaf.attribute), given)
            outcomes.append(Outcome(plain, *self._statuses(self.judge(self.plan, changed))))
        self._outcomes[leaf.fact] = tuple(outcomes)
        return self._outcomes[leaf.fact]

    def _answers(self, leaf: Leaf) -> list[tuple[Any, Any]]:
        """The allowed answers, each as shown and as a design would give it; empty where there are too many."""
        type_ = self.facts.tables[leaf.row.type].entity.attributes[leaf.attribute].type
        if isinstance(type_, BoolType):
            return [(True, True), (False, False)]
        if isinstance(type_, EnumType) and len(type_.values) <= MOST_ANSWERS:
            return [(value, value) for value in type_.values]
        if isinstance(type_, ProductType) and leaf.part in ("edition", "architecture", "release"):
            held: Product = value_of(leaf.row, leaf.attribute)
            ladder = self.plan.vocabulary.ladders[str(held.name)]
            choices = {
                "edition": ladder.editions,
                "release": ladder.releases,
                "architecture": self.plan.vocabulary.architectures,
            }[leaf.part]
            return [(value, {**held.as_given(), leaf.part: value}) for value in choices[:MOST_ANSWERS]]
        return []

    @staticmethod
    def _statuses(findings: Findings) -> tuple[dict[str, str], str]:
        found = bounds_by_subject(findings.items)
        return {name: status_of(one) for name, one in found.items()}, status_of(design_bounds(found.values()))


def _with_parts(facts: Facts, row: Row) -> Iterator[Row]:
    yield row
    for attribute in facts.tables[row.type].entity.attributes.values():
        if attribute.part:
            held = value_of(row, attribute.name)
            members = (*held.sure, *held.maybe) if isinstance(held, Members) else (held,)
            yield from (member for member in members if member.i > 1)


def _unknown_parts(facts: Facts, row: Row) -> Iterator[Leaf]:
    """What leaves open which parts a subject has: the ends of lists, and references that are not known."""
    for attribute in facts.tables[row.type].entity.attributes.values():
        if not attribute.part:
            continue
        held = value_of(row, attribute.name)
        if isinstance(held, Members):
            owner, forward = attribute.inverse_of or ("", "")
            if held.open and not owner:
                yield Leaf("fact", f"{row.name}.{attribute.name}", row, attribute.name)
            elif held.open:
                section = facts.tables[owner].entity.section
                yield Leaf("fact", f"{facts.design.name}.{section}", facts.design, section)
            for member in held.maybe if owner else ():
                yield Leaf("fact", f"{member.name}.{forward}", member, forward)
        elif held.i == 0:
            yield Leaf("fact", f"{row.name}.{attribute.name}", row, attribute.name)
