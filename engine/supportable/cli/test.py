"""`supportable test`: run the cases of packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from supportable.cli.exits import FAILED, FINE, REFUSED
from supportable.cli.options import Form, Format, Installed, Shelves
from supportable.cli.problems import as_json, command, refusing, say, write_json, write_problems

if TYPE_CHECKING:
    from supportable.testing import CaseReport


@command
def test(
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PACK|PATH]...", help="Packs by name, folders or case files; all packs if none."),
    ] = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    reading: Annotated[
        str, typer.Option(metavar="NAME", help="Which evaluator judges; all give the same answer.")
    ] = "",
    installed: Installed = True,
) -> None:
    """Run the cases of packs, ours and yours.

    Exit codes: 0 all as expected; 1 some are not; 3 something is wrong with a case file or a pack.
    """
    from supportable.packs import load_packs
    from supportable.testing import run_cases

    named = list(targets or [])
    with refusing(format):
        packset = load_packs([*(shelf or []), *_packs_around(named)], discover=installed)
        options = {"reading": reading} if reading else {}
        report = run_cases(packset, named, **options)
    if format is Format.json:
        write_json(_plain(report))
    _tell(report, quiet=format is Format.json)
    raise typer.Exit(REFUSED if report.all_problems else FAILED if report.failed else FINE)


def _packs_around(targets: list[str]) -> list[Path]:
    """The folders of packs that paths among the targets lie in, or hold: such a pack need not be installed."""
    found: dict[Path, None] = {}
    for target in targets:
        path = Path(target)
        if not path.exists():
            continue
        inside = path.resolve()
        around = [folder for folder in (inside, *inside.parents) if (folder / "pack.yaml").is_file()]
        below = [] if around or not path.is_dir() else sorted(each.parent for each in inside.rglob("pack.yaml"))
        for folder in (*around[:1], *below):
            found[shelf_of(folder)] = None
    return list(found)


def shelf_of(pack: Path) -> Path:
    """The shelf that a pack's folder stands on, with its references; the folder itself if it stands on none."""
    for folder in (pack.parent, pack.parent.parent):
        if any((folder / kind).is_dir() for kind in ("references", "vocabulary", "catalogues")):
            return folder
    return pack


def _tell(report: CaseReport, *, quiet: bool) -> None:
    if report.all_problems:
        write_problems(report.all_problems, "text")
    passed = sum(result.passed for result in report.results)
    for result in report.failed:
        if quiet:
            break
        typer.echo(f"{result.origin}: {result.title}")
        for mismatch in result.mismatches:
            typer.echo(f"  {mismatch.origin}: {mismatch.subject} {mismatch.key}")
            typer.echo(f"      expected  {mismatch.expected}")
            typer.echo(f"      found     {mismatch.found}")
    words = f"{len(report.results)} cases: {passed} as expected"
    if report.failed:
        words += f", {len(report.failed)} not"
    broken = sum(bool(result.problems) for result in report.results)
    if broken:
        words += f", {broken} that cannot be run"
    if report.problems:
        words += f"; {len(report.problems)} problems in files"
    if quiet:
        say(words)
    else:
        typer.echo(words)


def _plain(report: CaseReport) -> dict[str, Any]:
    return {
        "passed": report.passed,
        "cases": [
            {
                "case": result.title,
                "pack": result.pack,
                "file": result.origin.file,
                "line": result.origin.line,
                "passed": result.passed,
                "mismatches": [
                    {
                        "subject": one.subject,
                        "key": one.key,
                        "expected": one.expected,
                        "found": one.found,
                        "line": one.origin.line,
                        "column": one.origin.column,
                    }
                    for one in result.mismatches
                ],
                "problems": [as_json(problem) for problem in result.problems],
            }
            for result in report.results
        ],
        "problems": [as_json(problem) for problem in report.problems],
    }
