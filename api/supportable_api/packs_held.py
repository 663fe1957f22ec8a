"""The packs that the service judges by: one value at a time, replaced as a whole by one that was judged first.

A set is refused where a pack of it is broken, where a rule can never say anything or never be violated, where a pack
is gone that is in use, or where a pack that changed fails its own cases. Whoever began with the old set ends with it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from supportable.errors import PackError, Problem
from supportable.intake import load_design
from supportable.ledger.pack_contents import PackContents, load_packs_to_record
from supportable.packs import PackSet
from supportable.packs.lint import lint
from supportable.packs.lint.codes import REQUIREMENT_CANNOT_FAIL, WHEN_NEVER_HOLDS
from supportable.testing.run import run_cases
from supportable.verdict import evaluate
from supportable_api import codes
from supportable_api.judged import today

FATAL: Final = frozenset((WHEN_NEVER_HOLDS, REQUIREMENT_CANNOT_FAIL))
"""What the linter may find that makes a rule mute: a set with such a rule is not taken."""

MOST_PLANS: Final = 64
"""Plans that a set keeps, a megabyte or two each; the one that was not asked for the longest goes first."""


@dataclass(frozen=True, slots=True)
class Held:
    """A set of packs in use. `contents` are the files that it was made of, None if nothing is recorded; `generation`
    counts from 1 and grows with every set that is taken."""

    packset: PackSet
    contents: PackContents | None
    generation: int


class Plans(dict[Hashable, Any]):
    """Plans by what they are for, at most `MOST_PLANS`. Days are the caller's to choose: without a bound, somebody who
    asks for one after another would fill the memory."""

    def __init__(self) -> None:
        super().__init__()
        self._order: OrderedDict[Hashable, None] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: Hashable, default: Any = None) -> Any:
        """The plan of that key, from now on the one that was last asked for."""
        with self._turn:
            if key in self._order:
                self._order.move_to_end(key)
            return super().get(key, default)

    def __setitem__(self, key: Hashable, plan: Any) -> None:
        with self._turn:
            super().__setitem__(key, plan)
            self._order[key] = None
            self._order.move_to_end(key)
            while len(self._order) > MOST_PLANS:
                oldest, _ = self._order.popitem(last=False)
                super().pop(oldest, None)


class PacksHeld:
    """The current set of packs. A request takes `current` once, and ends by what it took. Safe across threads."""

    def __init__(self, shelves: Sequence[Path], *, installed: bool, tolerant: bool = False) -> None:
        """Load the first set. Raises PackError or VocabularyError if it cannot be used; with `tolerant`, broken packs
        are left out instead."""
        self._shelves = tuple(shelves)
        self._installed = installed
        self._tolerant = tolerant
        self._turn = threading.Lock()
        self.taken: Callable[[], None] = lambda: None
        """Called after another set was taken."""
        self.current = self._loaded(None, removing=False)

    def reload(self, *, removing: bool = False) -> Held:
        """Load the packs anew, judge them, and use them from now on. With `removing`, packs may be gone.

        Raises PackError or VocabularyError, with all that is wrong, and then nothing has changed. Takes seconds.
        """
        with self._turn:
            self.current = self._loaded(self.current, removing=removing)
            self.taken()
            return self.current

    def _loaded(self, before: Held | None, *, removing: bool) -> Held:
        packset, contents = load_packs_to_record(self._shelves, discover=self._installed)
        packset = replace(packset, plans=Plans())
        problems = [] if self._tolerant else [each for one in packset.broken for each in one.problems]
        if before is not None and not removing and not problems:
            problems += _missing(before.packset, packset)
        problems += [each for each in lint(packset) if each.code in FATAL]
        if not packset.packs and not problems:
            problems.append(Problem(codes.PACKS_NOT_TAKEN, "there are no packs", hint="name a shelf with --packs"))
        if before is not None and not problems:
            problems += _failing(packset, _changed(before.packset, packset))
        if problems:
            raise PackError(problems)
        warm(packset, today())
        return Held(packset, contents, 1 if before is None else before.generation + 1)


def warm(packset: PackSet, day: date) -> None:
    """Make the plan of a day and compile it, so that no request waits for that."""
    evaluate(load_design({}, packset.vocabulary), packset, as_of=day, deadline=None)


def _missing(before: PackSet, after: PackSet) -> Iterable[Problem]:
    for name in sorted({pack.name for pack in before.packs} - {pack.name for pack in after.packs}):
        yield Problem(
            codes.PACKS_NOT_TAKEN,
            f"the pack “{name}” is in use and would be gone",
            hint="if that is meant: POST /v1/packs:reload?removing=true",
        )


def _changed(before: PackSet, after: PackSet) -> list[str]:
    known = {pack.name: pack.digest for pack in before.packs}
    return [pack.name for pack in after.packs if known.get(pack.name) != pack.digest]


def _failing(packset: PackSet, names: Sequence[str]) -> Iterable[Problem]:
    """What the packs' own cases say against them."""
    if not names:
        return
    report = run_cases(packset, names)
    yield from report.all_problems
    for result in report.failed:
        for each in result.mismatches:
            message = f"“{result.title}”: {each.subject} {each.key}: expected {each.expected}, found {each.found}"
            yield Problem(codes.CASE_FAILED, message, each.origin, "mend the rule, or the case", "author")
