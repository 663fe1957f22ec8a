"""How long a cold `import supportable` takes, in milliseconds: each time in a new interpreter, which is subtracted."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15


def seconds(program: str) -> float:
    """The wall-clock time of a new interpreter that runs `program`."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", program], check=True)
    return time.perf_counter() - started


def main() -> None:
    """Print median and range over the rounds; the two kinds alternate, so that a busy machine slows both."""
    seconds("import supportable")  # fills the bytecode caches
    pairs = [(seconds("pass"), seconds("import supportable")) for _ in range(ROUNDS)]
    costs = sorted(1000 * (with_import - bare) for bare, with_import in pairs)
    print(f"import supportable: median {statistics.median(costs):.0f} ms, {costs[0]:.0f} to {costs[-1]:.0f} ms")


if __name__ == "__main__":
    main()
