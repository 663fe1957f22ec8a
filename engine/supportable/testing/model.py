"""Cases as values, and what came of running them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supportable.document import Document, Map
from supportable.errors import Problem
from supportable.origin import Origin

WHOLE_DESIGN = "design"
"""The subject under which a case says what it expects of the design as a whole."""


@dataclass(frozen=True, slots=True)
class Cite:
    """An article that a case expects to be cited; `section` and `revision` are "" where any will do."""

    ref: str
    section: str = ""
    revision: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.ref, self.revision, self.section) if part)


@dataclass(frozen=True, slots=True)
class Claim:
    """One expectation: the key it stands under, what is expected, and where it is written.

    `value` is a text for statuses, a bool for `disputed`, else a tuple; rules in it have their full names.
    """

    key: str
    value: str | bool | tuple[str, ...] | tuple[Cite, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Expectation:
    """All that a case expects of one subject, or of the design (`WHOLE_DESIGN`)."""

    subject: str
    claims: tuple[Claim, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Case:
    """One case, ready to run: a design, a day, the packs to judge by, and what is expected.

    `pack` is the pack whose case it is, "" for a file that belongs to none.
    """

    title: str
    pack: str
    as_of: date
    design: Document
    changes: Map | None
    changes_document: Document
    packs: tuple[str, ...]
    expect: tuple[Expectation, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An expectation that was not met: of which subject, under which key, what was expected and what was found."""

    subject: str
    key: str
    expected: str
    found: str
    origin: Origin

    def __str__(self) -> str:
        return f"{self.origin}: {self.subject} {self.key}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case: it passed where there is no mismatch and no problem."""

    title: str
    pack: str
    origin: Origin
    mismatches: tuple[Mismatch, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.mismatches and not self.problems


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All cases that ran, in order of file and line, and what was wrong with files that could not be used."""

    results: tuple[CaseResult, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases in which something was not as expected."""
        return tuple(result for result in self.results if result.mismatches)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """What was wrong with files and with single cases."""
        return (*self.problems, *(problem for result in self.results for problem in result.problems))

    @property
    def passed(self) -> bool:
        """Whether every case ran and everything was as expected."""
        return not self.failed and not self.all_problems
