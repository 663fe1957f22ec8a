"""Where verdicts go: text or JSON lines, to stdout or to a file that appears whole or not at all."""

from __future__ import annotations

import io
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from supportable.cli import codes
from supportable.cli.options import HERE, ReportFormat
from supportable.cli.problems import as_json, write_problems
from supportable.errors import Problem, UsageError
from supportable.verdict import Verdict, to_bytes

if TYPE_CHECKING:
    from supportable.verdict.timeline import Timeline

FILE_WIDTH = 100
"""Columns of a text report in a file."""


class Answers:
    """A place to write verdicts to; to be used with `with`. Raises UsageError if the file cannot be written."""

    def __init__(self, output: Path | None, form: ReportFormat, *, explain: bool, several: bool) -> None:
        self.output, self.form, self.explain, self.several = output, form, explain, several
        self._buffer = io.BytesIO()
        self._begun = False

    def __enter__(self) -> Answers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self.output is not None:
            write_whole(self.output, self._buffer.getvalue())

    def verdict(self, verdict: Verdict, name: str, timeline: Timeline | None = None) -> None:  # noqa: ARG002
        """Write one verdict; `name` and `timeline` are for documents."""
        if self.form is ReportFormat.json:
            self._line(to_bytes(verdict))
            return
        from supportable.report import console_for, write_verdict

        if self._begun:
            self._text("\n" + "═" * 40 + "\n\n")
        self._begun = True
        if self.output is None:
            write_verdict(console_for(sys.stdout), verdict, explain=self.explain)
            sys.stdout.flush()
            return
        text = io.StringIO()
        write_verdict(console_for(text, width=FILE_WIDTH), verdict, explain=self.explain)
        self._text(text.getvalue())

    def problems(self, problems: Sequence[Problem], design: str) -> None:
        """Write why a design was not judged."""
        write_problems(problems, "text")
        if self.form is ReportFormat.json:
            plain = {"design": design, "problems": [as_json(problem) for problem in problems]}
            self._line(
                json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(errors="replace")
            )

    def broken(self, problems: Sequence[Problem]) -> None:
        """Write why packs did not take part."""
        write_problems(problems, "text")

    def total(self, statuses: Counter[str]) -> None:
        """Write how many designs have which status, where there are several and a person reads it."""
        if self.several and self.form is ReportFormat.text:
            counts = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in sorted(statuses.items()))
            self._text(f"\n{sum(statuses.values())} designs: {counts}\n")

    def _line(self, line: bytes) -> None:
        if self.output is None:
            sys.stdout.buffer.write(line + b"\n")
            sys.stdout.buffer.flush()
        else:
            self._buffer.write(line + b"\n")

    def _text(self, text: str) -> None:
        if self.output is not None:
            self._buffer.write(text.encode())
            return
        from supportable.report import console_for

        console_for(sys.stdout).print(text, end="", no_wrap=True, overflow="ignore", crop=False)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside it, then put it in place: a reader never sees half a file. A device is written as it stands."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        problem = Problem(
            codes.NOT_WRITABLE, f"{path} cannot be written: {error.strerror or error}", HERE, "choose another file"
        )
        raise UsageError([problem]) from None
