"""Verdicts, timelines, and what checking a verdict comes to."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Status = Literal["unsupported", "limited", "undetermined", "conditional", "not_covered", "supported"]
Bound = Literal["unsupported", "limited", "conditional", "not_covered", "supported"]


class Place(TypedDict):
    """Where something stands: lines and columns from 1, 0 where not known; `pack` for what stands in one."""

    pack: NotRequired[str]
    file: str
    line: int
    column: int


class Citation(TypedDict):
    """A place in an article, and how far its text was read."""

    ref: str
    title: str
    url: str
    section: str
    revision: str
    confidence: str


class Step(TypedDict, total=False):
    """A node of the tree of reasons: an expression, or a fact of the design."""

    expression: str
    truth: Literal["false", "unknown", "true"]
    fact: str
    value: Any
    pointer: str
    assumed: bool
    open: bool
    member: str
    row: str
    note: str
    at: Place | None
    citations: list[Citation]
    children: list[Step]


Revision = TypedDict(
    "Revision", {"from": str | None, "until": str | None, "last_seen": str | None, "changes_on": list[str]}
)
"""Which text of a rule was in force, and when it reads otherwise."""


class Finding(TypedDict):
    """What one rule says of one subject."""

    rule: str
    version: str
    subject: str
    revision: Revision
    kind: Literal["satisfied", "violated", "open", "harmless"]
    outcome: str
    at_best: str
    covers: bool
    refused: bool
    disputed: bool
    in_gap: bool
    title: str
    message: str
    remedies: list[str]
    offenders: list[str]
    waived_by: list[str]
    citations: list[Citation]
    missing: list[str]
    at: Place | None
    because: Step | None


class Answered(TypedDict):
    """An answer to a question, and what the status is with it."""

    value: Any
    status: Status


class Missing(TypedDict):
    """What is not known and matters, with its question."""

    kind: Literal["fact", "catalogue", "policy"]
    fact: str
    pointer: str
    question: str
    answers: list[Answered]
    decides: list[str]
    worst: Bound
    subjects: list[str]


class RestsOn(TypedDict):
    """What a subject depends on, and the worst of it."""

    worst: Status
    subjects: list[str]


class Subject(TypedDict):
    """One thing that is judged."""

    subject: str
    type: str
    id: str
    title: str
    status: Status
    at_worst: Bound
    at_best: Bound
    disputed: bool
    coverage: Literal["covered", "open", "not_covered"]
    confidence: str
    rests_on: RestsOn | None
    findings: list[Finding]
    missing: list[Missing]
    pointer: str
    at: Place | None


class Coverage(TypedDict):
    """How many subjects some rule covers."""

    covered: int
    open: int
    judged: int
    not_covered: list[str]


Assumed = TypedDict("Assumed", {"fact": str, "as": Any, "pointer": str, "say": str, "decides": bool})
"""What was read from silence, and the key that would say otherwise."""


class Unrecognised(TypedDict):
    """A text that names no product that is known."""

    pointer: str
    text: str
    nearest: list[str]
    at: Place | None


class Counts(TypedDict):
    """How many findings there are of each kind."""

    satisfied: int
    violated: int
    open: int
    harmless: int
    not_applicable: int
    not_in_force: int
    total: int


class PackUsed(TypedDict):
    """A pack that judged."""

    pack: str
    version: str
    digest: str


class CatalogueUsed(TypedDict):
    """A catalogue that was looked into."""

    catalogue: str
    version: str
    digest: str


class Engine(TypedDict):
    """What judged."""

    version: str
    language: int
    reading: str


class Verdict(TypedDict):
    """Whether one design is supported on one day, why, and what is still to be found out."""

    format: int
    design: str
    digest: str
    as_of: str
    status: Status
    at_worst: Bound
    at_best: Bound
    disputed: bool
    confidence: str
    coverage: Coverage
    actions: list[str]
    subjects: list[Subject]
    missing: list[Missing]
    assumed: list[Assumed]
    unrecognised: list[Unrecognised]
    advisories: list[Finding]
    may_apply: list[Finding]
    warnings: list[str]
    ledger: Counts
    packs: list[PackUsed]
    vocabulary: str
    references: str
    catalogues: list[CatalogueUsed]
    engine: Engine


class SubjectStatus(TypedDict):
    """One subject's status in a period."""

    subject: str
    status: Status
    at_worst: Bound
    at_best: Bound


class Turn(TypedDict):
    """A finding that came out otherwise than the day before."""

    subject: str
    rule: str
    title: str
    before: str
    after: str
    outcome: str
    citations: list[Citation]


class Period(TypedDict):
    """Days with one and the same status; both ends are inclusive."""

    first: str
    last: str
    status: Status
    at_worst: Bound
    at_best: Bound
    disputed: bool
    subjects: list[SubjectStatus]
    turns: list[Turn]


class NamedPack(TypedDict):
    """A pack that judged a timeline."""

    name: str
    version: str
    digest: str


class Timeline(TypedDict):
    """A design's periods, in order and without gaps."""

    format: int
    design: str
    digest: str
    first: str
    last: str
    periods: list[Period]
    packs: list[NamedPack]


class ProblemShape(TypedDict):
    """One thing that is wrong."""

    code: str
    message: str
    hint: str
    move: str
    file: str
    line: int
    column: int
    pointer: str


class Verified(TypedDict):
    """Whether a verdict holds, and every respect in which it does not; `total` counts those that are left off."""

    ok: bool
    total: int
    faults: list[ProblemShape]
