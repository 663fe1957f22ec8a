"""What a report is about: designs with their verdicts, and those that could not be judged."""

from __future__ import annotations

from dataclasses import dataclass

from supportable.errors import Problem
from supportable.verdict.model import Verdict
from supportable.verdict.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Judged:
    """A design with its verdict. `name` is the file as the user named it; `timeline` is None if not asked for."""

    name: str
    verdict: Verdict
    timeline: Timeline | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A design that was not judged, and why: one problem at least."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Designs in the order in which they were named. `broken` are the problems of packs that did not load, so that what
    the verdicts say is without them."""

    designs: tuple[Judged | Refused, ...]
    broken: tuple[Problem, ...] = ()

    @property
    def judged(self) -> tuple[Judged, ...]:
        """The designs that have a verdict."""
        return tuple(one for one in self.designs if isinstance(one, Judged))

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The designs that have none."""
        return tuple(one for one in self.designs if isinstance(one, Refused))
