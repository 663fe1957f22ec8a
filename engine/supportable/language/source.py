"""An expression's text with its place in a file: offsets become origins, spans become the author's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from supportable.errors import Problem
from supportable.language.syntax import Syntax, Word
from supportable.origin import Origin

_MOST_SHOWN: Final = 72


def brief(text: str) -> str:
    """A text for use in a message: on one line, printable, and cut in the middle where it is long."""
    line = " ".join(text.split())
    if len(line) > _MOST_SHOWN:
        half = _MOST_SHOWN // 2
        line = f"{line[:half]} … {line[-half:]}"
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in line)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one expression, and the problems found in it so far.

    `origin` is the place of the first character. Columns of later lines count within the text's own lines: how far
    the document indents them is not known here.
    """

    text: str
    origin: Origin
    problems: list[Problem] = field(default_factory=list)

    def place(self, offset: int) -> Origin:
        """The origin of the character at `offset`."""
        if not self.origin.line:
            return self.origin
        before = self.text[:offset]
        breaks = before.count("\n")
        if not breaks:
            return Origin(self.origin.file, self.origin.line, self.origin.column + offset)
        return Origin(self.origin.file, self.origin.line + breaks, offset - before.rindex("\n"))

    def words(self, syntax: Syntax | Word) -> str:
        """What the author wrote there."""
        return self.text[syntax.start : syntax.end]

    def note(self, code: str, message: str, at: Syntax | Word | int, hint: str = "") -> None:
        """Note a problem at a node, or at an offset."""
        offset = at if isinstance(at, int) else at.start
        self.problems.append(Problem(code, message, self.place(offset), hint, "author"))
