"""The example designs: beside the packs in an installed wheel, at the top of the repository in a checkout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from supportable.cli import codes
from supportable.errors import Problem, UsageError

FOLDER: Final = "examples"
_PACKAGE: Final = "supportable_policies"
_JUDGED: Final = re.compile(r"^As of (?P<day>\d{4}-\d{2}-\d{2}) it is (?P<status>[a-z]+(?: covered)?)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """An example design. `about` is the first sentence of the comment it begins with; `days` are those that the comment
    names (today if none), and `expected` the status that it says the design has on each."""

    path: Path
    about: str
    days: tuple[date, ...]
    expected: tuple[str, ...]


def find_examples() -> list[Example]:
    """The examples in order of name. Raises UsageError if they are not there."""
    from supportable.packs.find import package_folders

    for shelf in package_folders(_PACKAGE):
        for folder in (shelf / FOLDER, shelf.parent.parent / FOLDER):
            paths = sorted(folder.glob("*.yaml"))
            if paths:
                return [_example(path) for path in paths]
    raise UsageError([Problem(codes.NO_EXAMPLES, "the examples are not there", hint="install supportable again")])


def _example(path: Path) -> Example:
    comment = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        comment.append(line.lstrip("#").strip())
    text = "\n".join(comment)
    about = " ".join(text.split("\n\n")[0].split())
    judged = list(_JUDGED.finditer(text))
    days = tuple(date.fromisoformat(found["day"]) for found in judged)
    statuses = tuple(found["status"].replace(" ", "_") for found in judged)
    return Example(path, about, days or (date.today(),), statuses)  # noqa: DTZ011  policies have days and no zone
