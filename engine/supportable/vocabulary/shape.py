"""The parts of a document in the shape they should have; what has another shape is noted, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from supportable.document import Document, Plain
from supportable.errors import Problem, did_you_mean
from supportable.origin import Origin

NOT_A_MAP: Final = "SUP200"
NOT_A_LIST: Final = "SUP201"
NOT_A_TEXT: Final = "SUP202"
NOT_A_TRUTH: Final = "SUP203"
UNKNOWN_KEY: Final = "SUP204"
MISSING_KEY: Final = "SUP205"
LANGUAGE: Final = "SUP206"
VERSION: Final = "SUP207"

LANGUAGE_VERSION: Final = 1

_TRUTHS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_VERSION: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}")


def below(pointer: str, step: str | int) -> str:
    """The JSON Pointer to the member `step` of what `pointer` leads to."""
    if isinstance(step, str):
        step = step.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{step}"


class Shape:
    """One document under inspection, and the problems found in it so far.

    `problems` is shared between all the documents that are read together. Every reader takes the JSON Pointer of what
    it reads, notes a problem there if the shape is wrong, and returns an empty stand-in.
    """

    __slots__ = ("document", "problems")

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document = document
        self.problems = problems

    def origin(self, pointer: str) -> Origin:
        """Where the value at `pointer` stands."""
        return self.document.origin_of(pointer)

    def key_origin(self, pointer: str) -> Origin:
        """Where the key of the value at `pointer` stands."""
        return self.document.origin_of_key(pointer)

    def note(self, code: str, message: str, pointer: str, hint: str = "") -> None:
        """Note a problem with the value at `pointer`."""
        self.problems.append(Problem(code, message, self.origin(pointer), hint, "author"))

    def note_key(self, code: str, message: str, pointer: str, hint: str = "") -> None:
        """Note a problem with the key of the value at `pointer`."""
        self.problems.append(Problem(code, message, self.key_origin(pointer), hint, "author"))

    def mapping(self, value: object, pointer: str, what: str) -> dict[str, object]:
        """A map; null counts as an empty one."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.note(NOT_A_MAP, f"{what} must be a map of keys and values, not {described(value)}", pointer)
        return {}

    def items(self, value: object, pointer: str, what: str) -> Iterator[tuple[str, str, object]]:
        """The entries of a map as (key, pointer, value), in document order."""
        for key, held in self.mapping(value, pointer, what).items():
            yield key, below(pointer, key), held

    def sequence(self, value: object, pointer: str, what: str) -> list[tuple[str, object]]:
        """A list as (pointer, item) pairs; null counts as an empty one."""
        if isinstance(value, list):
            return [(below(pointer, index), item) for index, item in enumerate(value)]
        if value is not None:
            hint = f"write [{value}]" if isinstance(value, str) else ""
            self.note(NOT_A_LIST, f"{what} must be a list, not {described(value)}", pointer, hint)
        return []

    def text(self, value: object, pointer: str, what: str) -> str:
        """A text, in quotes or not."""
        if isinstance(value, str):
            return str(value)
        self.note(NOT_A_TEXT, f"{what} must be a text, not {described(value)}", pointer)
        return ""

    def flag(self, value: object, pointer: str, what: str) -> bool:
        """`true` or `false`, without quotes."""
        if isinstance(value, bool):
            return value
        found = _TRUTHS.get(value) if isinstance(value, Plain) else None
        if found is None:
            hint = "write it without quotes" if isinstance(value, str) and value in _TRUTHS else ""
            self.note(NOT_A_TRUTH, f"{what} must be true or false, not {described(value)}", pointer, hint)
            return False
        return found

    def keys(
        self, given: dict[str, object], pointer: str, *, known: Iterable[str], required: Iterable[str] = ()
    ) -> None:
        """Note every key of `given` that is not known, and every required one that is missing."""
        known = set(known) | set(required)
        for key in given:
            if key not in known:
                self.note_key(UNKNOWN_KEY, f"unknown key “{key}”", below(pointer, key), did_you_mean(key, known))
        for key in required:
            if key not in given:
                self.note(MISSING_KEY, f"the key “{key}” is missing", pointer, f"add {key}: …")

    def language(self, given: dict[str, object], pointer: str = "") -> None:
        """Note a `language` that this engine does not speak."""
        value = given.get("language")
        if value is not None and str(value) != str(LANGUAGE_VERSION):
            message = f"language {described(value)} is not known to this engine"
            self.note(LANGUAGE, message, below(pointer, "language"), f"this engine reads language {LANGUAGE_VERSION}")

    def version(self, given: dict[str, object], pointer: str = "") -> str:
        """The `version` key: numbers joined by dots, such as 1.0.0."""
        value = given.get("version")
        if value is None:
            return ""
        text = self.text(value, below(pointer, "version"), "a version")
        if text and not _VERSION.fullmatch(text):
            hint = "write numbers and dots, as in 1.0.0"
            self.note(VERSION, f"“{text}” is not a version", below(pointer, "version"), hint)
        return text


def described(value: object) -> str:
    """What a value is, in a few words for a message."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 256:
        # Python refuses to write out whole numbers of thousands of digits.
        return "a number of many digits"
    shown = str(value)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return f"“{shown}”"
