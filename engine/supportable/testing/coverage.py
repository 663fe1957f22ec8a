"""Condition coverage: has every condition of a pack been seen true, false and unknown by the pack's own cases?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from supportable.errors import Problem, SupportableError
from supportable.facts import Facts
from supportable.language.ir import Node, Var, walk
from supportable.origin import Origin
from supportable.packs.lint.inline import Definitions, bound_in, definitions_of, inlined
from supportable.packs.lint.satisfiable import can_hold, negated
from supportable.packs.model import Pack
from supportable.packs.packset import PackSet
from supportable.plan.model import Plan
from supportable.readings.evaluate import Environment, Evaluator
from supportable.readings.findings import FALSE, OPEN, TRUE
from supportable.readings.proof import Proof
from supportable.readings.reference import judge_with
from supportable.readings.values import truth_of
from supportable.testing import quality_codes as codes
from supportable.testing.conditions import Key, Root, atoms_of, is_atom, key_of, reads_facts, roots_of
from supportable.testing.excuses import TRUTHS, Excuse, coverage_excuses
from supportable.testing.run import cases_of, prepared


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, and what was seen of it. `owner` is the rule's id or the fact's name, `part` the key it stands
    under. `seen` and `due` hold truths by number; what is due and was not seen is missing."""

    pack: str
    owner: str
    part: str
    text: str
    origin: Origin
    seen: frozenset[int]
    due: frozenset[int]
    reason: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The truths that no case shows, in words."""
        return tuple(TRUTHS[truth] for truth in sorted(self.due - self.seen))


@dataclass(frozen=True, slots=True)
class ConditionCoverage:
    """The conditions of some packs, in order of pack and of writing, and what stood in the way of measuring."""

    conditions: tuple[Condition, ...]
    problems: tuple[Problem, ...]

    @property
    def score(self) -> float:
        """Of all truths that are due, the part that was seen: 0 to 1, and 1 where there is none."""
        return score_of(self.conditions)

    @property
    def findings(self) -> tuple[Problem, ...]:
        """Each condition that was not seen in every way, as a problem."""
        return tuple(
            Problem(
                codes.CONDITION_NOT_SEEN,
                f"{one.owner}: no case shows “{' '.join(one.text.split())}” {' and '.join(one.missing)}",
                one.origin,
                "add a case, or say in coverage.yaml why there can be none",
                "author",
            )
            for one in self.conditions
            if one.missing
        )


def score_of(conditions: Iterable[Condition]) -> float:
    """Of all truths that are due, the part that was seen."""
    due = seen = 0
    for one in conditions:
        due += len(one.due)
        seen += len(one.due & one.seen)
    return seen / due if due else 1.0


def measure(packs: PackSet, names: Iterable[str] = ()) -> ConditionCoverage:
    """The condition coverage of these packs, of all where none is named, each by its own cases.

    Raises UsageError for a pack that is not there.
    """
    problems: list[Problem] = []
    conditions: list[Condition] = []
    for name in list(names) or [pack.name for pack in packs.packs]:
        pack = packs.pack(name)
        seen = _watched(packs, pack, problems)
        conditions += _conditions(packs, pack, seen, problems)
    return ConditionCoverage(tuple(conditions), tuple(problems))


class Watcher(Evaluator):
    """An evaluator that notes how conditions come out."""

    def __init__(self, plan: Plan, facts: Facts, seen: dict[Key, set[int]]) -> None:
        super().__init__(plan, facts)
        self.seen = seen

    def evaluate(self, node: Node, env: Environment) -> Proof:
        """The node's value, noted where it is a condition."""
        proof = super().evaluate(node, env)
        if is_atom(node):
            self.seen[key_of(node)].add(proof.value if proof.is_truth else truth_of(proof.value))
        return proof


def _watched(packs: PackSet, pack: Pack, problems: list[Problem]) -> Mapping[Key, set[int]]:
    seen: dict[Key, set[int]] = defaultdict(set)
    for case in cases_of(packs, pack.name, problems):
        try:
            plan, facts = prepared(packs, case, problems)
        except SupportableError as error:
            problems.extend(error.problems)
            continue
        judge_with(Watcher(plan, facts, seen))
    return seen


def _conditions(packs: PackSet, pack: Pack, seen: Mapping[Key, set[int]], problems: list[Problem]) -> list[Condition]:
    excuses = coverage_excuses(pack, problems)
    definitions = definitions_of(packs)
    used: set[Excuse] = set()
    found: dict[Key, Condition] = {}
    for root in roots_of(pack):
        bound = bound_in(root.node)
        for node in atoms_of(root.node):
            key = key_of(node)
            held = frozenset(seen.get(key, ()))
            due, reason = _due(node, root, bound, definitions)
            if key in found:
                # A text that several revisions inherit: what one of them can show is due.
                found[key] = replace(found[key], due=found[key].due | due)
                continue
            for excuse in excuses:
                if excuse.owner == root.owner and excuse.name.split() == node.text.split():
                    used.add(excuse)
                    reason = excuse.reason
                    if held & excuse.never:
                        message = f"“{node.text}” is said never to be {TRUTHS[min(held & excuse.never)]}, and it was"
                        problems.append(Problem(codes.NEEDLESS_EXCUSE, message, excuse.origin, "", "author"))
                    due -= excuse.never
            found[key] = Condition(
                pack.name, root.owner, root.part, node.text, node.origin, held, frozenset(due), reason
            )
    for excuse in excuses:
        if excuse not in used:
            message = f"{excuse.owner or pack.name} has no condition “{excuse.name}”"
            problems.append(Problem(codes.NEEDLESS_EXCUSE, message, excuse.origin, "take the entry out", "author"))
    return list(found.values())


def _due(node: Node, root: Root, bound: set[str], definitions: Definitions) -> tuple[set[int], str]:
    """The truths that a case can show, and why not all three."""
    if not reads_facts(node):
        return {FALSE, TRUE}, "it depends on the day alone"
    due = {FALSE, OPEN, TRUE}
    if not root.given or bound & {each.name for each in walk(node) if isinstance(each, Var)}:
        return due, ""
    given = [inlined(each, definitions) for each in root.given]
    condition = inlined(node, definitions)
    if not can_hold(*given, condition):
        due.remove(TRUE)
    if not can_hold(*given, negated(condition)):
        due.remove(FALSE)
    return due, "" if len(due) == len(TRUTHS) else "“when” or “where” has settled it"
