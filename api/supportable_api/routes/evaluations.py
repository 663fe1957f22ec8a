"""Evaluations: ask for one, and look at those that were recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Final, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from supportable.document import canonical_json
from supportable.ledger.model import EVALUATION, Entry, Filter
from supportable.ledger.replaying import replay
from supportable.version import __version__
from supportable_api import codes
from supportable_api.auth import Caller, Refused, caller
from supportable_api.bodies import design_body
from supportable_api.conditional import matches
from supportable_api.days import Date, Day, Moment
from supportable_api.idempotency import OnceRoute
from supportable_api.judged import FORMS, Asked, report_of, today
from supportable_api.judging import Judging
from supportable_api.media import HTML, JSON, accepted, design_media_type
from supportable_api.packed import Wrapped
from supportable_api.packs_held import Held
from supportable_api.problems import not_found, refused
from supportable_api.recorded import entry_as_json, evaluation_as_json
from supportable_api.storing import Storing
from supportable_api.verdict_cache import Judgement

if TYPE_CHECKING:
    from supportable.ledger import Ledger

router = APIRouter(tags=["evaluations"])

REPORT_POLICY: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""For a report as HTML, which brings its own style and runs nothing: as if it came from nowhere."""

Only = Annotated[list[str] | None, Query(description="A pack to judge by, with those it requires; all if left out.")]
Evaluating = Annotated[Caller, Depends(caller("evaluate"))]
Status = Literal["unsupported", "limited", "undetermined", "not_covered", "conditional", "supported"]
EntryId = Annotated[str, Path(max_length=64, description="The id that an evaluation was given.")]
Reading = Annotated[Caller, Depends(caller("read"))]


def choice_of(pack: list[str] | None) -> tuple[str, ...] | None:
    """The choice of packs, each once and in order, or None for all of them."""
    return tuple(sorted(set(pack))) if pack else None


async def evaluate(
    request: Request,
    who: Evaluating,
    *,
    as_of: Day = None,
    pack: Only = None,
    record: Annotated[bool, Query(description="Whether to keep it in the ledger.")] = True,
    name: Annotated[str, Query(max_length=200, description="What to call it; the design's own name if left out.")] = "",
) -> Response:
    """The verdict, or by `Accept` a report of it. 201 where it was recorded, 200 where it was not."""
    state = request.app.state
    form = accepted(request, FORMS)
    media_type = design_media_type(request)
    held: Held = state.packs.current
    asked = Asked(await request.body(), media_type, as_of or today(), choice_of(pack), form)
    judging: Judging = state.judging
    judgement = await judging.judgement(asked, held)
    storing: Storing | None = state.storing
    entry = None
    if record and storing is not None:
        entry = await storing.record(asked, judgement, held, who, name)
    return answer(judging, judgement, form, entry_id=None if entry is None else entry.id)


def answer(judging: Judging, judgement: Judgement, form: str, *, entry_id: str | None) -> Response:
    """A judgement as an answer. The ETag is the verdict's digest; the form is added, as each has bytes of its own."""
    headers = {
        "ETag": etag_of(judgement.digest, form),
        "Cache-Control": "private, no-cache",
        "Vary": "Accept",
        "Supportable-Status": judgement.status,
        "Supportable-As-Of": judgement.as_of.isoformat(),
    }
    if entry_id is not None:
        headers["Location"] = f"/v1/evaluations/{entry_id}"
        headers["Supportable-Evaluation"] = entry_id
    if form == HTML:
        headers["Content-Security-Policy"] = REPORT_POLICY
    # Put together, not parsed: keys are in order, so that this too is canonical.
    around = (b'{"id":' + canonical_json(entry_id) + b',"verdict":', b"}") if form == JSON else (b"", b"")
    return Wrapped(
        judgement.report,
        partial(judging.packed, headers["ETag"], judgement.report),
        around=around,
        status_code=200 if entry_id is None else 201,
        headers=headers,
        media_type=form,
    )


def etag_of(digest: str, form: str) -> str:
    """The entity tag of a verdict in a form."""
    return f'"{digest}"' if form == JSON else f'"{digest}-{form.partition("/")[2].partition("+")[0]}"'


router.add_api_route(
    "/v1/evaluations",
    evaluate,
    methods=["POST"],
    summary="Judge a design",
    status_code=201,
    openapi_extra=design_body(),
    route_class_override=OnceRoute,
)


@router.get("/v1/evaluations", summary="List what was judged")
async def evaluations(
    request: Request,
    who: Reading,
    *,
    status: Annotated[Status | None, Query()] = None,
    as_of: Annotated[Date | None, Query(description="Judged by this day.")] = None,
    name: Annotated[str | None, Query(max_length=200)] = None,
    since: Annotated[Moment | None, Query(description="Recorded then or later.")] = None,
    until: Annotated[Moment | None, Query(description="Recorded before.")] = None,
    design: Annotated[str | None, Query(description="The digest of the design, with or without “sha256:”.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=500, description="`next` of the page before.")] = None,
) -> Response:
    """Evaluations of your tenant, newest first. `next` is null on the last page."""
    ledger, storing = _ledger_of(request)
    wanted = Filter(
        status=status,
        as_of=as_of,
        name=name,
        since=since,
        until=until,
        design=None if design is None else design.removeprefix("sha256:"),
    )
    page = await storing.run(ledger.entries, who.tenant, wanted, limit=limit, cursor=cursor)
    content = {"items": [entry_as_json(each) for each in page.items], "next": page.next}
    return Response(canonical_json(content), media_type=JSON, headers={"Cache-Control": "private, no-cache"})


@router.get("/v1/evaluations/{id}", summary="Look at an evaluation")
async def evaluation(request: Request, who: Reading, id: EntryId) -> Response:
    """An evaluation as it was recorded, or by `Accept` a report of it."""
    ledger, storing = _ledger_of(request)
    form = accepted(request, FORMS)
    entry = await _entry_of(request, who, id)
    design = await storing.run(ledger.content, who.tenant, entry.design)
    verdict = await storing.run(ledger.content, who.tenant, entry.verdict)
    if design is None or verdict is None:
        raise _pruned(entry)
    headers = {
        "ETag": etag_of(entry.verdict, form),
        "Cache-Control": "private, no-cache",
        "Vary": "Accept",
        "Supportable-Status": entry.status,
        "Supportable-Evaluation": entry.id,
    }
    if form == HTML:
        headers["Content-Security-Policy"] = REPORT_POLICY
    if matches(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if form == JSON:
        content = await storing.run(_evaluation_bytes, entry, design, verdict)
    else:
        content = await _report(request, entry, design, form)
    return Response(content, media_type=form, headers=headers)


def _evaluation_bytes(entry: Entry, design: bytes, verdict: bytes) -> bytes:
    return canonical_json(evaluation_as_json(entry, design, verdict))


async def _report(request: Request, entry: Entry, design: bytes, form: str) -> bytes:
    """A report is written from a verdict as a value, and the ledger has its bytes: so the design is judged again by
    the same packs, those in use or those on record, and what comes out must be what was recorded."""
    state = request.app.state
    held: Held = state.packs.current
    judging: Judging = state.judging
    if held.contents is not None and held.contents.digest == entry.packs and entry.as_of is not None:
        asked = Asked(design, entry.media_type, entry.as_of, entry.only, form)
        judgement = await judging.judgement(asked, held)
        if judgement.digest == entry.verdict:
            return judgement.report
    again = await judging.run(replay, state.ledger, entry.tenant, entry.id)
    if not again.same:
        hint = "ask for application/json, which is what was recorded"
        message = f"a report cannot be written any more: {__version__} judges otherwise than {entry.engine} did"
        raise refused(406, codes.NOT_ACCEPTABLE, message, hint=hint)
    return report_of(again.verdict, form)


@router.get("/v1/evaluations/{id}/design", summary="The design that was judged")
async def design(request: Request, who: Reading, id: EntryId) -> Response:
    """The very bytes that were sent."""
    ledger, storing = _ledger_of(request)
    entry = await _entry_of(request, who, id)
    headers = {"ETag": f'"{entry.design}"', "Cache-Control": "private, no-cache"}
    if matches(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    content = await storing.run(ledger.content, who.tenant, entry.design)
    if content is None:
        raise _pruned(entry)
    return Response(content, media_type=entry.media_type, headers=headers)


def _ledger_of(request: Request) -> tuple[Ledger, Storing]:
    """The ledger and its threads. Raises Refused (404) where nothing is recorded."""
    ledger: Ledger | None = request.app.state.ledger
    storing: Storing | None = request.app.state.storing
    if ledger is None or storing is None:
        message = "this service records nothing, so that there is nothing to look at"
        raise refused(404, codes.NOTHING_IS_RECORDED, message, hint="start it with a database")
    return ledger, storing


async def _entry_of(request: Request, who: Caller, id: str) -> Entry:
    """The evaluation of that id. Raises Refused: 404 if there is none, or it is another tenant's; 410 if it is gone."""
    ledger, storing = _ledger_of(request)
    entry: Entry | None = await storing.run(ledger.entry, who.tenant, id)
    if entry is None or entry.kind != EVALUATION:
        raise not_found("there is no evaluation of that id")
    if entry.pruned:
        raise _pruned(entry)
    return entry


def _pruned(entry: Entry) -> Refused:
    hint = "its place in the chain stays; what it held is gone by retention"
    return refused(410, codes.GONE, f"the evaluation {entry.id} was pruned", hint=hint)
