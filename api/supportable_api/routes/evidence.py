"""Validation reports, read; and designs with them attached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from supportable.document import read_text
from supportable.errors import Problem, UsageError
from supportable.evidence import attach, report_in
from supportable.intake import load_design
from supportable.intake.formats_written import written
from supportable.intake.limits import DesignLimits
from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.forms import Part, UploadRoute, form_body, parts_of
from supportable_api.library import codes
from supportable_api.library.reports import DesignWithEvidence, EvidenceShown, problems_shown, report_shown
from supportable_api.packs_held import Held

router = APIRouter(tags=["evidence"], route_class=UploadRoute)

_REQUIRED = {"file": "The report: what Test-Cluster printed, or its report as .xml, .htm or .mht"}
_OPTIONAL = {
    "design": "The design that it is evidence for, as YAML, JSON or TOML",
    "cluster": "The id of the cluster it is about, where that cannot be told from the report",
}


@router.post(
    "/v1/evidence",
    response_model=EvidenceShown,
    summary="Read a validation report",
    dependencies=[Depends(caller("evaluate"))],
    openapi_extra=form_body(_REQUIRED, _OPTIONAL),
)
async def evidence(request: Request) -> Response:
    """What a report of cluster validation says, each fact with its line; with a design, that design with the report as
    its cluster's validation. Where the two contradict each other, or it is another cluster's, that is refused."""
    parts = await parts_of(request, required=_REQUIRED, optional=_OPTIONAL)
    held: Held = request.app.state.packs.current
    judging = request.app.state.judging
    return answered(request, await judging.run(_read, parts, held, judging.limits))


def _read(parts: Mapping[str, Part], held: Held, limits: DesignLimits) -> EvidenceShown:
    report = report_in(parts["file"].content, parts["file"].filename or "report")
    if "design" not in parts:
        if "cluster" in parts:
            raise UsageError([Problem(codes.PART_MISSING, "“cluster” says nothing without “design”")])
        return EvidenceShown(report=report_shown(report), design=None)
    design = read_text(parts["design"].content, parts["design"].read_as, limits=limits.document)
    # A design that does not fit is told of as such, before anything is said of the report.
    load_design(design, held.packset.vocabulary, limits=limits)
    cluster = parts["cluster"].content.decode("utf-8", "replace") if "cluster" in parts else ""
    attached = attach(design, report, cluster)
    load_design(attached.document, held.packset.vocabulary, limits=limits)
    root: Any = attached.document.root
    suffix = design.file.rpartition(".")[2]
    return EvidenceShown(
        report=report_shown(report),
        design=DesignWithEvidence(
            text=written(root, suffix, held.packset.vocabulary),
            media_type=f"application/{suffix}",
            notes=problems_shown(attached.notes),
        ),
    )
