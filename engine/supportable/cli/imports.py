"""`supportable import`: the beginning of a design, from what other tools know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli.convert import Target
from supportable.cli.options import Installed, Shelves
from supportable.cli.problems import command, refusing, say

if TYPE_CHECKING:
    from supportable.inventory import Imported
    from supportable.vocabulary.model import Vocabulary

import_app = typer.Typer(help="Begin a design from an inventory.", no_args_is_help=True, rich_markup_mode=None)

Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the design to a file.")]
Written = Annotated[Target, typer.Option("--to", help="The format to write.")]


@import_app.command("rvtools")
@command
def import_rvtools(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="A workbook, or one .csv file for each tab.")],
    output: Output = None,
    to: Written = Target.yaml,
    shelf: Shelves = None,
    installed: Installed = True,
) -> None:
    """Hosts, virtual machines with their guest systems, and clusters, from the tabs vInfo, vHost and vCluster.

    What was left out, and what was not taken as it stands, is listed.
    """
    from supportable.inventory import read_rvtools

    with refusing("text"):
        vocabulary = _vocabulary(shelf, installed=installed)
        _write(read_rvtools(files, vocabulary), vocabulary, output, to)


@import_app.command("cyclonedx")
@command
def import_cyclonedx(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CycloneDX document as JSON.")],
    output: Output = None,
    to: Written = Target.yaml,
    shelf: Shelves = None,
    installed: Installed = True,
) -> None:
    """Machines with their components and operating systems, from the devices of a CycloneDX document.

    What was left out, and what was not taken as it stands, is listed.
    """
    from supportable.inventory import read_cyclonedx

    with refusing("text"):
        vocabulary = _vocabulary(shelf, installed=installed)
        _write(read_cyclonedx(file, vocabulary), vocabulary, output, to)


def _vocabulary(shelf: list[Path] | None, *, installed: bool) -> Vocabulary:
    from supportable.packs import load_packs

    return load_packs(shelf or [], discover=installed).vocabulary


def _write(imported: Imported, vocabulary: Vocabulary, output: Path | None, to: Target) -> None:
    """The design, once it was read as one; and on stderr the account of what it was made from."""
    from supportable.cli.answers import write_whole
    from supportable.document import read_text
    from supportable.intake import load_design
    from supportable.intake.formats_written import written

    text = written(imported.design, to.value, vocabulary)
    load_design(read_text(text, f"imported.{to.value}"), vocabulary)
    if output is not None:
        write_whole(output, text.encode())
    else:
        typer.echo(text, nl=False)
    for note in imported.notes:
        say(str(note))
    for tally in imported.tallies:
        say(f"{tally.kind}: {tally.read} read, {tally.taken} taken, {tally.left_out} left out")
