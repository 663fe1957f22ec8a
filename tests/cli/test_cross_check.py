"""`supportable check --cross-check`: exit code 4 and a file where the readings do not agree."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from supportable.cli.edge import run
from supportable.errors import EvaluationError, Problem
from supportable.facts import Facts
from supportable.plan.model import Plan
from supportable.readings import READINGS, Findings, durable
from tests.cli.runs import EXAMPLES

EXAMPLE = str(EXAMPLES / "two-node-cluster-2022.yaml")


def lying(plan: Plan, facts: Facts) -> Findings:
    found = READINGS["compiled"](plan, facts)
    return replace(found, not_applicable=found.not_applicable + 1)


def failing(_plan: Plan, _facts: Facts) -> Findings:
    raise EvaluationError([Problem("SUP623", "the worker of the durable reading crashed (signal 11)", move="us")])


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("second", ["reference", "durable"])
def test_agreement_changes_neither_answer_nor_exit_code(
    second: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    alone = run(["check", EXAMPLE, "--as-of", "2024-01-01", "--format", "json"])
    expected = capfd.readouterr().out
    assert run(["check", EXAMPLE, "--as-of", "2024-01-01", "--format", "json", "--cross-check", second]) == alone
    assert capfd.readouterr().out == expected
    assert list(here.iterdir()) == []


def test_a_disagreement_shows_both_writes_a_file_and_exits_with_4(
    here: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READINGS, "reference", lying)
    assert run(["check", EXAMPLE, "--as-of", "2024-01-01", "--cross-check", "reference"]) == 4
    told = capfd.readouterr()
    [kept] = here.iterdir()
    assert kept.name.startswith("cross-check-two-node-cluster-2022-")
    assert kept.name in told.err
    assert "SUP625" in told.err
    assert "not applicable, reference" in told.err
    assert json.loads(kept.read_text(encoding="utf-8"))["as_of"] == "2024-01-01"
    assert told.out == ""


def test_a_second_reading_that_crashed_exits_with_4_and_spares_the_other_designs(
    here: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(EXAMPLES / "listed-cluster-2003.yaml")

    def at_first(plan: Plan, facts: Facts) -> Findings:
        if facts.name == "two-node-cluster-2022":
            return failing(plan, facts)
        return READINGS["compiled"](plan, facts)

    monkeypatch.setitem(READINGS, "durable", at_first)
    monkeypatch.setattr(durable, "require_installed", lambda: None)
    assert run(["check", EXAMPLE, other, "--as-of", "2024-01-01", "--cross-check", "durable"]) == 4
    told = capfd.readouterr()
    assert "SUP623" in told.err
    assert "listed-cluster-2003" in told.out
    assert "1 not confirmed" in told.out


def test_without_durable_rules_it_says_how_to_get_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "find_spec", lambda _name: None)
    assert run(["check", EXAMPLE, "--cross-check", "durable"]) == 3
    assert "SUP620" in capfd.readouterr().err
    assert run(["check", EXAMPLE, "--cross-check", "reference"]) < 3
