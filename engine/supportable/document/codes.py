"""The stable codes of everything that makes a document unreadable: SUP100 to SUP149."""

from __future__ import annotations

from typing import Final

# What stands in the way before a byte is understood.
NO_SUCH_FILE: Final = "SUP100"
NOT_A_FILE: Final = "SUP101"
NOT_PERMITTED: Final = "SUP102"
READ_FAILED: Final = "SUP103"
TOO_LARGE: Final = "SUP104"
EMPTY: Final = "SUP105"

# Bytes that are not text.
BINARY: Final = "SUP106"
BAD_ENCODING: Final = "SUP107"
CONTROL_CHARACTER: Final = "SUP108"
SURROGATE: Final = "SUP109"

# Text that is not YAML, or more of YAML than is read here.
YAML_SYNTAX: Final = "SUP110"
TAB_INDENT: Final = "SUP111"
MANY_DOCUMENTS: Final = "SUP112"
TOO_DEEP: Final = "SUP113"
SCALAR_TOO_LONG: Final = "SUP114"
TOO_MANY_NODES: Final = "SUP115"
DUPLICATE_KEY: Final = "SUP116"
KEY_NOT_TEXT: Final = "SUP117"
MERGE_KEY: Final = "SUP118"
TAG: Final = "SUP119"
ANCHOR_OR_ALIAS: Final = "SUP120"
TOO_MANY_PROBLEMS: Final = "SUP121"

# Text that is not JSON.
JSON_SYNTAX: Final = "SUP130"
JSON_NOT_A_NUMBER: Final = "SUP131"

# Text that is not TOML.
TOML_SYNTAX: Final = "SUP132"
