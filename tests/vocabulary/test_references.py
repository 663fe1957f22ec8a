from __future__ import annotations

import datetime

import pytest

from supportable.document import read_file, read_text
from supportable.errors import VocabularyError
from supportable.vocabulary.references import CONFIDENCES, Reference, ReferenceRevision, load_references
from tests.vocabulary.documents import SHELF, told

ARTICLES = """
references: test
version: 2026.11.0
articles:
  KB2:
    title: Second
    url: https://example.com/2
    publisher: Example
    kind: blog
    confidence: opening
    seen: the first page
    revisions:
      2009-05: {date: 2009-05-26, note: as printed, confidence: full}
      later: {}
  KB1: {title: First, url: http://example.com/1, publisher: Example, confidence: secondary}
"""


def problems_of(*texts: str) -> list[str]:
    with pytest.raises(VocabularyError) as caught:
        load_references([read_text(text, f"r{place}.yaml") for place, text in enumerate(texts, start=1)])
    return told(caught.value)


def test_articles_come_sorted_by_id_with_all_that_is_said_of_them() -> None:
    found = load_references([read_text(ARTICLES, "r.yaml")])
    assert list(found.items()) == [
        ("KB1", Reference("KB1", "First", "http://example.com/1", "Example", "", "secondary", "")),
        (
            "KB2",
            Reference(
                "KB2", "Second", "https://example.com/2", "Example", "blog", "opening", "the first page",
                (
                    ReferenceRevision("2009-05", datetime.date(2009, 5, 26).toordinal(), "as printed", "full"),
                    ReferenceRevision("later", None, "", "opening"),
                ),
            ),
        ),
    ]  # fmt: skip
    assert str(found["KB1"].origin) == "r.yaml:15:3"


def test_an_edition_was_read_as_far_as_it_says_or_else_as_far_as_the_article() -> None:
    article = load_references([read_text(ARTICLES, "r.yaml")])["KB2"]
    assert [article.confidence_in(name) for name in ("2009-05", "later", "", "other")] == [
        "full", "opening", "opening", "opening",
    ]  # fmt: skip


def test_where_an_article_stands_is_no_part_of_what_it_is() -> None:
    one = load_references([read_text(ARTICLES, "r.yaml")])
    other = load_references([read_text("# moved down\n" + ARTICLES, "elsewhere.yaml")])
    assert one == other
    assert repr(one) == repr(other)


def test_everything_wrong_is_told_at_once() -> None:
    bad = """
references: [a]
version: x
language: 2
articles:
  KB1: {title: First, url: ftp://example.com, publisher: Example, confidence: ful, revison: {}}
  KB3: {revisions: {later: {date: May 2009, confidence: none, nte: a}}}
  KB4: text
"""
    assert problems_of(ARTICLES, bad, "articles: []") == [
        "r2.yaml:2:13 SUP202 the name of the references must be a text, not a list",
        "r2.yaml:3:10 SUP207 “x” is not a version | write numbers and dots, as in 1.0.0",
        "r2.yaml:4:11 SUP206 language “2” is not known to this engine | this engine reads language 1",
        "r2.yaml:6:3 SUP240 the article “KB1” is given twice | it stands at r1.yaml:15:3 already",
        "r2.yaml:6:28 SUP243 “ftp://example.com” is no web address | write it in full, beginning with https:// or http://",
        "r2.yaml:6:79 SUP241 “ful” is no confidence | did you mean “full”?",
        "r2.yaml:6:84 SUP204 unknown key “revison” | did you mean “revisions”?",
        "r2.yaml:7:8 SUP205 the key “title” is missing | add title: …",
        "r2.yaml:7:8 SUP205 the key “url” is missing | add url: …",
        "r2.yaml:7:8 SUP205 the key “publisher” is missing | add publisher: …",
        "r2.yaml:7:8 SUP205 the key “confidence” is missing | add confidence: …",
        "r2.yaml:7:35 SUP242 “May 2009” is no date | write year, month and day, as in 2009-05-26",
        "r2.yaml:7:57 SUP241 “none” is no confidence | known here: full, opening, secondary",
        "r2.yaml:7:63 SUP204 unknown key “nte” | did you mean “note”?",
        "r2.yaml:8:8 SUP200 the article “KB4” must be a map of keys and values, not “text”",
        "r2.yaml:8:8 SUP205 the key “title” is missing | add title: …",
        "r2.yaml:8:8 SUP205 the key “url” is missing | add url: …",
        "r2.yaml:8:8 SUP205 the key “publisher” is missing | add publisher: …",
        "r2.yaml:8:8 SUP205 the key “confidence” is missing | add confidence: …",
        "r3.yaml:1:1 SUP205 the key “references” is missing | add references: …",
        "r3.yaml:1:1 SUP205 the key “version” is missing | add version: …",
        "r3.yaml:1:11 SUP200 articles must be a map of keys and values, not a list",
    ]


def test_the_shipped_articles_load() -> None:
    found = load_references([read_file(path) for path in sorted((SHELF / "references").glob("*.yaml"))])
    assert {article.confidence for article in found.values()} == set(CONFIDENCES)
