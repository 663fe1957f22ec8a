"""`supportable check`: judge designs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli.exits import OF_STATUS, REFUSED, worst
from supportable.cli.options import AsOf, Form, Format, Installed, Packs, Shelves, day_of, load
from supportable.cli.problems import command, is_ours, refusing, write_problems

if TYPE_CHECKING:
    from supportable.packs import PackSet


@command
def check(
    designs: Annotated[
        list[str], typer.Argument(metavar="DESIGN...", help="Files, folders with such, or - for stdin.")
    ],
    as_of: AsOf = None,
    pack: Packs = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the reasons of every finding, down to the facts.")
    ] = False,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Take attributes and sections that are not known for warnings.")
    ] = False,
    reading: Annotated[
        str, typer.Option(metavar="NAME", help="Which evaluator judges; all give the same answer.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to a file.")
    ] = None,
    installed: Installed = True,
) -> None:
    """Judge designs: supported or not, why, what is missing, and what would fix it.

    Exit codes: 0 supported or conditional; 1 limited or unsupported; 2 undetermined or not covered; 3 not judged, as
    something is wrong with the input or a pack. Of several designs the worst counts: 3, then 1, then 2, then 0.
    """
    from supportable.cli.answers import Answers
    from supportable.cli.designs import design_files, read_design
    from supportable.cli.progress import steps
    from supportable.errors import SupportableError
    from supportable.intake import load_design
    from supportable.verdict import evaluate

    with refusing(format):
        day = day_of(as_of)
        names = design_files(designs)
        packset, only = load(pack, shelf, installed=installed)
        options = {"reading": reading} if reading else {}
        codes = [] if only is not None else _broken(packset)
        statuses: Counter[str] = Counter()
        with Answers(output, format, explain=explain, several=len(names) > 1) as answers:
            for name in steps(names, shown=output is not None):
                try:
                    facts = load_design(read_design(name), packset.vocabulary, lenient=lenient)
                    verdict = evaluate(facts, packset, as_of=day, only=only, **options)
                except SupportableError as error:
                    if is_ours(error):
                        raise
                    answers.problems(error.problems, name)
                    codes.append(REFUSED)
                    statuses["not judged"] += 1
                    continue
                answers.verdict(verdict)
                codes.append(OF_STATUS[verdict.status])
                statuses[verdict.status] += 1
            answers.total(statuses)
    raise typer.Exit(worst(codes))


def _broken(packset: PackSet) -> list[int]:
    """REFUSED, once told, if any pack is broken: a verdict without one of its packs must not pass for the whole."""
    problems = [problem for broken in packset.broken for problem in broken.problems]
    if not problems:
        return []
    write_problems(problems, "text")
    return [REFUSED]
