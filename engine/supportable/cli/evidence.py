"""Validation reports that a command line names, and the design they are evidence for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli import codes
from supportable.cli.options import HERE
from supportable.errors import Problem, SupportableError, UsageError

if TYPE_CHECKING:
    from supportable.document import Document
    from supportable.evidence import Report
    from supportable.facts import Facts
    from supportable.vocabulary.model import Vocabulary


Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="FILE[=CLUSTER]",
        help="A validation report (transcript, .xml, .htm, .mht) of a cluster of the design. May be repeated.",
    ),
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report, and the id of the cluster it is about; "" where that is to be found out."""

    report: Report
    cluster: str


def read_evidence(given: Sequence[str], *, designs: int) -> list[Evidence]:
    """The reports that `FILE` and `FILE=cluster` name. Raises UsageError if not exactly one design is judged by them,
    DocumentError for a report that cannot be read."""
    from supportable.evidence import read_report

    if given and designs != 1:
        message = "evidence belongs to one design, and several are judged here"
        hint = "judge that design by itself, or name the report in it: validation: {report: FILE}"
        raise UsageError([Problem(codes.ONE_DESIGN_DUE, message, HERE, hint)])
    return [Evidence(read_report(path), cluster) for path, cluster in map(report_and_cluster, given)]


def report_and_cluster(given: str) -> tuple[str, str]:
    """The path and the id of the cluster in `FILE=cluster`; "" for no id. A file whose own name has a “=” is that."""
    if "=" not in given or Path(given).exists():
        return given, ""
    path, _, cluster = given.rpartition("=")
    return path, cluster


def facts_of(
    document: Document | SupportableError,
    evidence: Sequence[Evidence],
    vocabulary: Vocabulary,
    *,
    lenient: bool = False,
) -> Facts:
    """The facts of a design with its evidence: that given here, and that which it names. What should be known about
    that stands among the warnings. Raises what stands in the document's place, and DesignError."""
    from supportable.intake import load_design

    if isinstance(document, SupportableError):
        raise document
    notes: list[Problem] = []
    if evidence:
        from supportable.evidence import attach

        for each in evidence:
            document, more = attach(document, each.report, each.cluster)
            notes += more
    facts = load_design(document, vocabulary, lenient=lenient, evidence_root=Path(document.file).parent)
    return replace(facts, warnings=(*facts.warnings, *map(str, notes))) if notes else facts
