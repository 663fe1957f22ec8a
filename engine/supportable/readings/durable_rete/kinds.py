"""The table of findings as productions: from the truths of `when` and `require` to kinds and coverage.

`w1`, `w2` say that `when` is unknown, true; `r0`, `r1`, `r2` that `require` is false, unknown, true; `covers` that the
rule states support. All are about the number of a rule and its subject.
"""

from __future__ import annotations

from typing import Final

from supportable.readings.durable_rete.productions import Production
from supportable.readings.findings import HARMLESS, SATISFIED, UNDECIDED, VIOLATED

KIND_OF: Final = {"satisfied": SATISFIED, "violated": VIOLATED, "harmless": HARMLESS, "open": UNDECIDED}
COVERED: Final = "covered"
HOPEFUL: Final = "hopeful"

_TABLE: Final = (
    ("satisfied", "w2", "r2"),
    ("violated", "w2", "r0"),
    ("harmless", "w1", "r2"),
    ("open", "w2", "r1"),
    ("open", "w1", "r1"),
    ("open", "w1", "r0"),
)


def kind_productions() -> list[Production]:
    """The same for every plan."""
    return [
        *(Production(kind, when, ((require, "e"),)) for kind, when, require in _TABLE),
        # A certain violation covers, whichever rule says so; what is satisfied covers where the rule states support.
        Production(COVERED, "violated"),
        Production(COVERED, "covers", (("satisfied", "e"),)),
        # What certainly applies covers whichever way it turns out.
        Production(COVERED, "covers", (("open", "e"), ("w2", "e"))),
        Production(HOPEFUL, "covers", (("satisfied", "e"),)),
        Production(HOPEFUL, "covers", (("harmless", "e"),)),
        Production(HOPEFUL, "covers", (("open", "e"), ("r1", "e"))),
    ]
