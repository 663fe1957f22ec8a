"""An evaluation ends in the time it was given: with its answer, or with an EvaluationError."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from supportable.errors import EvaluationError
from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.plan import plan
from supportable.readings import READINGS
from supportable.readings.deadline import TOO_LONG, check, end, within
from supportable.verdict import evaluate
from supportable.verdict.timeline import timeline
from tests.packs.acme import HEAD, SHARED, shelf

QUADRATIC = {
    "a loop in a loop": "design.arrays.all(a, design.arrays.all(b, a.model != b.model || a.mirrored))",
    "a filter in a loop": "design.arrays.all(a, size(design.arrays.where(b, b.model == a.model)) >= 0)",
    "a sum in a loop": "design.arrays.all(a, design.arrays.sum(b, b == a ? 1 : 2) > 0)",
}


@pytest.fixture(scope="module", params=QUADRATIC)
def costly(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PackSet:
    rule = f"""
rules:
  - id: costly
    title: Costly
    subject: server
    covers: true
    require: "{QUADRATIC[request.param]}"
    otherwise: unsupported
    message: No
    remedies: [None]
    cite: [{{ref: ACME-100}}]
"""
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/a.yaml": rule}
    packs = load_packs([shelf(tmp_path_factory.mktemp("costly"), {**SHARED, **files})], discover=False)
    assert not packs.broken, packs.broken
    return packs


def design(arrays: int) -> dict[str, Any]:
    return {
        "design": "large",
        "servers": [{"id": "s1"}],
        "arrays": [{"id": f"a{number}", "model": f"m{number}", "mirrored": True} for number in range(arrays)],
    }


@pytest.mark.parametrize("reading", ["compiled", "reference"])
def test_what_takes_too_long_is_stopped_soon_after_its_time(costly: PackSet, reading: str) -> None:
    facts = load_design(design(4_000), costly.vocabulary)
    planned = plan(costly, 737000)
    began = time.monotonic()
    with within(0.5), pytest.raises(EvaluationError) as caught:
        READINGS[reading](planned, facts)
    assert time.monotonic() - began < 30
    assert [problem.code for problem in caught.value.problems] == [TOO_LONG]


def test_the_whole_way_to_a_verdict_has_the_deadline(costly: PackSet) -> None:
    with pytest.raises(EvaluationError):
        evaluate(design(4_000), costly, as_of="2020-01-01", deadline=0.2)


def test_a_deadline_that_is_met_changes_nothing(costly: PackSet) -> None:
    small = design(5)
    assert evaluate(small, costly, as_of="2020-01-01", deadline=60) == evaluate(
        small, costly, as_of="2020-01-01", deadline=None
    )


def test_of_two_deadlines_the_earlier_counts_and_none_outlives_its_block() -> None:
    before = end()
    with within(1000):
        outer = end()
        with within(2000):
            assert end() == outer
        with within(None):
            assert end() == outer
        with within(-1), pytest.raises(EvaluationError):
            check()
        check()
    assert end() == before


def test_all_days_of_a_timeline_share_one_deadline(costly: PackSet) -> None:
    with pytest.raises(EvaluationError):
        timeline(design(4_000), costly, first=date(2019, 1, 1), last=date(2020, 1, 1), deadline=0.2)
