"""Bills of materials, judged line by line and as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from supportable.bom import BomLimits, JudgedBom, Profile, bom_to_json, judge_bom, read_lines, read_source
from supportable.bom.profile import profile_of
from supportable.document import read_text
from supportable.intake.limits import DesignLimits
from supportable.readings.deadline import check
from supportable.report.bom_workbook import bom_workbook
from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.days import Day
from supportable_api.forms import Part, UploadRoute, form_body, parts_of
from supportable_api.judged import facts_of, today
from supportable_api.library import Page
from supportable_api.library.held import etag_of
from supportable_api.library.reports import JudgedBill
from supportable_api.media import JSON, accepted
from supportable_api.packs_held import Held
from supportable_api.routes.evaluations import Only, choice_of

router = APIRouter(tags=["boms"], route_class=UploadRoute)

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MIB: Final = 1 << 20
LIMITS: Final = BomLimits(max_unpacked=64 * _MIB, max_lines=50_000, max_cells=1_000_000)
"""Narrower than for a file of one's own: others wait."""

_REQUIRED: Final = {"file": "The bill: .xlsx, .ods, .csv or a Markdown table, told apart by content"}
_OPTIONAL: Final = {
    "design": "A design to hold the lines against, as YAML, JSON or TOML",
    "mapping": 'Which column is what, as JSON: {"qty": "Menge", "part": "#3"}',
    "profile": "How to read this layout, as YAML: columns, decimal, encoding, sheets, groups, parts",
}


@router.post(
    "/v1/boms",
    response_model=JudgedBill,
    summary="Judge a bill of materials",
    dependencies=[Depends(caller("evaluate"))],
    openapi_extra=form_body(_REQUIRED, _OPTIONAL),
    responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
)
async def boms(request: Request, as_of: Day = None, pack: Only = None) -> Response:
    """Each line with what it is, whether it is supported and by which text; what the bill as a whole allows and
    forbids; and what it cannot tell. By `Accept`, the bill itself as a workbook with that in columns of its own.
    Nothing of it is recorded."""
    form = accepted(request, (JSON, XLSX))
    parts = await parts_of(request, required=_REQUIRED, optional=_OPTIONAL)
    held: Held = request.app.state.packs.current
    judging = request.app.state.judging
    day, only = as_of or today(), choice_of(pack)

    def made() -> dict[str, Any] | Page:
        judged = _judged(parts, held, judging.limits, day=day, only=only)
        if form == JSON:
            return bom_to_json(judged)
        body = bom_workbook(judged, in_memory=True)
        return Page(body, etag_of(body))

    headers = {"Vary": "Accept"}
    if form == XLSX:
        stem = PurePath(parts["file"].filename).stem or "bill"
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stem + '-judged.xlsx', safe='')}"
    return answered(request, await judging.run(made), media_type=form, headers=headers)


def _judged(
    parts: Mapping[str, Part], held: Held, limits: DesignLimits, *, day: date, only: tuple[str, ...] | None
) -> JudgedBom:
    file = parts["file"]
    profile = _profile(parts)

    def looked(_stage: str, _done: int, _total: int) -> None:
        check()

    source = read_source(file.content, file.filename or "bill", profile, limits=LIMITS)
    bill = read_lines(source, profile, looked)
    design = None
    if "design" in parts:
        part = parts["design"]
        document = read_text(part.content, part.read_as, limits=limits.document)
        design = facts_of(document, held.packset, limits)
    return judge_bom(bill, held.packset, as_of=day, only=only, design=design, progress=looked)


def _profile(parts: Mapping[str, Part]) -> Profile:
    """What the parts say of the layout: the profile, and the mapping over it."""
    profile = Profile()
    if "profile" in parts:
        profile = profile_of(read_text(parts["profile"].content, "profile.yaml"))
    if "mapping" not in parts:
        return profile
    mapping = profile_of(read_text(b'{"columns": ' + parts["mapping"].content + b"}", "mapping.json"))
    return replace(
        profile,
        columns=profile.columns | mapping.columns,
        places=profile.places | mapping.places,
        named=profile.named | mapping.named,
    )
