"""Source for rules: from the truths of `when` and `require` and the outcomes to findings, for one subject at a time.

Rules of one entity type share a loop over its rows. Conditions that several rules have in common are asked once, those
that most have first, so that a row that is no failover cluster is done with all rules for failover clusters at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from supportable.language import ir
from supportable.packs.model import OUTCOMES, SUPPORTED, UNSUPPORTED, Alternative, Revision
from supportable.plan.model import PlannedRule
from supportable.readings.compiled import lists
from supportable.readings.compiled.code import DEEP
from supportable.readings.compiled.expressions import Writer
from supportable.readings.findings import HARMLESS, SATISFIED, UNDECIDED, VIOLATED


class Said(NamedTuple):
    """A finding, or what one of two texts says, as atoms: the fields of `findings.Decision`."""

    kind: int
    worst: str
    best: str
    covered: str
    hopeful: str
    disputed: str

    def written(self) -> str:
        """All fields, ready for a tuple."""
        return ", ".join((str(self.kind), *self[1:]))


Sink = Callable[[Said], None]
"""Writes what is done with a finding."""


class Pending(NamedTuple):
    """A rule on its way: the conditions of its `when` that are still to be asked. A rule whose texts have different
    conditions has none here, and asks for itself."""

    rule: PlannedRule
    conditions: tuple[ir.Node, ...]


class Weighed(NamedTuple):
    """An element: the truth of its requirement, whether texts differ, and what writes the interval of its outcomes."""

    truth: str
    differs: str
    outcomes: Callable[[], tuple[str, str]]


class RuleWriter:
    """Writes the body of the loop over the subjects of one entity type."""

    def __init__(self, writer: Writer, subject: str) -> None:
        self.writer = writer
        self.subject = subject

    def write(self, rules: Sequence[PlannedRule]) -> None:
        """All findings of these rules on the subject at hand."""
        self._write([Pending(rule, self._conditions(rule)) for rule in rules], "2")

    def _conditions(self, rule: PlannedRule) -> tuple[ir.Node, ...]:
        number = self.writer.expressions.number
        whens = [reading.when for reading in rule.readings]
        if any(number(when) != number(whens[0]) for when in whens):
            return ()
        found: dict[int, ir.Node] = {}
        waiting = [whens[0]]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, ir.And):
                waiting = [*node.args, *waiting]
            else:
                found.setdefault(number(node), node)
        return tuple(found.values())

    # -- conditions that rules share ----------------------------------------------------------------------------------

    def _write(self, pending: list[Pending], when: str) -> None:
        """The findings of rules of whose conditions those asked so far come to `when`, which is not false."""
        for one in pending:
            if not one.conditions:
                self._rule(one.rule, when)
        left = [one for one in pending if one.conditions]
        while left:
            condition = self._next_condition(left)
            number = self.writer.expressions.number
            asked = number(condition)
            having = [one for one in left if any(number(each) == asked for each in one.conditions)]
            if self.writer.code.depth > DEEP:
                # Deeper blocks are not ours to make: whoever is left asks for the rest of its conditions at once.
                having = left
                for one in left:
                    self._under(self.writer.conjunction(one.conditions), when, [Pending(one.rule, ())])
            else:
                self._under(
                    self.writer.truth(condition),
                    when,
                    [
                        Pending(one.rule, tuple(each for each in one.conditions if number(each) != asked))
                        for one in having
                    ],
                )
            gone = {one.rule.index for one in having}
            left = [one for one in left if one.rule.index not in gone]

    def _under(self, truth: str, when: str, pending: list[Pending]) -> None:
        code = self.writer.code
        if truth == "0":
            return
        if truth == "2":
            self._write(pending, when)
            return
        with code.block(f"if {truth}:"):
            both = truth if when == "2" else code.local(f"{truth} if {truth} < {when} else {when}")
            self._write(pending, both)

    def _next_condition(self, pending: list[Pending]) -> ir.Node:
        """The condition to ask next: the one that most rules have, of those the cheapest."""
        expressions = self.writer.expressions
        shared = Counter(expressions.number(each) for one in pending for each in one.conditions)
        every = [each for one in pending for each in one.conditions]
        return min(every, key=lambda each: (-shared[expressions.number(each)], expressions.cost(each)))

    # -- one rule -----------------------------------------------------------------------------------------------------

    def _rule(self, rule: PlannedRule, when: str) -> None:
        if len(rule.readings) == 1:
            revision = rule.readings[0]
            self._revision(revision, when, self._finding(rule, advisory=revision.advisory))
        else:
            self._gap(rule, when)

    def _finding(self, rule: PlannedRule, *, advisory: bool) -> Sink:
        place = rule.index
        row = self.writer.env[self.subject]

        def sink(said: Said) -> None:
            if advisory:
                said = said._replace(covered="False", hopeful="False")
            self.writer.code.line(f"out[{place}].append(new(F, ({place}, {row}, {said.written()}, {advisory})))")

        return sink

    def _gap(self, rule: PlannedRule, when: str) -> None:
        """A rule of which two texts may hold: what each says, then what is certain of both."""
        writer, code = self.writer, self.writer.code
        shared = bool(self._conditions(rule))
        decisions = []
        for revision in rule.readings:
            said = code.local("NOTHING")
            decisions.append(said)
            applies = when if shared else writer.truth(revision.when)
            with code.block(f"if {applies}:"):
                self._revision(
                    revision,
                    applies,
                    lambda what, said=said: code.line(f"{said} = ({what.written()})"),  # type: ignore[misc]
                )
        merged = code.local(f"merge({', '.join(decisions)})")
        advisory = rule.readings[0].advisory
        row = writer.env[self.subject]
        covering = "False, False" if advisory else f"{merged}[3], {merged}[4]"
        fields = f"{merged}[0], {merged}[1], {merged}[2], {covering}, {merged}[5]"
        code.line(f"if {merged}[0]: out[{rule.index}].append(new(F, ({rule.index}, {row}, {fields}, {advisory})))")

    def _revision(self, revision: Revision, when: str, sink: Sink) -> None:
        if revision.each is None:
            weighed = self._weigh(revision)
            self._decide(revision, when, weighed, sink)
        else:
            self._each(revision, revision.each.over, revision.each.var, when, sink)

    def _decide(self, revision: Revision, when: str, weighed: Weighed, sink: Sink) -> None:
        """The table of language.md §6."""
        code = self.writer.code
        truth = weighed.truth
        if truth == "2":
            self._holds(revision, when, weighed.differs, sink)
            return
        hopeful = "False" if not revision.covers else f"{truth} != 0"
        covered = "False" if not revision.covers else f"{when} == 2"
        if truth in ("0", "1"):
            self._fails(when, weighed, covered, hopeful, sink)
            return
        with code.block(f"if {truth} == 2:"):
            self._holds(revision, when, weighed.differs, sink)
        with code.block("else:"):
            self._fails(when, weighed, covered, hopeful, sink)

    def _fails(self, when: str, weighed: Weighed, covered: str, hopeful: str, sink: Sink) -> None:
        code = self.writer.code
        low, high = weighed.outcomes()
        conditions = [f"not {weighed.truth}"] if weighed.truth != "0" else []
        conditions += [f"{when} == 2"] if when != "2" else []
        violated = Said(VIOLATED, high, low, "True", "False", weighed.differs)
        if not conditions:
            sink(violated)
            return
        with code.block(f"if {' and '.join(conditions)}:"):
            sink(violated)
        with code.block("else:"):
            sink(Said(UNDECIDED, high, str(SUPPORTED), covered, hopeful, weighed.differs))

    def _holds(self, revision: Revision, when: str, differs: str, sink: Sink) -> None:
        code = self.writer.code
        best, covers = str(SUPPORTED), str(revision.covers)
        satisfied = Said(SATISFIED, best, best, covers, covers, differs)
        harmless = Said(HARMLESS, best, best, "False", covers, differs)
        if when in ("1", "2"):
            sink(satisfied if when == "2" else harmless)
            return
        with code.block(f"if {when} == 2:"):
            sink(satisfied)
        with code.block("else:"):
            sink(harmless)

    # -- one element --------------------------------------------------------------------------------------------------

    def _weigh(self, revision: Revision) -> Weighed:
        writer, code = self.writer, self.writer.code
        exemptions = tuple(one.condition for one in revision.unless)

        def outcomes() -> tuple[str, str]:
            return self._outcomes(revision.otherwise)

        own = ""
        if _is_same(revision):
            own, outcomes = self._same(revision.require)
        if not revision.disputed:
            if not own:
                return Weighed(writer.disjunction((revision.require, *exemptions)), "False", outcomes)
            waived = writer.disjunction(exemptions) if exemptions else "0"
            return Weighed(code.local(f"{own} if {own} > {waived} else {waived}"), "False", outcomes)
        waived = writer.disjunction(exemptions) if exemptions else "0"
        texts = [own or writer.truth(revision.require), *(writer.truth(each.require) for each in revision.disputed)]
        strictest = code.local(f"max({waived}, min({', '.join(texts)}))")
        return Weighed(strictest, code.local(f"{strictest} == 0 and max({', '.join(texts)}) == 2"), outcomes)

    def _same(self, require: ir.Node) -> tuple[str, Callable[[], tuple[str, str]]]:
        """`otherwise: same`: the truth, and the bounds that the dependency hands on."""
        assert isinstance(require, ir.Satisfies)
        code = self.writer.code
        found = code.local(f"{self.writer.dependency(require)}.same({self.writer.value(require.of)})")
        return code.local(f"{found}[0]"), lambda: (f"{found}[1]", f"{found}[2]")

    def _outcomes(self, alternatives: tuple[Alternative, ...]) -> tuple[str, str]:
        """The least and the greatest outcome of the alternatives that may apply."""
        code = self.writer.code
        numbers = {outcome_number(each.outcome) for each in possible(alternatives)}
        if len(numbers) == 1:
            [only] = numbers
            return str(only), str(only)
        low, high, goes_on = code.local(str(UNSUPPORTED + 1)), code.local("-1"), code.local("1")
        with code.scope():
            # Whoever comes to an alternative has been at all before it.
            for each in possible(alternatives):
                number = outcome_number(each.outcome)
                with code.indented(f"if {goes_on}:"):
                    if each.condition is None:
                        self._add(number, low, high)
                        continue
                    truth = self.writer.truth(each.condition)
                    with code.indented(f"if {truth}:"):
                        self._add(number, low, high)
                    code.line(f"{goes_on} = {truth} != 2")
        return low, high

    def _add(self, number: int, low: str, high: str) -> None:
        self.writer.code.line(f"if {number} < {low}: {low} = {number}")
        self.writer.code.line(f"if {number} > {high}: {high} = {number}")

    # -- each ---------------------------------------------------------------------------------------------------------

    def _each(self, revision: Revision, over: ir.Node, variable: str, when: str, sink: Sink) -> None:
        writer, code = self.writer, self.writer.code
        more = lists.openness(writer, over)
        alternatives = {outcome_number(each.outcome) for each in revision.otherwise}
        alike = len(alternatives) == 1 and not _is_same(revision)
        greatest = max(alternatives)
        truth, belonging = code.local("2"), code.local("0")
        low, high, differs = code.local("0"), code.local("0"), code.local("False")
        settled = f"not {truth}" if alike and not revision.disputed else ""
        with (
            lists.members(writer, over, done=settled) as (member, belongs),
            lists.bound(writer, variable, member),
        ):
            code.line(f"if {belongs} > {belonging}: {belonging} = {belongs}")
            weighed = self._weigh(revision)
            if revision.disputed:
                code.line(f"if {weighed.differs}: {differs} = True")
            with code.block(f"if {weighed.truth} != 2:"):
                least, most = (low, high) if alike else weighed.outcomes()
                if not alike:
                    code.line(f"if {most} > {high}: {high} = {most}")
                with code.indented(f"if {belongs} == 2 and not {weighed.truth}:"):
                    code.line(f"{truth} = 0")
                    code.line("break" if settled else f"if {least} > {low}: {low} = {least}")
                with code.indented(f"elif {truth}:"):
                    code.line(f"{truth} = 1")
        with code.indented(f"if {more}:"):
            code.line(f"if not {belonging}: {belonging} = 1")
            code.line(f"if {truth}: {truth} = 1")
            if not alike:
                code.line(f"if {greatest} > {high}: {high} = {greatest}")
        outcomes = (str(greatest), str(greatest)) if alike else (low, high)
        with code.block(f"if {belonging}:"):
            applies = belonging if when == "2" else code.local(f"{when} if {when} < {belonging} else {belonging}")
            weighed = Weighed(truth, differs if revision.disputed else "False", lambda: outcomes)
            self._decide(revision, applies, weighed, sink)


def _is_same(revision: Revision) -> bool:
    return bool(revision.otherwise) and revision.otherwise[0].outcome == "same"


def possible(alternatives: tuple[Alternative, ...]) -> list[Alternative]:
    """The alternatives up to the first that always applies."""
    found = []
    for each in alternatives:
        found.append(each)
        if each.condition is None:
            break
    return found


def outcome_number(outcome: str) -> int:
    """The status an outcome leads to; `same` can lead to any, an advisory to none."""
    return UNSUPPORTED if outcome == "same" else OUTCOMES.get(outcome, SUPPORTED)
