"""Which kind of report a file is, by what stands in it and not by its name."""

from __future__ import annotations

import codecs
import os
import re
from typing import Final

from supportable.document import Limits, read_bytes
from supportable.errors import DocumentError, Problem
from supportable.evidence import codes
from supportable.evidence.html_report import read_html_report
from supportable.evidence.mht import is_mime, page_in
from supportable.evidence.model import Report
from supportable.evidence.transcript import read_transcript
from supportable.evidence.xml_report import read_xml_report
from supportable.origin import Origin

REPORT_LIMITS: Final = Limits(max_bytes=32 * 1024 * 1024)
"""Reports of large clusters come to a few MiB."""

_XML: Final = re.compile(r"\s*(?:<\?xml|<Report\b|<!DOCTYPE\s+(?!html)|<!--|<!\[)", re.IGNORECASE)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?:<!DOCTYPE\s+html|<html\b)", re.IGNORECASE | re.DOTALL
)
_TAG: Final = re.compile(r"\s*<")


def read_report(path: str | os.PathLike[str], *, name: str | None = None, limits: Limits = REPORT_LIMITS) -> Report:
    """The validation run that a file tells of: a console transcript, or a report in XML, HTML or MHT.

    Places are given under `name`, or the path. Raises DocumentError for a file that cannot be read or is none of these.
    """
    file = str(path) if name is None else name
    return report_in(read_bytes(path, limits=limits, name=file), file)


def report_in(data: bytes, file: str) -> Report:
    """The validation run that the bytes of a file tell of. Raises DocumentError."""
    if is_mime(data):
        page, line_of = page_in(data, file)
        return read_html_report(page, file, form="mht", line_of=line_of)
    text = _decoded(data, file)
    if _HTML.match(text[:4000]):
        return read_html_report(text, file)
    if _XML.match(text) or _TAG.match(text):
        return read_xml_report(data, file)
    return read_transcript(text, file)


def _decoded(data: bytes, file: str) -> str:
    """The text of a file. Consoles write UTF-16, UTF-8 or the code page of the machine, whose plain letters agree."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if not data.strip():
        raise DocumentError([Problem(codes.NOT_A_REPORT, "the file is empty", Origin(file), "was it saved?")])
    if b"\0" in data:
        message = "this is neither text nor a page: it holds NUL characters"
        hint = "give what Test-Cluster printed, or its report as .xml, .htm or .mht"
        raise DocumentError([Problem(codes.NOT_A_REPORT, message, Origin(file), hint)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
