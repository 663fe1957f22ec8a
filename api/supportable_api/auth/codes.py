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
