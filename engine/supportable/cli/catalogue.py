"""`supportable catalogue`: tables that rules look things up in, from your own systems."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from supportable.cli import codes
from supportable.cli.options import HERE, Installed, Shelves, day_of
from supportable.cli.problems import command, refusing, say, write_bytes
from supportable.errors import Problem, UsageError

catalogue_app = typer.Typer(help="Tables that rules look things up in, from your own systems.", no_args_is_help=True)


@catalogue_app.callback()
def _group() -> None:
    """Tables that rules look things up in, from your own systems."""


@catalogue_app.command("import")
@command
def import_(
    export: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file with headings in its first line.")],
    like: Annotated[
        str, typer.Option("--like", metavar="CATALOGUE", help="The catalogue whose key and columns it has.")
    ],
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where the export comes from.")],
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Of which day it is; today if left out.")
    ] = None,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What it is to be called; as --like if left out.")
    ] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Its title; as --like if left out.")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="HEADING=FIELD",
            help="Which field a heading stands for; HEADING= leaves it out. May be repeated.",
        ),
    ] = None,
    cite: Annotated[
        list[str] | None,
        typer.Option("--cite", metavar="REF", help="An article that every row rests on. May be repeated."),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="What is not in the file is not listed anywhere, instead of unknown.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write it; stdout if left out.")
    ] = None,
    shelf: Shelves = None,
    installed: Installed = True,
) -> None:
    """Make a catalogue of a CSV export. Every bad line is told; where there is one, nothing is written.

    Exit codes: 0 written; 3 something is wrong with the file or the command line.
    """
    from supportable.cli.answers import write_whole
    from supportable.intake.catalogue_export import Told, catalogue_document, imported
    from supportable.packs import load_packs

    with refusing("text"):
        packset = load_packs(shelf or [], discover=installed)
        document = catalogue_document(like, packset, shelf or [], discover=installed)
        told = Told(
            name=name or like,
            source=source,
            day=day_of(day) or date.today(),  # noqa: DTZ011  an export is of a day, not of an hour
            title=title,
            headings=_headings(column or []),
            cite=tuple(cite or ()),
            complete=complete,
        )
        text, made = imported(_read(export), str(export), document, told, packset)
        if output is None:
            write_bytes(text.rstrip("\n").encode())
        else:
            write_whole(output, text.encode())
    say(f"{len(made.rows)} rows" + (f" in {output}" if output is not None else ""))


def _headings(columns: list[str]) -> dict[str, str]:
    found = {}
    for text in columns:
        heading, sign, field = text.rpartition("=")
        if not sign or not heading.strip():
            hint = "write it as HEADING=FIELD"
            raise UsageError([Problem(codes.COMMAND_LINE, f"“{text}” names no heading and field", HERE, hint)])
        found[heading.strip()] = field.strip()
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise UsageError([Problem(codes.NO_DESIGNS, message, HERE, "name a CSV file")]) from None
