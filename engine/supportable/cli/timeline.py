"""`supportable timeline`: a design's status over time."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from supportable.cli.options import Deadline, Form, Format, Installed, Packs, Shelves, day_of, load
from supportable.cli.problems import command, refusing, write_json


@command
def timeline(
    design: Annotated[str, typer.Argument(help="A file, or - for stdin.")],
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day; 2003-01-01 if left out.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day; today if left out.")] = None,
    pack: Packs = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    deadline: Deadline = None,
    installed: Installed = True,
) -> None:
    """Show the status of a design over time, with the rules and articles that changed it."""
    from supportable.cli.designs import folder_of, read_design
    from supportable.intake import load_design
    from supportable.report import console_for
    from supportable.report.timeline import write_timeline
    from supportable.verdict.timeline import FIRST_DAY
    from supportable.verdict.timeline import timeline as timeline_of

    with refusing(format):
        first, last = day_of(since) or FIRST_DAY, day_of(until)
        packset, only = load(pack, shelf, installed=installed)
        facts = load_design(read_design(design), packset.vocabulary, evidence_root=folder_of(design))
        found = timeline_of(facts, packset, first=first, last=last, only=only, deadline=deadline)
    if format is Format.json:
        write_json({"format": 1, **asdict(found)})
    else:
        write_timeline(console_for(sys.stdout), found)
