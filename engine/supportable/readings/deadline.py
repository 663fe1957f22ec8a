"""How long an evaluation may take: a time by which it ends, whatever packs and designs ask of it.

The language is total, so every evaluation ends by itself; but two lists of a hundred thousand members, one inside the
other, are ten thousand million steps. The time is looked at before every loop over a list and for every subject, in
all readings and for proofs, so that no more than one pass over one list comes between it and the end.

It is kept per thread and per asynchronous task, and is no part of what an evaluation means: an answer that is given in
time does not depend on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic
from typing import Final, NoReturn

from supportable.errors import EvaluationError, Problem

TOO_LONG: Final = "SUP601"
SECONDS: Final = 30.0
"""What an evaluation may take unless the caller says otherwise."""

_END: ContextVar[float] = ContextVar("end", default=inf)


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """What is evaluated inside must be done in so many seconds of wall time; None sets no bound of its own.

    Of two bounds, one inside the other, the earlier counts. What goes on too long raises EvaluationError.
    """
    end = inf if seconds is None else monotonic() + seconds
    token = _END.set(min(end, _END.get()))
    try:
        yield
    finally:
        _END.reset(token)


def end() -> float:
    """When the evaluation under way must be done, by `time.monotonic`; infinite where nobody set a bound."""
    return _END.get()


def check() -> None:
    """Raise EvaluationError if the time is up."""
    if monotonic() > _END.get():
        too_long()


def too_long() -> NoReturn:
    """The evaluation is stopped."""
    message = "the evaluation was stopped: it did not end in the time that it was given"
    raise EvaluationError([Problem(TOO_LONG, message, hint="give it more time, or judge by fewer packs or in parts")])


__all__ = ["SECONDS", "TOO_LONG", "check", "end", "too_long", "within"]
