"""Text with values in it: `{{ n.id }} runs {{ n.os }}`."""

from __future__ import annotations

import re
from typing import Final

from supportable.language import codes
from supportable.language.ir import Node
from supportable.language.navigation import name, step
from supportable.language.source import Source, brief
from supportable.language.syntax import Field, Name, Syntax, Word
from supportable.language.typer import Typer, described
from supportable.vocabulary.types import ListType, RecordType

_PATH: Final = re.compile(r"\s*[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\s*")
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MOST_STEPS: Final = 16

MOST_BYTES: Final = 16384
"""The longest template in bytes of UTF-8, inclusive."""

_HINT: Final = "only attributes are inserted, as in {{ n.os }}; define anything else under derive"


def parts_of(typer: Typer) -> tuple[str | Node, ...]:
    """The parts of the source, texts and nodes in order; no text is empty and no two stand side by side."""
    source, text = typer.source, typer.source.text
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        source.note(codes.TOO_LONG, f"a text of more than {MOST_BYTES} bytes", 0, "say it more briefly")
        return ()
    parts: list[str | Node] = []
    at = 0
    while (start := text.find("{{", at)) >= 0:
        _add(source, parts, at, start)
        end = text.find("}}", start)
        if end < 0:
            source.note(codes.TEMPLATE, "the “{{” here is not closed", start, "close it with }}")
            return ()
        node = _inserted(typer, start + 2, text[start + 2 : end])
        if node is not None:
            parts.append(node)
        at = end + 2
    _add(source, parts, at, len(text))
    return tuple(parts)


def _add(source: Source, parts: list[str | Node], start: int, end: int) -> None:
    """Add the text from `start` to `end` as it stands."""
    text = source.text[start:end]
    if "}}" in text:
        source.note(codes.TEMPLATE, "the “}}” here closes nothing", start + text.index("}}"), "open it with {{")
    if text:
        parts.append(text)


def _inserted(typer: Typer, start: int, inside: str) -> Node | None:
    if not _PATH.fullmatch(inside):
        offset = start + len(inside) - len(inside.lstrip())
        typer.note(codes.TEMPLATE, f"“{brief(inside)}” cannot be inserted", offset, _HINT)
        return None
    words = [Word(start + found.start(), start + found.end(), found[0]) for found in _WORD.finditer(inside)]
    if len(words) > _MOST_STEPS:
        typer.note(codes.TEMPLATE, f"a path of more than {_MOST_STEPS} steps", words[0], _HINT)
        return None
    first = words[0]
    if first.name in ("true", "false", "none", "never"):
        typer.note(codes.TEMPLATE, f"“{first.name}” cannot be inserted", first, "write it as it is")
        return None
    path: Syntax = Name(first.start, first.end, 1, first.name)
    node = name(typer, path, None)
    for word in words[1:]:
        if node is None:
            return None
        path = Field(first.start, word.end, path.depth + 1, path, word)
        node = step(typer, node, word, path)
    if node is None:
        return None
    shown = node.type.of if isinstance(node.type, ListType) else node.type
    if isinstance(shown, RecordType):
        message = f"“{brief(node.text)}” is {described(node.type)}, which has no words of its own"
        typer.note(codes.TEMPLATE, message, first, "insert one of its attributes")
        return None
    return node
