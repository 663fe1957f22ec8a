"""JSON text to the same values as YAML gives, read strictly (RFC 8259), with positions and duplicate keys found.

One loop and a stack of its own: nesting costs no Python stack. Strings are decoded by the standard library.
"""

from __future__ import annotations

import json
import re
from typing import Final, NoReturn

from supportable.document import codes
from supportable.document.faults import Faults, shown
from supportable.document.limits import Limits
from supportable.document.refusals import (
    refuse_characters,
    refuse_depth,
    refuse_duplicate,
    refuse_length,
    refuse_number,
)
from supportable.document.values import Map, Mark, Plain, Seq, Value

_SPACE: Final = re.compile(r"[ \t\n\r]+")
_BREAK: Final = re.compile(r"\r\n?|\n")
_WORD: Final = re.compile(r"[^ \t\n\r,:\[\]{}\"]+")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_STRINGS: Final = json.JSONDecoder()


def read_json(text: str, limits: Limits, faults: Faults, *, first_line: int = 1) -> tuple[Value, Mark]:
    """The value that JSON text holds and where it begins; the text is taken to begin in `first_line` of its file.

    Raises DocumentError through `faults`.
    """
    return _Scanner(text, limits, faults, first_line).run()


class _Scanner:
    """The text, how far it was read, and the maps and lists that are open, the innermost last."""

    __slots__ = ("_at", "_faults", "_limits", "_line", "_line_start", "_nodes", "_open", "_text", "_words")

    def __init__(self, text: str, limits: Limits, faults: Faults, first_line: int) -> None:
        self._text = text
        self._limits = limits
        self._faults = faults
        self._at = 0
        self._line = first_line
        self._line_start = 0
        self._nodes = 0
        self._open: list[Map | Seq] = []
        self._words: dict[str, Plain] = {}

    def run(self) -> tuple[Value, Mark]:
        first_line = self._line
        if not self._next():
            self._faults.stop(codes.EMPTY, "the file holds nothing but white space", (first_line, 1))
        root_mark = self._mark()
        root = self._value(root_mark)
        while self._open:
            self._member(self._open[-1])
        if self._next():
            self._fail("text goes on after the end of the value", "a .json file holds one value")
        self._faults.close()
        return root, root_mark

    def _member(self, current: Map | Seq) -> None:
        """Read one member of `current`, or its end."""
        closing = "}" if isinstance(current, Map) else "]"
        character = self._next()
        if character == closing:
            self._at += 1
            self._open.pop()
            return
        if current:
            if character != ",":
                self._fail(f"“,” or “{closing}” is missing", self._opened(current))
            self._at += 1
            if self._next() == closing:
                self._fail(f"a comma stands before “{closing}”", "remove it")
        if isinstance(current, Map):
            key = self._key(current)
            current.value_marks[key] = mark = self._mark()
            current[key] = self._value(mark)
        else:
            mark = self._mark()
            current.item_marks.append(mark)
            current.append(self._value(mark))

    def _key(self, current: Map) -> str:
        """Read a key and its colon, up to the value."""
        mark = self._mark()
        if self._next() != '"':
            self._fail("a key in double quotes is missing", self._opened(current))
        key = self._string(mark)
        first = current.key_marks.setdefault(key, mark)
        if first is not mark:
            refuse_duplicate(key, first, mark, self._faults)
        if self._next() != ":":
            self._fail(f"“:” is missing after the key {shown(key)}")
        self._at += 1
        self._next()
        return key

    def _value(self, mark: Mark) -> Value:
        """Read a scalar, or open a map or list and leave its members to the loop."""
        character = self._next()
        if character == '"':
            return self._string(mark)
        if character not in ("{", "["):
            return self._word(mark)
        self._count(mark)
        if len(self._open) >= self._limits.max_depth:
            refuse_depth(self._limits, mark, self._faults)
        opened: Map | Seq = Map(mark=mark) if character == "{" else Seq(mark=mark)
        self._open.append(opened)
        self._at += 1
        return opened

    def _string(self, mark: Mark) -> str:
        self._count(mark)
        try:
            text, self._at = _STRINGS.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self._at = error.pos
            if error.msg.startswith("Unterminated"):
                self._fail("the string is not closed in its line", "add the closing mark; write a line break as \\n")
            if error.msg.startswith("Invalid control"):
                self._fail("a line break or tab stands in a string", "write it as \\n or \\t")
            self._fail("this backslash does not begin an escape", "write a backslash as \\\\")
        assert isinstance(text, str)
        if len(text) > self._limits.max_scalar:
            refuse_length(text, self._limits, mark, self._faults)
        if not text.isprintable():
            refuse_characters(text, mark, self._faults)
        return text

    def _word(self, mark: Mark) -> Plain | None:
        """Read a number, true, false or null."""
        self._count(mark)
        found = _WORD.match(self._text, self._at)
        if found is None:
            self._fail("a value is missing")
        word = found.group()
        if len(word) > self._limits.max_scalar:
            refuse_length(word, self._limits, mark, self._faults)
        known = self._words.get(word)
        if known is None and word != "null":
            if word in ("NaN", "Infinity", "-Infinity"):
                hint = "write null where the value is not known"
                self._faults.add(codes.JSON_NOT_A_NUMBER, f"{word} is no JSON number", mark, hint)
            elif word not in ("true", "false") and not _NUMBER.fullmatch(word):
                self._fail(f"{shown(word)} is no JSON value", _advice(word))
            # Words recur: one object for each spelling keeps large documents small.
            known = self._words[word] = Plain(word)
        self._at = found.end()
        return known

    def _count(self, mark: Mark) -> None:
        self._nodes += 1
        if self._nodes > self._limits.max_nodes:
            refuse_number(self._limits, mark, self._faults)

    def _next(self) -> str:
        """Skip white space; the character that follows, or an empty text at the end."""
        if found := _SPACE.match(self._text, self._at):
            for line_break in _BREAK.finditer(self._text, self._at, found.end()):
                self._line += 1
                self._line_start = line_break.end()
            self._at = found.end()
        return self._text[self._at : self._at + 1]

    def _mark(self) -> Mark:
        return (self._line, self._at - self._line_start + 1)

    def _opened(self, current: Map | Seq) -> str:
        line, column = current.mark
        what = "map" if isinstance(current, Map) else "list"
        return f"in the {what} that begins at line {line}, column {column}"

    def _fail(self, message: str, hint: str = "") -> NoReturn:
        self._faults.stop(codes.JSON_SYNTAX, message, self._mark(), hint)


def _advice(word: str) -> str:
    if word[0] == "'":
        return "JSON writes strings in double quotes"
    if word.startswith(("//", "/*", "#")):
        return "JSON has no comments; YAML has: name the file .yaml"
    if word.casefold() in ("true", "false", "null", "none"):
        return "JSON writes true, false and null"
    if word.lstrip("+-.").startswith(tuple("0123456789")):
        return "write a number without leading zeros, plus sign or bare point; anything else in double quotes"
    return "put text in double quotes"
