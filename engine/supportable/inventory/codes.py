"""The stable codes of what can be wrong with an inventory: SUP557 to SUP559."""

from __future__ import annotations

from typing import Final

NOT_AN_INVENTORY: Final = "SUP557"
NO_READER: Final = "SUP558"

LEFT_OUT: Final = "SUP559"
"""Something in the inventory has no place in the design, or was not taken as it stands."""
