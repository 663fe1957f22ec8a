"""Lines with hanging indents on a console: the one way in which reports put words on paper."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from supportable.report.terminal import printable

Part = str | tuple[str, str]
"""Words, or words with a style."""

LABEL_WIDTH = 11


class Page:
    """A console to write paragraphs on. Nothing in a text is taken for markup, and no word is cut: a web address that
    is longer than the line stays whole."""

    def __init__(self, console: Console) -> None:
        self.console = console

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

    def _put(self, lead: Text, parts: Iterable[Part], indent: int, hang: int) -> None:
        text = Text()
        for part in parts:
            words, style = part if isinstance(part, tuple) else (part, "")
            text.append(printable(words), style)
        room = max(self.console.width - indent - hang, 20)
        margin = " " * indent
        for place, row in enumerate(text.wrap(self.console, room, overflow="ignore") or [Text()]):
            row.rstrip()
            start = Text(margin) + lead if place == 0 else Text(margin + " " * hang)
            self.console.print(start + row, no_wrap=True, overflow="ignore", crop=False)
