"""Random policies and designs, judged by every reading for as long as wanted: `make soak SECONDS=600`.

The generators are those of the tests in tests/readings, driven by seeds instead of hypothesis: nothing is shrunk, and
much more is tried. A case is one design under one plan; every readings' findings must be those of the reference. What
differs is kept in a file with the seed that leads to it, and the run ends with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from supportable.errors import EvaluationError
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.plan.model import Plan
from supportable.readings import READINGS
from supportable.verdict.cross_check import CrossCheckError, cross_checked
from tests.readings.generators.choices import Rolled
from tests.readings.generators.designs import design
from tests.readings.strategies import world

DESIGNS = 5
"""Designs judged under each plan: making a policy costs more than judging by it."""
FOUND = Path("build/soak")


@dataclass(frozen=True, slots=True)
class Case:
    """One design under one plan, and the seed and place that lead to it."""

    seed: int
    place: int
    plan: Plan
    facts: Facts


def cases(seed: int) -> Iterator[Case]:
    """The cases of one seed: a policy, and several designs."""
    choices = Rolled(seed)
    made = world(choices)
    yield Case(seed, 0, made.plan, made.facts)
    for place in range(1, DESIGNS):
        written = design(choices, made.packs.vocabulary)
        yield Case(seed, place, made.plan, load_design(written, made.packs.vocabulary))


def differing(case: Case, readings: list[str]) -> dict[str, Any] | None:
    """What tells the readings apart, ready for JSON; None where all say what the reference says."""
    for name in readings:
        both = cross_checked(("reference", READINGS["reference"]), (name, READINGS[name]))
        try:
            both(case.plan, case.facts)
        except CrossCheckError as error:
            told = {"seed": case.seed, "design_number": case.place, "problems": [str(each) for each in error.problems]}
            rules = {rule.rule.name: repr(rule.readings) for rule in case.plan.rules}
            derived = {f"{each.entity}.{each.name}": repr(each.value) for each in case.plan.derivations}
            return {**error.reproducer, **told, "rules": rules, "derivations": derived}
    return None


def main() -> int:
    """Soak, and report. Exit code 0 where nothing differed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long, 60 if left out")
    parser.add_argument("--first", type=int, default=None, help="the first seed; the clock's if left out")
    parser.add_argument("--readings", default="compiled,durable", help="those to compare with the reference")
    asked = parser.parse_args()
    readings = asked.readings.split(",")
    first = int(time.time()) * 1000 if asked.first is None else asked.first
    begun = told = time.monotonic()
    kinds: Counter[str] = Counter()
    done = found = policies = 0
    for seed in count(first):
        policies += 1
        for case in cases(seed):
            try:
                difference = differing(case, readings)
            except EvaluationError as error:
                difference = {"seed": seed, "design_number": case.place, "problems": [str(error)]}
            done += 1
            for finding in READINGS["reference"](case.plan, case.facts).items:
                kinds[str(finding.kind)] += 1
            if difference is not None:
                found += 1
                FOUND.mkdir(parents=True, exist_ok=True)
                kept = FOUND / f"seed-{seed}-{case.place}.json"
                kept.write_text(json.dumps(difference, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
                print(f"\nDISAGREEMENT, kept in {kept}: {difference['problems'][0][:400]}", flush=True)
        now = time.monotonic()
        if now - told >= 15:
            told = now
            print(
                f"{now - begun:6.0f} s  {done} cases  {done / (now - begun):.1f} a second  {found} differ", flush=True
            )
        if now - begun >= asked.seconds:
            break
    seconds = time.monotonic() - begun
    print(
        f"\n{done} cases (designs) under {policies} policies in {seconds:.0f} s: {done / seconds:.1f} a second; "
        f"reference against {', '.join(readings)}; {sum(kinds.values())} findings compared; "
        f"{found} disagreements; seeds {first} to {seed}"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
