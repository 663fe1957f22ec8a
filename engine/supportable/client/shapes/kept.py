"""What is on record: evaluations, and designs with their versions."""

from __future__ import annotations

from typing import TypedDict

from supportable.client.shapes.verdicts import Bound, PackUsed, ProblemShape, Status, Verdict


class Entry(TypedDict):
    """A recorded evaluation in a line."""

    id: str
    name: str
    status: Status
    at_worst: Bound
    at_best: Bound
    as_of: str | None
    recorded_at: str
    by: str
    design_digest: str
    verdict_digest: str
    pruned: bool


class Recorded(Entry):
    """A recorded evaluation, whole. `design` is the text that was sent."""

    engine: str
    design: str
    design_media_type: str
    packs: list[PackUsed]
    only: list[str] | None
    verdict: Verdict


class DesignLine(TypedDict):
    """One version of a stored design."""

    name: str
    version: int
    etag: str
    media_type: str
    digest: str
    by: str
    at: str
    deleted: bool


class KeptDesign(DesignLine):
    """A version as it was just stored, and what keeps it from being judged today."""

    problems: list[ProblemShape]
