"""`supportable replay`: judge again what was judged before, from the ledger alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from supportable.cli.exits import FAILED, FINE
from supportable.cli.ledger_options import LOCAL, Database, Tenant, opened
from supportable.cli.options import Form, Format
from supportable.cli.problems import command, refusing, say, write_json

if TYPE_CHECKING:
    from supportable.ledger import Replay


@command
def replay(
    id: Annotated[str, typer.Argument(metavar="ID", help="The evaluation's, as `ledger list` shows it.")],
    tenant: Tenant = LOCAL,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the verdict, as judged now, to a file.")
    ] = None,
    database: Database = None,
    format: Form = Format.text,
) -> None:
    """Judge an evaluation of the ledger again, by the design and the packs of that time, and compare the verdicts.

    Nothing that is installed takes part but the engine; if that is another version than it was, it is said so.
    Exit codes: 0 the verdicts are equal, byte by byte; 1 they differ; 3 it cannot be judged again.
    """
    from supportable.cli.answers import write_whole

    with refusing(format):
        with opened(database) as ledger:
            from supportable.ledger import replay as judged_again

            found = judged_again(ledger, tenant, id)
        if output is not None:
            write_whole(output, found.again)
    if format is Format.json:
        write_json(_as_json(found))
    else:
        _write(found)
    raise typer.Exit(FINE if found.same else FAILED)


def _as_json(found: Replay) -> dict[str, Any]:
    return {
        "id": found.entry.id,
        "same": found.same,
        "engine": {"then": found.entry.engine, "now": found.engine_now},
        "packs_same": found.packs_same,
        "status": {"then": found.entry.status, "now": json.loads(found.again)["status"]},
        "differs": list(_differing(found)),
    }


def _write(found: Replay) -> None:
    entry = found.entry
    typer.echo(
        f"{entry.id}  {entry.name}, as of {entry.as_of}, {entry.recorded_at:%Y-%m-%d %H:%M:%S} UTC by {entry.by}"
    )
    if not found.engine_same:
        say(f"the engine was {entry.engine} then and is {found.engine_now} now")
    if not found.packs_same:
        say("the pack files are those of that time; this engine makes another set of them")
    if found.same:
        typer.echo(f"{entry.status}: the verdict is the same, byte by byte")
        return
    now = json.loads(found.again)["status"]
    typer.echo(f"then {entry.status}, now {now}: the verdicts differ in {', '.join(_differing(found))}")


def _differing(found: Replay) -> tuple[str, ...]:
    """The members of the verdict that are not equal, sorted."""
    then, now = json.loads(found.recorded), json.loads(found.again)
    return tuple(sorted(key for key in {*then, *now} if then.get(key) != now.get(key)))
