"""`supportable packs mutate`: does some case notice when a rule is changed?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from supportable.cli.exits import FAILED, REFUSED
from supportable.cli.options import Form, Format, Installed, Shelves
from supportable.cli.problems import command, refusing, write_json, write_problems

if TYPE_CHECKING:
    from supportable.testing.mutation import MutantResult, MutationReport


@command
def mutate(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="[PACK|FOLDER]...", help="Packs by name or folder; all packs if none.")
    ] = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    only: Annotated[str, typer.Option(metavar="RULE", help="The id of one rule, or the name of one definition.")] = "",
    min_score: Annotated[
        float, typer.Option("--min", metavar="PERCENT", help="Fail where a pack has less than this.")
    ] = 95.0,
    jobs: Annotated[int, typer.Option(help="How many processes share the work; 0 for one a processor.")] = 0,
    installed: Installed = True,
) -> None:
    """Change rules in one thing at a time, and see whether some case notices.

    A mutant that means the same may be excused in mutants.yaml beside pack.yaml, with a reason.
    Exit codes: 0 enough mutants were noticed in every pack; 1 not; 3 a pack does not load or its cases fail.
    """
    from supportable.cli.packs import chosen_packs
    from supportable.testing.mutation import mutate as mutate_packs
    from supportable.testing.mutation import score_of

    with refusing(format):
        packset, names = chosen_packs(targets, shelf, installed=installed)
        report = mutate_packs(packset, names, jobs=jobs or os.cpu_count() or 1, only=only)
    broken = [problem for one in packset.broken for problem in one.problems]
    if format is Format.json:
        write_json({"score": report.score, "mutants": [_plain(result) for result in report.results]})
    write_problems([*broken, *report.problems, *report.findings], "text")
    by_pack = {name: [one for one in report.results if one.mutant.pack == name] for name in names}
    if format is Format.text:
        _tell(report, by_pack)
    if broken or report.problems:
        raise typer.Exit(REFUSED)
    if any(score_of(results) * 100 < min_score for results in by_pack.values()):
        raise typer.Exit(FAILED)


def _tell(report: MutationReport, by_pack: dict[str, list[MutantResult]]) -> None:
    from supportable.testing.mutation import score_of

    for name, results in by_pack.items():
        survivors = sum(result.survived for result in results)
        excused = sum(bool(result.reason) for result in results)
        words = f"{score_of(results):6.1%}  {len(results):5} mutants, {survivors or 'none'} not noticed"
        typer.echo(words + (f", {excused} excused" if excused else "") + f"  {name}")
    typer.echo(f"{report.score:6.1%}  of all mutants that are not excused")


def _plain(result: MutantResult) -> dict[str, Any]:
    mutant = result.mutant
    return {
        "mutant": mutant.id, "pack": mutant.pack, "owner": mutant.owner, "change": mutant.change,
        "file": mutant.origin.file, "line": mutant.origin.line, "column": mutant.origin.column,
        "killed_by": result.killed_by, "reason": result.reason,
    }  # fmt: skip
