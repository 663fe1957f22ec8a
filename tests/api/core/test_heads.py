"""HEAD says of everything what GET would, and sends nothing of it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api.core.asking import DAY, GUESTS, YAML
from tests.api.route_table import ROUTES

GETS = sorted(path for method, path in ROUTES if method == "GET")
EACH_ITS_OWN = {"date", "x-request-id"}
CHANGING = {"/metrics": {"content-length"}}
"""What differs between any two answers of a route."""


@pytest.fixture(scope="module")
def http(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server) as made:
        yield made


@pytest.fixture(scope="module")
def known(http: httpx.Client) -> Mapping[str, str]:
    """Something for every word that stands in a path."""
    evaluated = http.post("/v1/evaluations", params={"as_of": DAY}, content=GUESTS, headers=YAML)
    http.put("/v1/designs/kept", content=GUESTS, headers=YAML).raise_for_status()
    pack = http.get("/v1/packs").json()["items"][0]
    rules = http.get(f"/v1/packs/{pack['name']}/{pack['version']}").json()["rules"]
    page = http.get("/").text
    return {
        "/v1/evaluations": evaluated.json()["id"],
        "/v1/designs": "kept",
        "{version}": "1",
        "/v1/packs": f"{pack['name']}/{pack['version']}/{rules[0]['id']}",
        "/v1/references": http.get("/v1/references").json()["items"][0]["id"],
        "/v1/glossary": http.get("/v1/glossary").json()["items"][0]["term"],
        "/v1/schema": "design",
        "/v1/examples": http.get("/v1/examples").json()[0]["name"],
        "/assets": re.findall(r"assets/([\w.-]+)", page)[0],
    }


def address(path: str, known: Mapping[str, str]) -> str:
    if path.startswith("/v1/packs/"):
        name, version, rule = known["/v1/packs"].split("/")
        return path.replace("{name}", name).replace("{version}", version).replace("{rule}", rule)
    if path == "/v1/search":
        return "/v1/search?q=guest"
    owner = next((each for each in known if path.startswith(f"{each}/")), "")
    return re.sub(r"\{(?!version)[\w:]+\}", known.get(owner, ""), path.replace("{version}", known["{version}"]))


def told(answer: httpx.Response, path: str = "") -> tuple[int, dict[str, str]]:
    leaving = EACH_ITS_OWN | CHANGING.get(path, set())
    return answer.status_code, {name: value for name, value in answer.headers.items() if name not in leaving}


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("path", GETS)
def test_head_tells_what_get_tells(http: httpx.Client, known: Mapping[str, str], path: str, coding: str) -> None:
    where, headers = address(path, known), {"Accept-Encoding": coding}
    whole = http.get(where, headers=headers)
    head = http.head(where, headers=headers)
    assert whole.status_code == 200, whole.text
    assert told(head, path) == told(whole, path)
    assert int(head.headers["Content-Length"]) > 0
    assert head.content == b""
    if "ETag" in whole.headers:
        same = headers | {"If-None-Match": whole.headers["ETag"]}
        assert told(http.head(where, headers=same)) == told(http.get(where, headers=same))
        assert http.head(where, headers=same).status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere", 404), ("/v1/boms", 405), ("/v1/evaluations?limit=many", 400), ("/v1/designs/nobodys", 404)],
)
def test_head_is_refused_as_get_is(http: httpx.Client, path: str, status: int) -> None:
    head = http.head(path)
    assert told(head) == told(http.get(path))
    assert (head.status_code, head.content) == (status, b"")


def test_nothing_of_the_content_goes_over_the_wire(server: str) -> None:
    """Two requests on one connection: bytes of a first answer would stand before the second."""
    place = urlsplit(server)
    with socket.create_connection((place.hostname, place.port)) as connection:
        for closing in (b"keep-alive", b"close"):
            host = place.netloc.encode()
            connection.sendall(b"HEAD /v1/vocabulary HTTP/1.1\r\nHost: %b\r\nConnection: %b\r\n\r\n" % (host, closing))
        came = b""
        while piece := connection.recv(65536):
            came += piece
    heads = came.split(b"\r\n\r\n")
    assert [head[:15] for head in heads] == [b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK", b""]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("OPTIONS", "/v1/packs", "GET, HEAD"),
        ("OPTIONS", "/v1/evaluations", "GET, HEAD, POST"),
        ("OPTIONS", "/v1/boms", "POST"),
        ("HEAD", "/v1/boms", "POST"),
        ("DELETE", "/healthz", "GET, HEAD"),
        ("PATCH", "/v1/designs/kept", "DELETE, GET, HEAD, PUT"),
    ],
)
def test_what_is_allowed_is_told(http: httpx.Client, method: str, path: str, allowed: str) -> None:
    answer = http.request(method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)


def test_head_is_counted_as_head_under_its_route(http: httpx.Client) -> None:
    http.head("/v1/schema/pack")
    counted = [line for line in http.get("/metrics").text.splitlines() if 'method="HEAD"' in line]
    assert any('route="/v1/schema/{kind}"' in line for line in counted), counted
