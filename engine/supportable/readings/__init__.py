"""Stage 6: a plan and facts in, findings out. Every reading gives the same answer; `reference` defines it."""

from __future__ import annotations

from collections.abc import Callable

from supportable.facts import Facts
from supportable.plan.model import Plan
from supportable.readings import compiled, reference
from supportable.readings.findings import Findings

READINGS: dict[str, Callable[[Plan, Facts], Findings]] = {"compiled": compiled.judge, "reference": reference.judge}
"""The readings there are, by name."""

__all__ = ["READINGS", "Findings"]
