"""Days in a query, written as people and the engine write them: YYYY-MM-DD and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final

from fastapi import Query
from pydantic import BeforeValidator

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_in_full(given: object) -> object:
    # pydantic takes a number for the seconds since 1970: a day that nobody meant.
    if isinstance(given, str) and not _DAY.fullmatch(given):
        raise ValueError("write it as YYYY-MM-DD, such as 2009-07-01")
    return given


Date = Annotated[date, BeforeValidator(_written_in_full)]

Day = Annotated[Date | None, Query(description="The day to judge by, as in 2009-07-01; today in UTC if left out.")]
"""The day that a request asks about."""
