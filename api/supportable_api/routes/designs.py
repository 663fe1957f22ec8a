"""Designs that are kept: put, fetched, replaced by those who saw the last version, judged; every version stays."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from supportable.document import canonical_json
from supportable.errors import DesignError, Problem
from supportable.intake.codes import NOT_A_DESIGN
from supportable.ledger import DesignVersion
from supportable_api.auth import Caller, caller, codes
from supportable_api.conditional import REVALIDATED, answered, matches
from supportable_api.conditions import conditions_of
from supportable_api.days import Day
from supportable_api.idempotency import OnceRoute
from supportable_api.judged import FORMS, Asked, design_of, limits_of, today
from supportable_api.media import DESIGNS, JSON, accepted, design_media_type
from supportable_api.paging import CursorGiven, Limit
from supportable_api.problems import not_found, problem_as_json, refused
from supportable_api.routes.evaluations import Only, answer, choice_of
from supportable_api.stored_designs import (
    KeptDesign,
    StoredDesigns,
    current,
    delete,
    ledger_of,
    no_such_design,
    put,
    shown,
)

router: Final = APIRouter(prefix="/v1/designs", tags=["designs"], route_class=OnceRoute)

Reading = Annotated[Caller, Depends(caller("read"))]
Writing = Annotated[Caller, Depends(caller("evaluate"))]
Judging = Annotated[Caller, Depends(caller("read", "evaluate"))]

Name = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
        description="Letters, digits, dots, hyphens and underscores; it need not be what the design calls itself",
        examples=["sql-guest-cluster"],
    ),
]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The number of a version")]
NumberAsked = Annotated[
    int | None, Query(ge=1, le=2**31 - 1, description="The version to judge; the current one if left out")
]

FOR_GOOD: Final = {"Cache-Control": "private, max-age=31536000, immutable"}
"""A version does not change; whose it is does not either."""


@router.get("", response_model=StoredDesigns, summary="List stored designs")
async def list_designs(request: Request, who: Reading, limit: Limit = 50, cursor: CursorGiven = "") -> Response:
    """The stored designs by name, the current version of each; deleted ones are left out."""
    ledger = ledger_of(request)
    page = await request.app.state.storing.run(ledger.designs, who.tenant, limit=limit, cursor=cursor or None)
    return answered(request, StoredDesigns(items=[shown(each) for each in page.items], next=page.next))


@router.put(
    "/{name}",
    response_model=KeptDesign,
    summary="Store a design",
    responses={201: {"model": KeptDesign, "description": "There was none of that name"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "The design: see /v1/schema/design.",
            "content": {media_type: {"schema": {"type": "object"}} for media_type in DESIGNS},
        }
    },
)
async def put_design(request: Request, name: Name, who: Writing) -> Response:
    """Stores the body as the design's next version: 201 where there was none, else 200.

    To replace a design, send the ETag of the version that you saw as If-Match: if another came between, yours is
    refused (412) and nothing is lost. `If-None-Match: *` stores only what is not there yet.

    The body must be readable, and a map. Whether it fits the vocabulary is told under `problems` and does not keep it
    from being stored: a design is work in progress, and the packs it is judged by change under it.
    """
    ledger = ledger_of(request)
    conditions = conditions_of(request)
    media_type = design_media_type(request)
    content = await request.body()
    problems = await request.app.state.judging.run(_misfits, request, content, media_type)
    version, created = await request.app.state.storing.run(
        put, ledger, who.tenant, name, content, media_type, by=who.subject, conditions=conditions
    )
    kept = {**shown(version).model_dump(), "problems": [problem_as_json(each) for each in problems]}
    headers = {"ETag": _etag(version), "Location": f"/v1/designs/{name}", "Cache-Control": "no-store"}
    return Response(canonical_json(kept), 201 if created else 200, headers, JSON)


@router.get("/{name}", response_class=Response, summary="A stored design")
async def get_design(request: Request, name: Name, who: Reading) -> Response:
    """The current version, the very bytes that were sent."""
    ledger = ledger_of(request)
    version: DesignVersion = await request.app.state.storing.run(current, ledger, who.tenant, name)
    return await _content(request, who, version, REVALIDATED)


@router.delete("/{name}", status_code=204, response_class=Response, summary="Delete a stored design")
async def delete_design(request: Request, name: Name, who: Writing) -> Response:
    """Deletes the design, if it still is the version that If-Match names. Its versions stay in its history."""
    ledger = ledger_of(request)
    conditions = conditions_of(request)
    await request.app.state.storing.run(delete, ledger, who.tenant, name, by=who.subject, conditions=conditions)
    return Response(status_code=204)


@router.get("/{name}/history", response_model=StoredDesigns, summary="The versions of a stored design")
async def design_history(request: Request, name: Name, who: Reading) -> Response:
    """All versions, newest first, and the deletions between them."""
    ledger = ledger_of(request)
    versions: tuple[DesignVersion, ...] = await request.app.state.storing.run(ledger.history, who.tenant, name)
    if not versions:
        raise no_such_design(name)
    return answered(request, StoredDesigns(items=[shown(each) for each in versions], next=None))


@router.get("/{name}/versions/{version}", response_class=Response, summary="A version of a stored design")
async def design_version(request: Request, name: Name, version: Number, who: Reading) -> Response:
    """That version, the very bytes that were sent; it never changes."""
    found = await _version(request, who, name, version)
    return await _content(request, who, found, FOR_GOOD)


@router.post("/{name}/evaluations", status_code=201, response_class=Response, summary="Judge a stored design")
async def evaluate_design(
    request: Request,
    name: Name,
    who: Judging,
    as_of: Day = None,
    pack: Only = None,
    version: NumberAsked = None,
    record: Annotated[bool, Query(description="Whether to keep it in the ledger.")] = True,
) -> Response:
    """The verdict on a stored design, as `POST /v1/evaluations` gives it; recorded under the design's name here."""
    state = request.app.state
    form = accepted(request, FORMS)
    found = await _version(request, who, name, version)
    held = state.packs.current
    asked = Asked(await _bytes(request, who, found), found.media_type, as_of or today(), choice_of(pack), form)
    judgement = await state.judging.judgement(asked, held)
    entry = await state.storing.record(asked, judgement, held, who, name) if record else None
    response = answer(state.judging, judgement, form, entry_id=None if entry is None else entry.id)
    response.headers["Supportable-Design-Version"] = str(found.version)
    return response


def _misfits(request: Request, content: bytes, media_type: str) -> tuple[Problem, ...]:
    """What keeps the design from being judged by today's packs. Raises DocumentError for what cannot be read, and
    DesignError for what is no map."""
    state = request.app.state
    try:
        design_of(content, media_type, state.packs.current.packset, limits_of(state.settings))
    except DesignError as error:
        if any(problem.code == NOT_A_DESIGN for problem in error.problems):
            raise
        return error.problems
    return ()


async def _version(request: Request, who: Caller, name: str, number: int | None) -> DesignVersion:
    ledger = ledger_of(request)
    if number is None:
        newest: DesignVersion = await request.app.state.storing.run(current, ledger, who.tenant, name)
        return newest
    found: DesignVersion | None = await request.app.state.storing.run(ledger.design, who.tenant, name, number)
    if found is None or found.deleted:
        message = f"there is no version {number} of a design “{name}”"
        raise refused(404, codes.NO_SUCH_DESIGN_VERSION, message, hint="its history lists those there are")
    return found


async def _bytes(request: Request, who: Caller, version: DesignVersion) -> bytes:
    """The content of a version. Raises Refused (404) where retention has taken it."""
    content: bytes | None = await request.app.state.storing.run(ledger_of(request).content, who.tenant, version.digest)
    if content is None:
        raise not_found(f"version {version.version} of “{version.name}” is not kept any more")
    return content


async def _content(request: Request, who: Caller, version: DesignVersion, keep: dict[str, str]) -> Response:
    headers = {**keep, "ETag": _etag(version), "Supportable-Design-Version": str(version.version)}
    if matches(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(await _bytes(request, who, version), headers=headers, media_type=version.media_type)


def _etag(version: DesignVersion) -> str:
    return f'"{version.etag}"'
