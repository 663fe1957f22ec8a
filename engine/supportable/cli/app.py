"""All commands under one name."""

from __future__ import annotations

from typing import Annotated

import typer

from supportable.cli.bom import bom
from supportable.cli.catalogue import catalogue_app
from supportable.cli.check import check
from supportable.cli.convert import convert
from supportable.cli.demo import demo
from supportable.cli.door import add_commands
from supportable.cli.explain import explain
from supportable.cli.imports import import_app
from supportable.cli.ledger import ledger_app
from supportable.cli.new import new_app
from supportable.cli.packs import packs_app
from supportable.cli.replay import replay
from supportable.cli.schema import schema
from supportable.cli.test import test
from supportable.cli.timeline import timeline
from supportable.cli.verify import verify
from supportable.version import __version__

app = typer.Typer(
    help="Is this design supported, why, what is missing, and what would fix it?",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    epilog=(
        "Exit codes: 0 supported or conditional; 1 limited or unsupported; 2 undetermined or not covered; "
        "3 something is wrong with the input, a pack or the command line; 4 a cross-check did not agree."
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"supportable {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Is this design supported, why, what is missing, and what would fix it?"""


app.command("check")(check)
app.command("convert")(convert)
app.add_typer(import_app, name="import")
app.command("bom")(bom)
app.command("explain")(explain)
app.add_typer(packs_app, name="packs")
app.add_typer(catalogue_app, name="catalogue")
app.command("test")(test)
app.command("timeline")(timeline)
app.command("verify")(verify)
app.add_typer(ledger_app, name="ledger")
app.command("replay")(replay)
app.command("schema")(schema)
app.command("demo")(demo)
app.add_typer(new_app, name="new")
add_commands(app)
