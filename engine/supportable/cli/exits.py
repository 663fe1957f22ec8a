"""Exit codes.

====  ==========================================================================
0     supported, or conditional: supported once the listed actions are done
1     limited or unsupported; in `test` and `packs lint`: something failed
2     undetermined, or not covered by any rule
3     not judged: something is wrong with the input, a pack or the command line
4     not answered: the second reading of a cross-check disagreed or failed
70    a defect of this software
130   interrupted
141   nobody reads the output any more
====  ==========================================================================

Of several designs the worst counts: 4, then 3, then 1, then 2, then 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

FINE: Final = 0
FAILED: Final = 1
OPEN: Final = 2
REFUSED: Final = 3
UNCONFIRMED: Final = 4
DEFECT: Final = 70
INTERRUPTED: Final = 130
UNREAD: Final = 141

OF_STATUS: Final = {
    "supported": FINE,
    "conditional": FINE,
    "limited": FAILED,
    "unsupported": FAILED,
    "undetermined": OPEN,
    "not_covered": OPEN,
}

_WORST_FIRST: Final = (UNCONFIRMED, REFUSED, FAILED, OPEN, FINE)


def worst(codes: Iterable[int]) -> int:
    """The code that speaks for all of them; FINE for none."""
    return min(codes, key=_WORST_FIRST.index, default=FINE)
