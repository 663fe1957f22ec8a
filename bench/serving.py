"""Servers in processes of their own, for measurements from outside."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def process(arguments: list[str], port: int) -> Iterator[int]:
    """The process id of a server, once it answers on its port."""
    started = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            time.sleep(0.1)
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if started.poll() is not None:
                    raise SystemExit(f"it did not start: {arguments}") from None
        yield started.pid
    finally:
        started.terminate()
        started.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        port: int = made.getsockname()[1]
        return port


def serve(port: int, database: str, *options: str) -> list[str]:
    """The command line of the service."""
    command = str(Path(sys.executable).with_name("supportable"))
    return [command, "serve", "--port", str(port), "--database", database, *options]
