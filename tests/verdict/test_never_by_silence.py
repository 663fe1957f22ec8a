"""The first promise, tried on what ships: no fact can be taken away so that “supported” stays, and stays silent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from supportable import Facts, PackSet, Verdict, evaluate, load_design, load_packs
from supportable.intake import relaxed, with_value

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs([ROOT / "policies" / "supportable_policies"], discover=False)


def days(path: Path) -> list[str]:
    """The days as of which the example's first lines say it is worth judging."""
    return re.findall(r"\b\d{4}-\d\d-\d\d\b", path.read_text("utf-8").partition("design:")[0])


def given(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Every fact that the design states: its row, its attribute, its pointer."""
    for table in facts.tables.values():
        for row in table.own():
            for attribute in sorted(row.given):
                yield row.name, attribute, f"{row.pointer}/{attribute}"


def supported(verdict: Verdict) -> set[str]:
    return {subject.subject for subject in verdict.subjects if subject.status == "supported"}


def test_every_example_names_a_day() -> None:
    assert [path.name for path in EXAMPLES if not days(path)] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_left_out_is_asked_for_shown_as_assumed_or_not_needed(path: Path, packs: PackSet) -> None:
    facts = load_design(path, packs.vocabulary)
    day = days(path)[-1]
    for name, attribute, pointer in given(facts):
        if name.startswith("design/"):
            continue
        without = supported(evaluate(with_value(facts, pointer, None), packs, as_of=day))
        unknown = supported(evaluate(relaxed(facts, [(name, attribute)]), packs, as_of=day))
        owed = without - unknown
        if owed:
            assumed = evaluate(with_value(facts, pointer, None), packs, as_of=day).assumed
            shown = {one.fact for one in assumed if one.decides}
            assert f"{name}.{attribute}" in shown, (owed, name, attribute)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_supported_cites_the_article_that_says_so(path: Path, packs: PackSet) -> None:
    for day in days(path):
        for subject in evaluate(path, packs, as_of=day).subjects:
            if subject.status == "supported":
                stated = [each for each in subject.findings if each.covers and each.kind == "satisfied"]
                assert stated
                assert all(each.citations and all(cited.title for cited in each.citations) for each in stated)
            assert all(each.citations for each in subject.findings), subject.subject
