"""Where verdicts go that become one document: HTML, SARIF, JUnit, Markdown, a badge."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from supportable.cli.answers import Answers, write_whole
from supportable.cli.options import ReportFormat
from supportable.cli.problems import write_problems
from supportable.errors import Problem
from supportable.verdict import Verdict

if TYPE_CHECKING:
    from supportable.report.model import Judged, Refused, Report
    from supportable.verdict.timeline import Timeline


class Documents:
    """A place to put verdicts that are written together at the end; used as `Answers` is."""

    def __init__(self, output: Path | None, form: ReportFormat, *, explain: bool) -> None:
        self.output, self.form, self.explain = output, form, explain
        self._designs: list[Judged | Refused] = []
        self._broken: tuple[Problem, ...] = ()

    def __enter__(self) -> Documents:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        from supportable.report.model import Report

        written = _written(Report(tuple(self._designs), self._broken), self.form, explain=self.explain)
        content = written.encode()
        if self.output is not None:
            write_whole(self.output, content)
            return
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()

    def verdict(self, verdict: Verdict, name: str, timeline: Timeline | None = None) -> None:
        """Keep one verdict."""
        from supportable.report.model import Judged

        self._designs.append(Judged(name, verdict, timeline))

    def problems(self, problems: Sequence[Problem], design: str) -> None:
        """Keep why a design was not judged, and say it on stderr."""
        from supportable.report.model import Refused

        write_problems(problems, "text")
        self._designs.append(Refused(design, tuple(problems)))

    def broken(self, problems: Sequence[Problem]) -> None:
        """Keep why packs did not take part, and say it on stderr."""
        write_problems(problems, "text")
        self._broken = tuple(problems)

    def total(self, statuses: Counter[str]) -> None:
        """Nothing: a document counts for itself."""


def answers_for(output: Path | None, form: ReportFormat, *, explain: bool, several: bool) -> Answers | Documents:
    """The place that fits the format."""
    if form in (ReportFormat.text, ReportFormat.json):
        return Answers(output, form, explain=explain, several=several)
    return Documents(output, form, explain=explain)


def _written(report: Report, form: ReportFormat, *, explain: bool) -> str:
    if form is ReportFormat.html:
        from supportable.report.html import html_of

        return html_of(report, explain=explain)
    if form is ReportFormat.sarif:
        from supportable.report.sarif import sarif_text

        return sarif_text(report)
    if form is ReportFormat.junit:
        from supportable.report.junit import junit_of

        return junit_of(report)
    if form is ReportFormat.markdown:
        from supportable.report.markdown import markdown_of

        return markdown_of(report)
    from supportable.report.badge import badge_of

    return badge_of(report)
