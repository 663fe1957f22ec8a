"""Consoles for any stream: a terminal, a pipe, a file, and one that cannot say “✗”."""

from __future__ import annotations

from typing import IO, Any, Final

from rich.console import Console

SHOWN: Final = "✓✗△○…→–—·×“”‘’≥≤•├└│─"
"""Signs of ours that a stream must be able to carry, or all of them are replaced."""

ASCII: Final = str.maketrans(
    {
        "✓": "+", "✗": "x", "△": "^", "○": "o", "•": "*", "·": "-", "×": "x", "…": "...", "→": "->", "–": "-", "—": "-",
        "“": '"', "”": '"', "‘": "'", "’": "'", "≥": ">=", "≤": "<=", "├": "|", "└": "`", "│": "|", "─": "-",
    }
)  # fmt: skip


class PlainStream:
    """A text stream in front of one whose encoding is poorer than Unicode: what it cannot carry is spelled out."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self.encoding = "ascii"

    def write(self, text: str) -> int:
        """Write `text`, our signs in ASCII and other foreign characters as escapes."""
        carried = getattr(self._stream, "encoding", None) or "ascii"
        plain = text.translate(ASCII).encode(carried, "backslashreplace").decode(carried)
        self._stream.write(plain)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class PipeConsole(Console):
    """A console that says so when its reader is gone. Rich would end the process with the code 1, which means
    something else here."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError again."""
        raise BrokenPipeError


def console_for(stream: IO[str], *, width: int | None = None) -> Console:
    """A console on `stream`: as wide as the terminal, 80 in a pipe unless COLUMNS says otherwise; colour only where
    somebody looks at it and NO_COLOR is not set."""
    target: Any = stream if _carries(stream) else PlainStream(stream)
    return PipeConsole(file=target, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def printable(text: str) -> str:
    """`text` on one line and without control characters, so that no file name can steer a terminal."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _carries(stream: IO[str]) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        SHOWN.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
