"""`supportable packs fmt`: packs in one form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from supportable.cli.exits import FAILED, REFUSED
from supportable.cli.problems import command, refusing, say


@command
def fmt(
    targets: Annotated[
        list[Path], typer.Argument(metavar="FILE|FOLDER...", help="Rule files, pack.yaml, or folders with packs.")
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a file is in another form.")
    ] = False,
) -> None:
    """Bring pack.yaml and rule files into one form: order of keys, blank lines, no stray space. Comments are kept.

    Exit codes: 0 written, or in form; 1 not in form; 3 a file cannot be read, or not be brought
    into form without changing what it says.
    """
    from supportable.document import read_file
    from supportable.packs.fmt import NotFormatted, format_text

    changed = 0
    files = [path for target in targets for path in _files(target)]
    for path in files:
        with refusing("text"):
            read_file(path, move="author")
            text = path.read_bytes().decode("utf-8-sig")
            try:
                made = format_text(text, str(path))
            except NotFormatted:
                say(f"{path}: left alone, as the form would change its meaning; does a text begin with |+ or >+?")
                raise typer.Exit(REFUSED) from None
        if made.encode() == path.read_bytes():
            continue
        changed += 1
        typer.echo(f"{path}: {'not in form' if check else 'written'}")
        if not check:
            path.write_bytes(made.encode())
    typer.echo(f"{len(files)} files, {changed or 'none'} {'not in form' if check else 'changed'}")
    if check and changed:
        raise typer.Exit(FAILED)


def _files(target: Path) -> list[Path]:
    """The files of packs at a place: the file itself, or every pack.yaml below it with its rules."""
    if not target.is_dir():
        return [target]
    heads = sorted(target.rglob("pack.yaml"))
    return [path for head in heads for path in (head, *sorted((head.parent / "rules").glob("*.y*ml")))]
