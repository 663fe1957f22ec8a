"""One design on many days, by the reference reading: what cannot have changed since another day is not judged again.

Between two days most rules read the same, and rest on definitions and catalogues that read the same. What a rule or a
definition says is kept under everything that it can depend on beside the design: the expressions of its texts in force,
the definitions they use as they read that day, and which rows of their catalogues are in force. Expressions into which
the day itself was put are other objects on another day, so that they are judged anew; and so is whatever asks about a
pack.

Of many machines most are alike in the little that a rule looks at, so that a rule which looks at nothing but its
subject is judged once for all that are alike in that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from supportable.facts import Facts, value_of
from supportable.language.ir import Attr, Listed, Lookup, Node, Satisfies, Var, walk
from supportable.packs.dependencies import conditions_of
from supportable.plan.model import Plan, PlannedDerivation, PlannedRule
from supportable.readings import deadline
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import Finding, Findings
from supportable.readings.reference import finding_of, judge_rule, note_bounds
from supportable.vocabulary.types import ListType, ProductType

Key: TypeAlias = tuple[Any, ...]


class _Uses(NamedTuple):
    """What an expression rests on: catalogues and definitions by name, sorted; and whether it asks about a pack."""

    catalogues: tuple[str, ...]
    derived: tuple[tuple[str, str], ...]
    asks: bool


class Remembering:
    """Judges one design by plans of one and the same packs, for different days.

    `evaluator` makes an evaluator for a plan. Keeps what it was told for as long as it lives. Not shared by threads.
    """

    def __init__(self, facts: Facts, evaluator: Callable[[Plan], Evaluator]) -> None:
        self._facts = facts
        self._evaluator = evaluator
        self._columns: dict[Key, tuple[Any, ...]] = {}
        self._findings: dict[Key, tuple[tuple[Finding, ...], int]] = {}
        self._uses: dict[int, tuple[Node, _Uses]] = {}
        self._changes: dict[str, list[int]] = {}
        self._kept: list[Plan] = []

    def judge(self, plan: Plan) -> Findings:
        """All findings on the plan's day: those of `reference.judge`, in the same order."""
        # Expressions are known by their identity, which is theirs only as long as they live.
        self._kept.append(plan)
        evaluator = self._evaluator(plan)
        versions: dict[tuple[str, str], int] = {}
        items: list[Finding] = []
        not_applicable = 0
        for stratum in plan.strata:
            for derivation in stratum.derivations:
                name = (derivation.entity, derivation.name)
                column = self._column(evaluator, derivation, self._key_of((derivation.value,), plan, versions))
                evaluator.derived[name] = column
                versions[name] = id(column)
            for rule in stratum.rules:
                found, silent = self._rule(evaluator, rule, self._rule_key(rule, plan, versions))
                items += [each if each.rule == rule.index else each._replace(rule=rule.index) for each in found]
                not_applicable += silent
            note_bounds(evaluator, plan, items)
        items.sort(key=lambda finding: (finding.rule, finding.row.i))
        derived = tuple(evaluator.derived[each.entity, each.name] for each in plan.derivations)
        return Findings(tuple(items), not_applicable, derived)

    def _column(self, evaluator: Evaluator, derivation: PlannedDerivation, key: Key) -> tuple[Any, ...]:
        """The values of a definition for every row; one and the same object wherever they cannot differ."""
        key = (derivation.entity, derivation.name, *key)
        known = self._columns.get(key)
        if known is None:
            column = [evaluator.absent(derivation.type, 0), evaluator.absent(derivation.type, 1)]
            for row in self._facts.tables[derivation.entity].own():
                column.append(evaluator.value(derivation.value, {derivation.entity: row}).value)
            known = self._columns[key] = tuple(column)
        return known

    def _rule(self, evaluator: Evaluator, rule: PlannedRule, key: Key) -> tuple[tuple[Finding, ...], int]:
        """What a rule says of every subject, and of how many it says nothing."""
        known = self._findings.get(key)
        if known is None:
            found = []
            silent = 0
            seen = _seen(rule)
            alike: dict[Key, Finding | None] = {}
            for row in self._facts.tables[rule.rule.subject].own():
                like: Key = (row.i,) if seen is None else tuple(_value(evaluator, each, row) for each in seen)
                if like not in alike:
                    deadline.check()
                    alike[like] = finding_of(rule, row, judge_rule(evaluator, rule, row))
                finding = alike[like]
                if finding is None:
                    silent += 1
                else:
                    found.append(finding if finding.row is row else finding._replace(row=row))
            known = self._findings[key] = (tuple(found), silent)
        return known

    # -- what something can depend on -----------------------------------------------------------------------------

    def _rule_key(self, rule: PlannedRule, plan: Plan, versions: dict[tuple[str, str], int]) -> Key:
        key: list[Any] = [rule.rule.name]
        for revision in rule.readings:
            # Two revisions of a rule can share their conditions and differ in what comes of them.
            key += [id(revision.effective), *self._key_of(tuple(conditions_of(revision)), plan, versions)]
        return tuple(key)

    def _key_of(self, nodes: tuple[Node, ...], plan: Plan, versions: dict[tuple[str, str], int]) -> Key:
        key: list[Any] = []
        for node in nodes:
            uses = self._used_by(node)
            key.append(id(node))
            key += [versions[name] for name in uses.derived]
            key += [self._epoch(name, plan) for name in uses.catalogues]
            if uses.asks:
                key.append(plan.as_of)
        return tuple(key)

    def _used_by(self, node: Node) -> _Uses:
        known = self._uses.get(id(node))
        if known is not None:
            return known[1]
        catalogues, derived, asks = set(), set(), False
        for each in walk(node):
            if isinstance(each, Lookup | Listed):
                catalogues.add(each.catalogue)
            elif isinstance(each, Attr) and each.derived:
                derived.add((each.entity, each.name))
            elif isinstance(each, Satisfies):
                asks = True
        uses = _Uses(tuple(sorted(catalogues)), tuple(sorted(derived)), asks)
        self._uses[id(node)] = (node, uses)
        return uses

    def _epoch(self, name: str, plan: Plan) -> int:
        """Which of the stretches in which no row of a catalogue comes or goes the plan's day lies in."""
        changes = self._changes.get(name)
        if changes is None:
            rows = plan.catalogues[name].rows
            changes = sorted({day for row in rows for day in (row.since, row.until) if day is not None})
            self._changes[name] = changes
        return bisect_right(changes, plan.as_of)


def _seen(rule: PlannedRule) -> tuple[Attr, ...] | None:
    """The attributes of its subject on which what a rule says depends alone; None where it depends on more."""
    seen: dict[tuple[str, bool], Attr] = {}
    for revision in rule.readings:
        if revision.each is not None:
            return None
        for node in (each for condition in conditions_of(revision) for each in walk(condition)):
            if isinstance(node, Satisfies) or (isinstance(node, Attr) and isinstance(node.type, ListType)):
                return None
            if isinstance(node, Var) and node.name != rule.rule.subject:
                return None
            if isinstance(node, Attr):
                if isinstance(node.of, Var):
                    seen[node.name, node.derived] = node
                elif not isinstance(node.of.type, ProductType):
                    return None
    return tuple(seen.values())


def _value(evaluator: Evaluator, seen: Attr, row: Any) -> Any:
    return evaluator.derived[seen.entity, seen.name][row.i] if seen.derived else value_of(row, seen.name)
