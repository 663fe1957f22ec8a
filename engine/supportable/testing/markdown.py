"""Text of packs inside Markdown, so that no sign in it is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator


def plain(text: str) -> str:
    """Text on one line, as it reads."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(text.split()))


def within(text: str) -> str:
    """A piece of a sentence: as `plain`, with a space kept at either end."""
    inner = plain(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def inline_code(text: str) -> str:
    """An expression within a line, whatever it holds."""
    words = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    space = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{space}{words}{space}{fence}"


def code_block(text: str) -> Iterator[str]:
    """An expression on lines of its own, its line breaks kept and its margin taken away."""
    lines = text.strip().splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    yield f"{fence}cel"
    for place, line in enumerate(lines):
        yield line if place == 0 else f"  {line[margin:]}".rstrip()
    yield fence
