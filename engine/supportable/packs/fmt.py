"""Packs in one form: keys in one order, one blank line between rules, no stray space; every comment is kept.

Lines are moved and never rewritten, and lines inside a text of several lines are left alone. A comment right above a
key goes with it. What comes out is read again: it must say the same, or nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import yaml

from supportable.document import Document, Map, Seq, Value, read_text

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

HEAD_ORDER: Final = (
    "pack", "version", "title", "publisher", "language", "requires", "description", "derive", "rules", "glossary",
)  # fmt: skip
RULE_ORDER: Final = (
    "id", "title", "subject", "tags", "when", "covers", "each", "where", "require", "unless", "disputed", "otherwise",
    "refused", "message", "remedies", "effective", "cite", "notes", "revisions",
)  # fmt: skip
DERIVATION_ORDER: Final = ("fact", "title", "type", "value", "effective", "cite", "revisions")
TERM_ORDER: Final = ("term", "text", "cite")
_ENTRIES: Final = {"rules": RULE_ORDER, "derive": DERIVATION_ORDER, "glossary": TERM_ORDER}


class NotFormatted(Exception):
    """What formatting would have made says something else, as where a text keeps the blank lines behind it (`|+`): it
    was left alone."""


def format_text(text: str, name: str = "pack.yaml") -> str:
    """The same pack.yaml or rule file in our form; formatting it again changes nothing.

    Raises DocumentError for text that cannot be read, NotFormatted where the form would change the meaning.
    """
    before = read_text(text, name, move="author")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    made = _stripped("\n".join(lines))
    # What was at the end of a key that moved may now be doubled, or at the end of the file.
    made = _stripped(_spaced(_ordered(made, name), name))
    if _plain(read_text(made, name, move="author").root) != _plain(before.root):
        raise NotFormatted(name)
    return made


def _stripped(text: str) -> str:
    """The text without space at the end of lines, more than one blank line in a row, and blank lines at either end."""
    inside = _texts_of_several_lines(text)
    kept: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number in inside:
            kept.append(line)
        elif line.strip():
            kept.append(line.rstrip())
        elif kept and kept[-1] != "":
            kept.append("")
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join([*kept, ""])


def _texts_of_several_lines(text: str) -> set[int]:
    """The numbers of the lines that lie in a scalar of several lines, the line that it begins on left out."""
    found: set[int] = set()
    lines = text.split("\n")
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.line, token.end_mark.line
            last = end if token.end_mark.column else end - 1
            # Blank lines behind a text belong to it only where it keeps them.
            while last > start and not lines[last].strip() and not token.value.endswith("\n\n"):
                last -= 1
            found.update(range(start + 1, last + 1))
    return found


# -- the order of keys ------------------------------------------------------------------------------------------------


def _ordered(text: str, name: str) -> str:
    """The text with the keys of its entries in our order, and those of the file itself."""
    lines = text.split("\n")
    document = read_text(text, name, move="author")
    inside = _texts_of_several_lines(text)
    for held, order, end in _entries(document, len(lines)):
        lines = _reordered(lines, held, order, end, inside)
    made = "\n".join(lines)
    root = read_text(made, name, move="author").root
    if isinstance(root, Map) and "pack" in root:
        lines = _reordered(made.split("\n"), root, HEAD_ORDER, len(lines) - 1, _texts_of_several_lines(made))
    return "\n".join(lines)


def _entries(document: Document, count: int) -> Iterable[tuple[Map, Sequence[str], int]]:
    """Each entry with its order and the number of the line behind it; the last first, so that numbers stay true."""
    found: list[tuple[Map, Sequence[str], int]] = []
    root = document.root
    if not isinstance(root, Map):
        return found
    starts = sorted(mark[0] - 1 for mark in root.key_marks.values())
    for key, order in _ENTRIES.items():
        held = root.get(key)
        if not isinstance(held, Seq):
            continue
        begins = root.key_marks[key][0] - 1
        end = next((start for start in starts if start > begins), count)
        for place in range(len(held) - 1, -1, -1):
            entry = held[place]
            if isinstance(entry, Map):
                found.append((entry, order, end))
            end = held.item_marks[place][0] - 1
    return sorted(found, key=lambda each: -each[2])


def _reordered(lines: list[str], held: Map, order: Sequence[str], end: int, inside: set[int]) -> list[str]:
    places = {key: (line - 1, column - 1) for key, (line, column) in held.key_marks.items()}
    keys = sorted(places, key=lambda key: places[key])
    wanted = sorted(keys, key=lambda key: order.index(key) if key in order else len(order))
    one_column = len({column for _, column in places.values()}) == 1
    if keys == wanted or not one_column or len({line for line, _ in places.values()}) < len(keys):
        return lines
    column = places[keys[0]][1]
    starts = [places[keys[0]][0]]
    for key in keys[1:]:
        start = places[key][0]
        while start - 1 > starts[-1] and start - 1 not in inside and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        starts.append(start)
    while end > starts[-1] and end - 1 not in inside and _is_outside(lines[end - 1], column):
        end -= 1
    chunks = {key: lines[start:stop] for key, start, stop in zip(keys, starts, [*starts[1:], end], strict=True)}
    prefix = chunks[keys[0]][0][:column]
    chunks[keys[0]][0] = " " * column + chunks[keys[0]][0][column:]
    first = chunks[wanted[0]]
    number = next(number for number, line in enumerate(first) if not line.lstrip().startswith("#"))
    first[number] = prefix + first[number][column:]
    return [*lines[: starts[0]], *(line for key in wanted for line in chunks[key]), *lines[end:]]


def _is_outside(line: str, column: int) -> bool:
    """Whether a line at the end of an entry belongs to what follows: blank, or a comment further out."""
    if not line.strip():
        return True
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < column


# -- blank lines ------------------------------------------------------------------------------------------------------


def _spaced(text: str, name: str) -> str:
    """The text with one blank line between rules, and none before the first rule or definition."""
    lines = text.split("\n")
    root = read_text(text, name, move="author").root
    inside = _texts_of_several_lines(text)
    if not isinstance(root, Map):
        return text
    before: set[int] = set()
    tight: set[int] = set()
    for key in ("rules", "derive"):
        held = root.get(key)
        if not isinstance(held, Seq) or not held.item_marks:
            continue
        starts = [_with_comments(lines, mark[0] - 1, inside) for mark in held.item_marks]
        if starts[0] > root.key_marks[key][0] - 1:
            tight.add(starts[0])
        for start, following, entry in zip(starts, starts[1:], held, strict=False):
            if key == "rules" and isinstance(entry, Map) and following - start > 1:
                before.add(following)
    made: list[str] = []
    for number, line in enumerate(lines):
        if number in before and made and made[-1]:
            made.append("")
        while number in tight and made and not made[-1]:
            made.pop()
        made.append(line)
    return "\n".join(made)


def _with_comments(lines: Sequence[str], number: int, inside: set[int]) -> int:
    while number and number - 1 not in inside and lines[number - 1].lstrip().startswith("#"):
        number -= 1
    return number


def _plain(value: Value) -> object:
    """The value with its quotes, without the order of keys."""
    if isinstance(value, Map):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, Seq):
        return [_plain(held) for held in value]
    return (type(value).__name__, value)
