"""What the ledger survives, with real processes: being killed, a full disk, a server that restarts, two at once."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from supportable.errors import LedgerError
from supportable.ledger import Ledger, LedgerUnavailable, open_ledger
from tests.ledger.evaluations import evaluation
from tests.ledger.postgresql import Server

ROOT = Path(__file__).parents[2]


def appender(address: str, label: str, *, threads: int = 4, most: int = 100_000) -> subprocess.Popen[str]:
    """A process that appends to the tenant `acme`."""
    command = [sys.executable, "-m", "tests.ledger.appender", address, "acme", label, str(threads), str(most)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."})


def acknowledged(lines: list[str]) -> dict[str, str]:
    """What the lines say: ids by name. A line that was cut off was not said."""
    return dict(json.loads(line) for line in lines if line.endswith("]\n"))


def check_whole(ledger: Ledger, promised: dict[str, str]) -> int:
    """The chain is whole, and all that was promised is in it, with its contents. How many entries there are."""
    assert ledger.verify() == []
    seen: dict[str, str] = {}
    cursor = None
    while True:
        page = ledger.entries("acme", limit=1000, cursor=cursor)
        for entry in page.items:
            # What was tried again is there once all the same.
            assert entry.name not in seen
            seen[entry.name] = entry.id
        cursor = page.next
        if cursor is None:
            break
    assert {name: seen.get(name) for name in promised} == promised
    return len(seen)


def test_killed_again_and_again_nothing_acknowledged_is_lost(address: str) -> None:
    chance = random.Random(7)
    promised: dict[str, str] = {}
    for round in range(4):
        process = appender(address, f"r{round}-")
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 120))]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        promised |= acknowledged(lines)
        with open_ledger(address) as ledger:
            check_whole(ledger, promised)
    assert len(promised) > 4


def test_two_processes_append_to_one_chain(address: str) -> None:
    processes = [appender(address, label, threads=2, most=25) for label in ("a", "b")]
    promised: dict[str, str] = {}
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        promised |= acknowledged(out.splitlines(keepends=True))
    assert len(promised) == 100
    with open_ledger(address) as ledger:
        assert check_whole(ledger, promised) == 100
        head = ledger.head("acme")
        assert head is not None
        assert head.sequence == 100


def fill_up(ledger: Ledger, label: str) -> dict[str, str]:
    """Append until there is no room, and two times more. Nothing but a coded error comes of it."""
    promised: dict[str, str] = {}
    refusals: list[str] = []
    for number in range(10_000):
        name = f"{label}{number}"
        try:
            promised[name] = ledger.append("acme", evaluation(name, size=20_000)).id
        except LedgerUnavailable as error:
            refusals += [problem.code for problem in error.problems]
            if len(refusals) >= 3:
                break
    assert refusals == ["SUP741"] * 3
    return promised


def test_a_limit_on_the_size_of_files_is_a_full_disk(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'ledger.db'}"
    run = subprocess.run(
        [sys.executable, "-m", "tests.ledger.test_faults", address],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    with open_ledger(address) as ledger:
        assert check_whole(ledger, json.loads(run.stdout)) > 3


def limited(address: str) -> None:
    """Fill up to a limit, raise it, go on; what was promised goes to stdout."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_ledger(address) as ledger:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
        promised = fill_up(ledger, "before")
        check_whole(ledger, promised)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        promised["after"] = ledger.append("acme", evaluation("after", size=20_000)).id
        check_whole(ledger, promised)
    sys.stdout.write(json.dumps(promised))


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A folder that is a file system of its own, of 16 MiB. Not below pytest's folder: a server goes there too."""
    folder = Path(tempfile.mkdtemp(prefix="supportable-disk-"))
    folder.chmod(0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m,mode=777", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("mounting a small disk takes rights that this process does not have")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


@pytest.fixture
def address_there(kind: str, small_disk: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database whose data is on the small disk."""
    if kind == "sqlite":
        yield f"sqlite:///{small_disk / 'ledger.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    place = server.own_folder(small_disk)
    server.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
    address = server.database("migrated", tablespace="small")
    yield address
    server.execute(f"DROP DATABASE {address.partition('@/')[2].partition('?')[0]}")
    server.execute("DROP TABLESPACE small")


def test_on_a_full_disk_nothing_is_harmed_and_it_goes_on_when_there_is_room(
    address_there: str, small_disk: Path
) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(4 * 1024 * 1024))
    with open_ledger(address_there) as ledger:
        promised = fill_up(ledger, "before")
        assert len(promised) > 10
        # Reading needs no room.
        check_whole(ledger, promised)
        ballast.unlink()
        for number in range(5):
            promised[f"after{number}"] = ledger.append("acme", evaluation(f"after{number}", size=20_000)).id
        check_whole(ledger, promised)
    with open_ledger(address_there) as ledger:
        check_whole(ledger, promised)


def test_of_those_who_append_together_only_what_finds_no_room_is_refused(small_disk: Path) -> None:
    outcomes: dict[str, str] = {}
    promised: dict[str, str] = {}
    with open_ledger(f"sqlite:///{small_disk / 'ledger.db'}") as ledger:

        def append(name: str, size: int) -> None:
            try:
                promised[name] = ledger.append("acme", evaluation(name, size=size)).id
                outcomes[name] = "stored"
            except LedgerError as error:
                outcomes[name] = error.problems[0].code

        ledger.append("acme", evaluation())
        sizes = {f"small{number}": 1000 for number in range(8)} | {"huge": 60_000_000}
        threads = [threading.Thread(target=append, args=each) for each in sizes.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes == {name: "SUP741" if name == "huge" else "stored" for name in sizes}
        check_whole(ledger, promised)


def test_a_server_that_restarts_under_load_loses_nothing(postgresql: Server) -> None:
    address = postgresql.database("migrated")
    promised: dict[str, str] = {}
    failures: list[str] = []
    stop = threading.Event()
    with open_ledger(address, patience=20) as ledger:

        def append(thread: int) -> None:
            number = 0
            while not stop.is_set():
                name = f"{thread}-{number}"
                try:
                    promised[name] = ledger.append("acme", evaluation(name)).id
                except LedgerError as error:
                    failures.append(str(error))
                number += 1

        threads = [threading.Thread(target=append, args=(thread,)) for thread in range(4)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(3):
                wait_for(promised, more=10)
                postgresql.restart()
            wait_for(promised, more=10)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert failures == []
        assert check_whole(ledger, promised) == len(promised)


def wait_for(promised: dict[str, str], *, more: int) -> None:
    """Until so many more are promised."""
    enough = len(promised) + more
    until = time.monotonic() + 60
    while len(promised) < enough:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_server_that_stays_away_is_a_coded_error_and_no_hang(postgresql: Server) -> None:
    """Seen from a ledger whose server ends each of its connections, and takes no new ones."""
    address = postgresql.database("migrated")
    name = address.partition("@/")[2].partition("?")[0]
    with open_ledger(address, patience=0.2) as ledger:
        entry = ledger.append("acme", evaluation())
        postgresql.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgresql.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        for attempt in (
            lambda: ledger.append("acme", evaluation()),
            lambda: ledger.entry("acme", entry.id),
            lambda: ledger.find_key("spk_222222222222_x"),
            ledger.ping,
        ):
            with pytest.raises(LedgerUnavailable):
                attempt()
        postgresql.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        assert ledger.entry("acme", entry.id) == entry
        ledger.append("acme", evaluation())
        assert ledger.verify() == []


if __name__ == "__main__":
    limited(sys.argv[1])
