"""What is remembered of other days is what would be found anew."""

from __future__ import annotations

import random
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from supportable.cli.examples import find_examples
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.plan import changes_on
from supportable.readings import reference
from supportable.readings.evaluate import Evaluator
from supportable.readings.remembering import Remembering
from supportable.verdict.evaluate import plan_for

EXAMPLES = {example.path.stem: example.path for example in find_examples()}


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


def days_of(packs: PackSet) -> list[date]:
    """Some days on which something changes, the days before them, and some on which nothing does; in no order."""
    changing = [day for day in changes_on(packs) if date(2003, 1, 1).toordinal() < day <= date(2026, 1, 1).toordinal()]
    chosen = random.Random(7).sample(changing, 8)
    days = [day - before for day in chosen for before in (0, 1)] + [date(2016, 5, 5).toordinal()] * 2
    random.Random(8).shuffle(days)
    return [date.fromordinal(day) for day in days]


def judged(path: Path, packs: PackSet) -> Facts:
    return load_design(path, packs.vocabulary)


@pytest.mark.parametrize("name", ["sql-guest-cluster", "half-known-cluster", "vmm-2008-on-a-cluster"])
def test_the_findings_of_every_day_are_those_of_the_reference(name: str, packs: PackSet) -> None:
    facts = judged(EXAMPLES[name], packs)
    remembering = Remembering(facts, lambda plan: Evaluator(plan, facts))
    for day in days_of(packs):
        plan = plan_for(packs, as_of=day)
        assert remembering.judge(plan) == reference.judge(plan, facts), day


MANY = {
    "design": "many",
    "machines": [
        {"id": f"vm{number}", "kind": kind, "os": os, "hypervisor": "none", "memory": memory}
        for number, (kind, os, memory) in enumerate(
            product(
                ["physical", "virtual"],
                ["Windows Server 2008", "Windows Server 2008 SP2", "Windows Server 2008 R2", "unknown", "Ubuntu 8.04"],
                [4, 64],
            )
        )
    ],
}
"""Machines that are alike in some things and not in others: releases without and with a service pack, for one."""


def test_of_many_alike_each_has_the_findings_of_the_reference(packs: PackSet) -> None:
    facts = load_design(MANY, packs.vocabulary)
    remembering = Remembering(facts, lambda plan: Evaluator(plan, facts))
    for day in days_of(packs)[:6]:
        plan = plan_for(packs, as_of=day)
        assert remembering.judge(plan) == reference.judge(plan, facts), day


def test_what_a_rule_says_is_judged_again_only_where_it_may_read_otherwise(packs: PackSet) -> None:
    facts = judged(EXAMPLES["sql-guest-cluster"], packs)
    asked = []

    class Counting(Evaluator):
        def __init__(self, plan: object, facts: Facts) -> None:
            super().__init__(plan, facts)  # type: ignore[arg-type]
            asked.append(0)

        def evaluate(self, node: object, env: dict[str, object]) -> object:  # type: ignore[override]
            asked[-1] += 1
            return super().evaluate(node, env)  # type: ignore[arg-type]

    remembering = Remembering(facts, lambda plan: Counting(plan, facts))
    for day in (date(2016, 5, 5), date(2016, 5, 6)):
        remembering.judge(plan_for(packs, as_of=day))
    first, second = asked
    assert second < first / 4
