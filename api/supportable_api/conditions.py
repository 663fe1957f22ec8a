"""What a request that changes something expects to find: If-Match and If-None-Match (RFC 9110, 13.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from fastapi import Request

from supportable_api.auth import codes
from supportable_api.problems import refused

Tags = frozenset[str] | Literal["*"] | None
"""The tags that a header names, `*` for any, or None where the header is not there."""

_TAG: Final = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)')


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one request, tags without their quotation marks. A weak one (`W/`) is not in `match`, as
    nothing may be overwritten on the strength of it."""

    match: Tags
    none_match: Tags

    def hold(self, current: str | None) -> bool:
        """Whether they hold for what has the tag `current`, None where there is nothing."""
        return (self.match is None or _named(self.match, current)) and (
            self.none_match is None or not _named(self.none_match, current)
        )


def conditions_of(request: Request) -> Conditions:
    """The conditions of a request. Raises Refused (400) for a header that is none: to pass it over would be to lose
    what it protects."""
    return Conditions(
        _tags("If-Match", request.headers.getlist("if-match"), weak=False),
        _tags("If-None-Match", request.headers.getlist("if-none-match"), weak=True),
    )


def _named(tags: frozenset[str] | Literal["*"], current: str | None) -> bool:
    return current is not None and (tags == "*" or current in tags)


def _tags(name: str, given: Sequence[str], *, weak: bool) -> Tags:
    if not given:
        return None
    text = ",".join(given).strip()
    if text == "*":
        return "*"
    found, at = set(), 0
    while at < len(text):
        tag = _TAG.match(text, at)
        if tag is None:
            message = f"{name} names no entity tags: each stands in quotation marks, as ETag gives it"
            raise refused(400, codes.BAD_CONDITION, message)
        if weak or tag[1] is None:
            found.add(tag[2])
        at = tag.end()
    if not text:
        raise refused(400, codes.BAD_CONDITION, f"{name} is empty")
    return frozenset(found)
