"""Our packs, held to what we ask of anyone's. `make mutate` asks the one question more that takes longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable.errors import Problem
from supportable.packs import PackSet, load_packs
from supportable.packs.fmt import format_text
from supportable.packs.lint import lint
from supportable.testing import completeness, run_cases
from supportable.testing.coverage import measure
from supportable.testing.fresh import differences
from supportable.testing.rule_pages import rule_pages
from supportable.testing.source_page import SOURCES, read_sources, source_page

ROOT = Path(__file__).parents[2]
SHELF = ROOT / "policies" / "supportable_policies"
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def packs() -> PackSet:
    loaded = load_packs([SHELF], discover=False)
    assert [str(problem) for broken in loaded.broken for problem in broken.problems] == []
    return loaded


def told(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [f"{problem.origin}: {problem.code} {problem.message}" for problem in problems]


def test_the_linter_finds_nothing(packs: PackSet) -> None:
    assert told(lint(packs)) == []


def test_every_case_is_as_expected(packs: PackSet) -> None:
    report = run_cases(packs)
    assert ([result.title for result in report.failed], told(report.all_problems)) == ([], [])


def test_every_rule_is_seen_in_every_way_and_on_both_sides_of_every_day(packs: PackSet) -> None:
    assert told(completeness(packs)) == []


def test_every_condition_is_seen_true_false_and_unknown(packs: PackSet) -> None:
    coverage = measure(packs)
    assert (told(coverage.problems), told(coverage.findings)) == ([], [])


def test_the_pages_about_rules_and_sources_are_fresh(packs: PackSet) -> None:
    problems: list[Problem] = []
    pages = rule_pages(packs, [pack.name for pack in packs.packs], problems)
    due = {DOCS / "rules" / path: text for path, text in pages.items()}
    due[DOCS / "sources.md"] = source_page(packs, read_sources(SHELF / SOURCES, packs, problems))
    assert (told(problems), told(differences(due, DOCS / "rules"))) == ([], [])


def test_every_file_is_in_form() -> None:
    paths = sorted([*SHELF.glob("*/*/pack.yaml"), *SHELF.glob("*/*/rules/*.yaml")])
    texts = {str(path): path.read_text(encoding="utf-8") for path in paths}
    assert [path for path, text in texts.items() if format_text(text) != text] == []
