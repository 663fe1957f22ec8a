"""The page on authentication names every route, every variable and every code as they are."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from supportable_api import Settings
from supportable_api.auth import codes
from tests.api.route_table import LIBRARY, ROUTES

PAGE = (Path(__file__).parents[2] / "docs" / "auth.md").read_text("utf-8")
ROW = re.compile(r"^\| `((?:GET|POST|PUT|DELETE) /[^` ]+)` \| ([a-z, ]+) \|$", re.MULTILINE)


def test_the_page_tells_the_scopes_of_every_route() -> None:
    told = {tuple(route.split(" ", 1)): tuple(scopes.split(", ")) for route, scopes in ROW.findall(PAGE)}
    assert told == {key: route.scopes for key, route in ROUTES.items() if route.scopes and route is not LIBRARY}


def test_the_page_names_where_the_packs_are_read_and_what_is_open() -> None:
    for (method, path), route in ROUTES.items():
        if method == "GET" and (route is LIBRARY or not route.scopes):
            first = "/".join(path.split("/")[:3]) if path.startswith("/v1") else path.split("{")[0]
            assert first.startswith("/assets") or first == "/LICENSES.txt" or f"{first}`" in PAGE, path


def test_the_page_names_every_variable() -> None:
    told = set(re.findall(r"^\| `SUPPORTABLE_(\w+)` \|", PAGE, re.MULTILINE))
    assert told == {each.name.upper() for each in fields(Settings) if each.name.startswith(("oidc", "auth"))}


def test_the_page_names_every_code_that_a_caller_may_meet() -> None:
    told = re.findall(r"^\| \d{3} \| (SUP\d{3}) \|", PAGE, re.MULTILINE)
    meant = {value for name, value in vars(codes).items() if name.isupper() and "SUP750" <= value <= "SUP756"}
    assert sorted(told) == sorted(meant)
