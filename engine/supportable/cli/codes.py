"""The stable codes of what a request can ask for in vain: SUP700 to SUP715."""

from __future__ import annotations

from typing import Final

COMMAND_LINE: Final = "SUP700"
NO_DESIGNS: Final = "SUP701"
NO_SUCH_READING: Final = "SUP702"
NOT_A_DAY: Final = "SUP703"
NOT_WRITABLE: Final = "SUP704"
NOTHING_TO_EXPLAIN: Final = "SUP705"
SEVERAL_OF_THAT_NAME: Final = "SUP706"
NO_EXAMPLES: Final = "SUP707"
ALREADY_THERE: Final = "SUP708"
NOTHING_TO_BUILD_ON: Final = "SUP709"
NO_SUCH_PACK: Final = "SUP710"
NO_SUCH_DAY: Final = "SUP711"
BAD_NAME: Final = "SUP712"
BAD_SPAN: Final = "SUP713"
MANY_DESIGNS: Final = "SUP714"
ONE_DESIGN_DUE: Final = "SUP715"
EXTRA_MISSING: Final = "SUP727"
