"""The files that designs come in: YAML, JSON and TOML with one design each, JSON lines with one a line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from supportable.document import Document, read_line
from supportable.document import codes as document_codes
from supportable.errors import DocumentError, Problem
from supportable.intake.limits import DESIGN_LIMITS, DesignLimits
from supportable.origin import Origin

ONE_DESIGN: Final = (".yaml", ".yml", ".json", ".toml")
"""How the names of files end that hold one design."""

ONE_A_LINE: Final = (".ndjson", ".jsonl")
"""How the names of files end that hold a design in each line."""


def holds_lines(name: str | os.PathLike[str]) -> bool:
    """Whether a file of that name holds a design in each line."""
    return str(name).casefold().endswith(ONE_A_LINE)


def read_lines(
    path: str | os.PathLike[str], *, limits: DesignLimits = DESIGN_LIMITS
) -> Iterator[tuple[int, Document | DocumentError]]:
    """Each line of a file of JSON lines that holds anything: its number, counted from 1, and its document, or why it
    has none. A bad line is no reason to stop. The file is read as it is asked for, never whole.

    Raises DocumentError if the file cannot be opened, or holds no design.
    """
    file = str(path)
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below, whenever the reader stops
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or error}"
        code = document_codes.NO_SUCH_FILE if isinstance(error, FileNotFoundError) else document_codes.READ_FAILED
        raise DocumentError([Problem(code, what, Origin(file))]) from None
    with stream:
        found = 0
        for number, line in _lines(stream, limits.document.max_bytes):
            if line.strip():
                found += 1
                try:
                    yield number, read_line(line, file, number, limits=limits.document)
                except DocumentError as error:
                    yield number, error
        if not found:
            raise DocumentError([Problem(document_codes.EMPTY, "the file holds no design", Origin(file, 1, 1))])


def _lines(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers. Of one that is too long, just enough is handed out to be refused."""
    number = 0
    while line := stream.readline(most + 2):
        number += 1
        yield number, line
        while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
            pass
