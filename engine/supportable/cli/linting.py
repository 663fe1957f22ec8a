"""Everything that looks for what is wrong with packs that load. A linter takes the packs and the names of those to look
at, and answers with problems; a new one is added to `LINTERS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from supportable.errors import Problem
from supportable.packs import PackSet
from supportable.packs.lint import lint
from supportable.testing import completeness

Linter = Callable[[PackSet, Sequence[str]], list[Problem]]

LINTERS: Final[tuple[Linter, ...]] = (lint,)
"""Linters of rules; what is wrong with a pack's shape, names and expressions is found when it is loaded."""


def lint_packs(packs: PackSet, names: Sequence[str], *, cases: bool) -> list[Problem]:
    """What all linters find in the packs of these names and, with `cases`, what their cases leave out."""
    found = [problem for linter in LINTERS for problem in linter(packs, names)]
    if cases:
        found += completeness(packs, names)
    return found
