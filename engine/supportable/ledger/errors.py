"""What a ledger refuses or cannot do. `LedgerError` itself is in `supportable.errors`, with the rest of the tree.

The part of the tree that is here::

    LedgerError
    ├── LedgerUnavailable     the database cannot do it now: unreachable, full, busy; nothing of it was stored
    │   └── LedgerUncertain   it was lost on the way and did not come back: nobody knows whether it was stored
    └── DesignChanged         the design is not, or no longer, the version that the caller went by
"""

from __future__ import annotations

from supportable.errors import LedgerError, Problem
from supportable.ledger import codes


class LedgerUnavailable(LedgerError):
    """The database could not do it, and nothing of it was stored: the same can be tried again."""


class LedgerUncertain(LedgerUnavailable):
    """The connection was lost while something was being stored, and stayed lost: it is stored, or it is not."""


class DesignChanged(LedgerError):
    """A stored design is another version than expected. `current` is its ETag, None where there is no such design."""

    def __init__(self, name: str, current: str | None) -> None:
        self.name, self.current = name, current
        what = f"there is no design “{name}”" if current is None else f"the design “{name}” is another version by now"
        hint = "" if current is None else "fetch it, look what was changed, and try again"
        super().__init__([Problem(codes.DESIGN_CHANGED, what, hint=hint)])

    def __reduce__(self) -> tuple[type[DesignChanged], tuple[str, str | None]]:  # type: ignore[override]
        return (type(self), (self.name, self.current))
