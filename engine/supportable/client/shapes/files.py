"""What bills of materials and validation reports come to."""

from __future__ import annotations

from typing import Any, TypedDict

from supportable.client.shapes.verdicts import Citation, ProblemShape, Verdict


class BillHeader(TypedDict):
    """A heading of a bill, and the roles that its columns were given."""

    sheet: str | None
    line: int
    columns: list[str]
    roles: dict[str, str]


class BillStatement(TypedDict):
    """What a bill as a whole allows or forbids, or cannot tell."""

    about: str
    status: str
    reasons: list[str]
    citations: list[Citation]
    lines: list[int]


class BillWarning(TypedDict):
    """What is odd about a bill."""

    code: str
    message: str
    hint: str
    line: int


class Bill(TypedDict):
    """A bill as a whole."""

    file: str
    format: str
    digest: str
    encoding: str | None
    delimiter: str | None
    sheets: list[str]
    headers: list[BillHeader]
    statuses: dict[str, int]
    design: str | None
    allows: list[BillStatement]
    forbids: list[BillStatement]
    cannot_tell: list[BillStatement]
    warnings: list[BillWarning]
    implied: dict[str, Any]


class BillLine(TypedDict):
    """One line of a bill that carries data."""

    sheet: str | None
    line: int
    kind: str
    text: dict[str, str]
    quantity: int | None
    group: str | None
    recognised: dict[str, Any] | None
    subjects: list[str]
    status: str
    reasons: list[str]
    nearest: list[str]
    citations: list[Citation]


class JudgedBill(TypedDict):
    """A bill of materials, judged; `design` is the verdict."""

    bom: Bill
    lines: list[BillLine]
    design: Verdict


class Said(TypedDict):
    """A value, and where a report says it."""

    value: Any
    line: int
    column: int


class ReportTest(TypedDict):
    """One test of a validation."""

    category: str
    name: str
    outcome: str | None
    line: int
    column: int


class Report(TypedDict):
    """What a validation report says; None is what it does not say."""

    file: str
    form: str
    outcome: Said | None
    date: Said | None
    unselected: Said | None
    tests: list[ReportTest]
    itemised: bool
    nodes: list[Said]
    nodes_complete: bool
    notes: list[ProblemShape]


class DesignWithEvidence(TypedDict):
    """A design with a report as its cluster's validation."""

    text: str
    media_type: str
    notes: list[ProblemShape]


class Evidence(TypedDict):
    """A report, and the design it was added to, if one was sent."""

    report: Report
    design: DesignWithEvidence | None
