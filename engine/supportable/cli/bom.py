"""`supportable bom`: judge a bill of materials."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli.evidence import Reports
from supportable.cli.exits import OF_STATUS, worst
from supportable.cli.options import AsOf, Form, Format, Installed, Packs, Shelves, day_of, load
from supportable.cli.problems import command, refusing

if TYPE_CHECKING:
    from supportable.bom.table import Progress


@command
def bom(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An .xlsx, .ods or .csv file, or a Markdown table.")],
    design: Annotated[
        str | None, typer.Option("--design", metavar="DESIGN", help="Hold the lines against this design.")
    ] = None,
    evidence: Reports = None,
    mapping: Annotated[
        str, typer.Option("--map", metavar="ROLE=HEADER,...", help='Name columns: qty=Menge,part="Art.-Nr.",desc=#3')
    ] = "",
    profile: Annotated[
        Path | None, typer.Option("--profile", metavar="FILE", help="How to read this layout, kept in a YAML file.")
    ] = None,
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", metavar="NAME", help="Read this sheet only. May be repeated.")
    ] = None,
    encoding: Annotated[
        str, typer.Option(metavar="NAME", help="The encoding of a text file, if it is not UTF-8.")
    ] = "",
    as_of: AsOf = None,
    pack: Packs = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    full: Annotated[bool, typer.Option("--full", help="Show every line, and the report of the design.")] = False,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write the bill with status, reasons and citations.")
    ] = None,
    implied: Annotated[
        Path | None, typer.Option("--implied", metavar="FILE", help="Write the design that the lines imply, as YAML.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to a file.")
    ] = None,
    installed: Installed = True,
) -> None:
    """Judge a bill of materials: each line, then what it allows and forbids as a whole, then what it cannot tell.

    Exit codes: 0 nothing is wrong or open; 1 something is limited or unsupported; 2 something is undetermined or not
    covered; 3 not judged.
    """
    from dataclasses import replace

    from supportable.bom import Profile, bom_to_json, judge_bom, read_bom, read_profile
    from supportable.cli.answers import FILE_WIDTH, write_whole
    from supportable.cli.designs import read_design
    from supportable.cli.evidence import facts_of, read_evidence
    from supportable.document import canonical_json, dump_yaml

    if evidence and design is None:
        raise typer.BadParameter("goes with --design: it is about a cluster of that", param_hint="--evidence")
    # There may be 100,000 lines, and nothing among them refers to itself: to look for that takes a quarter of the time.
    gc.set_threshold(200_000, 20, 100)
    with refusing(format):
        day = day_of(as_of)
        layout = read_profile(profile) if profile is not None else Profile()
        layout = layout.with_mapping(mapping)
        layout = replace(layout, sheets=tuple(sheet or layout.sheets), encoding=encoding or layout.encoding)
        packset, only = load(pack, shelf, installed=installed)
        held = None
        if design is not None:
            held = facts_of(read_design(design), read_evidence(evidence or (), designs=1), packset.vocabulary)
        with _Bar() as progress:
            bill = read_bom(file, layout, progress=progress)
            judged = judge_bom(bill, packset, as_of=day, only=only, design=held, progress=progress)
        if xlsx is not None:
            from supportable.report.bom_workbook import bom_workbook

            write_whole(xlsx, bom_workbook(judged))
        if implied is not None:
            write_whole(implied, dump_yaml(judged.implied).encode())
        if format is Format.json:
            answer = canonical_json(bom_to_json(judged)) + b"\n"
            if output is None:
                sys.stdout.buffer.write(answer)
            else:
                write_whole(output, answer)
        else:
            from supportable.report import console_for
            from supportable.report.bom_text import write_bom

            if output is None:
                write_bom(console_for(sys.stdout), judged, full=full)
            else:
                import io

                text = io.StringIO()
                write_bom(console_for(text, width=FILE_WIDTH), judged, full=full)
                write_whole(output, text.getvalue().encode())
    raise typer.Exit(worst(OF_STATUS[status] for status in {judged.verdict.status, *_open(judged.lines)}))


def _open(lines: object) -> set[str]:
    """The statuses of recognised lines."""
    from supportable.bom.model import JudgedLine

    held = lines if isinstance(lines, tuple) else ()
    return {line.status for line in held if isinstance(line, JudgedLine) and line.status in OF_STATUS}


class _Bar:
    """A progress bar on stderr, where somebody looks at it; to be used with `with`, gives what is to be told."""

    def __enter__(self) -> Progress | None:
        self._progress = None
        if not sys.stderr.isatty():
            return None
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._progress.start()
        task = self._progress.add_task("reading")
        shown = self._progress
        return lambda stage, done, total: shown.update(task, description=stage, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
