"""The stable codes of what is measured of packs (conditions seen, mutants killed, fresh pages): SUP870 to SUP889."""

from __future__ import annotations

from typing import Final

# Condition coverage.
CONDITION_NOT_SEEN: Final = "SUP870"
NEEDLESS_EXCUSE: Final = "SUP871"

# Mutation.
MUTANT_SURVIVED: Final = "SUP875"
NO_SUCH_MUTANT: Final = "SUP876"
BAD_EXCUSE: Final = "SUP877"
CASES_FAIL: Final = "SUP878"

# Form and pages.
NOT_FORMATTED: Final = "SUP880"
PAGE_STALE: Final = "SUP881"
BAD_SOURCES: Final = "SUP882"
