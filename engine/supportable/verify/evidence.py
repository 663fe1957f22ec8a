"""The reports that were judged with a design, named as the verdict names them: places in them are part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from supportable.document import Document
from supportable.errors import Problem
from supportable.evidence import Report, attach, attach_reports, read_report, report_in
from supportable.evidence.attach import Attached


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report that is no file here: its bytes, the name it goes by, which is not opened, and the id of the cluster it
    is about, "" where that is to be found out."""

    content: bytes
    name: str
    cluster: str = ""


Given = Sequence[tuple[str, str] | ReportText]
"""Reports, or their paths, each with the id of the cluster it is about, "" where that is to be found out."""


def with_evidence(verdict: dict[str, Any], design: Document, given: Given, root: Path | None) -> Attached:
    """The design with the reports given, and with those it names if it lies in the folder `root`; and what is to be
    known about them.

    `design` is named as the verdict names it. Raises DocumentError and DesignError as attaching does.
    """
    notes: list[Problem] = []
    named = sorted(set(_files(verdict)))
    said = verdict.get("warnings")
    warnings = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
    for each in given:
        report, cluster = _read(each, named, warnings)
        design, more = attach(design, report, cluster)
        notes += more
    if root is not None:
        design, more = attach_reports(design, root, shown_below=PurePath(design.file).parent)
        notes = [*more, *notes]
    return Attached(design, tuple(notes))


def _read(given: tuple[str, str] | ReportText, named: list[str], warnings: list[str]) -> tuple[Report, str]:
    if isinstance(given, ReportText):
        return report_in(given.content, _name(given.name, named, warnings)), given.cluster
    path, cluster = given
    return read_report(path, name=_name(path, named, warnings)), cluster


def _name(path: str, named: list[str], warnings: list[str]) -> str:
    """What the verdict calls the file: the name in it that ends most like the path, or else the path."""
    parts = PurePath(path).parts
    alike = {one: _common(parts, PurePath(one).parts) for one in named}
    best = max(alike, key=lambda one: alike[one], default="")
    if best and alike[best]:
        return best
    # A report of which nothing but a warning is left.
    for one in warnings if parts else ():
        before, found, _ = one.partition(parts[-1])
        if found and ": " not in before:
            return before + found
    return path


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How many parts two paths have in common at their ends."""
    count = 0
    for one, other in zip(reversed(a), reversed(b), strict=False):
        if one != other:
            break
        count += 1
    return count


def _files(held: Any) -> Iterator[str]:
    """Every file that places in a verdict name."""
    todo = [held]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            if isinstance(each.get("file"), str):
                yield each["file"]
            todo += each.values()
        elif isinstance(each, list):
            todo += each
