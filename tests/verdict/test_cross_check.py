"""Two readings for one answer: the same answer where they agree, none where they do not."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from supportable import PackSet, UsageError, evaluate, load_design, load_packs, to_bytes
from supportable.document import read_text
from supportable.errors import EvaluationError, Problem
from supportable.facts import Facts
from supportable.plan.model import Plan
from supportable.readings import READINGS, Findings
from supportable.verdict import CrossCheckError

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-node-cluster-2022.yaml"
DAY = "2024-01-01"


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


def lying(plan: Plan, facts: Facts) -> Findings:
    """The reference, but for its first finding, which it forgets."""
    found = READINGS["compiled"](plan, facts)
    return replace(found, items=found.items[1:])


def failing(_plan: Plan, _facts: Facts) -> Findings:
    raise EvaluationError([Problem("SUP622", "too slow", move="us")])


@pytest.mark.parametrize("second", ["reference", "durable"])
def test_where_both_agree_the_verdict_is_the_same_as_of_one(packs: PackSet, second: str) -> None:
    alone = evaluate(EXAMPLE, packs, as_of=DAY)
    assert to_bytes(evaluate(EXAMPLE, packs, as_of=DAY, cross_check=second)) == to_bytes(alone)


def test_a_disagreement_names_rule_subject_and_what_each_says(packs: PackSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READINGS, "reference", lying)
    with pytest.raises(CrossCheckError) as caught:
        evaluate(EXAMPLE, packs, as_of=DAY, cross_check="reference")
    [problem] = caught.value.problems
    first = caught.value.reproducer["findings"]["compiled"]["items"][0]
    assert problem.code == "SUP625"
    assert problem.move == "us"
    assert f"{first['rule']} on {first['subject']}: compiled says {first['kind']}" in problem.message
    assert "reference says it does not apply" in problem.message


def test_the_reproducer_holds_all_that_decided(packs: PackSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READINGS, "reference", lying)
    with pytest.raises(CrossCheckError) as caught:
        evaluate(EXAMPLE, packs, as_of=DAY, cross_check="reference")
    held = json.loads(json.dumps(caught.value.reproducer))
    assert held["as_of"] == DAY
    assert held["packs"] == [
        {"pack": pack.name, "version": pack.version, "digest": f"sha256:{pack.digest}"} for pack in packs.packs
    ]
    assert set(held["findings"]) == {"compiled", "reference"}
    assert len(held["findings"]["reference"]["items"]) == len(held["findings"]["compiled"]["items"]) - 1
    again = load_design(read_text(held["design"].encode(), "reproducer.yaml"), packs.vocabulary)
    assert again.digest == load_design(EXAMPLE, packs.vocabulary).digest
    assert held["digest"] == f"sha256:{again.digest}"


def test_a_second_reading_that_fails_confirms_nothing(packs: PackSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READINGS, "reference", failing)
    with pytest.raises(CrossCheckError) as caught:
        evaluate(EXAMPLE, packs, as_of=DAY, cross_check="reference")
    assert [problem.code for problem in caught.value.problems] == ["SUP626", "SUP622"]
    assert caught.value.reproducer["findings"]["reference"] is None
    # The failure is that of the cross-check alone.
    assert evaluate(EXAMPLE, packs, as_of=DAY).status


def test_the_second_reading_is_asked_once(packs: PackSet, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noting(plan: Plan, facts: Facts) -> Findings:
        asked.append(facts.digest)
        return READINGS["compiled"](plan, facts)

    monkeypatch.setitem(READINGS, "reference", noting)
    verdict = evaluate(EXAMPLE, packs, as_of=DAY, cross_check="reference")
    assert [f"sha256:{digest}" for digest in asked] == [verdict.digest]


def test_the_error_can_be_sent_to_another_process() -> None:
    error = CrossCheckError([Problem("SUP625", "they disagree")], {"format": 1})
    sent = pickle.loads(pickle.dumps(error))
    assert (sent.problems, sent.reproducer) == (error.problems, error.reproducer)


def test_a_second_reading_that_there_is_not_is_a_usage_error(packs: PackSet) -> None:
    with pytest.raises(UsageError) as caught:
        evaluate(EXAMPLE, packs, as_of=DAY, cross_check="durabel")
    assert [problem.code for problem in caught.value.problems] == ["SUP702"]
    assert "durable" in caught.value.problems[0].hint
