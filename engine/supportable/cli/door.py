"""Commands that other packages bring, by the entry-point group `supportable.commands`; ours of the service come so too.

The name is the command's, the value a function or a typer application. It is imported when the command is run, so that
nobody else waits for it; an extra behind the value (`[api]`) says what to install where it cannot be.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from typing import Any, Final

import typer

from supportable.cli import codes
from supportable.cli.options import HERE
from supportable.errors import Problem, UsageError

GROUP: Final = "supportable.commands"

_SAID: Final = {
    "serve": "Serve the HTTP API and the page.",
    "keys": "Create, list and revoke API keys.",
}
"""What `--help` says of commands that it cannot ask without importing them."""

_PASSED_ON: Final = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def add_commands(app: typer.Typer) -> None:
    """Add every command that an installed package registers, unless there is one of that name."""
    known = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    for entry in sorted(importlib.metadata.entry_points(group=GROUP), key=lambda each: each.name):
        if entry.name not in known:
            known.add(entry.name)
            said = _SAID.get(entry.name, f"From {entry.dist.name if entry.dist is not None else entry.value}.")
            app.command(entry.name, help=said, context_settings=_PASSED_ON, add_help_option=False)(_passing(entry))


def _passing(entry: importlib.metadata.EntryPoint) -> Callable[[typer.Context], None]:
    def run(context: typer.Context) -> None:
        code: Any = _loaded(entry)(context.args, prog_name=context.command_path, standalone_mode=False)
        if isinstance(code, int) and code:
            raise typer.Exit(code)

    return run


def _loaded(entry: importlib.metadata.EntryPoint) -> Any:
    """What the entry point names, as something to call with arguments. Raises UsageError where it cannot be had."""
    try:
        found = entry.load()
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        ours = entry.value.partition(".")[0]
        if not entry.extras or missing == ours:
            raise
        message = f"`supportable {entry.name}` needs {missing}, which is not installed"
        hint = f"pip install 'supportable[{','.join(entry.extras)}]'"
        raise UsageError([Problem(codes.EXTRA_MISSING, message, HERE, hint)]) from None
    if isinstance(found, typer.Typer):
        return found
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.command(entry.name)(found)
    return app
