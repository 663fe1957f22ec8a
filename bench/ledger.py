"""How many evaluations a ledger takes in a second, from one thread and from many; each append is durable on return.

    python bench/ledger.py [--seconds 5] [--threads 1,16] [--database URL]... [--save NAME]

Every evaluation is a design and a verdict of an example, each with a few bytes of its own, so that nothing is stored
for two, and names the shipped packs. Without --database a new SQLite file is used, in the folder for temporary files:
mind that it is on the disk that is meant. Beside it, as a floor, stands what the same bytes take as bare rows: one
`INSERT` by Python's own sqlite3, with the same durability, committed one by one. Rounds are interleaved, so that a
busy machine slows all. `--save NAME` writes the latency of every single append to bench/results/NAME.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import sqlite3
import statistics
import tempfile
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from supportable.document import read_text
from supportable.intake import load_design
from supportable.ledger import Evaluation, Ledger, load_packs_to_record, open_ledger
from supportable.verdict import evaluate, to_bytes
from supportable.version import __version__

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "examples" / "two-node-cluster-2022.yaml"
ROUNDS = 3

counter = itertools.count()


def main() -> None:
    """Print appends per second and latencies for each database and number of threads."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=5.0, help="for each round of each kind")
    options.add_argument("--threads", default="1,16")
    options.add_argument("--database", action="append", default=[])
    options.add_argument("--save", default="")
    given = options.parse_args()
    threads = [int(each) for each in given.threads.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        measured = run(given.database or [f"sqlite:///{folder}/ledger.db"], threads, given.seconds, Path(folder))
    print(f"{'what':14}{'threads':>8}{'per second':>12}{'p50 ms':>10}{'p99 ms':>10}")
    saved: dict[str, Any] = {"machine": machine(), "unit": "ms", "seconds": given.seconds, "kinds": []}
    for (what, many), rounds in measured.items():
        times = [each for taken, _ in rounds for each in taken]
        rate = statistics.median(len(taken) / lasted for taken, lasted in rounds)
        print(f"{what:14}{many:8}{rate:12.0f}{statistics.median(times):10.2f}{percentile(times):10.2f}")
        saved["kinds"].append({"what": what, "threads": many, "rounds": [[lasted, taken] for taken, lasted in rounds]})
    if given.save:
        target = HERE / "results" / f"{given.save}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(saved) + "\n", encoding="utf-8")


def run(
    databases: list[str], threads: list[int], seconds: float, folder: Path
) -> dict[tuple[str, int], list[tuple[list[float], float]]]:
    """For each kind and number of threads, the latencies of each round in milliseconds, and how long it lasted."""
    template = evaluation()
    ledgers = {url.partition(":")[0]: open_ledger(url) for url in databases}
    bare = bare_rows(folder / "bare.db", template)
    measured: dict[tuple[str, int], list[tuple[list[float], float]]] = {}
    for _ in range(ROUNDS):
        measured.setdefault(("bare rows", 1), []).append(timed(bare, 1, seconds))
        for name, ledger in ledgers.items():
            for many in threads:
                work = appending(ledger, template)
                measured.setdefault((name, many), []).append(timed(work, many, seconds))
    for ledger in ledgers.values():
        assert ledger.verify() == []
        ledger.close()
    return measured


def evaluation() -> Evaluation:
    """An example, judged."""
    packset, packs = load_packs_to_record()
    content = EXAMPLE.read_bytes()
    facts = load_design(read_text(content, "design.yaml"), packset.vocabulary)
    day = date(2023, 1, 1)
    verdict = evaluate(facts, packset, as_of=day)
    return Evaluation(
        design=content,
        media_type="application/yaml",
        name=verdict.design,
        as_of=day,
        only=None,
        verdict=to_bytes(verdict),
        status=verdict.status,
        at_worst=verdict.at_worst,
        at_best=verdict.at_best,
        packs=packs,
        by="bench",
        engine=__version__,
    )


def another(template: Evaluation) -> Evaluation:
    """The same with contents that were never stored."""
    own = b"%d" % next(counter)
    return replace(template, design=template.design + b"\n# " + own, verdict=template.verdict + own)


def appending(ledger: Ledger, template: Evaluation) -> Callable[[], object]:
    """What appends one evaluation."""
    return lambda: ledger.append("bench", another(template))


def bare_rows(path: Path, template: Evaluation) -> Callable[[], object]:
    """What inserts the same bytes, compressed, as one row, durably."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (design BLOB, verdict BLOB)")

    def insert() -> None:
        one = another(template)
        row = (zlib.compress(one.design, 1), zlib.compress(one.verdict, 1))
        connection.execute("INSERT INTO rows VALUES (?, ?)", row)

    return insert


def timed(work: Callable[[], object], threads: int, seconds: float) -> tuple[list[float], float]:
    """The latencies of all calls that so many threads made one after the other, and how long all of it lasted."""
    taken: list[list[float]] = [[] for _ in range(threads)]
    started = time.perf_counter()

    def calls(own: list[float]) -> None:
        while (begun := time.perf_counter()) < started + seconds:
            work()
            own.append(round(1000 * (time.perf_counter() - begun), 3))

    running = [threading.Thread(target=calls, args=(own,)) for own in taken]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return [each for own in taken for each in own], time.perf_counter() - started


def percentile(times: list[float]) -> float:
    """The time that 99 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]


def machine() -> dict[str, Any]:
    """What the figures were taken on, as far as it matters."""
    load = os.getloadavg()[0]
    return {"python": platform.python_version(), "cores": os.cpu_count(), "load": round(load, 2)}


if __name__ == "__main__":
    main()
