"""What the tests of a run come to, and what its summary says of how many there were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from supportable.errors import Problem
from supportable.evidence import codes
from supportable.evidence.model import Outcome, Said, Test
from supportable.evidence.words import ALL_SELECTED, SOME_SELECTED
from supportable.origin import Origin


def note(message: str, origin: Origin, hint: str = "") -> Problem:
    """A note: something was not understood, and a fact stays unknown for it."""
    return Problem(codes.NOT_UNDERSTOOD, message, origin, hint)


def outcome_of(tests: Sequence[Test]) -> Said[Outcome] | None:
    """The outcome of a run by its tests, all of them: that of the worst, and where it stands.

    None where a test ended in a way that is not known, unless another failed.
    """
    for ended, outcome in (("failed", "failed"), (None, None), ("cancelled", "cancelled")):
        for test in tests:
            if test.outcome == ended:
                return Said(_OUTCOMES[outcome], test.origin) if outcome else None
    for test in tests:
        if test.outcome == "warning":
            return Said("passed-with-warnings", test.origin)
    for test in tests:
        if test.outcome == "passed":
            return Said("passed", test.origin)
    return None


_OUTCOMES: dict[str, Outcome] = {"failed": "failed", "cancelled": "cancelled"}


def unselected_in(texts: Iterable[tuple[str, Origin]], tests: Sequence[Test]) -> Said[bool] | None:
    """Whether tests were left out: because one was not run, or as the summary among `texts` says. None if neither."""
    for test in tests:
        if test.outcome == "not-run":
            return Said(True, test.origin)
    for text, origin in texts:
        plain = " ".join(text.split())
        if SOME_SELECTED in plain:
            return Said(True, origin)
        if ALL_SELECTED in plain:
            return Said(False, origin)
    return None


def unknown_results(tests: Iterable[tuple[Test, str]]) -> list[Problem]:
    """A note for each test whose result, given beside it, is a word without meaning here."""
    return [
        note(f"the result “{word[:60]}” of the test “{test.name[:80]}” has no meaning here", test.origin)
        for test, word in tests
        if test.outcome is None
    ]
