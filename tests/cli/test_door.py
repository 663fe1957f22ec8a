"""Commands that other packages bring: found by name, imported when run, and told apart from what is not installed."""

from __future__ import annotations

import importlib.metadata
import sys
from types import ModuleType

import pytest
import typer
from typer.testing import CliRunner

from supportable.cli import door
from supportable.errors import UsageError

runner = CliRunner()


def app_with(monkeypatch: pytest.MonkeyPatch, **values: str) -> typer.Typer:
    entries = [importlib.metadata.EntryPoint(name, value, door.GROUP) for name, value in values.items()]
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: entries if group == door.GROUP else [])
    app = typer.Typer()

    @app.command("ours")
    def ours() -> None:
        typer.echo("ours")

    door.add_commands(app)
    return app


def brought(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ModuleType("brought")

    def greet(name: str, *, loudly: bool = False) -> None:
        """Greet somebody."""
        typer.echo(f"hello {name}{'!' if loudly else ''}")
        raise typer.Exit(5)

    made.__dict__.update(greet=greet, ours=greet)
    monkeypatch.setitem(sys.modules, "brought", made)


def test_a_function_is_a_command_with_its_own_options_help_and_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    brought(monkeypatch)
    app = app_with(monkeypatch, greet="brought:greet")
    ran = runner.invoke(app, ["greet", "you", "--loudly"])
    assert (ran.exit_code, ran.output) == (5, "hello you!\n")
    assert "Greet somebody." in runner.invoke(app, ["greet", "--help"]).output


def test_nobody_replaces_a_command_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    brought(monkeypatch)
    app = app_with(monkeypatch, ours="brought:ours", greet="brought:greet")
    assert runner.invoke(app, ["ours"]).output == "ours\n"


def test_nothing_is_imported_to_list_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_with(monkeypatch, absent="there_is_no_such_module:x")
    assert "absent" in runner.invoke(app, ["--help"]).output


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "door_plugin":
                raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")

    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    app = app_with(monkeypatch, serve="door_plugin:serve [api]")
    error = runner.invoke(app, ["serve"]).exception
    assert isinstance(error, UsageError)
    assert [(each.code, each.message, each.hint) for each in error.problems] == [
        ("SUP727", "`supportable serve` needs uvicorn, which is not installed", "pip install 'supportable[api]'")
    ]
