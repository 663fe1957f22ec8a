"""The functions of a plan: their source, and their making on first use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf
from threading import Lock
from time import monotonic
from typing import Any

from supportable.plan.model import Plan, PlannedDerivation, PlannedRule, Stratum
from supportable.readings import deadline
from supportable.readings.compiled import runtime
from supportable.readings.compiled.code import Code, Constants
from supportable.readings.compiled.columns import Define
from supportable.readings.compiled.expressions import Writer
from supportable.readings.compiled.judging import RuleWriter
from supportable.readings.compiled.memory import Memory
from supportable.readings.compiled.sharing import Expressions
from supportable.readings.findings import Finding
from supportable.vocabulary.members import EMPTY, OPEN
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN

_GLOBALS = {
    "F": Finding,
    "INF": inf,
    "N": NONE,
    "NOTHING": runtime.NOTHING,
    "U": UNKNOWN,
    "V": runtime.BOOL_OF_TRUTH,
    "clock": monotonic,
    "common": runtime.common,
    "common_of": runtime.common_of,
    "late": deadline.too_long,
    "merge": runtime.merge,
    "new": tuple.__new__,
}


class Functions:
    """The functions of a plan by name, and the space of names that they share, constants included.

    A name stands at first for what writes and compiles the function and then calls it. Safe in threads.
    """

    def __init__(self, plan: Plan, memory: Memory) -> None:
        self._plan = plan
        self._memory = memory
        self._constants = Constants()
        self._expressions = Expressions()
        self._lock = Lock()
        self._writers: dict[str, Callable[[], list[str]]] = {}
        self.space: dict[str, Any] = dict(_GLOBALS)
        for derivation in plan.derivations:
            self._promise(memory.where(derivation).function, partial(self._definition, derivation))
        for number, stratum in enumerate(plan.strata):
            for subject, rules in subjects(stratum).items():
                self._promise(name_of(number, subject), partial(self._rules, subject, rules))

    def caller(self, name: str) -> Define:
        """What calls the function, whether it has been written by then or not."""

        def call(*arguments: Any) -> Any:
            return self.space[name](*arguments)

        return call

    def source(self) -> str:
        """The source of all functions."""
        with self._lock:
            return "\n".join(line for name in self._writers for line in (*self._source(name), ""))

    def _promise(self, name: str, write: Callable[[], list[str]]) -> None:
        self._writers[name] = write

        def first_call(*arguments: Any) -> Any:
            with self._lock:
                # Whoever waited here for another thread finds the function made.
                if self.space[name] is first_call:
                    self._make(name)
            return self.space[name](*arguments)

        self.space[name] = first_call

    def _make(self, name: str) -> None:
        code = compile("\n".join(self._source(name)), f"<{name} of plan {self._plan.digest[:12]}>", "exec")
        self.space.update(self._constants.table)
        made: dict[str, Any] = {}
        exec(code, self.space, made)
        self.space[name] = made["function"]

    def _source(self, name: str) -> list[str]:
        return self._writers[name]()

    def _writer(self) -> Writer:
        return Writer(self._plan, self._expressions, Code(self._constants), self._memory)

    def _rules(self, subject: str, rules: list[PlannedRule]) -> list[str]:
        writer = self._writer()
        with writer.code.block("for r in rows:"):
            writer.mind_the_time()
            writer.env = {subject: "r"}
            RuleWriter(writer, subject).write(rules)
        table = writer.constant(subject)
        return [
            "def function(run):",
            f" rows = run.tables[{table}].rows[2:]; m = run.memory; out = run.out",
            *_body(writer),
        ]

    def _definition(self, derivation: PlannedDerivation) -> list[str]:
        writer, where = self._writer(), self._memory.where(derivation)
        writer.env = {derivation.entity: "r"}
        node, as_truth = derivation.value, self._memory.as_truth(derivation)
        result = writer.truth(node) if as_truth else writer.value(node)
        writer.code.line(f"m[{where.entity}][r.i][{where.place}] = {result}")
        writer.code.line(f"return {result}")
        unknown, none = ("1", "0") if as_truth else _absent_values(writer, derivation.type)
        return [
            "def function(run, m, r):",
            f" if r.i < 2: return {none} if r.i else {unknown}",
            *_body(writer),
        ]


def _body(writer: Writer) -> list[str]:
    fetched = (f" {local} = {source}" for local, source in writer.uses.items())
    return [*fetched, *writer.outlined, *writer.code.lines]


def subjects(stratum: Stratum) -> dict[str, list[PlannedRule]]:
    """The rules of a stratum by the entity type of their subjects."""
    found: dict[str, list[PlannedRule]] = {}
    for rule in stratum.rules:
        found.setdefault(rule.rule.subject, []).append(rule)
    return found


def name_of(stratum: int, subject: str) -> str:
    """The name of the function for the rules of one stratum and entity type."""
    return f"judge {stratum} {subject}"


def _absent_values(writer: Writer, type_: Type) -> tuple[str, str]:
    if isinstance(type_, RefType | RecordType):
        table = writer.constant(type_.entity if isinstance(type_, RefType) else type_.record)
        return f"run.tables[{table}].rows[0]", f"run.tables[{table}].rows[1]"
    if isinstance(type_, ProductType):
        return writer.constant(UNKNOWN_PRODUCT), writer.constant(NONE_PRODUCT)
    if isinstance(type_, ListType):
        return writer.constant(OPEN), writer.constant(EMPTY)
    return "U", "N"
