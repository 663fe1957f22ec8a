"""The stable codes of what the service itself refuses: SUP730 to SUP749."""

from __future__ import annotations

from typing import Final

BODY_TOO_LARGE: Final = "SUP730"
BODY_TOO_SLOW: Final = "SUP731"
MEDIA_TYPE_NOT_READ: Final = "SUP732"
NOT_ACCEPTABLE: Final = "SUP733"
NO_SUCH_PLACE: Final = "SUP734"
METHOD_NOT_ALLOWED: Final = "SUP735"
BAD_PARAMETER: Final = "SUP736"
TOO_BUSY: Final = "SUP737"
NOT_FOUND: Final = "SUP738"
NOTHING_IS_RECORDED: Final = "SUP739"
PACKS_NOT_TAKEN: Final = "SUP740"
BAD_SETTING: Final = "SUP741"
LEDGER_NOT_READY: Final = "SUP742"
OPEN_TO_THE_NETWORK: Final = "SUP743"
REQUEST_REFUSED: Final = "SUP744"
