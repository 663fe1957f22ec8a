"""The compiled reading: a plan becomes Python functions once, and then judges a design in microseconds.

It answers exactly what the reference reading answers, and makes no proofs. Generated source names only what the
compiler made up: every text, number and product of a pack is passed in a table.
"""

from __future__ import annotations

from supportable.facts import Facts
from supportable.plan.kept import Kept
from supportable.plan.model import Plan
from supportable.readings.compiled.program import Program
from supportable.readings.findings import Findings

__all__ = ["compiled", "judge"]

_KEY = "readings.compiled"


def judge(plan: Plan, facts: Facts) -> Findings:
    """All findings of a design under a plan. Pure: neither is changed."""
    return compiled(plan).judge(facts)


def compiled(plan: Plan) -> Program:
    """The plan's program, made on first use."""
    kept = plan._memo.get(_KEY)
    if isinstance(kept, Kept) and isinstance(kept.value, Program):
        return kept.value
    # Two threads may both come here; their programs are alike, and the last one stays.
    program = Program(plan)
    plan._memo[_KEY] = Kept(program)
    return program
