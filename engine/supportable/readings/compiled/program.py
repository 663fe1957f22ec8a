"""A plan as Python functions, and their run over a design.

The rules of one stratum and entity type are one function with a loop over the rows. Each definition is a function of a
row, called when its value is first asked for. They take a `Run`, and leave in it what they find.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import NamedTuple

from supportable.facts import Facts, Table
from supportable.language.ir import Attr, Satisfies, walk
from supportable.packs.dependencies import expressions_of
from supportable.plan.model import Plan
from supportable.readings import deadline
from supportable.readings.compiled.columns import Column, Columns
from supportable.readings.compiled.dependencies import Dependency, PackShape
from supportable.readings.compiled.functions import Functions, name_of, subjects
from supportable.readings.compiled.memory import Memory
from supportable.readings.findings import Finding, Findings

_ABSENT_ROWS = 2
"""The rows of each table that are not the design's own."""

_DEEPEST = 40
"""How many definitions may call one another before one of them is evaluated for all rows beforehand."""


class Run:
    """One design on its way through a program.

    `memory` holds what definitions said: by the number of the entity type, by the row's place, by the definition's
    place among those of its type; None where nobody has asked yet. `out` holds the findings of each rule, by its index
    and in order of rows. `end` is when the run must be over, by `time.monotonic`.
    """

    __slots__ = ("design", "end", "memory", "out", "packs", "tables")

    def __init__(self, program: Program, facts: Facts) -> None:
        self.tables: dict[str, Table] = facts.tables
        self.design = facts.design
        self.end = deadline.end()
        self.memory = [
            [[None] * size for _ in facts.tables[entity].rows] for entity, size in program.remembered
        ]  # fmt: skip
        self.out: list[list[Finding]] = [[] for _ in program.rules]
        self.packs = {pack: Dependency(shape) for pack, shape in program.shapes.items()}


class Step(NamedTuple):
    """One stratum: the columns to fill beforehand, its functions with the entity type that each is for, and the packs
    that may be asked about after it."""

    columns: tuple[Column, ...]
    functions: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]


class Program:
    """The functions of a plan, each written and compiled when it is first called.

    `remembered` are the entity types with definitions and how many each has; `rules` the indices of the rules; `shapes`
    what is known of each pack that some `satisfies` asks about.
    """

    def __init__(self, plan: Plan) -> None:
        memory = Memory(plan)
        self.remembered = tuple(zip(memory.entities, memory.sizes, strict=True))
        self.rules = range(len(plan.rules))
        self._judged = tuple(Counter(rule.rule.subject for rule in plan.rules).items())
        self.shapes = {pack: PackShape(plan, pack) for pack in _packs_asked(plan)}
        self._functions = Functions(plan, memory)
        self._columns = tuple(
            Column(self._functions.caller(where.function), one.entity, where.entity, where.place, memory.as_truth(one))
            for one, where in ((one, memory.where(one)) for one in plan.derivations)
        )
        deep = _deep(plan)
        self._steps = tuple(
            Step(
                tuple(self._columns[one.index] for one in stratum.derivations if one.index in deep),
                tuple((name_of(number, subject), subject) for subject in subjects(stratum)),
                tuple(pack for pack in self.shapes if any(one.rule.pack == pack for one in stratum.rules)),
            )
            for number, stratum in enumerate(plan.strata)
        )

    @property
    def source(self) -> str:
        """The source of all functions, for reading."""
        return self._functions.source()

    def judge(self, facts: Facts) -> Findings:
        """All findings of a design."""
        run = Run(self, facts)
        tables, space = facts.tables, self._functions.space
        for columns, functions, asked in self._steps:
            for column in columns:
                column.values(run)
            for name, subject in functions:
                if len(tables[subject].rows) > _ABSENT_ROWS:
                    space[name](run)
            for pack in asked:
                run.packs[pack].note(run.out)
        items = tuple(chain.from_iterable(run.out))
        judged = sum([rules * (len(tables[subject].rows) - _ABSENT_ROWS) for subject, rules in self._judged])
        return Findings(items, judged - len(items), Columns(self._columns, run))


def _packs_asked(plan: Plan) -> list[str]:
    roots = [one.value for one in plan.derivations]
    roots += [node for rule in plan.rules for revision in rule.readings for node in expressions_of(revision)]
    return sorted({node.pack for root in roots for node in walk(root) if isinstance(node, Satisfies)})


def _deep(plan: Plan) -> set[int]:
    """The definitions that must be evaluated beforehand, by their indices, so that calls never go too deep."""
    depths: dict[tuple[str, str], int] = {}
    found = set()
    for one in plan.derivations:
        used = (node for node in walk(one.value) if isinstance(node, Attr) and node.derived)
        depth = 1 + max((depths.get((node.entity, node.name), 0) for node in used), default=0)
        if depth >= _DEEPEST:
            found.add(one.index)
            depth = 0
        depths[one.entity, one.name] = depth
    return found
