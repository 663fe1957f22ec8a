"""Stored designs: what was put is what is got, and nobody overwrites what they did not see."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator

import httpx
import pytest

from supportable_api import Settings, create_app
from tests.api.in_process import serving

YAML = {"Content-Type": "application/yaml"}
NAMES = (f"design-{number}" for number in itertools.count())


@pytest.fixture
def address() -> str:
    """The address of a design that is not there yet."""
    return f"/v1/designs/{next(NAMES)}"


def put(client: httpx.Client, address: str, text: str, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(address, content=text, headers={**YAML, **given})


def code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["problems"][0]["code"]


# What is put is what is got.


@pytest.mark.parametrize(
    ("media_type", "kept_as", "content"),
    [
        ("application/yaml", "application/yaml", b"# a comment\ndesign:   spaced\n"),
        ("text/yaml; charset=utf-8", "application/yaml", "design: Größe\n".encode()),
        ("application/json", "application/json", b'{"design":\t"tabs"}'),
        ("application/toml", "application/toml", b'design = "toml"\n'),
    ],
)
def test_the_very_bytes_come_back(
    client: httpx.Client, address: str, media_type: str, kept_as: str, content: bytes
) -> None:
    stored = client.put(address, content=content, headers={"Content-Type": media_type})
    assert stored.status_code == 201
    got = client.get(address)
    assert (got.status_code, got.content) == (200, content)
    assert got.headers["content-type"].partition(";")[0] == kept_as
    assert got.headers["etag"] == stored.headers["etag"] == f'"{stored.json()["etag"]}"'
    assert stored.json() == {
        "name": address.rpartition("/")[2],
        "version": 1,
        "etag": stored.json()["etag"],
        "media_type": kept_as,
        "digest": hashlib.sha256(content).hexdigest(),
        "by": "local",
        "at": stored.json()["at"],
        "deleted": False,
        "problems": [],
    }


def test_the_same_again_is_no_new_version(client: httpx.Client, address: str) -> None:
    first = put(client, address, "design: a\n")
    again = put(client, address, "design: a\n", If_Match=first.headers["etag"])
    assert (again.status_code, again.json()) == (200, first.json())


def test_whoever_has_it_is_not_sent_it_again(client: httpx.Client, address: str) -> None:
    etag = put(client, address, "design: a\n").headers["etag"]
    same = client.get(address, headers={"If-None-Match": etag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    put(client, address, "design: b\n", If_Match=etag)
    assert client.get(address, headers={"If-None-Match": etag}).text == "design: b\n"


def test_every_version_stays(client: httpx.Client, address: str) -> None:
    tags = [put(client, address, "design: a\n").headers["etag"]]
    for text in ("design: b\n", "design: a\n"):
        tags.append(put(client, address, text, If_Match=tags[-1]).headers["etag"])
    assert client.delete(address, headers={"If-Match": tags[-1]}).status_code == 204
    tags.append(put(client, address, "design: c\n").headers["etag"])
    assert len(set(tags)) == 4, "a design that returns to what it was is another version"
    history = client.get(f"{address}/history").json()
    assert [(item["version"], item["deleted"]) for item in history["items"]] == [
        (5, False),
        (4, True),
        (3, False),
        (2, False),
        (1, False),
    ]
    assert history["next"] is None
    old = [client.get(f"{address}/versions/{number}") for number in (1, 2, 3, 4, 5)]
    assert [(each.status_code, each.text) for each in old if each.status_code == 200] == [
        (200, "design: a\n"),
        (200, "design: b\n"),
        (200, "design: a\n"),
        (200, "design: c\n"),
    ]
    assert code(old[3]) == (404, "SUP765"), "a deletion has no content"
    assert "immutable" in old[0].headers["cache-control"]
    assert code(client.get(f"{address}/versions/6")) == (404, "SUP765")


# Conditions.


def test_nothing_is_overwritten_unseen(client: httpx.Client, address: str) -> None:
    first = put(client, address, "design: a\n")
    blind = put(client, address, "design: b\n")
    assert code(blind) == (428, "SUP766")
    assert blind.headers["etag"] == first.headers["etag"], "so that a client can go and look"
    assert client.get(address).text == "design: a\n"


def test_nothing_is_overwritten_that_was_seen_in_another_version(client: httpx.Client, address: str) -> None:
    first = put(client, address, "design: a\n").headers["etag"]
    second = put(client, address, "design: b\n", If_Match=first)
    assert second.status_code == 200
    late = put(client, address, "design: c\n", If_Match=first)
    assert code(late) == (412, "SUP767")
    assert late.headers["etag"] == second.headers["etag"]
    assert client.get(address).text == "design: b\n"


def test_a_design_that_came_compressed_can_be_replaced_by_a_client_that_sends_plainly(
    client: httpx.Client, address: str
) -> None:
    put(client, address, "design: a\n" + "# " + "x" * 20_000 + "\n")
    got = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert got.headers["content-encoding"] == "gzip"
    assert (
        put(client, address, "design: b\n", If_Match=got.headers["etag"], Accept_Encoding="identity").status_code == 200
    )


def test_nothing_is_created_that_was_to_be_replaced(client: httpx.Client, address: str) -> None:
    assert code(put(client, address, "design: a\n", If_Match='"1-abc"')) == (412, "SUP767")
    assert code(put(client, address, "design: a\n", If_Match="*")) == (412, "SUP767")
    assert code(client.get(address)) == (404, "SUP764")


def test_if_none_match_stores_only_what_is_new(client: httpx.Client, address: str) -> None:
    assert put(client, address, "design: a\n", If_None_Match="*").status_code == 201
    assert code(put(client, address, "design: b\n", If_None_Match="*")) == (412, "SUP767")


def test_a_condition_may_name_several_versions_or_any(client: httpx.Client, address: str) -> None:
    etag = put(client, address, "design: a\n").headers["etag"]
    assert put(client, address, "design: b\n", If_Match=f'"other", {etag}').status_code == 200
    assert put(client, address, "design: c\n", If_Match="*").status_code == 200


def test_both_conditions_must_hold(client: httpx.Client, address: str) -> None:
    etag = put(client, address, "design: a\n").headers["etag"]
    assert code(put(client, address, "design: b\n", If_Match=etag, If_None_Match=etag)) == (412, "SUP767")
    assert code(put(client, address, "design: b\n", If_Match=etag, If_None_Match=f"W/{etag}")) == (412, "SUP767")
    assert put(client, address, "design: b\n", If_Match=etag, If_None_Match='"other"').status_code == 200


def test_nothing_is_overwritten_on_the_strength_of_a_weak_tag(client: httpx.Client, address: str) -> None:
    etag = put(client, address, "design: a\n").headers["etag"]
    assert code(put(client, address, "design: b\n", If_Match=f"W/{etag}")) == (412, "SUP767")


@pytest.mark.parametrize("header", ["1-abc", '"1-abc', "", '"a" "b"', '*, "a"', "'a'"])
def test_a_condition_that_cannot_be_read_is_not_passed_over(client: httpx.Client, address: str, header: str) -> None:
    put(client, address, "design: a\n")
    assert code(put(client, address, "design: b\n", If_Match=header)) == (400, "SUP768")
    assert client.get(address).text == "design: a\n"


def test_deleting_takes_a_condition_too(client: httpx.Client, address: str) -> None:
    etag = put(client, address, "design: a\n").headers["etag"]
    assert code(client.delete(address)) == (428, "SUP766")
    assert code(client.delete(address, headers={"If-Match": '"1-abc"'})) == (412, "SUP767")
    gone = client.delete(address, headers={"If-Match": etag})
    assert (gone.status_code, gone.content) == (204, b"")
    assert code(client.get(address)) == (404, "SUP764")
    assert code(client.delete(address, headers={"If-Match": "*"})) == (404, "SUP764")
    assert put(client, address, "design: b\n").status_code == 201, "the name is free again"


# What can be stored.


@pytest.mark.parametrize(
    ("media_type", "content", "expected"),
    [
        ("application/yaml", b"design: [", (400, "SUP1")),
        ("application/json", b'{"design": "a",}', (400, "SUP1")),
        ("application/yaml", b"\xff\x00\x01", (400, "SUP1")),
        ("application/yaml", b"", (400, "SUP1")),
        ("application/yaml", b"a: 1\na: 2\n", (400, "SUP1")),
        ("application/yaml", b"- a\n- b\n", (422, "SUP500")),
        ("application/yaml", b"just words", (422, "SUP500")),
        ("text/plain", b"design: a\n", (415, "SUP7")),
    ],
)
def test_what_cannot_be_read_is_not_stored(
    client: httpx.Client, address: str, media_type: str, content: bytes, expected: tuple[int, str]
) -> None:
    status, found = code(client.put(address, content=content, headers={"Content-Type": media_type}))
    assert (status, found[: len(expected[1])]) == expected
    assert client.get(address).status_code == 404


def test_what_is_not_yet_right_is_stored_and_told(client: httpx.Client, address: str) -> None:
    """A design is work in progress, and the vocabulary changes under it."""
    stored = put(client, address, "design: a\nmachines:\n  - {id: m, knd: physical}\n")
    assert stored.status_code == 201
    (problem,) = stored.json()["problems"]
    assert (problem["code"], problem["file"], problem["line"]) == ("SUP520", "design.yaml", 3)
    assert code(client.post(f"{address}/evaluations")) == (422, "SUP520")


@pytest.mark.parametrize("name", ["a%2Fb", ".hidden", "-x", "a b", "é", "a" * 101, "a%00", "..%2f..", "a%0A"])
def test_names_are_plain(client: httpx.Client, name: str) -> None:
    assert put(client, f"/v1/designs/{name}", "design: a\n").status_code in {400, 404}


# Lists.


def test_designs_are_listed_by_name_in_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = f"sqlite:///{tmp_path_factory.mktemp('list') / 'ledger.db'}"
    with serving(create_app(Settings(database=database))) as client:
        for name in ("c", "a", "b", "gone"):
            put(client, f"/v1/designs/{name}", f"design: {name}\n")
        client.delete("/v1/designs/gone", headers={"If-Match": "*"})
        put(client, "/v1/designs/b", "design: b2\n", If_Match="*")
        whole = client.get("/v1/designs").json()
        assert [(item["name"], item["version"]) for item in whole["items"]] == [("a", 1), ("b", 2), ("c", 1)]
        assert whole["next"] is None
        first = client.get("/v1/designs?limit=2").json()
        rest = client.get("/v1/designs", params={"limit": 2, "cursor": first["next"]}).json()
        assert first["items"] + rest["items"] == whole["items"]
        assert rest["next"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "cursor=nonsense"])
def test_a_page_that_there_is_not_is_told(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/designs?{query}").status_code == 400


# Judging.


def test_a_stored_design_is_judged_as_if_it_were_sent(client: httpx.Client, address: str) -> None:
    text = "design: a\nmachines:\n  - {id: m, kind: physical, os: Windows Server 2008}\n"
    put(client, address, text)
    sent = client.post("/v1/evaluations?as_of=2010-01-01", content=text, headers=YAML)
    judged = client.post(f"{address}/evaluations?as_of=2010-01-01")
    assert (judged.status_code, judged.json()["verdict"]) == (201, sent.json()["verdict"])
    assert judged.headers["supportable-design-version"] == "1"
    kept = client.get(judged.headers["location"]).json()
    assert (kept["name"], kept["design"], kept["as_of"]) == (address.rpartition("/")[2], text, "2010-01-01")


def test_any_version_can_be_judged_in_any_form(client: httpx.Client, address: str) -> None:
    etag = put(client, address, "design: first\n").headers["etag"]
    put(client, address, "design: second\n", If_Match=etag)
    newest = client.post(f"{address}/evaluations?record=false").json()
    assert (newest["id"], newest["verdict"]["design"]) == (None, "second")
    first = client.post(f"{address}/evaluations?version=1&record=false", headers={"Accept": "text/markdown"})
    assert (first.status_code, first.headers["content-type"].partition(";")[0]) == (200, "text/markdown")
    assert "first" in first.text
    assert first.headers["supportable-design-version"] == "1"
    assert code(client.post(f"{address}/evaluations?version=3")) == (404, "SUP765")
    assert code(client.post(f"{address}-none/evaluations")) == (404, "SUP764")
    assert client.post(f"{address}/evaluations", headers={"Accept": "image/png"}).status_code == 406


# Without a database.


@pytest.fixture(scope="module")
def forgetful() -> Iterator[httpx.Client]:
    with serving(create_app(Settings(database="none"))) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/designs"),
        ("PUT", "/v1/designs/a"),
        ("GET", "/v1/designs/a"),
        ("DELETE", "/v1/designs/a"),
        ("GET", "/v1/designs/a/history"),
        ("GET", "/v1/designs/a/versions/1"),
        ("POST", "/v1/designs/a/evaluations"),
    ],
)
def test_without_a_database_nothing_is_stored_and_that_is_said(forgetful: httpx.Client, method: str, path: str) -> None:
    content = "design: a\n" if method == "PUT" else None
    answer = forgetful.request(method, path, content=content, headers=YAML)
    assert answer.status_code == 404
    assert "without a database" in answer.json()["detail"]
