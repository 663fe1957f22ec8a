"""Validation reports that a design names by path: a request names no file, so what they say has to come with it."""

from __future__ import annotations

from supportable.document import Document
from supportable.errors import DesignError, Problem
from supportable.evidence import UNSAID, report_named_by
from supportable_api import codes

_HINT = "send the report and the design to /v1/evidence, and judge the design that comes back; or say its outcome here"


def refuse_named_reports(document: Document) -> None:
    """Raise DesignError where a cluster rests its validation on a file alone: passed over, it would look as if nobody
    had validated the cluster, which is not what the design says."""
    root = document.root
    clusters = root.get("clusters") if isinstance(root, dict) else None
    problems = []
    for place, cluster in enumerate(clusters if isinstance(clusters, list) else ()):
        if not isinstance(cluster, dict) or report_named_by(cluster) is None:
            continue
        validation = cluster["validation"]
        if isinstance(validation, dict) and validation.get("outcome") in UNSAID:
            pointer = f"/clusters/{place}/validation/report"
            message = "no file that a request names is ever opened, this report neither"
            origin = document.origin_of(pointer)
            problems.append(Problem(codes.REPORT_BY_NAME, message, origin, _HINT, pointer=pointer))
    if problems:
        raise DesignError(problems)
