"""A file as a bill of materials."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from supportable.bom import codes
from supportable.bom.faults import refuse
from supportable.bom.limits import BOM_LIMITS, BomLimits
from supportable.bom.model import Bom, Source
from supportable.bom.profile import Profile
from supportable.bom.table import Progress, read_lines
from supportable.bom.text_table import read_text_table
from supportable.bom.workbook import read_workbook

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS: Final = "save it as .xlsx, .ods or .csv"


def read_bom(
    path: str | Path,
    profile: Profile | None = None,
    *,
    limits: BomLimits = BOM_LIMITS,
    progress: Progress | None = None,
) -> Bom:
    """The bill of materials in a file: .xlsx, .xlsm, .ods, delimited text or Markdown, told apart by content.

    Every row that carries data is a line of it or a header. Raises DocumentError for a file that cannot be read, and
    UsageError for a profile that does not fit it.
    """
    profile = profile or Profile()
    file = str(path)
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except OSError as error:
        refuse(codes.BOM_UNREADABLE, f"this file cannot be read: {error.strerror or error}", file)
    return read_lines(read_source(data, file, profile, limits=limits), profile, progress)


def read_source(data: bytes, file: str, profile: Profile | None = None, *, limits: BomLimits = BOM_LIMITS) -> Source:
    """The sheets that these bytes hold; `file` is the name that problems are given under. Raises DocumentError."""
    if len(data) > limits.max_bytes:
        refuse(codes.BOM_TOO_LARGE, f"at most {limits.max_bytes:,} bytes are taken", file, "split the file")
    if not data.strip():
        refuse(codes.BOM_EMPTY, "there is nothing in this file", file)
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            hint = "open it with its password and save it without one"
            refuse(codes.PASSWORD_PROTECTED, "this workbook is protected by a password", file, hint)
        refuse(codes.FORM_NOT_READ, "workbooks in the format before 2007 are not read", file, _SAVE_AS)
    if data.startswith(b"PK"):
        return read_workbook(data, file, limits)
    head = data[:2000].lstrip().lower()
    if head.startswith(b"%pdf"):
        refuse(codes.FORM_NOT_READ, "this is a PDF", file, "ask for the quote as a workbook, " + _SAVE_AS)
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")):
        refuse(codes.FORM_NOT_READ, "this is HTML or XML, whatever its name says", file, _SAVE_AS)
    return read_text_table(data, file, limits, encoding=profile.encoding if profile else "")
