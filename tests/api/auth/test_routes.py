"""On every route there is: nobody without credentials, nobody without the scope, everybody with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import httpx
import pytest
from fastapi import FastAPI

from supportable_api.auth import SCOPES
from tests.api.callers import Keyring, all_routes, called, described, guarded, keyring
from tests.api.route_table import ROUTES

GUARDED = {key: route for key, route in ROUTES.items() if route.scopes}


def named(part: str) -> str:
    return part.replace("/", " ").strip()


@pytest.fixture(scope="module")
def app(keys: Keyring) -> FastAPI:
    return guarded(keys)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return keyring(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def secrets(keys: Keyring) -> Mapping[frozenset[str], str]:
    """A key for each choice of scopes."""
    choices = [frozenset(scope for place, scope in enumerate(SCOPES) if mask >> place & 1) for mask in range(1, 8)]
    return {choice: keys.key("acme", *sorted(choice)) for choice in choices}


@pytest.fixture(scope="module")
def nobody(keys: Keyring) -> Iterator[httpx.Client]:
    with called(keys) as client:
        yield client


def request(client: httpx.Client, method: str, path: str, **headers: str) -> httpx.Response:
    filled = re.sub(r"\{\w+(:path)?\}", "1", path)
    content = b"no body that any route reads" if method in {"POST", "PUT"} else None
    return client.request(method, filled, content=content, headers=headers)


def test_every_route_is_in_the_table_and_nothing_else(app: FastAPI) -> None:
    routes = all_routes(app)
    assert routes - ROUTES.keys() == set(), "a route that nobody classified: see route_table.py"
    assert ROUTES.keys() - routes == set(), "the table names routes that are gone"
    told = {(method, path.replace("{term}", "{term:path}")) for method, path in described(app)}
    assert told <= ROUTES.keys()
    assert GUARDED.keys() <= told, "a route that OpenAPI is silent about"


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=named)
def test_nobody_gets_in_without_credentials(nobody: httpx.Client, method: str, path: str) -> None:
    answer = request(nobody, method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"] == 'Bearer realm="supportable"'
    assert answer.json()["problems"][0]["code"] == "SUP750"
    if method == "GET":
        head = request(nobody, "HEAD", path)
        assert (head.status_code, head.content) == (401, b"")


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=named)
def test_nobody_gets_in_by_a_key_that_is_none(nobody: httpx.Client, method: str, path: str) -> None:
    answer = request(nobody, method, path, **{"X-API-Key": "spk_222222222222_" + "x" * 43})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (401, "SUP751")
    assert answer.headers["www-authenticate"] == 'Bearer realm="supportable", error="invalid_token"'


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=named)
def test_each_scope_of_a_route_is_needed_and_no_other(
    nobody: httpx.Client, secrets: Mapping[frozenset[str], str], method: str, path: str
) -> None:
    needed = frozenset(GUARDED[method, path].scopes)
    for choice, secret in secrets.items():
        answer = request(nobody, method, path, Authorization=f"Bearer {secret}")
        if needed <= choice:
            assert answer.status_code not in {401, 403}, choice
            continue
        assert answer.status_code == 403, choice
        missing = next(scope for scope in GUARDED[method, path].scopes if scope not in choice)
        assert answer.json()["problems"][0]["code"] == "SUP752"
        assert f"“{missing}”" in answer.json()["detail"]
        assert answer.headers["www-authenticate"].endswith(f'error="insufficient_scope", scope="{missing}"')


@pytest.mark.parametrize(("method", "path"), [key for key, route in ROUTES.items() if not route.scopes], ids=named)
def test_what_is_open_asks_for_nothing(nobody: httpx.Client, method: str, path: str) -> None:
    assert request(nobody, method, path).status_code in {200, 404}


@pytest.mark.parametrize(("method", "path"), GUARDED, ids=named)
def test_openapi_says_how_to_say_who_calls(app: FastAPI, method: str, path: str) -> None:
    told = app.openapi()["paths"][path.replace(":path", "")][method.lower()]
    assert told["security"] == [{"bearer": []}, {"key": []}]


def test_no_page_of_another_site_is_let_in_by_a_header(nobody: httpx.Client) -> None:
    """With keys there is nothing that a browser would send by itself, so that its origin does not matter."""
    answer = nobody.get("/v1/packs", headers={"Origin": "https://evil.example", "Cookie": "key=spk_x"})
    assert answer.status_code == 401
