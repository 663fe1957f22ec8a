"""Days in a query, written as people and the engine write them, YYYY-MM-DD and nothing else; and moments, which begin
with a day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Final

from fastapi import Query
from pydantic import AfterValidator, BeforeValidator

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(_DAY.pattern + r"([Tt ].*)?")


def written_in_full(text: str) -> date:
    """The day that is written as YYYY-MM-DD. Raises ValueError for anything else."""
    if not _DAY.fullmatch(text):
        raise ValueError("write it as YYYY-MM-DD, such as 2009-07-01")
    return date.fromisoformat(text)


def _read(given: object) -> object:
    # pydantic takes a number for the seconds since 1970: a day that nobody meant.
    return written_in_full(given) if isinstance(given, str) else given


Date = Annotated[date, BeforeValidator(_read)]

Day = Annotated[Date | None, Query(description="The day to judge by, as in 2009-07-01; today in UTC if left out.")]
"""The day that a request asks about."""


def _begins_with_a_day(given: object) -> object:
    if isinstance(given, str) and not _MOMENT.fullmatch(given):
        raise ValueError("write it as YYYY-MM-DD or as in 2009-07-01T12:00:00Z")
    return given


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("in UTC that is before the year 1 or after the year 9999") from error


Moment = Annotated[datetime, BeforeValidator(_begins_with_a_day), AfterValidator(_in_utc)]
"""A moment in UTC, which is also what one without a zone is in."""
