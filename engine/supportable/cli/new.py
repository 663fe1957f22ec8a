"""`supportable new`: a pack or a rule to begin with, that loads and whose cases pass."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from supportable.cli.options import Shelves
from supportable.cli.problems import command, refusing

new_app = typer.Typer(help="A pack or a rule to begin with, that loads and whose cases pass.", no_args_is_help=True)

Subject = Annotated[str, typer.Option("--subject", metavar="TYPE", help="The type of thing that the rule judges.")]


@new_app.command("pack")
@command
def pack(
    name: Annotated[str, typer.Argument(help="publisher.subject-matter, as in acme.databases.")],
    into: Annotated[Path, typer.Option("--into", metavar="SHELF", help="The folder to put it in.")] = Path(),
    subject: Subject = "machine",
    shelf: Shelves = None,
) -> None:
    """Write a new pack: pack.yaml, one rule, its cases, and the article that it cites."""
    from supportable.cli.scaffold import write_pack
    from supportable.packs import load_packs

    with refusing("text"):
        folder, written = write_pack(load_packs(shelf or []).vocabulary, name, into, subject)
    _tell(written)
    typer.echo(f"Try it:  supportable test {folder}")


@new_app.command("rule")
@command
def rule(
    folder: Annotated[Path, typer.Argument(metavar="PACK", help="The folder of the pack.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="The rule's id, as in memory-minimum.")],
    subject: Subject = "machine",
    cite: Annotated[
        str, typer.Option("--cite", metavar="ARTICLE", help="The article to cite; else one that the pack cites.")
    ] = "",
    shelf: Shelves = None,
) -> None:
    """Write a new rule with its cases into a pack."""
    from supportable.cli.scaffold import write_rule
    from supportable.cli.test import shelf_of
    from supportable.packs import load_packs

    with refusing("text"):
        packset = load_packs([*(shelf or []), shelf_of(folder.resolve())])
        written = write_rule(packset, folder, name, subject, cite)
    _tell(written)
    typer.echo(f"Try it:  supportable test {folder}")


def _tell(written: list[Path]) -> None:
    for path in written:
        typer.echo(f"wrote {path}")
