"""What other tools know of machines, as the beginning of a design.

An inventory knows what there is and little of what matters to a support policy: what it does not say is left to be said
by people. Every row and entry either becomes something in the design or is listed as left out.
"""

from supportable.inventory.cyclonedx import read_cyclonedx
from supportable.inventory.model import Imported, Tally
from supportable.inventory.rvtools import read_rvtools

__all__ = ["Imported", "Tally", "read_cyclonedx", "read_rvtools"]
