"""A plan as Python functions, and their run over a design.

Each definition is a function that fills a column, and the rules of one stratum and entity type are one function with a
loop over the rows. They take a `Run` and leave in it what they find.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from supportable.facts import Facts, Table
from supportable.language.ir import Satisfies, is_truth, walk
from supportable.packs.dependencies import expressions_of
from supportable.plan.model import Plan, PlannedDerivation, PlannedRule, Stratum
from supportable.readings.compiled import runtime
from supportable.readings.compiled.code import Code, Constants
from supportable.readings.compiled.dependencies import Dependency, PackShape
from supportable.readings.compiled.expressions import Writer
from supportable.readings.compiled.judging import RuleWriter
from supportable.readings.compiled.sharing import Expressions
from supportable.readings.findings import Finding, Findings
from supportable.vocabulary.members import EMPTY, OPEN
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import BoolType, ListType, ProductType, RecordType, RefType
from supportable.vocabulary.unknown import NONE, UNKNOWN


class Run:
    """One design on its way through a program.

    `columns` and `truths` hold, by the index of the derivation, its values for every row and, for a bool, their truths;
    `out` the findings of each rule, by its index and in order of rows.
    """

    __slots__ = ("_shapes", "columns", "design", "out", "packs", "tables", "truths")

    def __init__(self, plan: Plan, facts: Facts, shapes: dict[str, PackShape]) -> None:
        self.tables: dict[str, Table] = facts.tables
        self.design = facts.design
        self.columns: list[Any] = [None] * len(plan.derivations)
        self.truths: list[Any] = [None] * len(plan.derivations)
        self.out: list[list[Finding]] = [[] for _ in plan.rules]
        self.packs: dict[str, Dependency] = {pack: Dependency(shape) for pack, shape in shapes.items()}

    def dependency(self, pack: str) -> Dependency:
        """What knows the bounds of subjects under that pack."""
        return self.packs[pack]


class Step(NamedTuple):
    """One stratum: its functions in order, and the packs of which it has judged rules that are asked about."""

    functions: tuple[Callable[[Run], None], ...]
    asked: tuple[str, ...]


class Program:
    """The functions of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._shapes = {pack: PackShape(plan, pack) for pack in _packs_asked(plan)}
        self.source, constants = write(plan)
        space = {**_GLOBALS, **constants}
        exec(compile(self.source, f"<plan {plan.digest[:12]}>", "exec", dont_inherit=True), space)
        self._steps = tuple(
            Step(
                tuple(space[name] for name in _names(number, stratum)),
                tuple(pack for pack in self._shapes if any(one.rule.pack == pack for one in stratum.rules)),
            )
            for number, stratum in enumerate(plan.strata)
        )
        self._subjects = tuple(rule.rule.subject for rule in plan.rules)

    def judge(self, facts: Facts) -> Findings:
        """All findings of a design."""
        run = Run(self.plan, facts, self._shapes)
        for functions, asked in self._steps:
            for function in functions:
                function(run)
            for pack in asked:
                run.packs[pack].note(run.out)
        items = tuple(chain.from_iterable(run.out))
        tables = facts.tables
        judged = sum(len(tables[subject].rows) for subject in self._subjects) - 2 * len(self._subjects)
        return Findings(items, judged - len(items), tuple(run.columns))


_GLOBALS = {
    "F": Finding,
    "INF": runtime.inf,
    "NOTHING": runtime.NOTHING,
    "common": runtime.common,
    "common_of": runtime.common_of,
    "merge": runtime.merge,
}


def _packs_asked(plan: Plan) -> list[str]:
    roots = [one.value for one in plan.derivations]
    roots += [node for rule in plan.rules for revision in rule.readings for node in expressions_of(revision)]
    return sorted({node.pack for root in roots for node in walk(root) if isinstance(node, Satisfies)})


def _subjects(stratum: Stratum) -> dict[str, list[PlannedRule]]:
    found: dict[str, list[PlannedRule]] = {}
    for rule in stratum.rules:
        found.setdefault(rule.rule.subject, []).append(rule)
    return found


def _names(number: int, stratum: Stratum) -> list[str]:
    """The functions of a stratum, in the order in which they run."""
    derived = [f"derive_{one.index}" for one in stratum.derivations]
    return derived + [f"judge_{number}_{place}" for place in range(len(_subjects(stratum)))]


def write(plan: Plan) -> tuple[str, dict[str, Any]]:
    """The source of a plan's functions, and the constants that it names."""
    constants, expressions = Constants(), Expressions()
    lines: list[str] = []
    for number, stratum in enumerate(plan.strata):
        names = _names(number, stratum)
        for derivation in stratum.derivations:
            writer = Writer(plan, expressions, Code(constants), {})
            lines += _function(names.pop(0), writer, _derivation(writer, derivation))
        for subject, rules in _subjects(stratum).items():
            writer = Writer(plan, expressions, Code(constants), {})
            lines += _function(names.pop(0), writer, _rules(writer, subject, rules))
    return "\n".join([*lines, ""]), {**constants.table, "U0": UNKNOWN, "N0": NONE, "V0": runtime.BOOL_OF_TRUTH}


def _function(name: str, writer: Writer, before: Sequence[str]) -> list[str]:
    """The whole function around the lines of `writer`."""
    fetched = [f" {local} = {source}" for local, source in writer.uses.items()]
    return [
        f"def {name}(run):",
        *(f" {line}" for line in before),
        " U = U0; N = N0; V = V0; new = tuple.__new__",
        *fetched,
        *writer.outlined,
        *writer.code.lines,
    ]


def _rules(writer: Writer, subject: str, rules: list[PlannedRule]) -> list[str]:
    """The loop over the subjects; the lines that come before everything are returned."""
    with writer.code.block("for r in rows:"):
        writer.env = {subject: "r"}
        RuleWriter(writer, subject).write(rules)
    return [f"rows = run.tables[{writer.constant(subject)}].rows[2:]", "if not rows: return"]


def _derivation(writer: Writer, derivation: PlannedDerivation) -> list[str]:
    """The loop that fills a column; the lines that come before everything are returned."""
    code = writer.code
    place, node = derivation.index, derivation.value
    code.line("found = []")
    as_truth = is_truth(node)
    with code.block("for r in rows[2:]:"):
        writer.env = {derivation.entity: "r"}
        code.line(f"found.append({writer.truth(node) if as_truth else writer.value(node)})")
    if as_truth:
        code.line(f"run.truths[{place}] = [1, 0, *found]")
        code.line("found = [V[truth] for truth in found]")
    code.line(f"run.columns[{place}] = ({_absent(derivation, code.constants)}, *found)")
    if not as_truth and isinstance(derivation.type, BoolType):
        truths = "[2 if value is True else 1 if value is U else 0 for value in found]"
        code.line(f"run.truths[{place}] = [1, 0, *{truths}]")
    return [f"rows = run.tables[{writer.constant(derivation.entity)}].rows"]


def _absent(derivation: PlannedDerivation, constants: Constants) -> str:
    """The values of the unknown and the none row."""
    type_ = derivation.type
    if isinstance(type_, RefType | RecordType):
        table = constants.name(type_.entity if isinstance(type_, RefType) else type_.record)
        return f"run.tables[{table}].rows[0], run.tables[{table}].rows[1]"
    if isinstance(type_, ProductType):
        return f"{constants.name(UNKNOWN_PRODUCT)}, {constants.name(NONE_PRODUCT)}"
    if isinstance(type_, ListType):
        return f"{constants.name(OPEN)}, {constants.name(EMPTY)}"
    return "U, N"
