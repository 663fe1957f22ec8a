"""What a caller gives and gets, beside the shapes of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any

from supportable.client.errors import ApiError
from supportable.client.shapes import Status, Verdict


@dataclass(frozen=True, slots=True)
class DesignText:
    """A design as text: YAML, or what `media_type` says. It is sent byte for byte."""

    text: str | bytes
    media_type: str = "application/yaml"


Design = Mapping[str, Any] | DesignText | str | PathLike[str]
"""A design: a mapping in the shape of one, its text, or the path of a .yaml, .json or .toml file."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send: its bytes, and the name that problems are told under."""

    content: bytes
    name: str = "file"


File = Upload | str | PathLike[str]
"""A file to send: itself, or its path."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A verdict, and the id it was recorded under, None where it was not recorded.

    `etag` identifies the verdict's bytes. `replayed` says that this is the answer to an earlier request with the same
    idempotency key.
    """

    id: str | None
    verdict: Verdict
    etag: str
    replayed: bool = False

    @property
    def status(self) -> Status:
        """The design's status."""
        return self.verdict["status"]


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A design of a batch, with an id of the caller's own and a day of its own, None for that of the batch."""

    design: Mapping[str, Any]
    id: Any = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What came of one design of a batch: a verdict, or the error that stands in its place; never both, never none.

    `line` counts from 1 through the whole batch; `id` is the caller's own, `evaluation` what the verdict was recorded
    under, None where it was not.
    """

    line: int
    id: Any
    evaluation: str | None
    verdict: Verdict | None
    error: ApiError | None


@dataclass(frozen=True, slots=True)
class StoredDesign:
    """A version of a stored design: the very bytes, and the tag to send back when it is replaced."""

    name: str
    content: bytes
    media_type: str
    etag: str
    version: int
