"""Where a thing was written: the file, line and column behind every rule, expression and fact."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a document.

    `file` is the name the document was read under (a path relative to its pack, the path the user gave,
    or `<stdin>`); `line` and `column` count from 1, and 0 means that the place is not known more closely.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Origin("<memory>")
"""The origin of what was built in memory and never stood in a file."""
