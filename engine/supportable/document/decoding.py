"""From the bytes of a file to its text, or to the reason why they are none."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Final

from supportable.document import codes
from supportable.document.faults import Faults
from supportable.document.refusals import FORBIDDEN, refuse_character
from supportable.document.values import Mark

_LINE_BREAK: Final = re.compile("\r\n?|\n")
_BINARY_KINDS: Final = (
    (b"PK\x03\x04", "a spreadsheet or zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
)


def decode(data: bytes, faults: Faults) -> str:
    """The text of a file, without its byte order mark.

    UTF-8 with or without a mark and UTF-16 with one are read. Raises DocumentError through `faults` for anything
    else, and for an empty file, control characters and unpaired surrogates.
    """
    if not data:
        faults.stop(codes.EMPTY, "the file is empty", hint="was it saved?")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode_utf16(data, faults)
    else:
        text = _decode_utf8(data, faults)
    check_characters(text, faults)
    return text


def check_characters(text: str, faults: Faults) -> None:
    """Raise DocumentError through `faults` with every character that may not stand in a document."""
    # Lazily, as a hostile text may consist of nothing else and `faults` ends it after a few.
    places = marks_at(text, (found.start() for found in FORBIDDEN.finditer(text)))
    for found, mark in zip(FORBIDDEN.finditer(text), places, strict=True):
        if found.group() == "\0":
            faults.stop(codes.BINARY, "this is not a text file: it holds a NUL character", mark)
        refuse_character(found.group(), mark, faults)
    faults.close()


def marks_at(text: str, indexes: Iterable[int]) -> Iterator[Mark]:
    """The line and column of each index, which must ascend."""
    line, start = 1, 0
    for index in indexes:
        for found in _LINE_BREAK.finditer(text, start, index):
            line, start = line + 1, found.end()
        yield (line, index - start + 1)


def _decode_utf16(data: bytes, faults: Faults) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-16", "replace")
        what = "the file begins like UTF-16 and does not go on so"
        faults.stop(codes.BAD_ENCODING, what, _end_of(before), "save it as UTF-8")


def _decode_utf8(data: bytes, faults: Faults) -> str:
    if b"\0" in data:
        kind = next((kind for magic, kind in _BINARY_KINDS if data.startswith(magic)), "")
        looks = f": it looks like {kind}" if kind else ""
        hint = "" if kind else "if it is text in UTF-16, save it as UTF-8 or with a byte order mark"
        faults.stop(codes.BINARY, f"this is not a text file{looks}", hint=hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind the mark, if there is one.
        bare = data.removeprefix(codecs.BOM_UTF8)
        before, byte = bare[: error.start].decode("utf-8"), bare[error.start : error.start + 1]
        meant = byte.decode("cp1252", "replace")
        guess = f"; in Windows-1252 it would be “{meant}”" if meant.isprintable() and meant != "\ufffd" else ""
        what = f"the byte 0x{byte.hex().upper()} is not UTF-8{guess}"
        faults.stop(codes.BAD_ENCODING, what, _end_of(before), "save the file as UTF-8")


def _end_of(text: str) -> Mark:
    return next(marks_at(text, [len(text)]))
