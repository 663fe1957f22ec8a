"""A real PostgreSQL server of the tests' own, from the binaries that are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

import psycopg

from supportable.ledger.tables import metadata

REQUIRED: Final = "SUPPORTABLE_REQUIRE_POSTGRESQL"
"""An environment variable: set to anything, a missing PostgreSQL is a failure."""

OWNER: Final = "supportable"

_SETTINGS: Final = {"autovacuum": "off", "checkpoint_timeout": "1h", "max_wal_size": "1GB", "shared_buffers": "16MB"}


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, of the latest version there is; None without PostgreSQL."""
    on_path = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for place in (*([Path(on_path).parent] if on_path else []), *places):
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    return None


def _place() -> str | None:
    """A folder in memory where there is one with room, else that for temporary files. What these tests kill is the
    server, not the machine: for that the one is as good as the other, and much faster."""
    in_memory = Path("/dev/shm")
    has_room = in_memory.is_dir() and shutil.disk_usage(in_memory).free > 1 << 30
    return str(in_memory) if has_room else None


class Server:
    """A cluster in a folder of its own, reached by a socket in it. It refuses to run as root, so then it does not."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # Not below pytest's own folder, into which only root may look.
        self.folder = Path(tempfile.mkdtemp(prefix="supportable-pg-", dir=_place()))
        self.as_user: dict[str, Any] = {}
        if os.getuid() == 0:
            known = {entry.pw_name: entry for entry in pwd.getpwall()}
            user = known.get("postgres") or known["nobody"]
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.data = self.folder / "data"
        self._made = 0

    def start(self) -> None:
        """Make the cluster and start the server."""
        self._run("initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        # A small stock of everything: many tests, few processors. fsync stays on: it is what is tested.
        own = {"listen_addresses": "''", "unix_socket_directories": f"'{self.folder}'"}
        settings = " ".join(f"-c {name}={value}" for name, value in {**own, **_SETTINGS}.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "30", "-l", self.folder / "log", "-o", settings, "start")

    def restart(self) -> None:
        """End the server as a power failure would, and start it again; it recovers from its log."""
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "30", "-m", "immediate", "-l", self.folder / "log", "restart")

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def database(self, template: str = "template0", tablespace: str = "") -> str:
        """A new database, by its address."""
        self._made += 1
        name = f"ledger_{self._made}"
        place = f" TABLESPACE {tablespace}" if tablespace else ""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}{place}")
        return self.address(name)

    def emptied(self, address: str) -> str:
        """The same database without a row. Waits for what processes that were killed have left running there."""
        tables = ", ".join(metadata.tables)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"TRUNCATE {tables}".encode())
        return address

    def address(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://{OWNER}@/{name}?host={self.folder}"

    def own_folder(self, parent: Path) -> Path:
        """A new folder there that belongs to whom the server runs as."""
        folder = parent / "tablespace"
        folder.mkdir()
        if self.as_user:
            os.chown(folder, self.as_user["user"], self.as_user["group"])
        return folder

    def execute(self, statement: str) -> None:
        """Run a statement as the owner, outside of transactions."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: object) -> None:
        run = subprocess.run(
            [str(self.programs / program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            # No pipes: the server would inherit them, and keep them open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=60,
            cwd=self.folder,
            **self.as_user,
        )
        log = self.folder / "log"
        assert run.returncode == 0, f"{program} failed:\n{log.read_text()[-2000:] if log.exists() else ''}"
