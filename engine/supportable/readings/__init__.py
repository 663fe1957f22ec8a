"""Stage 6: a plan and facts in, findings out. Every reading gives the same answer; `reference` defines it."""

from __future__ import annotations

from collections.abc import Callable

from supportable.facts import Facts
from supportable.plan.model import Plan
from supportable.readings import compiled, reference
from supportable.readings.findings import Findings


def _durable(plan: Plan, facts: Facts) -> Findings:
    from supportable.readings.durable import judge  # noqa: PLC0415  few ask for it, and what it needs is optional

    return judge(plan, facts)


READINGS: dict[str, Callable[[Plan, Facts], Findings]] = {
    "compiled": compiled.judge,
    "durable": _durable,
    "reference": reference.judge,
}
"""The readings there are, by name. `durable` raises UsageError where durable-rules is not installed."""


def require(name: str) -> None:
    """Raises UsageError, saying how to get it, if the reading of that name needs what is not installed."""
    if name == "durable":
        from supportable.readings.durable import require_installed  # noqa: PLC0415  as above

        require_installed()


__all__ = ["READINGS", "Findings", "require"]
