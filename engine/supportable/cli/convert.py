"""`supportable convert`: a design in another format."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from supportable.cli.options import Installed, Shelves
from supportable.cli.problems import command, refusing, say


class Target(StrEnum):
    """The formats that designs are written in."""

    yaml = "yaml"
    json = "json"
    toml = "toml"


@command
def convert(
    designs: Annotated[list[str], typer.Argument(metavar="FILE...", help="A design, or all files of one.")],
    to: Annotated[Target, typer.Option("--to", help="The format to write.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to a file.")] = None,
    shelf: Shelves = None,
    installed: Installed = True,
) -> None:
    """Write a design as YAML, JSON or TOML, with every fact kept; several files become one design.

    Comments are not kept. What was written is read again before anything is handed out, and has to state the same
    facts.
    """
    from supportable.cli.answers import write_whole
    from supportable.cli.designs import read_design
    from supportable.document import read_text
    from supportable.intake import load_design
    from supportable.intake.formats_merged import merged
    from supportable.intake.formats_written import written
    from supportable.packs import load_packs

    with refusing("text"):
        vocabulary = load_packs(shelf or [], discover=installed).vocabulary
        document = merged([read_design(name) for name in designs], vocabulary)
        # Attributes that no vocabulary knows are kept as they stand.
        facts = load_design(document, vocabulary, lenient=True)
        for warning in facts.warnings:
            say(warning)
        assert isinstance(document.root, dict), "it was read as a design"
        text = written(document.root, to.value, vocabulary)
        again = load_design(read_text(text, f"converted.{to.value}"), vocabulary, lenient=True)
        if again.digest != facts.digest:
            raise AssertionError("what was written does not state the same facts")
        if output is not None:
            write_whole(output, text.encode())
            return
    typer.echo(text, nl=False)
