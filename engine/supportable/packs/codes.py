"""The stable codes of what can be wrong with a pack: SUP300 to SUP379. Expressions have codes of their own, SUP4xx."""

from __future__ import annotations

from typing import Final

# The shape of pack.yaml and of rule files.
WRONG_KIND: Final = "SUP300"
UNKNOWN_KEY: Final = "SUP301"
MISSING_KEY: Final = "SUP302"
NOT_ALLOWED: Final = "SUP303"
NOT_A_DATE: Final = "SUP304"
LANGUAGE: Final = "SUP305"
BAD_NAME: Final = "SUP306"
BAD_VERSION: Final = "SUP307"
BAD_REQUIREMENT: Final = "SUP308"
PACK_TOO_LARGE: Final = "SUP309"

# Finding packs, and packs among one another.
NOTHING_HERE: Final = "SUP310"
ENTRY_POINT: Final = "SUP311"
SAME_NAME: Final = "SUP312"
REQUIRED_MISSING: Final = "SUP313"
REQUIRED_BROKEN: Final = "SUP314"
REQUIRED_VERSION: Final = "SUP315"
NO_HEAD: Final = "SUP316"

# Rules.
UNKNOWN_SUBJECT: Final = "SUP320"
SUBJECT_IS_RECORD: Final = "SUP321"
SAME_RULE: Final = "SUP322"
TAKEN_VARIABLE: Final = "SUP323"
UNKNOWN_REFERENCE: Final = "SUP324"
UNKNOWN_EDITION: Final = "SUP325"
NO_CITATION: Final = "SUP326"
NO_MESSAGE: Final = "SUP327"
NO_REMEDY: Final = "SUP328"
NO_OUTCOME: Final = "SUP329"
SAME_MISUSED: Final = "SUP330"
ADVISORY_MIXED: Final = "SUP331"
GRADES_OPEN: Final = "SUP332"
ADVISORY_COVERS: Final = "SUP333"
NOTHING_REQUIRED: Final = "SUP334"
DATES_CONTRADICT: Final = "SUP335"
REVISIONS_OVERLAP: Final = "SUP336"
PACK_NOT_REQUIRED: Final = "SUP337"
EACH: Final = "SUP338"
TWO_EFFECTIVES: Final = "SUP339"

# Definitions.
UNKNOWN_ENTITY: Final = "SUP340"
TAKEN_ATTRIBUTE: Final = "SUP341"
DERIVED_TWICE: Final = "SUP342"
CYCLE: Final = "SUP343"
OTHER_TYPE: Final = "SUP344"
DERIVED_ELSEWHERE: Final = "SUP345"
DERIVED_TOO_DEEP: Final = "SUP346"

# The lock.
NOT_LOCKED: Final = "SUP350"
LOCK_DIFFERS: Final = "SUP351"
VERSION_WENT_BACK: Final = "SUP352"
BAD_LOCK: Final = "SUP353"
LOCKED_PACK_GONE: Final = "SUP354"
