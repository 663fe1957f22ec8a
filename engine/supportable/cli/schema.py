"""`supportable schema`: JSON Schemas for editors and programs."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from supportable.cli.options import Installed, Shelves
from supportable.cli.problems import command, refusing


class Kind(StrEnum):
    """What has a schema."""

    design = "design"
    pack = "pack"
    verdict = "verdict"


@command
def schema(
    kind: Annotated[Kind, typer.Argument(help="What is described.")],
    shelf: Shelves = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to a file.")] = None,
    installed: Installed = True,
) -> None:
    """Print the JSON Schema (2020-12) of designs, of packs, or of verdicts."""
    from supportable.cli.answers import write_whole

    with refusing("text"):
        text = json.dumps(_schema(kind, shelf, installed=installed), indent=2, ensure_ascii=False, sort_keys=False)
        if output is not None:
            write_whole(output, (text + "\n").encode())
            return
    typer.echo(text)


def _schema(kind: Kind, shelf: list[Path] | None, *, installed: bool) -> dict[str, Any]:
    if kind is Kind.verdict:
        from supportable.verdict.schema import verdict_schema

        return verdict_schema()
    if kind is Kind.pack:
        from supportable.packs.schema import pack_schema

        return pack_schema()
    from supportable.packs import load_packs
    from supportable.vocabulary.schema import design_schema

    return design_schema(load_packs(shelf or [], discover=installed).vocabulary)
