"""`supportable check`: judge designs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from supportable.cli.evidence import Reports
from supportable.cli.exits import OF_STATUS, REFUSED, UNCONFIRMED, worst
from supportable.cli.options import AsOf, Deadline, Installed, Packs, ReportFormat, SecondReading, Shelves, day_of, load
from supportable.cli.problems import command, is_ours, refusing, say

if TYPE_CHECKING:
    from supportable.errors import Problem
    from supportable.packs import PackSet


@command
def check(
    designs: Annotated[
        list[str], typer.Argument(metavar="DESIGN...", help="Files, folders with such, or - for stdin.")
    ],
    as_of: AsOf = None,
    pack: Packs = None,
    shelf: Shelves = None,
    format: Annotated[
        ReportFormat,
        typer.Option(
            "--format", help="Text or Markdown or a page for people; the others for programs. See the manual."
        ),
    ] = ReportFormat.text,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Show the status over time as well; takes seconds. With --format html.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the reasons of every finding, down to the facts.")
    ] = False,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Take attributes and sections that are not known for warnings.")
    ] = False,
    evidence: Reports = None,
    merge: Annotated[bool, typer.Option("--merge", help="Take all files together for one design.")] = False,
    reading: Annotated[
        str, typer.Option(metavar="NAME", help="Which evaluator judges; all give the same answer.")
    ] = "",
    cross_check: Annotated[
        SecondReading | None,
        typer.Option("--cross-check", help="Have a second evaluator judge as well; answer only where both agree."),
    ] = None,
    deadline: Deadline = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the answer to a file.")
    ] = None,
    installed: Installed = True,
) -> None:
    """Judge designs: supported or not, why, what is missing, and what would fix it.

    Exit codes: 0 supported or conditional; 1 limited or unsupported; 2 undetermined or not covered; 3 not judged, as
    something is wrong with the input or a pack; 4 not answered, as the cross-check did not agree (what it takes to look
    into that is then written to a file). Of several designs the worst counts: 4, then 3, then 1, then 2, then 0.
    """
    from supportable.cli.designs import are_several, design_files, proposals
    from supportable.cli.documents import answers_for
    from supportable.cli.evidence import facts_of, read_evidence
    from supportable.cli.progress import steps
    from supportable.cli.reproducers import write_reproducer
    from supportable.errors import SupportableError
    from supportable.readings import require
    from supportable.verdict import CrossCheckError, evaluate
    from supportable.verdict.timeline import timeline as timeline_of

    _check_goes_with(format, timeline=timeline)
    with refusing(format):
        day = day_of(as_of)
        names = design_files(designs)
        packset, only = load(pack, shelf, installed=installed)
        second = "" if cross_check is None else cross_check.value
        if second:
            require(second)
        options: dict[str, Any] = {
            option: value
            for option, value in (("reading", reading), ("cross_check", second), ("deadline", deadline))
            if value
        }
        broken = [] if only is not None else _broken(packset)
        codes: list[int] = []
        statuses: Counter[str] = Counter()
        several = are_several(names) and not merge
        reports = read_evidence(evidence or (), designs=2 if several else 1)
        with answers_for(output, format, explain=explain, several=several) as answers:
            answers.broken(broken)
            files = steps(names[:1] if merge else names, shown=output is not None)
            for name, document in proposals(files, names, packset.vocabulary, merge=merge):
                try:
                    facts = facts_of(document, reports, packset.vocabulary, lenient=lenient)
                    verdict = evaluate(facts, packset, as_of=day, only=only, **options)
                except CrossCheckError as error:
                    answers.problems(error.problems, name)
                    say(f"    what it takes to look into it: {write_reproducer(error.reproducer, name)}")
                    codes.append(UNCONFIRMED)
                    statuses["not confirmed"] += 1
                    continue
                except SupportableError as error:
                    if is_ours(error):
                        raise
                    answers.problems(error.problems, name)
                    codes.append(REFUSED)
                    statuses["not judged"] += 1
                    continue
                over_time = timeline_of(facts, packset, only=only, deadline=deadline) if timeline else None
                answers.verdict(verdict, name, over_time)
                codes.append(OF_STATUS[verdict.status])
                statuses[verdict.status] += 1
            answers.total(statuses)
    raise typer.Exit(worst([*codes, REFUSED] if broken else codes))


def _check_goes_with(format: ReportFormat, *, timeline: bool) -> None:
    if timeline and format is not ReportFormat.html:
        raise typer.BadParameter(
            "goes with --format html; `supportable timeline` shows it as text", param_hint="--timeline"
        )


def _broken(packset: PackSet) -> list[Problem]:
    """The problems of all broken packs: a verdict without one of its packs must not pass for the whole."""
    return [problem for broken in packset.broken for problem in broken.problems]
