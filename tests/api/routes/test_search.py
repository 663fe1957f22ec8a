"""The search finds what people type, and the best of it first."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable_api.library.searching import Entry, Index, words_of


def found(client: httpx.Client, q: str, **query: Any) -> list[tuple[str, str]]:
    answer = client.get("/v1/search", params={"q": q, **query})
    assert answer.status_code == 200, answer.text
    return [(each["kind"], each["id"]) for each in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("KB956893", ("article", "KB956893")),
        ("kb956893", ("article", "KB956893")),
        ("havm", ("term", "HAVM")),
        ("workload.database", ("attribute", "workload.database")),
        ("microsoft.sql-server-virtualization/guest-os", ("rule", "microsoft.sql-server-virtualization/guest-os")),
        ("guest os of sql", ("rule", "microsoft.sql-server-virtualization/guest-os")),
        ("validaton report", ("rule", "microsoft.failover-clustering/validation-report")),
        ("portal balanc", ("rule", "microsoft.scvmm/portal-not-balanced")),
    ],
)
def test_the_best_comes_first(client: httpx.Client, query: str, first: tuple[str, str]) -> None:
    assert found(client, query)[0] == first


def test_only_the_kinds_that_are_asked_for_are_found(client: httpx.Client) -> None:
    assert {kind for kind, _ in found(client, "cluster", kind=["term", "article"])} == {"term", "article"}


def test_total_counts_what_is_left_off(client: httpx.Client) -> None:
    answer = client.get("/v1/search", params={"q": "cluster", "limit": 2}).json()
    assert len(answer["items"]) == 2 < answer["total"]


def test_everything_that_is_found_is_where_it_says(client: httpx.Client) -> None:
    found = {
        (each["kind"], each["href"])
        for query in ("cluster", "migration", "memory")
        for each in client.get("/v1/search", params={"q": query, "limit": 40}).json()["items"]
    }
    assert {kind for kind, _ in found} == {"rule", "article", "term", "definition", "attribute"}
    assert {href: client.get(href).status_code for _, href in found} == {href: 200 for _, href in found}


def test_nothing_is_found_by_no_words(client: httpx.Client) -> None:
    assert found(client, "") == found(client, "  —  ") == []


def entry(id: str, title: str) -> Entry:
    return Entry("rule", id, title, "p", "", (id,), (), "")


WORD = st.text("abcdeé", min_size=1, max_size=4)
ENTRIES = st.lists(st.lists(WORD, min_size=1, max_size=5), max_size=8)


@given(ENTRIES, st.lists(WORD, min_size=1, max_size=3))
def test_all_that_is_found_has_every_word_if_anything_has(texts: list[list[str]], query: list[str]) -> None:
    index = Index(entry(f"id{place}", " ".join(words)) for place, words in enumerate(texts))
    wanted = {word for text in query for word in words_of(text)}
    having = {f"id{place}" for place, words in enumerate(texts) if wanted <= set(words_of(" ".join(words)))}
    # With a space behind it the last word is whole.
    answer = [each.id for each in index.find(" ".join(query) + " ")]
    assert len(answer) == len(set(answer))
    if having:
        assert set(answer) >= having


@given(ENTRIES, WORD)
def test_what_begins_so_is_found_while_one_types(texts: list[list[str]], start: str) -> None:
    index = Index(entry(f"id{place}", " ".join(words)) for place, words in enumerate(texts))
    begun = words_of(start)[0]
    having = {
        f"id{place}"
        for place, words in enumerate(texts)
        if any(word.startswith(begun) for word in words_of(" ".join(words)))
    }
    assert {each.id for each in index.find(start)} >= having
