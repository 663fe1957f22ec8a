"""Options that several commands share, and what they mean."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli import codes
from supportable.errors import Problem, UsageError
from supportable.origin import Origin

if TYPE_CHECKING:
    from supportable.packs import PackSet

HERE = Origin("<command line>")


class Format(StrEnum):
    """How a command answers."""

    text = "text"
    json = "json"


class ReportFormat(StrEnum):
    """How `check` answers: the two formats of every command, and those that are documents."""

    text = "text"
    json = "json"
    html = "html"
    sarif = "sarif"
    junit = "junit"
    markdown = "markdown"
    badge = "badge"


class SecondReading(StrEnum):
    """The readings that can be asked for a second opinion."""

    durable = "durable"
    reference = "reference"


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day to judge by, as in 2009-07-01; today if left out."),
]
Deadline = Annotated[
    float | None,
    typer.Option(
        "--deadline",
        metavar="SECONDS",
        min=0.001,
        help="How long judging may take: a design, or all days of a timeline. 30 for a design, none for a timeline.",
    ),
]
Packs = Annotated[
    list[str] | None,
    typer.Option(
        "--pack",
        metavar="PACK",
        help="Judge by this pack and those it requires only: its name or its folder. May be repeated.",
    ),
]
Shelves = Annotated[
    list[Path] | None,
    typer.Option(
        "--shelf", metavar="FOLDER", help="A folder with more packs, beside the installed ones. May be repeated."
    ),
]
Installed = Annotated[bool, typer.Option("--installed/--not-installed", help="Whether installed packs take part.")]
Form = Annotated[Format, typer.Option("--format", help="Text for people, JSON for programs: one line a design.")]


def day_of(text: str | None) -> date | None:
    """The day that an option names, None where it was left out. Raises UsageError for text that is no day."""
    if text is None:
        return None
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        hint = "write it as in 2009-07-01"
        raise UsageError([Problem(codes.NOT_A_DAY, f"“{text}” is not a day", HERE, hint)]) from None


def load(packs: list[str] | None, shelves: list[Path] | None, *, installed: bool) -> tuple[PackSet, list[str] | None]:
    """All packs that the options speak of, and the names of those to judge by; None for all.

    Raises UsageError for a pack that is not there, PackError for one that was asked for and does not load.
    """
    from supportable.errors import PackError
    from supportable.packs import load_packs

    folders = [Path(pack) for pack in packs or [] if _is_place(pack)]
    packset = load_packs([*(shelves or []), *folders], discover=installed)
    if not packs:
        return packset, None
    names = [pack for pack in packs if not _is_place(pack)]
    for folder in folders:
        inside = folder.resolve() if folder.is_dir() else folder.resolve().parent
        names += [pack.name for pack in packset.packs if Path(pack.folder).resolve().is_relative_to(inside)]
        wrong = [broken for broken in packset.broken if _at(broken.folder, inside)]
        if wrong:
            raise PackError([problem for broken in wrong for problem in broken.problems])
    packset.select(names)
    return packset, names


def _is_place(pack: str) -> bool:
    return "/" in pack or "\\" in pack or Path(pack).is_dir() or pack.endswith((".yaml", ".yml"))


def _at(folder: str, inside: Path) -> bool:
    return bool(folder) and Path(folder).resolve().is_relative_to(inside)
