"""`supportable verify`: hold a verdict to its design, its packs and its own reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from supportable.cli.evidence import Reports
from supportable.cli.exits import FAILED, FINE
from supportable.cli.options import Form, Format, Installed, Shelves, load
from supportable.cli.problems import as_json, command, refusing, say, write_json

if TYPE_CHECKING:
    from supportable.errors import Problem
    from supportable.facts import Facts
    from supportable.packs import PackSet

MOST_SECONDS: Final = 300.0
"""What checking may take: longer than judging, as the checker is built to be read, not to be fast."""
MOST_SHOWN: Final = 20


@command
def verify(
    verdict: Annotated[Path, typer.Argument(help="The verdict, as `check --format json` wrote it.")],
    design: Annotated[str, typer.Option("--design", metavar="DESIGN", help="The design it is about.")],
    evidence: Reports = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    independent: Annotated[
        bool,
        typer.Option(
            "--independent", help="Use the checker alone: do not ask the evaluators which facts are missing or assumed."
        ),
    ] = False,
    installed: Installed = True,
) -> None:
    """Check a verdict offline: every status, reason, citation, fact and digest in it, by a second, small evaluator.

    Reports that the design names are looked for beside it.

    Exit codes: 0 it holds; 1 it does not, or was made from something else than what is here; 3 something is wrong with
    the files.
    """
    from supportable.cli.designs import folder_of, read_design
    from supportable.cli.evidence import report_and_cluster
    from supportable.document.source import read_bytes
    from supportable.readings.deadline import within
    from supportable.verify import LIMITS, check, facts_of, read_verdict

    with refusing(format), within(MOST_SECONDS):
        given = read_verdict(read_bytes(verdict, limits=LIMITS), str(verdict))
        packset, _ = load(None, shelf, installed=installed)
        reports = [report_and_cluster(each) for each in evidence or ()]
        facts = facts_of(
            given, read_design(design), packset.vocabulary, evidence=reports, evidence_root=folder_of(design)
        )
        found = check(given, facts, packset, file=str(verdict))
        if not found and not independent:
            found = check(given, facts, packset, file=str(verdict), again=_anew(given, facts, packset))
    _write(verdict, found, format)
    raise typer.Exit(FAILED if found else FINE)


def _anew(given: dict[str, Any], facts: Facts, packset: PackSet) -> dict[str, Any]:
    """What the engine itself says of the same design: for the lists that come of a search."""
    from supportable.verdict import evaluate, to_json

    only = [pack["pack"] for pack in given["packs"]]
    whole = len(only) == len(packset.packs)
    return to_json(evaluate(facts, packset, as_of=given["as_of"], only=None if whole else only, deadline=MOST_SECONDS))


def _write(verdict: Path, found: tuple[Problem, ...], format: Format) -> None:
    if format is Format.json:
        write_json({"verdict": str(verdict), "holds": not found, "problems": [as_json(each) for each in found]})
    elif not found:
        typer.echo(f"{verdict} holds")
    else:
        for problem in found[:MOST_SHOWN]:
            say(str(problem))
        if len(found) > MOST_SHOWN:
            say(f"and {len(found) - MOST_SHOWN} more differences")
        typer.echo(f"{verdict} does not hold")
