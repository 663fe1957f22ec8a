"""Days in a query, written as people and the engine write them: YYYY-MM-DD and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final

from fastapi import Query
from pydantic import BeforeValidator

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
