"""The shapes of what bills and validation reports come to."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from supportable.errors import Problem
from supportable.evidence import Report, Said
from supportable_api.library.models import Answer, CitationShown
from supportable_api.library.problem_shape import ProblemShown
from supportable_api.problems import problem_as_json


class SaidShown(Answer):
    """A value, and where the report says it."""

    value: str | bool
    line: int
    column: int


class TestShown(Answer):
    """One test of a validation; `outcome` is null where its wording is not known."""

    __test__ = False  # pytest collects by name

    category: str
    name: str
    outcome: str | None
    line: int
    column: int


class ReportShown(Answer):
    """What a validation report says; null is what it does not say."""

    file: str
    form: str = Field(description="transcript, xml, html or mht")
    outcome: SaidShown | None
    date: SaidShown | None
    unselected: SaidShown | None = Field(description="Whether tests were left out")
    tests: list[TestShown]
    itemised: bool = Field(description="Whether these are all tests of the run")
    nodes: list[SaidShown]
    nodes_complete: bool = Field(description="Whether the run had no other nodes")
    notes: list[ProblemShown] = Field(description="What could not be made sense of")


class DesignWithEvidence(Answer):
    """The design with the report as its cluster's validation."""

    text: str = Field(description="In the format it was sent in; comments are gone")
    media_type: str
    notes: list[ProblemShown]


class EvidenceShown(Answer):
    """A report, and the design it was added to, if one was sent."""

    report: ReportShown
    design: DesignWithEvidence | None


class BillHeader(Answer):
    """A heading of the bill, and the roles that its columns were given."""

    sheet: str | None
    line: int
    columns: list[str]
    roles: dict[str, str]


class BillStatement(Answer):
    """What the bill as a whole allows or forbids, or cannot tell."""

    about: str
    status: str
    reasons: list[str]
    citations: list[CitationShown]
    lines: list[int]


class BillWarning(Answer):
    """What is odd about the bill."""

    code: str
    message: str
    hint: str
    line: int


class BillShown(Answer):
    """The bill as a whole."""

    file: str
    format: str
    digest: str
    encoding: str | None
    delimiter: str | None
    sheets: list[str]
    headers: list[BillHeader]
    statuses: dict[str, int] = Field(description="How many lines have each status")
    design: str | None = Field(description="The design that the lines were held against")
    allows: list[BillStatement]
    forbids: list[BillStatement]
    cannot_tell: list[BillStatement]
    warnings: list[BillWarning]
    implied: dict[str, Any] = Field(description="The design that the lines imply")


class BillLine(Answer):
    """One line that carries data."""

    sheet: str | None
    line: int
    kind: str
    text: dict[str, str] = Field(description="The cells by their headings")
    quantity: int | None
    group: str | None
    recognised: dict[str, Any] | None
    subjects: list[str]
    status: str
    reasons: list[str]
    nearest: list[str]
    citations: list[CitationShown]


class JudgedBill(Answer):
    """A bill of materials, judged: as a whole, line by line, and the verdict on the design."""

    bom: BillShown
    lines: list[BillLine]
    design: dict[str, Any] = Field(description="The verdict, as of /v1/schema/verdict")


def report_shown(report: Report) -> ReportShown:
    """A report as an answer."""
    return ReportShown(
        file=report.file,
        form=report.form,
        outcome=_said(report.outcome),
        date=_said(report.date),
        unselected=_said(report.unselected),
        tests=[
            TestShown(
                category=each.category,
                name=each.name,
                outcome=each.outcome,
                line=each.origin.line,
                column=each.origin.column,
            )
            for each in report.tests
        ],
        itemised=report.itemised,
        nodes=[SaidShown(value=each.value, line=each.origin.line, column=each.origin.column) for each in report.nodes],
        nodes_complete=report.nodes_complete,
        notes=problems_shown(report.notes),
    )


def problems_shown(problems: tuple[Problem, ...]) -> list[ProblemShown]:
    """Problems as parts of an answer."""
    return [ProblemShown.model_validate(problem_as_json(each)) for each in problems]


def _said(said: Said[Any] | None) -> SaidShown | None:
    return None if said is None else SaidShown(value=said.value, line=said.origin.line, column=said.origin.column)
