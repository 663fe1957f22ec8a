"""docs/api.md and the README say of the service what it does: examples are run, tables are compared."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import httpx
import pytest

from supportable_api import Settings, create_app
from tests.api.running import running
from tests.cli.runs import supportable

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n\$ (?P<command>.*curl .*)\n(?P<shown>(?:.*\n)*?)^```$", re.MULTILINE)
EXAMPLES = [found.group("command", "shown") for text in (PAGE, README) for found in BLOCK.finditer(text)]
ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = tmp_path_factory.mktemp("ledger") / "ledger.db"
    with running(create_app(Settings(database=f"sqlite:///{database}"))) as server:
        yield server


def said(command: str, address: str) -> str:
    """What a curl command line writes to stdout; `printf … |` before it is what it reads."""
    first, _, second = command.rpartition(" | ")
    piped = shlex.split(first)[2:]
    words = iter(shlex.split(second)[1:])
    method, url, headers, content, files = "GET", "", {}, None, {}
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data-binary"):
            method, given = "POST", next(words)
            if given == "@-":
                content = "".join(f"{line}\n" for line in piped).encode()
            else:
                content = (ROOT / given[1:]).read_bytes() if given.startswith("@") else given.encode()
        elif word == "-F":
            method, (name, _, given) = "POST", next(words).partition("=")
            place = ROOT / given.removeprefix("@")
            files[name] = (place.name, place.read_bytes()) if given.startswith("@") else (None, given.encode())
        elif word == "-X":
            method = next(words)
        else:
            assert not word.startswith("-"), word
            url = word.replace(ADDRESS, address)
    return httpx.request(method, url, headers=headers, content=content, files=files or None, timeout=60).text


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_what_is_shown_is_what_is_answered(command: str, shown: str, address: str) -> None:
    out = said(command, address)
    for part in filter(None, (part.strip("\n") for part in shown.split("…"))):
        assert part in out, part
        out = out.partition(part)[2]


def test_a_verdict_reached_with_a_report_is_checked_as_shown(address: str, tmp_path: Path) -> None:
    found = re.search(r"^\$ supportable (check .*) > verdict\.json\n\$ (curl .*)\n(.*)\n```$", PAGE, re.MULTILINE)
    assert found is not None
    verdict = tmp_path / "verdict.json"
    verdict.write_text(supportable(*shlex.split(found[1])).out)
    assert said(found[2].replace("verdict.json", str(verdict)), address) == found[3]


def test_there_are_examples_on_the_page_and_in_the_readme() -> None:
    assert [len(BLOCK.findall(text)) >= least for text, least in ((PAGE, 4), (README, 1))] == [True, True]


def test_every_route_is_in_the_table_in_its_own_words() -> None:
    table = PAGE.partition("<!-- routes: ")[2].partition("\n\n")[0]
    documented = re.findall(r"^\| `([A-Z]+) (\S+)` \| (.*) \|$", table, re.MULTILINE)
    described = create_app(Settings(database="none")).openapi()["paths"]
    assert documented == [
        (method.upper(), path, told["summary"])
        for path, methods in described.items()
        for method, told in methods.items()
    ]


def test_every_setting_is_in_the_table_with_its_value() -> None:
    table = PAGE.partition("<!-- settings: ")[2].partition("\n\n")[0]
    documented = dict(re.findall(r"^\| `SUPPORTABLE_([A-Z_]+)` \| (.*?) ?\| .*\|$", table, re.MULTILINE))
    usual = Settings()

    def written(value: object) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        return ",".join(value) if isinstance(value, tuple) else str(value)

    in_words = {"DATABASE": "a SQLite file in your data folder", "CONCURRENCY": "as many as processors"}
    expected = {each.name.upper(): written(getattr(usual, each.name)) for each in fields(Settings)}
    assert documented == {**expected, **in_words}
    assert list(documented) == list(expected)
