"""`supportable packs coverage`: which conditions the cases of packs have seen true, false and unknown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from supportable.cli.exits import FAILED, REFUSED
from supportable.cli.options import Form, Format, Installed, Shelves
from supportable.cli.problems import command, refusing, write_json, write_problems

if TYPE_CHECKING:
    from supportable.testing.coverage import Condition, ConditionCoverage

Targets = Annotated[
    list[str] | None, typer.Argument(metavar="[PACK|FOLDER]...", help="Packs by name or folder; all packs if none.")
]


@command
def coverage(
    targets: Targets = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    rules: Annotated[bool, typer.Option("--rules", help="Show each rule and definition, not the packs alone.")] = False,
    installed: Installed = True,
) -> None:
    """Show which conditions the cases of packs have seen true, false and unknown.

    What cannot come out every way may be excused in coverage.yaml beside pack.yaml, with a reason.
    Exit codes: 0 all were seen; 1 some were not; 3 a pack does not load or a case cannot be run.
    """
    from supportable.cli.packs import chosen_packs
    from supportable.testing.coverage import measure

    with refusing(format):
        packset, names = chosen_packs(targets, shelf, installed=installed)
        measured = measure(packset, names)
    broken = [problem for one in packset.broken for problem in one.problems]
    if format is Format.json:
        write_json({"score": measured.score, "conditions": [_plain(one) for one in measured.conditions]})
    write_problems([*broken, *measured.problems, *measured.findings], "text")
    if format is Format.text:
        _tell(measured, names, rules=rules)
    if broken or measured.problems:
        raise typer.Exit(REFUSED)
    if measured.findings:
        raise typer.Exit(FAILED)


def _tell(measured: ConditionCoverage, names: list[str], *, rules: bool) -> None:
    from supportable.testing.coverage import score_of

    for name in names:
        own = [one for one in measured.conditions if one.pack == name]
        if rules:
            for owner in dict.fromkeys(one.owner for one in own):
                part = [one for one in own if one.owner == owner]
                place = f"{Path(part[0].origin.file).name}:{part[0].origin.line}"
                typer.echo(f"  {score_of(part):6.1%}  {len(part):4} conditions  {owner}  {place}")
        lacking = sum(bool(one.missing) for one in own)
        typer.echo(f"{score_of(own):6.1%}  {len(own):4} conditions, {lacking or 'none'} not seen in every way  {name}")
    typer.echo(f"{measured.score:6.1%}  of all truths that are due")


def _plain(one: Condition) -> dict[str, Any]:
    from supportable.testing.excuses import TRUTHS

    return {
        "pack": one.pack, "owner": one.owner, "part": one.part, "condition": one.text, "file": one.origin.file,
        "line": one.origin.line, "column": one.origin.column, "seen": [TRUTHS[truth] for truth in sorted(one.seen)],
        "missing": list(one.missing), "reason": one.reason,
    }  # fmt: skip
