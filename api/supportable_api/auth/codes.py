"""The stable codes of what the service refuses before it judges anything: SUP750 to SUP769."""

from __future__ import annotations

from typing import Final

# Who calls.
NO_CREDENTIALS: Final = "SUP750"
CREDENTIALS_NOT_ACCEPTED: Final = "SUP751"
SCOPE_MISSING: Final = "SUP752"
PROVIDER_SILENT: Final = "SUP753"
TENANT_MISSING: Final = "SUP754"
TWO_CREDENTIALS: Final = "SUP755"
ELSEWHERE: Final = "SUP756"
OPEN_TO_THE_NETWORK: Final = "SUP757"

# A request that is made again.
BAD_KEY: Final = "SUP760"
KEY_IN_USE: Final = "SUP761"
KEY_OF_ANOTHER: Final = "SUP762"

# Stored designs.
BAD_DESIGN_NAME: Final = "SUP763"
NO_SUCH_DESIGN: Final = "SUP764"
NO_SUCH_DESIGN_VERSION: Final = "SUP765"
CONDITION_MISSING: Final = "SUP766"
DESIGN_CHANGED: Final = "SUP767"
BAD_CONDITION: Final = "SUP768"

# Keys, on the command line.
NO_SUCH_KEY: Final = "SUP769"
BAD_KEY_OPTION: Final = "SUP758"
