"""One design, judged: the whole way from a design and packs to a verdict."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from supportable.errors import Problem, UsageError, did_you_mean
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.packs import PackSet
from supportable.plan import plan as make_plan
from supportable.plan.model import Plan
from supportable.readings import READINGS
from supportable.readings.deadline import SECONDS, within
from supportable.verdict.assemble import Judge, assemble
from supportable.verdict.cross_check import cross_checked
from supportable.verdict.model import Verdict

DEFAULT_READING = "compiled"
MOST_PLANS = 256
"""How many plans a set of packs keeps before it starts anew."""


def evaluate(
    design: Facts | dict[str, Any] | str | Path,
    packs: PackSet,
    *,
    as_of: date | str | None = None,
    only: Collection[str] | None = None,
    reading: str = DEFAULT_READING,
    cross_check: str = "",
    deadline: float | None = SECONDS,
) -> Verdict:
    """The verdict for one design.

    `design` is a path, a mapping in the shape of a design document, or facts loaded before with `load_design`.
    `as_of` is the day to judge by, a date or YYYY-MM-DD, today if left out. `only` names the packs to judge by, all if
    left out; packs they require come along. Equal arguments give equal verdicts. `cross_check` names a second reading
    that must find the same of the design, rule by rule and subject by subject; what other answers would lead to is
    asked of `reading` alone. `deadline` is how many seconds of wall time judging may take, what
    missing facts would lead to included; None is as long as it takes.

    Raises DesignError for a design that does not fit the vocabulary, DocumentError for one that cannot be read,
    UsageError for a pack or reading there is not, CrossCheckError where the second reading does not agree,
    EvaluationError when the time is up.
    """
    facts = design if isinstance(design, Facts) else load_design(design, packs.vocabulary)
    planned = plan_for(packs, as_of=as_of, only=only)
    judge = _reading(reading)
    asked = judge
    if cross_check:
        asked = cross_checked((reading, judge), (cross_check, _reading(cross_check)))
    with within(deadline):
        return assemble(planned, facts, asked(planned, facts), judge, reading)


def _reading(name: str) -> Judge:
    if name not in READINGS:
        raise UsageError([Problem("SUP702", f"no reading is called “{name}”", hint=did_you_mean(name, READINGS))])
    return READINGS[name]


def plan_for(packs: PackSet, *, as_of: date | str | None = None, only: Collection[str] | None = None) -> Plan:
    """The plan for a day, today if left out; made once for each day and choice of packs.

    Raises UsageError if `only` names a pack that is not there.
    """
    day = _day(as_of).toordinal()
    chosen = None if only is None else tuple(sorted(set(only)))
    key = (day, chosen)
    known: Plan | None = packs.plans.get(key)
    if known is None:
        known = make_plan(packs, day, chosen)
        if len(packs.plans) >= MOST_PLANS:
            packs.plans.clear()
        packs.plans[key] = known
    return known


def _day(as_of: date | str | None) -> date:
    if as_of is None:
        return date.today()  # noqa: DTZ011  policies have days, not hours, and no zone
    if isinstance(as_of, date):
        return as_of
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        problem = Problem("SUP703", f"“{as_of}” is not a date", hint="write it as YYYY-MM-DD, such as 2009-07-01")
        raise UsageError([problem]) from None
