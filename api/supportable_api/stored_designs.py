"""What the routes of stored designs answer with, and how they ask the ledger."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Request
from pydantic import Field

from supportable.ledger import ABSENT, DesignChanged, DesignVersion, Ledger
from supportable.ledger.times import written
from supportable_api import codes as service_codes
from supportable_api.auth import Refused, codes
from supportable_api.conditions import Conditions
from supportable_api.library.models import Answer, Cursor
from supportable_api.library.problem_shape import ProblemShown
from supportable_api.problems import refused

TRIES: Final = 20
"""How often a write is tried that others come before. One that names the version it replaces is tried once."""


class StoredDesign(Answer):
    """One version of a stored design."""

    name: str = Field(examples=["sql-guest-cluster"])
    version: Annotated[int, Field(ge=1, description="From 1; a deletion takes a number too")]
    etag: str = Field(description="What to send as If-Match, in quotation marks, to replace or delete this version")
    media_type: str = Field(description="What it was sent as; empty for a deletion", examples=["application/yaml"])
    digest: str = Field(description="SHA-256 of the bytes that were sent; empty for a deletion")
    by: str = Field(description="Who sent it")
    at: str = Field(description="When, in UTC", examples=["2026-11-23T07:36:38.000001Z"])
    deleted: bool


class StoredDesigns(Answer):
    """Some stored designs or versions."""

    items: list[StoredDesign]
    next: Cursor


class KeptDesign(StoredDesign):
    """A version as it was just stored, and what keeps it from being judged today: nothing, if `problems` is empty."""

    problems: list[ProblemShown]


def shown(version: DesignVersion) -> StoredDesign:
    """A version as an answer."""
    return StoredDesign(
        name=version.name,
        version=version.version,
        etag=version.etag,
        media_type=version.media_type,
        digest=version.digest,
        by=version.by,
        at=written(version.at),
        deleted=version.deleted,
    )


def ledger_of(request: Request) -> Ledger:
    """The ledger. Raises Refused (404) where nothing is recorded."""
    ledger: Ledger | None = request.app.state.ledger
    if ledger is None:
        raise refused(
            404,
            service_codes.NOTHING_IS_RECORDED,
            "nothing is stored here: this service runs without a database",
            hint="whoever runs it can name one",
        )
    return ledger


def current(ledger: Ledger, tenant: str, name: str) -> DesignVersion:
    """The current version. Raises Refused (404) where there is none, or it is another tenant's."""
    found = ledger.design(tenant, name)
    if found is None or found.deleted:
        raise no_such_design(name)
    return found


def no_such_design(name: str) -> Refused:
    """404 for a design that is not there, or not the caller's."""
    return refused(404, codes.NO_SUCH_DESIGN, f"there is no design “{name}”", hint="GET /v1/designs lists them")


def put(
    ledger: Ledger, tenant: str, name: str, content: bytes, media_type: str, *, by: str, conditions: Conditions
) -> tuple[DesignVersion, bool]:
    """The current version after this, and whether there was none before.

    Raises Refused: 412 where a condition does not hold, 428 where there is a design already and no condition says that
    it was seen.
    """
    for _ in range(TRIES):
        found = ledger.design(tenant, name)
        etag = None if found is None or found.deleted else found.etag
        _check(name, etag, conditions)
        try:
            stored = ledger.put_design(
                tenant, name, content, media_type, by=by, expect=ABSENT if etag is None else etag
            )
        except DesignChanged:
            # Somebody was quicker: what the caller expects is held against what is there now.
            continue
        return stored, etag is None
    raise _crowded(name)


def delete(ledger: Ledger, tenant: str, name: str, *, by: str, conditions: Conditions) -> DesignVersion:
    """The deletion, which is a version too. Raises Refused: 404, 412, 428."""
    for _ in range(TRIES):
        etag = current(ledger, tenant, name).etag
        _check(name, etag, conditions)
        try:
            return ledger.delete_design(tenant, name, by=by, expect=etag)
        except DesignChanged:
            continue
    raise _crowded(name)


def _crowded(name: str) -> Refused:
    message = f"too many write the design “{name}” at once"
    return refused(503, service_codes.TOO_BUSY, message, hint="try again", headers={"Retry-After": "1"})


def _check(name: str, etag: str | None, conditions: Conditions) -> None:
    headers = {} if etag is None else {"ETag": f'"{etag}"'}
    if not conditions.hold(etag):
        what = "there is no such design" if etag is None else "it is another version by now"
        hint = "" if etag is None else "fetch it, see what was changed, and send yours with the new ETag"
        message = f"the design “{name}” is not as the request expects: {what}"
        raise refused(412, codes.DESIGN_CHANGED, message, hint=hint, headers=headers)
    if etag is not None and conditions.match is None:
        raise refused(
            428,
            codes.CONDITION_MISSING,
            f"there is a design “{name}” already: say which version this is to replace",
            hint="send its ETag as If-Match, or “If-Match: *” to replace whatever is there",
            headers=headers,
        )
