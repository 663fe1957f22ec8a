"""Everything that can go wrong, as values with a code, a place and a way out.

The tree::

    SupportableError                     has .problems: one or more Problem values, all that were found
    ├── DocumentError                    a document cannot be read at all        (SUP1xx)
    ├── VocabularyError                  a vocabulary, references file or catalogue is wrong   (SUP2xx)
    ├── PackError                        a pack is wrong                         (SUP3xx; SUP4xx in expressions)
    ├── DesignError                      a design is wrong                       (SUP5xx)
    ├── EvaluationError                  an evaluation was stopped by a limit    (SUP6xx)
    ├── UsageError                       the caller asked for what there is not  (SUP7xx)
    └── LedgerError                      a ledger refuses, or its database cannot do it   (SUP73x, SUP74x)

A problem says whose move it is: `author` (who wrote the pack or vocabulary), `caller` (who wrote the design or made
the call) or `us` (a defect of this software). There are no HTTP codes here: the API keeps one table of its own.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from supportable.origin import NOWHERE, Origin

Move = Literal["author", "caller", "us"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its stable code, what and where it is, and what to do about it.

    `pointer` is the JSON Pointer to it in the document that `origin` names, "" where that is not known, or all of it:
    the same place in other words, so that it is not compared.
    """

    code: str
    message: str
    origin: Origin = NOWHERE
    hint: str = ""
    move: Move = "caller"
    pointer: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        tail = f"\n    {self.hint}" if self.hint else ""
        return f"{self.origin}: {self.code} {self.message}{tail}"


class SupportableError(Exception):
    """The root of all errors raised on purpose; `problems` holds all that were found, in document order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[SupportableError], tuple[tuple[Problem, ...]]]:
        return (type(self), (self.problems,))


class DocumentError(SupportableError):
    """A document that cannot be read: not text, not YAML, too large, too deep, duplicate keys."""


class VocabularyError(SupportableError):
    """A vocabulary, references file or catalogue that does not say what it should."""


class PackError(SupportableError):
    """A pack that does not load: its shape, its names, its expressions, its cycles."""


class DesignError(SupportableError):
    """A design that does not fit the vocabulary."""


class EvaluationError(SupportableError):
    """An evaluation that was stopped by one of its limits."""


class UsageError(SupportableError):
    """A request for something that does not exist: a pack, a rule, a date that is none."""


class LedgerError(SupportableError):
    """A ledger that refuses what it is asked, holds what it did not write, or whose database cannot do it now."""


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names of `known` most like `name`, best first; case is ignored, at most `most` of them."""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    close = difflib.get_close_matches(name.casefold()[:200], by_folded, n=most, cutoff=0.6)
    return [by_folded[folded] for folded in close]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that offers the nearest names, or lists what there is when nothing is near and the list is short."""
    names = sorted(set(known))
    close = nearest(name, names)
    if close:
        return "did you mean " + " or ".join(f"“{candidate}”" for candidate in close) + "?"
    if names and len(names) <= 16:
        return "known here: " + ", ".join(names)
    return ""
