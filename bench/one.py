"""How long it takes to judge one design: the facts, the findings, the whole verdict with every proof.

    python bench/one.py [--rounds 300] [--save NAME]

Each example is judged by all shipped packs, and so is `four-copies`, four copies of one of them as one design. Times
are wall-clock, in microseconds, one call each, all kinds interleaved, so that a busy machine slows all of them; the
first tenth of the rounds is thrown away. `--save NAME` writes every single time to bench/results/NAME.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from supportable.facts import Facts
from supportable.intake import load_design
from supportable.packs import load_packs
from supportable.plan import Plan
from supportable.plan import plan as make_plan
from supportable.readings import READINGS
from supportable.readings.compiled import compiled
from supportable.verdict.assemble import assemble

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
AS_OF = date(2009, 7, 1)
COPIED, COPIES = "vmm-2008-on-a-cluster", 4

Times = dict[str, list[float]]


def main() -> None:
    """Print medians and 99th percentiles for each design."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--save", default="")
    given = options.parse_args()
    packs = load_packs()
    assert packs.broken == (), packs.broken
    plan = make_plan(packs, AS_OF)
    started = time.perf_counter()
    first = load_design(designs()[COPIED], packs.vocabulary)
    READINGS["compiled"](plan, first)
    print(f"{len(plan.rules)} rules, {len(plan.derivations)} definitions; first design and all its compiling: ", end="")
    print(
        f"{1000 * (time.perf_counter() - started):.0f} ms; all functions are {len(compiled(plan).source):,} characters"
    )
    saved: dict[str, Any] = {"as_of": AS_OF.isoformat(), "machine": machine(), "unit": "us", "designs": {}}
    header = f"{'design':34}{'pairs':>6}" + "".join(f"{kind:>20}" for kind in ("facts", "judge", "verdict"))
    print(f"{header}{'judge per pair':>16}\n{'':40}" + f"{'p50':>12}{'p99':>8}" * 3 + f"{'p50':>16}")
    for name, source in designs().items():
        facts = load_design(source, packs.vocabulary)
        check(plan, facts)
        times = measured(plan, facts, source, given.rounds)
        pairs = sum(len(facts.tables[rule.rule.subject].rows) - 2 for rule in plan.rules)
        shown = "".join(f"{statistics.median(found):12.1f}{percentile(found):8.1f}" for found in times.values())
        print(f"{name:34}{pairs:6}{shown}{statistics.median(times['judge']) / pairs:16.3f}", flush=True)
        saved["designs"][name] = {"pairs": pairs, "times": times}
    if given.save:
        target = HERE / "results" / f"{given.save}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(saved) + "\n", encoding="utf-8")


def designs() -> dict[str, dict[str, Any]]:
    """The examples as plain values, by name, and the one that is made of copies."""
    found = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.yaml"))}
    found = {name: as_text(source) for name, source in found.items()}
    found["four-copies"] = copies(found[COPIED], COPIES)
    return found


def as_text(value: Any) -> Any:
    """The value with dates as they are written."""
    if isinstance(value, dict):
        return {key: as_text(held) for key, held in value.items()}
    if isinstance(value, list):
        return [as_text(held) for held in value]
    return value.isoformat() if isinstance(value, date) else value


def copies(source: dict[str, Any], many: int) -> dict[str, Any]:
    """The design several times over, as one: every id, and every reference to it, with a number added."""
    sections = {key: held for key, held in source.items() if isinstance(held, list)}
    ids = {entry["id"] for entries in sections.values() for entry in entries}

    def renamed(value: Any, place: int) -> Any:
        if isinstance(value, dict):
            return {key: renamed(held, place) for key, held in value.items()}
        if isinstance(value, list):
            return [renamed(held, place) for held in value]
        return f"{value}-{place}" if isinstance(value, str) and value in ids else value

    made = {key: [renamed(entry, place) for place in range(many) for entry in held] for key, held in sections.items()}
    return {**source, **made}


def check(plan: Plan, facts: Facts) -> None:
    """Stop where the readings that are compared do not answer the same."""
    assert READINGS["compiled"](plan, facts) == READINGS["reference"](plan, facts)


def measured(plan: Plan, facts: Facts, source: dict[str, Any], rounds: int) -> Times:
    """Every time, by what was done, in the order in which it was done."""
    judge = READINGS["compiled"]
    done: dict[str, Callable[[], object]] = {
        "facts": lambda: load_design(source, plan.vocabulary),
        "judge": lambda: judge(plan, facts),
        "verdict": lambda: assemble(plan, facts, judge(plan, facts), judge, "compiled"),
    }
    times: Times = {kind: [] for kind in done}
    for place in range(rounds):
        for kind, work in done.items():
            # A verdict takes a thousand times as long as the rest, and need not be asked for as often.
            if kind != "verdict" or place % 10 == 0:
                started = time.perf_counter()
                work()
                times[kind].append(round(1e6 * (time.perf_counter() - started), 2))
    return {kind: found[len(found) // 10 :] for kind, found in times.items()}


def percentile(times: list[float]) -> float:
    """The time that 99 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]


def machine() -> dict[str, Any]:
    """What the figures were taken on, as far as it matters."""
    load = os.getloadavg()[0]
    return {"python": platform.python_version(), "cores": os.cpu_count(), "load": round(load, 2)}


if __name__ == "__main__":
    main()
