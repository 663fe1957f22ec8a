"""The stable codes of what can go wrong with a ledger: SUP730 to SUP749."""

from __future__ import annotations

from typing import Final

# What is asked of it.
BAD_DATABASE: Final = "SUP730"
POSTGRESQL_NOT_INSTALLED: Final = "SUP731"
NO_SUCH_ENTRY: Final = "SUP732"
BAD_CURSOR: Final = "SUP733"
BAD_RECORD: Final = "SUP734"
DESIGN_CHANGED: Final = "SUP735"
CONTENT_PRUNED: Final = "SUP736"

# What the database does.
DATABASE_UNREACHABLE: Final = "SUP740"
DATABASE_FULL: Final = "SUP741"
DATABASE_BUSY: Final = "SUP742"
DATABASE_READ_ONLY: Final = "SUP743"
DATABASE_DAMAGED: Final = "SUP744"
DATABASE_FAILED: Final = "SUP745"
DATABASE_IS_NEWER: Final = "SUP746"
DATABASE_IS_OLDER: Final = "SUP747"
LEDGER_ALTERED: Final = "SUP748"
OUTCOME_UNKNOWN: Final = "SUP749"
