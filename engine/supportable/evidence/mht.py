"""A page saved as one file: MIME around HTML, in which long lines are cut and folded (quoted-printable)."""

from __future__ import annotations

import email
import email.errors
import re
from collections.abc import Callable
from email.message import Message
from typing import Final

from supportable.errors import DocumentError, Problem
from supportable.evidence import codes
from supportable.origin import Origin

_MOST_PARTS: Final = 2_000
_MOST_DASHES: Final = 20_000

# The parser of headers takes long for long ones.
_LONG_HEADER: Final = re.compile(
    rb"^content-[a-z-]{1,40}:(?:[^\n]{4000}|[^\n]*(?:\n[ \t][^\n]*){40})", re.IGNORECASE | re.MULTILINE
)


def page_in(data: bytes, file: str) -> tuple[str, Callable[[int], int]]:
    """The page in a MIME file, and what gives, for a line of the page, the line of the file it begins in.

    Lines are 0, not known, where the page is stored in a way that does not keep them. Raises DocumentError for a file
    without a page, or that ends early.
    """
    if data.count(b"\n--") > _MOST_DASHES or _LONG_HEADER.search(data):
        what = "this MIME file has parts or headers without number, as no report has"
        raise DocumentError([Problem(codes.NOT_A_REPORT, what, Origin(file), "give the .htm report")])
    try:
        return _page(email.message_from_bytes(data), data, file)
    except RecursionError:
        what = "parts stand too deep inside one another in this MIME file"
        raise DocumentError([Problem(codes.NOT_A_REPORT, what, Origin(file), "give the .htm report")]) from None


def _page(message: Message, data: bytes, file: str) -> tuple[str, Callable[[int], int]]:
    part = None
    for place, each in enumerate(message.walk()):
        if place > _MOST_PARTS:
            break
        broken = [defect for defect in each.defects if isinstance(defect, _CUT)]
        if broken:
            what = "the file ends before its last part does: what is missing might be a test that failed"
            raise DocumentError(
                [Problem(codes.TRUNCATED, what, Origin(file), "take the whole report from the cluster")]
            )
        if part is None and each.get_content_type() == "text/html":
            part = each
    if part is None:
        what = "there is no page in this MIME file"
        raise DocumentError([Problem(codes.NOT_A_REPORT, what, Origin(file), "give the report as .htm or .xml")])
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes), "a part of type text/html has no parts"
    charset = part.get_content_charset("utf-8")
    try:
        # `unicode` is what Internet Explorer called UTF-16.
        text = payload.decode("utf-16" if charset == "unicode" else charset, "replace").lstrip("\ufeff")
    except LookupError:
        what = f"the page is in an encoding that is not known: {charset[:40]}"
        raise DocumentError([Problem(codes.NOT_A_REPORT, what, Origin(file), "give the .htm report")]) from None
    return text, _lines(data, part)


_CUT = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect)


def _lines(data: bytes, part: Message) -> Callable[[int], int]:
    """For a line of the page, that of the file: a line that ends in “=” goes on in the next."""
    stored = part.get_payload(decode=False)
    encoding = str(part.get("content-transfer-encoding", "7bit")).strip().casefold()
    if not isinstance(stored, str) or encoding not in ("quoted-printable", "7bit", "8bit", "binary"):
        return lambda _: 0
    raw = stored.encode("utf-8", "surrogateescape")
    start = data.find(raw[:4000])
    if start < 0:
        return lambda _: 0
    first = data.count(b"\n", 0, start) + 1
    if encoding != "quoted-printable":
        return lambda line: first + line - 1
    begins = [1]
    for place, line in enumerate(raw.split(b"\n"), start=1):
        if not line.rstrip(b"\r").endswith(b"="):
            begins.append(place + 1)
    return lambda line: first + begins[min(line, len(begins)) - 1] - 1 if line > 0 else 0


def is_mime(data: bytes) -> bool:
    """Whether a file begins with the headers of a MIME message that holds a page."""
    head = data[:4000].lower()
    begins = head.lstrip().startswith((b"from:", b"mime-version:", b"content-type:", b"subject:", b"content-location:"))
    return begins and b"mime-version:" in head and (b"text/html" in head or b"multipart/" in head)
