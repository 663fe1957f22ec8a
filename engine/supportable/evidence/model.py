"""What a validation report says: an outcome, a day, tests and nodes, each with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from supportable.errors import Problem
from supportable.origin import Origin

T = TypeVar("T")

Form = Literal["transcript", "xml", "html", "mht"]
Outcome = Literal["passed", "passed-with-warnings", "failed", "cancelled"]
TestOutcome = Literal["passed", "warning", "failed", "cancelled", "not-run", "not-applicable"]


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value and where the report says it."""

    value: T
    origin: Origin


@dataclass(frozen=True, slots=True)
class Test:
    """One test of the run. `category` is the report's own word; `outcome` is None where its wording is not known."""

    __test__ = False  # pytest collects by name

    category: str
    name: str
    outcome: TestOutcome | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Report:
    """One run of cluster validation, as its report tells it. None is what the report does not say.

    `tests` are those that it itemises, in its order; `itemised` says whether those are all of the run: a transcript
    names only the tests that did not go well. `nodes` are the computers it names; `nodes_complete` says whether the run
    had no others. `unselected` says whether tests were left out. `notes` tell what could not be made sense of.
    """

    file: str
    form: Form
    outcome: Said[Outcome] | None
    date: Said[str] | None
    """The day of the run, as in 2017-01-14."""
    unselected: Said[bool] | None
    tests: tuple[Test, ...]
    itemised: bool
    nodes: tuple[Said[str], ...]
    nodes_complete: bool
    notes: tuple[Problem, ...]
