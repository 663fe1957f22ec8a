"""How much memory this process has held at the most, counted from when it began to run its program.

`getrusage` counts from before: a child keeps the peak of whoever started it, so that a large test run makes every child
look large, and what it adds itself look like nothing.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_kilobytes() -> int:
    """The peak resident set of this process in KiB; where the system does not tell, what `getrusage` counts."""
    if STATUS.exists():
        for line in STATUS.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak
