"""Packs, rules, articles and terms, as the service tells of them: the whole of a small pack, and every one of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from supportable.packs import PackSet, load_packs
from supportable.packs.lint.uses import citations_of_rule
from supportable_api import Settings, create_app
from tests.api.in_process import serving
from tests.packs.acme import HEAD, SHARED, shelf

RULES = """\
rules:
  - id: mirrored
    title: An array is mirrored
    tags: [A1]
    subject: array
    covers: true
    when: array.model == "A"
    require: array.mirrored
    unless:
      - {title: Spare, if: size(array.bays) == 0, cite: [{ref: ACME-200, section: Spares}]}
    otherwise:
      - {if: array.power.watts > 3, outcome: limited, message: "{{ array.id }} is hot", remedies: [Cool it]}
      - {outcome: unsupported}
    message: "the array {{ array.id }} is not mirrored"
    remedies: [Mirror it]
    revisions:
      - effective: {from: 2020-01-01, last_seen: 2020-06-01}
        require: "false"
        cite: [{ref: ACME-100, revision: first}]
      - effective: {from: 2022-06-01}
        cite: [{ref: ACME-100, revision: second}]
"""
CASE = """\
- case: it is mirrored
  as_of: 2023-01-01
  design: {arrays: [{id: a, model: A, mirrored: true, bays: []}]}
  expect: {array/a: {status: supported, satisfied: [mirrored], cites: [{ref: ACME-100, revision: second}]}}
"""
SOURCES = "{sources: acme, title: Notes, article: ACME-100, statements: {A1: {says: Arrays are mirrored.}}}\n"
RULE = "/v1/packs/acme.arrays/1.0.0/rules/mirrored"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service that holds one small pack, and nothing of ours."""
    folder: Path = tmp_path_factory.mktemp("shelf")
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/r.yaml": RULES, "acme/arrays/cases/r.yaml": CASE}
    place = shelf(folder, SHARED, files)
    (Path(place) / "sources.yaml").write_text(SOURCES)
    with serving(create_app(Settings(database="none", packs=(str(place),), installed=False))) as client:
        yield client


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


def got(client: httpx.Client, path: str, **query: Any) -> Any:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_rule_is_told_whole(small: httpx.Client) -> None:
    told = got(small, RULE)
    first, second = told.pop("texts")
    assert told == {
        "rule": "acme.arrays/mirrored",
        "id": "mirrored",
        "pack": "acme.arrays",
        "version": "1.0.0",
        "title": "An array is mirrored",
        "subject": "array",
        "notes": "",
        "tags": ["A1"],
        "statements": [{"id": "A1", "says": "Arrays are mirrored.", "article": "ACME-100"}],
        "changes_on": ["2020-01-01", "2020-06-02", "2022-06-01"],
        "cases": [
            {
                "title": "it is mirrored",
                "as_of": "2023-01-01",
                "subject": "array/a",
                "expected": "supported, satisfied: mirrored, cites: ACME-100 second",
                "at": {"file": "cases/r.yaml", "line": 1, "column": 3},
            }
        ],
        "at": {"file": "acme/arrays/rules/r.yaml", "line": 2, "column": 5},
    }
    assert (first["since"], first["last_seen"], first["until"], first["doubtful"]) == (
        "2020-01-01",
        "2020-06-01",
        "2022-06-01",
        True,
    )
    assert first["states_support"] is False
    citation = second["citations"][0]
    assert (citation["ref"], citation["revision"]) == ("ACME-100", "second")
    second.pop("citations")
    exemption = second["unless"][0]["citations"][0]
    assert (exemption["ref"], exemption["section"]) == ("ACME-200", "Spares")
    second["unless"][0].pop("citations")
    file = "acme/arrays/rules/r.yaml"
    assert second == {
        "since": "2022-06-01",
        "until": None,
        "last_seen": None,
        "doubtful": False,
        "title": "An array is mirrored",
        "states_support": True,
        "advisory": False,
        "when": {"text": 'array.model == "A"', "at": {"file": file, "line": 7, "column": 11}},
        "each": None,
        "require": {"text": "array.mirrored", "at": {"file": file, "line": 8, "column": 14}},
        "unless": [
            {
                "title": "Spare",
                "condition": {"text": "size(array.bays) == 0", "at": {"file": file, "line": 10, "column": 28}},
                "since": None,
                "until": None,
            }
        ],
        "disputed": [],
        "outcomes": [
            {
                "outcome": "limited",
                "refused": False,
                "when": {"text": "array.power.watts > 3", "at": {"file": file, "line": 12, "column": 14}},
                "message": "{{ array.id }} is hot",
                "remedies": ["Cool it"],
                "citations": [],
            },
            {
                "outcome": "unsupported",
                "refused": False,
                "when": None,
                "message": "",
                "remedies": [],
                "citations": [],
            },
        ],
        "message": "the array {{ array.id }} is not mirrored",
        "remedies": ["Mirror it"],
        "at": {"file": file, "line": 20, "column": 9},
    }


def test_an_article_says_what_rests_on_it(small: httpx.Client) -> None:
    told = got(small, "/v1/references/ACME-100")
    assert told["rules"] == [
        {
            "rule": "acme.arrays/mirrored",
            "pack": "acme.arrays",
            "version": "1.0.0",
            "title": "An array is mirrored",
            "sections": [],
            "revisions": ["first", "second"],
        }
    ]
    assert [each["id"] for each in told["revisions"]] == ["first", "second"]
    spare = got(small, "/v1/references/ACME-200")
    assert (spare["sections"], [each["sections"] for each in spare["rules"]]) == (["Spares"], [["Spares"]])


def test_every_pack_is_told_whole(client: httpx.Client, packs: PackSet) -> None:
    listed = got(client, "/v1/packs")
    assert [(each["name"], each["version"], each["rules"]) for each in listed["items"]] == [
        (pack.name, pack.version, len(pack.rules)) for pack in packs.packs
    ]
    assert (listed["broken"], listed["digest"]) == ([], f"sha256:{packs.digest}")
    for pack in packs.packs:
        told = got(client, f"/v1/packs/{pack.name}/{pack.version}")
        assert [each["id"] for each in told["rules"]] == [rule.id for rule in pack.rules]
        assert [each["fact"] for each in told["definitions"]] == [each.fact for each in pack.derive]
        assert [each["term"] for each in told["terms"]] == [each.term for each in pack.glossary]


def test_every_rule_can_be_read_with_all_of_its_texts_and_citations(client: httpx.Client, packs: PackSet) -> None:
    named = 0
    for pack in packs.packs:
        for rule in pack.rules:
            told = got(client, f"/v1/packs/{pack.name}/{pack.version}/rules/{rule.id}")
            assert len(told["texts"]) == len(rule.revisions)
            cited = {
                (each["ref"], each["section"], each["revision"])
                for text in told["texts"]
                for held in (text, *text["unless"], *text["outcomes"])
                for each in held["citations"]
            }
            cited |= {
                (each["citation"]["ref"], each["citation"]["section"], each["citation"]["revision"])
                for text in told["texts"]
                for each in text["disputed"]
            }
            assert cited == {(each.ref, each.section, each.revision) for each in citations_of_rule(rule)}
            assert not any(case["at"]["file"].startswith("/") for case in told["cases"])
            named += bool(told["cases"])
    assert named == sum(len(pack.rules) for pack in packs.packs), "every rule of ours has a case that names it"


def test_pages_of_articles_hold_each_article_once(client: httpx.Client, packs: PackSet) -> None:
    found: list[str] = []
    cursor = ""
    while True:
        page = got(client, "/v1/references", limit=7, cursor=cursor)
        assert len(page["items"]) <= 7
        found += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert found == sorted(packs.references)


def test_pages_of_terms_hold_each_term_once(client: httpx.Client, packs: PackSet) -> None:
    found: list[tuple[str, str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = got(client, "/v1/glossary", limit=4, cursor=cursor)
        found += [(each["term"], each["pack"]) for each in page["items"]]
        cursor = page["next"]
    assert sorted(found) == sorted((term.term, pack.name) for pack in packs.packs for term in pack.glossary)
    assert [each["term"] for each in got(client, "/v1/glossary/havm")["entries"]] == ["HAVM"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/packs/microsoft.hyperv", "SUP710"),
        ("/v1/packs/microsoft.hyper-v/9.9", "SUP771"),
        ("/v1/packs/microsoft.hyper-v/1.0.0/rules/nope", "SUP770"),
        ("/v1/references/KB0", "SUP772"),
        ("/v1/glossary/HAWM", "SUP773"),
        ("/v1/examples/sql-guest-clutser", "SUP774"),
    ],
)
def test_what_is_not_there_is_404_with_a_code(client: httpx.Client, path: str, code: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert [each["code"] for each in answer.json()["problems"]] == [code]


def test_a_near_miss_is_told_the_name(client: httpx.Client) -> None:
    hint = client.get("/v1/packs/microsoft.hyperv").json()["problems"][0]["hint"]
    assert hint.startswith("did you mean “microsoft.hyper-v”")


def test_a_cursor_that_is_none_is_refused(client: httpx.Client) -> None:
    for cursor in ("*", "_w", "é"):
        answer = client.get("/v1/references", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["problems"][0]["code"]) == (400, "SUP775")


PATHS = (
    "/v1/packs",
    "/v1/packs/microsoft.hyper-v",
    "/v1/packs/microsoft.hyper-v/1.0.0",
    "/v1/packs/microsoft.sql-server-virtualization/1.0.0/rules/guest-os",
    "/v1/references",
    "/v1/references/KB956893",
    "/v1/vocabulary",
    "/v1/glossary",
    "/v1/glossary/HAVM",
    "/v1/search?q=cluster",
    "/v1/schema/design",
    "/v1/schema/pack",
    "/v1/schema/problem",
    "/v1/schema/verdict",
    "/v1/examples",
    "/v1/examples/sql-guest-cluster",
    "/openapi.json",
)


@pytest.mark.parametrize("path", PATHS)
def test_what_the_caller_has_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": header})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get(path, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
