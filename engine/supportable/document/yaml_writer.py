"""Plain Python values as YAML that people like to read, and that every YAML reader reads alike."""

from __future__ import annotations

from typing import Final

import yaml

from supportable.document.limits import STANDARD_LIMITS
from supportable.document.refusals import FORBIDDEN
from supportable.document.values import Plain
from supportable.document.yaml_reader import PLAIN_NULLS

_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
_LONGEST_KEY: Final = 1000
"""A key that YAML readers find without a “?” before it is at most 1024 characters long, escapes included."""

# YAML 1.1 takes these words for booleans; `y` and `n` are in its definition, though PyYAML leaves them alone.
_ALSO_BOOLEAN: Final = frozenset({"y", "Y", "n", "N"})
_RESOLVER: Final = yaml.resolver.Resolver()
_STRING_TAG: Final = "tag:yaml.org,2002:str"
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dump_yaml(value: object) -> str:
    """`value` as block YAML in UTF-8 text, ending in a line break; keys keep their order.

    Made of dict with text keys, list, tuple, str, int, bool, None and Plain. A str is put in quotes where a reader
    could take it for something else; a Plain is not, unless it would not be read as itself. Raises TypeError for
    other types, and ValueError for what no document may hold: control characters, half a surrogate pair, nesting
    deeper than the standard limit.
    """
    lines = _lines(value, 1)
    # Only a lone scalar stands in the first column unquoted, where these would begin or end a document.
    if isinstance(value, str) and lines[0].startswith(("...", "---")):
        lines[0] = _quoted(value)
    if isinstance(value, str):
        lines[1:] = _indented(lines[1:])
    return "\n".join(lines) + "\n"


def _lines(value: object, depth: int) -> list[str]:
    """The lines of a value at the left margin. A scalar's first line goes behind its key or dash."""
    if isinstance(value, (dict, list, tuple)) and depth > STANDARD_LIMITS.max_depth:
        raise ValueError(f"nested deeper than {STANDARD_LIMITS.max_depth}")
    if isinstance(value, dict):
        return [line for key, each in value.items() for line in _entry(key, each, depth)] or ["{}"]
    if isinstance(value, (list, tuple)):
        return [line for each in value for line in _behind("- ", _lines(each, depth + 1))] or ["[]"]
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int):
        return [str(value)]
    raise TypeError(f"no YAML for {type(value).__name__}: {value!r}")


def _entry(key: object, value: object, depth: int) -> list[str]:
    if not isinstance(key, str):
        raise TypeError(f"keys are text, not {type(key).__name__}: {key!r}")
    head = key if _reads_as_text(key) else _quoted(key)
    lines = _lines(value, depth + 1)
    if len(head) > _LONGEST_KEY:
        return [f"? {head}", *_behind(": ", lines)]
    if isinstance(value, (dict, list, tuple)) and value:
        return [f"{head}:", *_indented(lines)]
    return [f"{head}: {lines[0]}", *_indented(lines[1:])]


def _behind(sign: str, lines: list[str]) -> list[str]:
    return [sign + lines[0], *_indented(lines[1:])]


def _indented(lines: list[str]) -> list[str]:
    return ["  " + line if line else line for line in lines]


def _text(text: str) -> list[str]:
    """A text without quotes, as a literal block, or in double quotes: the first of these that keeps it whole."""
    if isinstance(text, Plain):
        return [str(text) if _stays_plain(text) else _quoted(text)]
    if _reads_as_text(text):
        return [text]
    rows = text.split("\n")
    ending = rows.pop() if rows[-1] == "" else None
    block = len(rows) + (ending is not None) > 1 and rows[0][:1].strip() and rows[-1]
    if block and all(row.isprintable() and row == row.rstrip() for row in rows):
        return ["|-" if ending is None else "|", *rows]
    return [_quoted(text)]


def _reads_as_text(text: str) -> bool:
    """Whether readers of YAML 1.1 and 1.2 alike take `text` without quotes for exactly this text."""
    if not (text[:1].isalpha() or text[:1] in ("_", "/")) or text in _ALSO_BOOLEAN:
        return False
    if not _stays_plain(text):
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == _STRING_TAG)


def _stays_plain(text: str) -> bool:
    """Whether `text` can stand without quotes in block YAML and is read back unquoted."""
    if text in PLAIN_NULLS or not text.isprintable() or text != text.strip():
        return False
    if text[0] in _INDICATORS and not (text[0] in "-?:" and text[1:2].strip()):
        return False
    return not (text.endswith(":") or ": " in text or " #" in text)


def _quoted(text: str) -> str:
    if found := FORBIDDEN.search(text):
        raise ValueError(f"no document may hold the character U+{ord(found.group()):04X}")
    return '"' + "".join(_ESCAPES.get(char) or _spelled(char) for char in text) + '"'


def _spelled(char: str) -> str:
    if char.isprintable():
        return char
    point = ord(char)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
