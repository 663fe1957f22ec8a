"""The stable codes of what the service itself refuses: SUP716 to SUP729 of requests, SUP790 to SUP799 of itself."""

from __future__ import annotations

from typing import Final

# Requests.
BODY_TOO_LARGE: Final = "SUP716"
BODY_TOO_SLOW: Final = "SUP717"
MEDIA_TYPE_NOT_READ: Final = "SUP718"
NOT_ACCEPTABLE: Final = "SUP719"
NO_SUCH_PLACE: Final = "SUP720"
METHOD_NOT_ALLOWED: Final = "SUP721"
BAD_PARAMETER: Final = "SUP722"
TOO_BUSY: Final = "SUP723"
NOT_FOUND: Final = "SUP724"
GONE: Final = "SUP725"
REQUEST_REFUSED: Final = "SUP726"
REPORT_BY_NAME: Final = "SUP728"

# The service.
BAD_SETTING: Final = "SUP790"
NOTHING_IS_RECORDED: Final = "SUP791"
LEDGER_NOT_READY: Final = "SUP792"
PACKS_NOT_TAKEN: Final = "SUP793"
CASE_FAILED: Final = "SUP794"
NO_SUCH_ADDRESS: Final = "SUP795"
