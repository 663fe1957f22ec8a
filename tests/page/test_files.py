"""How the page's files are served: with a strict policy, compressed, and never fetched twice for nothing."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import httpx
import pytest

from supportable_api.page_files import page_files

SCRIPTS_AT_MOST = 300_000


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as client:
        yield client


def directives(policy: str) -> dict[str, list[str]]:
    parts = (each.split() for each in policy.split(";"))
    return {first: rest for first, *rest in parts}


def test_the_page_allows_its_own_server_and_nothing_inline(client: httpx.Client) -> None:
    answer = client.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = directives(answer.headers["content-security-policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_in_the_page_is_inline(client: httpx.Client) -> None:
    page = client.get("/").text
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert "<style" not in page
    assert re.findall(r"\s(style|on\w+)=", page) == []


def test_every_file_that_the_page_names_is_there(client: httpx.Client) -> None:
    named = re.findall(r'(?:href|src)="([^"]+)"', client.get("/").text)
    assert len(named) >= 3
    for name in named:
        assert client.get(f"/{name}").status_code == 200, name


def test_what_is_named_by_its_content_is_kept_for_good_and_the_page_is_asked_for_again(client: httpx.Client) -> None:
    assert client.get("/").headers["cache-control"] == "no-cache"
    for name in page_files():
        if name.startswith("assets/"):
            assert "immutable" in client.get(f"/{name}").headers["cache-control"]


def test_a_page_that_has_not_changed_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/")
    again = client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    plain = client.get("/", headers={"accept-encoding": "identity"})
    assert plain.headers["etag"] != first.headers["etag"]
    assert plain.content == first.content
    assert "content-encoding" not in plain.headers


def test_no_path_reaches_beyond_the_page_s_files(client: httpx.Client) -> None:
    for path in ("/assets/nothing.js", "/assets/..%2findex.html", "/assets/%2e%2e/%2e%2e/__init__.py", "/index.html"):
        assert client.get(path).status_code == 404, path


def test_all_scripts_together_are_small() -> None:
    sizes = {name: len(gzip.compress(file.content, 9)) for name, file in page_files().items() if name.endswith(".js")}
    assert 0 < sum(sizes.values()) < SCRIPTS_AT_MOST, sizes


def test_the_licences_of_what_is_bundled_go_with_it(client: httpx.Client) -> None:
    licences = client.get("/LICENSES.txt").text
    for package in ("preact ", "@codemirror/view ", "yaml ", "@fontsource-variable/inter "):
        assert f"\n{package}" in f"\n{licences}", package
