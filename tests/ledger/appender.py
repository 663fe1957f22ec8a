"""A process that appends and says so: `python -m tests.ledger.appender URL TENANT LABEL THREADS MOST`.

Every line on its stdout is one JSON list: the name it recorded and the id it was told. It ends after MOST entries of
each thread, or is killed.
"""

from __future__ import annotations

import json
import sys
import threading

from supportable.ledger import Ledger, open_ledger
from tests.ledger.evaluations import evaluation


def append(ledger: Ledger, tenant: str, thread: str, most: int) -> None:
    """Append one after the other, each with contents of its own."""
    for number in range(most):
        name = f"{thread}-{number}"
        entry = ledger.append(tenant, evaluation(name, size=2000))
        # One write: lines of several threads do not mix.
        sys.stdout.write(json.dumps([name, entry.id]) + "\n")
        sys.stdout.flush()


def main(url: str, tenant: str, label: str, threads: int, most: int) -> None:
    """Append from so many threads at once."""
    with open_ledger(url) as ledger:
        running = [
            threading.Thread(target=append, args=(ledger, tenant, f"{label}{number}", most))
            for number in range(threads)
        ]
        for each in running:
            each.start()
        for each in running:
            each.join()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
