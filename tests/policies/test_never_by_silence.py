"""The first promise, tried on every case of every shipped pack: each fact is taken out of each design.

What is then still supported, and would not be if the fact were known to be unknown, rests on an assumption; and that
must be said, with the word that it decides. And whatever is supported cites the text that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from supportable import Facts, PackSet, load_packs
from supportable.intake import relaxed, with_value
from supportable.packs.model import SUPPORTED
from supportable.plan.model import Plan
from supportable.readings import READINGS
from supportable.readings.findings import bounds_by_subject
from supportable.testing.case_files import read_cases
from supportable.testing.run import case_files, prepared
from supportable.verdict.assemble import assemble
from supportable.verdict.assumptions import assumptions
from tests.verdict.test_never_by_silence import given

PACKS = (
    "failover-clustering",
    "hyper-v",
    "known-issues",
    "lifecycle",
    "scom",
    "scvmm",
    "sql-server-virtualization",
    "svvp",
    "vmm-capacity",
)
SHELF = Path(__file__).parents[2] / "policies" / "supportable_policies"
JUDGE = READINGS["compiled"]


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs([SHELF], discover=False)


def judged(packs: PackSet, name: str) -> Iterator[tuple[str, Plan, Facts]]:
    """Every case of the pack, with the plan of its day and the facts of its design."""
    for path, shown, pack in case_files(packs, [f"microsoft.{name}"], []):
        for case in read_cases(path, shown, pack, packs, []):
            yield (case.title, *prepared(packs, case, []))


def supported(plan: Plan, facts: Facts) -> set[str]:
    found = bounds_by_subject(JUDGE(plan, facts).items)
    return {name for name, bounds in found.items() if bounds.decided and bounds.worst == SUPPORTED}


def test_no_pack_is_left_out(packs: PackSet) -> None:
    assert {f"microsoft.{name}" for name in PACKS} == {pack.name for pack in packs.packs}


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_no_fact_of_any_case_can_be_left_out_and_supported_stay_in_silence(packs: PackSet, name: str) -> None:
    silent = []
    tried = 0
    for title, plan, facts in judged(packs, name):
        for row, attribute, pointer in given(facts):
            if row.startswith("design/"):
                continue
            tried += 1
            without = with_value(facts, pointer, None)
            if supported(plan, without) - supported(plan, relaxed(facts, [(row, attribute)])):
                shown = {one.fact for one in assumptions(plan, without, JUDGE(plan, without), JUDGE) if one.decides}
                if f"{row}.{attribute}" not in shown:
                    silent.append((title, row, attribute))
    assert tried
    assert silent == []


@pytest.mark.parametrize("name", PACKS)
def test_whatever_a_case_shows_as_supported_cites_the_text_that_says_so(packs: PackSet, name: str) -> None:
    uncited = []
    for title, plan, facts in judged(packs, name):
        for subject in assemble(plan, facts, JUDGE(plan, facts), JUDGE, "compiled", what_if=False).subjects:
            stated = [each for each in subject.findings if each.covers and each.kind == "satisfied" and each.citations]
            if subject.status == "supported" and (not stated or subject.missing):
                uncited.append((title, subject.subject))
    assert uncited == []
