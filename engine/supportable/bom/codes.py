"""The stable codes of what can be wrong with a bill of materials: SUP560 to SUP599, warnings from SUP580."""

from __future__ import annotations

from typing import Final

# The file.
BOM_UNREADABLE: Final = "SUP560"
BOM_TOO_LARGE: Final = "SUP561"
BOM_EMPTY: Final = "SUP562"
PASSWORD_PROTECTED: Final = "SUP563"
FORM_NOT_READ: Final = "SUP564"
ARCHIVE_BOMB: Final = "SUP565"
BROKEN_WORKBOOK: Final = "SUP566"
NOT_IN_THIS_ENCODING: Final = "SUP567"
QUOTE_NEVER_CLOSED: Final = "SUP568"
HOSTILE_XML: Final = "SUP569"
TOO_MANY_CELLS: Final = "SUP570"
EXTRA_NOT_INSTALLED: Final = "SUP571"

# What the caller said about it.
NO_HEADER: Final = "SUP575"
NO_SUCH_COLUMN: Final = "SUP576"
BAD_MAPPING: Final = "SUP577"
BAD_PROFILE: Final = "SUP578"
NO_SUCH_SHEET: Final = "SUP579"

# Warnings: the file was read, and this should be known.
MACROS_LEFT_OUT: Final = "SUP580"
LINKS_LEFT_OUT: Final = "SUP581"
FORMULAS_WITHOUT_RESULTS: Final = "SUP582"
ENCODING_GUESSED: Final = "SUP583"
HIDDEN_SHEET: Final = "SUP584"
SHEET_WITHOUT_HEADER: Final = "SUP586"
ASSUMPTIONS_NOT_LISTED: Final = "SUP587"
TOO_MANY_KINDS: Final = "SUP588"
ERRORS_IN_CELLS: Final = "SUP589"
