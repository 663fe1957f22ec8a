"""`supportable packs`: what packs there are, what is in them, and whether they are in order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli.exits import FAILED, REFUSED
from supportable.cli.options import Form, Format, Installed, Shelves
from supportable.cli.packs_coverage import coverage
from supportable.cli.packs_docs import docs
from supportable.cli.packs_fmt import fmt
from supportable.cli.packs_mutate import mutate
from supportable.cli.problems import as_json, command, refusing, write_bytes, write_json, write_problems

if TYPE_CHECKING:
    from supportable.errors import Problem
    from supportable.packs import BrokenPack, PackSet

packs_app = typer.Typer(
    help="What packs there are, what is in them, and whether they are in order.", no_args_is_help=True
)
packs_app.command("coverage")(coverage)
packs_app.command("mutate")(mutate)
packs_app.command("docs")(docs)
packs_app.command("fmt")(fmt)


@packs_app.command("list")
@command
def list_packs(shelf: Shelves = None, format: Form = Format.text, installed: Installed = True) -> None:
    """List the packs, those that do not load included."""
    from supportable.packs import load_packs

    with refusing(format):
        packset = load_packs(shelf or [], discover=installed)
    if format is Format.json:
        packs = [
            {"pack": pack.name, "version": pack.version, "title": pack.title, "rules": len(pack.rules),
             "digest": f"sha256:{pack.digest}", "folder": pack.folder}
            for pack in packset.packs
        ]  # fmt: skip
        broken = [
            {"pack": one.name, "folder": one.folder, "problems": [as_json(problem) for problem in one.problems]}
            for one in packset.broken
        ]
        write_json({"packs": packs, "broken": broken})
    else:
        from supportable.cli.packs_shown import table_of

        table_of(packset)
    if packset.broken:
        write_problems(_broken(packset), "text")
        raise typer.Exit(REFUSED)


@packs_app.command("show")
@command
def show(
    pack: Annotated[str, typer.Argument(help="The name of a pack.")], shelf: Shelves = None, installed: Installed = True
) -> None:
    """Show what is in a pack: rules, definitions, terms."""
    from supportable.cli.packs_shown import describe
    from supportable.packs import load_packs

    with refusing("text"):
        packset = load_packs(shelf or [], discover=installed)
        describe(packset, packset.pack(pack))


@packs_app.command("lint")
@command
def lint(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="[PACK|FOLDER]...", help="Packs by name or folder; all packs if none.")
    ] = None,
    shelf: Shelves = None,
    format: Form = Format.text,
    cases: Annotated[
        bool, typer.Option("--cases/--no-cases", help="Whether to ask for what the cases leave out.")
    ] = True,
    codes: Annotated[
        bool, typer.Option("--codes", help="Show what each code means, as a page in Markdown, and end.")
    ] = False,
    installed: Installed = True,
) -> None:
    """Look for what is wrong with packs, and for what their cases leave out.

    Exit codes: 0 nothing; 1 something to mend; 3 a pack does not load.
    """
    from supportable.cli.linting import lint_packs
    from supportable.packs.lint.page import lint_page

    if codes:
        write_bytes(lint_page().rstrip("\n").encode())
        return

    with refusing(format):
        packset, names = chosen_packs(targets, shelf, installed=installed)
        broken = _broken(packset)
        found = [] if broken else lint_packs(packset, names, cases=cases)
    if format is Format.json:
        write_json({"packs": names, "problems": [as_json(problem) for problem in (*broken, *found)]})
    write_problems([*broken, *found], "text")
    if format is Format.text:
        typer.echo(f"{len(names)} packs: {len(broken) + len(found) or 'no'} problems")
    if broken or found:
        raise typer.Exit(REFUSED if broken else FAILED)


@packs_app.command("lock")
@command
def lock(
    folder: Annotated[Path, typer.Argument(metavar="SHELF", help="The folder whose packs are locked.")],
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail where lock and packs disagree.")] = False,
    installed: Installed = True,
) -> None:
    """Write `packs.lock`: the digest of every pack of a shelf, so that no released version changes unseen."""
    from supportable.packs import load_packs
    from supportable.packs.lock import LOCK_NAME, check_lock, read_lock, write_lock

    with refusing("text"):
        packset = _within(load_packs([folder], discover=installed), folder)
        path = folder / LOCK_NAME
        if check:
            problems = check_lock(packset, read_lock(path))
            write_problems(problems, "text")
            if problems:
                raise typer.Exit(FAILED)
            typer.echo(f"{path} agrees with {len(packset.packs)} packs")
            return
        write_lock(packset, path)
    typer.echo(f"wrote {path}: {len(packset.packs)} packs")


def chosen_packs(targets: list[str] | None, shelf: list[Path] | None, *, installed: bool) -> tuple[PackSet, list[str]]:
    """All packs, with only those broken ones that were asked for, and the names of those to look at."""
    from supportable.packs import load_packs

    folders = [Path(target) for target in targets or [] if Path(target).is_dir()]
    packset = load_packs([*(shelf or []), *folders], discover=installed)
    if not targets:
        return packset, [pack.name for pack in packset.packs]
    names = [target for target in targets if not Path(target).is_dir()]
    packset.select(names)
    broken: list[BrokenPack] = []
    for folder in folders:
        part = _within(packset, folder)
        names += [pack.name for pack in part.packs]
        broken += part.broken
    return replace(packset, broken=tuple(broken)), names


def _within(packset: PackSet, folder: Path) -> PackSet:
    inside = folder.resolve()
    packs = tuple(pack for pack in packset.packs if Path(pack.folder).resolve().is_relative_to(inside))
    broken = tuple(one for one in packset.broken if one.folder and Path(one.folder).resolve().is_relative_to(inside))
    return replace(packset, packs=packs, broken=broken)


def _broken(packset: PackSet) -> list[Problem]:
    return [problem for broken in packset.broken for problem in broken.problems]
