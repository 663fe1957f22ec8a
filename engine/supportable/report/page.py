"""Lines with hanging indents on a console: the one way in which reports put words on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from supportable.report.terminal import printable

Part = str | tuple[str, str]
"""Words, or words with a style."""

LABEL_WIDTH = 11

LEAST_ROOM = 24
"""Columns that words are given however deep they stand; then lines grow longer than the console is wide."""


class Page:
    """A console to write paragraphs on. Nothing in a text is taken for markup, and no word is cut: a web address that
    is longer than the line stays whole."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.named: set[str] = set()
        """The articles whose title and address stand on the page."""

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def heading(self, words: str) -> None:
        """An empty line, then the words."""
        self.blank()
        self.line((words, "bold"))

    def line(self, *parts: Part, indent: int = 0, hang: int = 2) -> None:
        """One paragraph: its first line `indent` columns in, those that follow `hang` columns further."""
        self._put(Text(), parts, indent, hang)

    def labelled(self, label: str, *parts: Part, indent: int = 0) -> None:
        """One paragraph behind a dim label; its lines stand under one another."""
        self._put(Text(label.ljust(LABEL_WIDTH), "dim"), parts, indent, LABEL_WIDTH)

    def continued(self, *parts: Part, indent: int = 0) -> None:
        """A paragraph under the words of the labelled one before it."""
        self.line(*parts, indent=indent + LABEL_WIDTH, hang=0)

    def hung(self, *parts: Part, first: str, rest: str) -> None:
        """One paragraph behind given text: `first` before its first line, `rest` before the others, both dim."""
        self._write(parts, Text(first, "dim"), Text(rest, "dim"))

    def _put(self, lead: Text, parts: Iterable[Part], indent: int, hang: int) -> None:
        margin = " " * indent
        self._write(parts, Text(margin) + lead, Text(margin + " " * hang))

    def _write(self, parts: Iterable[Part], first: Text, rest: Text) -> None:
        text = Text()
        for part in parts:
            words, style = part if isinstance(part, tuple) else (part, "")
            text.append(printable(words), style)
        rooms = [max(self.console.width - lead.cell_len, LEAST_ROOM) for lead in (first, rest)]
        for place, row in enumerate(text.divide(_breaks(text.plain, *rooms))):
            row.rstrip()
            line = (first if place == 0 else rest) + row
            line.rstrip()
            self.console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _breaks(words: str, first: int, rest: int) -> list[int]:
    """Where lines begin, the first left out, so that the first holds `first` columns and the others `rest` at most, or
    one word that is longer."""
    breaks: list[int] = []
    used, room = 0, first
    for word in re.finditer(r"\S+\s*", words):
        length = cell_len(word.group().rstrip())
        if used and used + length > room:
            breaks.append(word.start())
            used, room = 0, rest
        used += cell_len(word.group())
    return breaks
