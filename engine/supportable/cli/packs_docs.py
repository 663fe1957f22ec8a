"""`supportable packs docs`: pages about rules, made from what packs say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli.exits import FAILED, REFUSED
from supportable.cli.options import Installed, Shelves
from supportable.cli.problems import command, refusing, write_problems

if TYPE_CHECKING:
    from supportable.errors import Problem


@command
def docs(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="[PACK|FOLDER]...", help="Packs by name or folder; all packs if none.")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where the pages are.")] = Path(
        "docs/rules"
    ),
    sources: Annotated[
        Path | None,
        typer.Option(
            "--sources",
            metavar="FILE",
            help="Also the page of sources: which rule encodes which statement and article.",
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail where a page is stale.")] = False,
    shelf: Shelves = None,
    installed: Installed = True,
) -> None:
    """Write a page for every rule and every pack, from what they say and from their cases.

    Exit codes: 0 written, or fresh; 1 stale; 3 a pack does not load, or a case or sources.yaml is wrong.
    """
    from supportable.cli.packs import chosen_packs
    from supportable.testing.fresh import differences, write_pages
    from supportable.testing.rule_pages import rule_pages
    from supportable.testing.source_page import SOURCES, read_sources, source_page

    problems: list[Problem] = []
    with refusing("text"):
        packset, names = chosen_packs(targets, shelf, installed=installed)
        problems += [problem for one in packset.broken for problem in one.problems]
        pages = {output / path: text for path, text in rule_pages(packset, names, problems).items()}
        if sources is not None:
            shelves = dict.fromkeys(Path(packset.pack(name).folder).parent.parent for name in names)
            found = [read_sources(folder / SOURCES, packset, problems) for folder in shelves]
            where = output.relative_to(sources.parent) if output.is_relative_to(sources.parent) else output
            first = next((one for one in found if one is not None), None)
            pages[sources] = source_page(packset, first, rules=where.as_posix())
    if problems:
        write_problems(problems, "text")
        raise typer.Exit(REFUSED)
    if not check:
        write_pages(pages, output)
        typer.echo(f"wrote {len(pages)} pages")
        return
    stale = differences(pages, output)
    write_problems(stale, "text")
    if stale:
        raise typer.Exit(FAILED)
    typer.echo(f"{len(pages)} pages are fresh")
