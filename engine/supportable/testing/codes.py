"""The stable codes of what can be wrong with cases: SUP800 to SUP829."""

from __future__ import annotations

from typing import Final

# A case file.
NOT_CASES: Final = "SUP800"
UNKNOWN_KEY: Final = "SUP801"
MISSING_KEY: Final = "SUP802"
WRONG_KIND: Final = "SUP803"
SAME_TITLE: Final = "SUP804"
BAD_DAY: Final = "SUP805"
BAD_STATUS: Final = "SUP806"

# What a case speaks of.
NO_SUCH_RULE: Final = "SUP810"
NO_SUCH_SUBJECT: Final = "SUP811"
NO_SUCH_PACK: Final = "SUP812"
NO_SUCH_PLACE: Final = "SUP813"
OTHER_SUBJECT: Final = "SUP814"
NO_PACK: Final = "SUP815"
NO_CASES: Final = "SUP816"

# What a pack's cases leave out.
KIND_NOT_SHOWN: Final = "SUP820"
DAY_NOT_SHOWN: Final = "SUP821"
