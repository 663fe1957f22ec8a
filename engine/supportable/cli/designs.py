"""The designs that a command line names: files, folders, and `-` for what comes in."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from supportable.cli import codes
from supportable.cli.options import HERE
from supportable.errors import DocumentError, Problem, SupportableError, UsageError
from supportable.origin import Origin

if TYPE_CHECKING:
    from supportable.document import Document
    from supportable.vocabulary.model import Vocabulary

STDIN: Final = "-"
_SUFFIXES: Final = (".yaml", ".yml", ".json", ".toml", ".ndjson", ".jsonl")


def design_files(named: Sequence[str]) -> list[str]:
    """Every file named, folders replaced by the files of designs below them in order of name, each once.

    Hidden files and folders are passed over. Raises UsageError for a folder without designs.
    """
    found: dict[str, None] = {}
    for name in named:
        if name == STDIN or not Path(name).is_dir():
            found[name] = None
            continue
        inside = sorted(_below(Path(name)))
        if not inside:
            hint = f"designs are files that end in {', '.join(_SUFFIXES)}"
            raise UsageError([Problem(codes.NO_DESIGNS, f"there is no design in {name}", HERE, hint)])
        found.update(dict.fromkeys(str(path) for path in inside))
    return list(found)


def read_designs(name: str) -> Iterator[tuple[str, Document | DocumentError]]:
    """The designs in the file of that name, each with what to call it, or why it cannot be read."""
    from supportable.intake.formats import holds_lines, read_lines

    try:
        if holds_lines(name):
            for number, found in read_lines(name):
                yield f"{name}:{number}", found
        else:
            yield name, read_design(name)
    except DocumentError as error:
        yield name, error


def merged_designs(names: Sequence[str], vocabulary: Vocabulary) -> tuple[str, Document | SupportableError]:
    """One design out of all files, with what to call it, or why there is none."""
    from supportable.intake.formats_merged import merged

    called = " + ".join(names)
    try:
        return called, merged([read_design(name) for name in names], vocabulary)
    except SupportableError as error:
        return called, error


def proposals(
    files: Iterable[str], names: Sequence[str], vocabulary: Vocabulary, *, merge: bool
) -> Iterator[tuple[str, Document | SupportableError]]:
    """Each design of `files` with what to call it, or why there is none; with `merge`, the one of all `names`."""
    for file in files:
        if merge:
            yield merged_designs(names, vocabulary)
        else:
            yield from read_designs(file)


def are_several(names: Sequence[str]) -> bool:
    """Whether the files of these names may hold more than one design."""
    from supportable.intake.formats import holds_lines

    return len(names) > 1 or any(map(holds_lines, names))


def folder_of(name: str) -> Path:
    """Where the paths in a design of that name begin."""
    return Path() if name == STDIN else Path(name).parent


def read_design(name: str) -> Document:
    """The document of that name. Raises DocumentError, also for a file of several designs."""
    from supportable.document import STANDARD_LIMITS, read_file, read_text

    if name.casefold().endswith((".ndjson", ".jsonl")):
        hint = "give a file that holds one design: copy the line into a .json file"
        raise DocumentError([Problem(codes.MANY_DESIGNS, "there is a design in each line here", Origin(name), hint)])
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
