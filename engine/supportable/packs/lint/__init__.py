"""The linter: what is wrong with packs that load. Each kind of finding has a code and an entry in `checks`."""

from __future__ import annotations

from collections.abc import Sequence

from supportable.errors import Problem
from supportable.packs.lint.checks import CHECKS, Check
from supportable.packs.lint.conditions import lint_conditions
from supportable.packs.lint.texts import lint_texts
from supportable.packs.lint.times import lint_times
from supportable.packs.lint.uses import lint_uses
from supportable.packs.packset import PackSet


def lint(packs: PackSet, names: Sequence[str] = ()) -> list[Problem]:
    """What is wrong with the packs of these names, of all where none is named; in order of file and line, each once.

    Raises UsageError for a name that is not there.
    """
    chosen = list(names) or [pack.name for pack in packs.packs]
    found = [
        *lint_conditions(packs, chosen),
        *lint_times(packs, chosen),
        *lint_texts(packs, chosen),
        *lint_uses(packs, chosen),
    ]
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.origin, problem.code, problem.message))


__all__ = ["CHECKS", "Check", "lint"]
