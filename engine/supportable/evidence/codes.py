"""The stable codes of what can be wrong with a validation report, or between it and a design: SUP541 to SUP549 and
SUP553 to SUP555."""

from __future__ import annotations

from typing import Final

# The report.
NOT_A_REPORT: Final = "SUP541"
HOSTILE_XML: Final = "SUP542"
BROKEN_XML: Final = "SUP543"
TRUNCATED: Final = "SUP544"
NO_XML_READER: Final = "SUP545"
SEVERAL_RUNS: Final = "SUP546"

# The report and the design.
NO_SUCH_CLUSTER: Final = "SUP547"
WHICH_CLUSTER: Final = "SUP548"
OTHER_NODES: Final = "SUP549"
CONTRADICTS: Final = "SUP553"
OUTSIDE: Final = "SUP554"

# What was read, and should be known.
NOT_UNDERSTOOD: Final = "SUP555"
"""Something in the report has no meaning here, so that a fact stays unknown."""
