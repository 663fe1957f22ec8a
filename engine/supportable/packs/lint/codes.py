"""The stable codes of what the linter finds in packs that load: SUP830 to SUP869. `checks` says what each means."""

from __future__ import annotations

from typing import Final

# Conditions.
WHEN_NEVER_HOLDS: Final = "SUP830"
REQUIREMENT_CANNOT_FAIL: Final = "SUP831"
EXCEPTION_NEVER_HOLDS: Final = "SUP832"
OUTCOME_NEVER_REACHED: Final = "SUP833"
BARE_ALL: Final = "SUP834"
VACUOUS_ALL: Final = "SUP835"
NEGATED_ORDERING: Final = "SUP836"
SAME_CONDITION_TWICE: Final = "SUP837"

# Packs, and what they do not use.
NOTHING_STATES_SUPPORT: Final = "SUP840"
UNUSED_ARTICLE: Final = "SUP841"
UNUSED_DEFINITION: Final = "SUP842"
UNUSED_PACK: Final = "SUP843"

# Time.
DAYS_WITHOUT_TEXT: Final = "SUP850"
REVISION_CHANGES_NOTHING: Final = "SUP851"

# Texts.
NOTHING_CITED: Final = "SUP860"
MESSAGE_NAMES_NOBODY: Final = "SUP861"
SAME_RULE_TITLE: Final = "SUP862"
NO_QUESTION: Final = "SUP863"
