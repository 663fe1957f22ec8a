"""Times as the ledger writes them: UTC, to the microsecond, always of the same width, so that text sorts as time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Answers the time, aware of its zone."""


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


def written(time: datetime) -> str:
    """`2026-11-23T07:36:38.000001Z`. Raises ValueError for a time that knows no zone."""
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rjust(26, "0") + "Z"


def read(text: str) -> datetime:
    """The time that `written` wrote. Raises ValueError for any other text."""
    time = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if written(time) != text:
        raise ValueError(f"not a time of the ledger: {text!r}")
    return time
