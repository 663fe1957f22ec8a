"""The designs that a command line names: files, folders, and `-` for what comes in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from supportable.cli import codes
from supportable.cli.options import HERE
from supportable.errors import Problem, UsageError

if TYPE_CHECKING:
    from supportable.document import Document

STDIN: Final = "-"
_SUFFIXES: Final = (".yaml", ".yml", ".json")


def design_files(named: Sequence[str]) -> list[str]:
    """Every design named, folders replaced by the YAML and JSON files below them in order of name, each once.

    Hidden files and folders are passed over. Raises UsageError for a folder without designs.
    """
    found: dict[str, None] = {}
    for name in named:
        if name == STDIN or not Path(name).is_dir():
            found[name] = None
            continue
        inside = sorted(_below(Path(name)))
        if not inside:
            hint = "designs are files that end in .yaml, .yml or .json"
            raise UsageError([Problem(codes.NO_DESIGNS, f"there is no design in {name}", HERE, hint)])
        found.update(dict.fromkeys(str(path) for path in inside))
    return list(found)


def read_design(name: str) -> Document:
    """The document of that name. Raises DocumentError."""
    from supportable.document import STANDARD_LIMITS, read_file, read_text

    if name != STDIN:
        return read_file(name)
    data = sys.stdin.buffer.read(STANDARD_LIMITS.max_bytes + 1)
    # What begins with a brace is JSON, in which escapes mean something else than in YAML.
    return read_text(data, "stdin.json" if data.lstrip()[:1] == b"{" else "<stdin>")


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in _SUFFIXES and not hidden and path.is_file():
            yield path
