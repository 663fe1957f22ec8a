"""Where each key and value of a TOML text stands.

It takes the text to be TOML and stops, with what was found so far, where it is not: whoever reads the values says why.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from supportable.document.values import Mark

Steps: TypeAlias = tuple["str | int", ...]
"""The keys and positions that lead to a value, the root's being ()."""

_SPACE: Final = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_BLANK: Final = re.compile(r"[ \t]*")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'")
_TEXT: Final = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
_WORD: Final = re.compile(r"[^\s,\]}#\[{=\"']+(?: \d\d:[\d:.+Zz-]+)?")


class TooDeep(Exception):
    """Values stand inside one another deeper than allowed, at `mark`."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(mark)
        self.mark = mark


class _NotToml(Exception):
    """The text is no TOML from here on."""


@dataclass(slots=True)
class Places:
    """The places of keys and of values, by the steps that lead to them. A table's is that of its header."""

    keys: dict[Steps, Mark] = field(default_factory=dict)
    values: dict[Steps, Mark] = field(default_factory=dict)


def places_in(text: str, *, max_depth: int) -> Places:
    """The places in `text`, whose lines end in LF. Raises TooDeep for more than `max_depth` levels; a root counts."""
    scanner = _Scanner(text, max_depth)
    with suppress(_NotToml):
        scanner.run()
    return scanner.places


class _Scanner:
    """The text, how far it was read, and the arrays of tables met so far with their lengths."""

    def __init__(self, text: str, max_depth: int) -> None:
        self.text = text
        self.max_depth = max_depth
        self.at = 0
        self.places = Places()
        self.tables: dict[Steps, int] = {}
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def run(self) -> None:
        table: Steps = ()
        while self._skip():
            if self._take("["):
                many = self._take("[")
                mark = self._mark(self.at - 1 - many)
                table = self._header(self._keys(), mark, many=many)
                if not self._take("]" * (1 + many)):
                    raise _NotToml
            else:
                self._entry(table)

    def _header(self, keys: list[tuple[str, Mark]], mark: Mark, *, many: bool) -> Steps:
        steps: Steps = ()
        for place, (key, key_mark) in enumerate(keys):
            steps = (*steps, key)
            last = place == len(keys) - 1
            self._note(steps, key_mark, mark)
            if last and many:
                self.tables[steps] = self.tables.get(steps, 0) + 1
            if steps in self.tables:
                steps = (*steps, self.tables[steps] - 1)
                self._note(steps, mark, mark)
        return steps

    def _entry(self, table: Steps) -> None:
        """One `key = value`, the value with all that is in it."""
        steps = self._key(table)
        # What is open, the innermost last: its steps, its closing bracket, and how many members were read.
        open_: list[tuple[Steps, str, int]] = []
        while True:
            self._value(steps, open_)
            while open_:
                owner, closing, count = open_[-1]
                self._skip()
                if count and not self._take(","):
                    if not self._take(closing):
                        raise _NotToml
                    open_.pop()
                    continue
                self._skip()
                if self._take(closing):
                    open_.pop()
                    continue
                open_[-1] = (owner, closing, count + 1)
                steps = (*owner, count) if closing == "]" else self._key(owner)
                break
            else:
                return

    def _value(self, steps: Steps, open_: list[tuple[Steps, str, int]]) -> None:
        mark = self._mark(self.at)
        self._note(steps, self.places.keys.get(steps, mark), mark)
        for opening, closing in (("[", "]"), ("{", "}")):
            if self._take(opening):
                open_.append((steps, closing, 0))
                return
        found = _TEXT.match(self.text, self.at) or _WORD.match(self.text, self.at)
        if found is None:
            raise _NotToml
        self.at = found.end()

    def _key(self, owner: Steps) -> Steps:
        """The steps to the value of the key that follows, up to behind its “=”."""
        steps = owner
        for key, mark in self._keys():
            steps = (*steps, key)
            self._note(steps, mark, mark)
        if not self._take("="):
            raise _NotToml
        self.at = _end(_BLANK, self.text, self.at)
        return steps

    def _keys(self) -> list[tuple[str, Mark]]:
        keys: list[tuple[str, Mark]] = []
        while True:
            self.at = _end(_BLANK, self.text, self.at)
            found = _KEY.match(self.text, self.at)
            if found is None or len(keys) > self.max_depth:
                raise _NotToml if found is None else TooDeep(self._mark(self.at))
            keys.append((_unquoted(found[0]), self._mark(self.at)))
            self.at = _end(_BLANK, self.text, found.end())
            if not self._take("."):
                return keys

    def _note(self, steps: Steps, key: Mark, value: Mark) -> None:
        if len(steps) >= self.max_depth:
            raise TooDeep(value)
        self.places.keys.setdefault(steps, key)
        # A key's place stands for its value until the value is met.
        if self.places.values.get(steps) in (None, self.places.keys[steps]):
            self.places.values[steps] = value

    def _skip(self) -> bool:
        """Go past white space, line ends and comments; whether anything follows."""
        self.at = _end(_SPACE, self.text, self.at)
        return self.at < len(self.text)

    def _take(self, sign: str) -> bool:
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) if found else 0
        return found

    def _mark(self, index: int) -> Mark:
        line = bisect_right(self.starts, index)
        return (line, index - self.starts[line - 1] + 1)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] != '"' or "\\" not in key:
        return key.strip('"') if key[0] == '"' else key
    try:
        return str(next(iter(tomllib.loads(f"{key} = 0"))))
    except ValueError:
        raise _NotToml from None
