"""A badge says its status in words, with the coverage."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from supportable.report.badge import badge_of
from supportable.report.model import Report
from supportable.report.signs import SIGNS, WORDS
from supportable.verdict.model import STATUS_ORDER
from tests.report.documents import HOSTILE, REFUSED, named, report
from tests.report.test_html import luminance
from tests.report.verdicts import verdict

SVG = "{http://www.w3.org/2000/svg}"


def read(shown: Report) -> ElementTree.Element:
    return ElementTree.fromstring(badge_of(shown).encode())


def words(root: ElementTree.Element) -> list[str | None]:
    return [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("status", STATUS_ORDER)
def test_sign_word_and_coverage_are_on_it_and_in_its_title(status: str) -> None:
    root = read(report(verdict(status)))
    title = f"storage: {WORDS[status]} as of 2026-11-01, 3 of 4 judged subjects covered"
    assert words(root) == ["supportable", f"{SIGNS[status]} {WORDS[status]} · 3/4 covered"]
    assert root.findtext(f"{SVG}title") == root.get("aria-label") == title
    assert root.get("role") == "img"


def test_of_several_designs_the_worst_counts() -> None:
    root = read(report(verdict("supported"), verdict("limited"), verdict("conditional")))
    assert words(root)[1] == "△ limited · 9/12 covered · 3 designs"
    assert root.get("aria-label") == "3 designs: 1 limited, 1 conditional, 1 supported"


def test_a_design_that_was_not_judged_leaves_no_status_standing() -> None:
    root = read(Report((*report(verdict("supported")).designs, REFUSED)))
    assert words(root)[1] == "⊘ not judged"
    assert root.get("aria-label") == "2 designs: 1 supported, 1 not judged"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_leaves_the_picture_whole(name: str) -> None:
    assert [one.tag for one in read(named(name)).iter()] == [one.tag for one in read(named("x")).iter()]


@pytest.mark.parametrize("status", STATUS_ORDER)
def test_white_words_stand_out_from_every_ground(status: str) -> None:
    for ground in (one.get("fill", "") for one in read(report(verdict(status))).iter(f"{SVG}rect")):
        if ground.startswith("#"):
            assert 1.05 / (luminance(ground) + 0.05) >= 4.5
