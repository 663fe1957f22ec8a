"""The stable codes of what is asked of the packs and not there, and of files that cannot be taken: SUP770 to SUP789."""

from __future__ import annotations

from typing import Final

NO_SUCH_RULE: Final = "SUP770"
NO_SUCH_VERSION: Final = "SUP771"
NO_SUCH_ARTICLE: Final = "SUP772"
NO_SUCH_TERM: Final = "SUP773"
NO_SUCH_EXAMPLE: Final = "SUP774"
BAD_CURSOR: Final = "SUP775"
BAD_FORM: Final = "SUP776"
PART_MISSING: Final = "SUP777"
NO_SUCH_PART: Final = "SUP778"
NO_VERDICT: Final = "SUP780"
NO_DESIGN: Final = "SUP781"
