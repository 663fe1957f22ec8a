"""The stable codes of everything that can be wrong with a design: SUP500 to SUP559."""

from __future__ import annotations

from typing import Final

# The document as a whole.
NOT_A_DESIGN: Final = "SUP500"
UNKNOWN_SECTION: Final = "SUP501"
BAD_NAME: Final = "SUP502"
TOO_MANY_ENTITIES: Final = "SUP503"
NOT_A_LIST: Final = "SUP504"
KEY_NOT_TEXT: Final = "SUP505"

# An entity.
NOT_AN_ENTITY: Final = "SUP510"
MISSING_ID: Final = "SUP511"
BAD_ID: Final = "SUP512"
DUPLICATE_ID: Final = "SUP513"
BAD_COUNT: Final = "SUP514"

# A value.
UNKNOWN_ATTRIBUTE: Final = "SUP520"
WRONG_VALUE: Final = "SUP521"
NOT_ALLOWED: Final = "SUP523"
NO_SUCH_ID: Final = "SUP524"
INVERSE_GIVEN: Final = "SUP525"
NOT_A_RECORD: Final = "SUP526"
BAD_CHARACTER: Final = "SUP527"
TOO_DEEP: Final = "SUP528"

# A list.
NULL_MEMBER: Final = "SUP530"
REPEATED_MEMBER: Final = "SUP531"
MISPLACED_DOTS: Final = "SUP532"
RESERVED_MEMBER: Final = "SUP533"

# A design in several files.
FILES_DISAGREE: Final = "SUP556"

# A change to a design.
NO_SUCH_PLACE: Final = "SUP540"

# An export that is to become a catalogue.
BAD_EXPORT: Final = "SUP550"
BAD_EXPORT_LINE: Final = "SUP551"
NO_SUCH_CATALOGUE: Final = "SUP552"
