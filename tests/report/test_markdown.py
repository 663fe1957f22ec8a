"""Markdown: shows every name, and lets none of them be markup. Read with markdown-it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from supportable.report.markdown import literal, markdown_of, plain
from supportable.report.markup import inert
from supportable.report.model import Report
from supportable.report.signs import SIGNS, WORDS
from supportable.verdict.model import STATUS_ORDER
from tests.report.documents import HOSTILE, PROBLEM, REFUSED, named, report
from tests.report.verdicts import finding, question, subject, verdict

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    found = []
    for token in READER.parse(text):
        found += [token, *(token.children or [])]
    return found


def shown(text: str) -> str:
    """What a reader sees, without word joiners."""
    seen = "".join(
        " " if one.type == "softbreak" else one.content
        for one in tokens(text)
        if one.type in ("text", "text_special", "code_inline", "softbreak")
    )
    return seen.replace("\u2060", "")


def flat(text: str) -> str:
    return " ".join(inert(text).split())


@pytest.mark.parametrize("status", STATUS_ORDER)
def test_the_heading_has_sign_word_and_design_and_the_coverage_follows(status: str) -> None:
    lines = markdown_of(report(verdict(status))).splitlines()
    assert lines[:4] == [
        f"## {SIGNS[status]} {WORDS[status].capitalize()}: `storage`",
        "",
        "- as of 2026-11-01",
        "- **3 of 4 judged subjects covered**; not covered: `server/s9`",
    ]


def test_a_violation_says_what_what_to_do_and_by_which_article() -> None:
    text = markdown_of(report(verdict("unsupported")))
    assert "- ✗ a1 is not mirrored (unsupported) \\[ACME-100\\]\n  - do: Mirror a1\n" in text
    assert "- ACME-100: [Supported configurations](<https://support.acme.example/100>)" in text


def test_a_question_shows_what_its_answers_lead_to() -> None:
    text = markdown_of(
        report(verdict("undetermined", subject("undetermined", finding("open")), missing=(question("supported"),)))
    )
    assert "1. Is it mirrored? `array/a1.mirrored`\n   - `yes` → the design ✓ supported\n" in text


def test_supported_names_the_article_that_states_it() -> None:
    assert "✓ support is stated: A mirrored array is supported \\[ACME-100\\]" in markdown_of(
        report(verdict("supported"))
    )


def test_several_designs_begin_with_a_table_and_what_was_not_judged_is_in_it() -> None:
    text = markdown_of(Report((*report(verdict("limited")).designs, REFUSED), (PROBLEM,)))
    assert "| `storage` | △ limited | **3 of 4 judged subjects covered**; not covered: `server/s9` |" in text
    assert "| `e.yaml` | ⊘ not judged | – |" in text
    assert "- `SUP510` the attribute “oss” is not known (did you mean “os”?) `e.yaml:7:3`" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_no_markup_link_mention_or_reference(name: str) -> None:
    text = markdown_of(named(name))
    kinds = Counter(one.type for one in tokens(text) if one.type not in ("text", "text_special", "softbreak"))
    harmless = markdown_of(named("harmless"))
    assert kinds == Counter(
        one.type for one in tokens(harmless) if one.type not in ("text", "text_special", "softbreak")
    )
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    assert not re.search(r"@\w|#\d|https?://(?!support\.acme)|www\.", outside)


@given(st.text())
def test_plain_text_shows_what_it_was_given_as_nothing_but_text(name: str) -> None:
    text = "- x " + plain(name)
    assert {one.type for one in tokens(text)} <= {
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "text", "text_special", "paragraph_close",
        "list_item_close", "bullet_list_close",
    }  # fmt: skip
    assert shown(text).split() == ["x", *flat(name).split()]


@given(st.text(min_size=1))
def test_a_code_span_shows_what_it_was_given(name: str) -> None:
    (span,) = [one for one in tokens("x " + literal(name).replace("\\|", "|")) if one.type == "code_inline"]
    assert span.content.strip() == flat(name).strip()
