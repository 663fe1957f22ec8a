"""What is sent: designs, files and parameters as they go over the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from supportable.client.model import BatchItem, Design, DesignText, File, Upload
from supportable.errors import Problem, UsageError

Day = date | str | None
Query = tuple[tuple[str, str], ...]

JSON: Final = "application/json"
UNKNOWN_SUFFIX: Final = "SUP787"
NOT_SENT: Final = "SUP788"
_BY_SUFFIX: Final = {
    ".json": JSON,
    ".toml": "application/toml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
CHUNK: Final = 64 * 1024
"""How much of a batch is sent at a time, in bytes: no more than a server takes in while nobody reads its answers."""


_HEADER: Final = re.compile(r"(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?")
"""What may stand in a header: no other letters, no line ends, and no space around it."""


def as_header(what: str, value: str) -> str:
    """A value as a header. Raises UsageError for one that no header can hold; the value is not repeated, as it may be a
    secret."""
    if _HEADER.fullmatch(value):
        return value
    hint = "use letters, digits and signs of ASCII"
    if value != value.strip():
        hint = "there is a space or a line end around it: strip it"
    elif "\n" in value or "\r" in value:
        hint = "it has to be one line"
    raise UsageError([Problem(NOT_SENT, f"the {what} cannot be sent as a header", hint=hint)])


def as_utf8(what: str, text: str) -> bytes:
    """A text as it is sent. Raises UsageError for half a surrogate pair, which is no character."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        message = f"{what} cannot be sent: there is half a surrogate pair in it, U+{ord(text[error.start]):04X}"
        hint = "was it decoded with “surrogateescape”? Decode it as what it is"
        raise UsageError([Problem(NOT_SENT, message, hint=hint)]) from None


def text_of(design: Design) -> DesignText:
    """A design as it is sent: a mapping as JSON, a file byte for byte. Raises UsageError for a file of another kind,
    OSError for one that cannot be read."""
    if isinstance(design, DesignText):
        return design
    if isinstance(design, Mapping):
        return DesignText(as_json(design), JSON)
    path = Path(design)
    media_type = _BY_SUFFIX.get(path.suffix.casefold())
    if media_type is None:
        message = f"{path} is no file of a design: {', '.join(_BY_SUFFIX)}"
        raise UsageError([Problem(UNKNOWN_SUFFIX, message, hint="give its text: DesignText(text, media_type)")])
    return DesignText(path.read_bytes(), media_type)


def as_bytes(text: DesignText) -> bytes:
    """The text as it goes over the wire. Raises UsageError for half a surrogate pair."""
    return as_utf8("the design", text.text) if isinstance(text.text, str) else text.text


def as_json(value: object) -> bytes:
    """A value as JSON. Raises ValueError for numbers that JSON does not have, UsageError for half a surrogate pair."""
    return as_utf8("the value", json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def as_part(design: Design) -> tuple[str, bytes]:
    """A design as a part of a form: its name says how to read it."""
    text = text_of(design)
    suffix = next((suffix for suffix, known in _BY_SUFFIX.items() if known == text.media_type), ".yaml")
    return f"design{suffix}", as_bytes(text)


def as_file(file: File) -> tuple[str, bytes]:
    """A file as a part of a form. Raises OSError for one that cannot be read."""
    if isinstance(file, Upload):
        return _nameable(file.name), file.content
    assert isinstance(file, (str, PathLike))
    path = Path(fspath(file))
    return _nameable(path.name), path.read_bytes()


def _nameable(name: str) -> str:
    # File systems know names that are no text; what a file holds matters more.
    return name.encode("utf-8", "replace").decode()


def asked(as_of: Day, packs: Iterable[str] | None) -> Query:
    """The parameters of what is judged: by which day, and by which packs."""
    return (*given(as_of=as_day(as_of)), *chosen(packs))


def chosen(packs: Iterable[str] | None) -> Query:
    """The packs to judge by; none of it for all of them."""
    return tuple(("pack", name) for name in packs or ())


def given(**values: str) -> Query:
    """The parameters that have a value."""
    return tuple((name, value) for name, value in values.items() if value)


def as_day(day: Day) -> str:
    """A day as a parameter, "" for none."""
    return day.isoformat() if isinstance(day, date) else day or ""


def as_moment(moment: datetime | str | None) -> str:
    """A moment as a parameter, "" for none."""
    return moment.isoformat() if isinstance(moment, datetime) else moment or ""


def as_word(truth: bool) -> str:  # noqa: FBT001  a word for it is the point
    """A truth as a parameter."""
    return "true" if truth else "false"


def as_step(name: str) -> str:
    """A name as a step of a path: whatever is in it, it stays one step."""
    # Those two mean other steps, unless each dot is written out.
    return name.replace(".", "%2E") if name in (".", "..") else quote(as_utf8("the name", name), safe="")


def if_match(etag: str) -> dict[str, str]:
    """If-Match, for a tag with its quotation marks or without."""
    if not etag:
        return {}
    return {"If-Match": etag if etag == "*" or etag.startswith('"') else f'"{etag}"'}


def batch_line(item: BatchItem | Mapping[str, Any]) -> bytes:
    """A design of a batch as the line that is sent."""
    if not isinstance(item, BatchItem):
        item = BatchItem(item)
    wrapped = {"id": item.id, "design": item.design, **({"as_of": item.as_of} if item.as_of else {})}
    return as_json(wrapped)
