"""A real server on a free port, in a thread of this process: as `supportable serve` runs it, but for the signals."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from supportable_api import Settings
from supportable_api.serve import configured


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """The address of a server that runs the application, such as http://127.0.0.1:40001."""
    settings: Settings = app.state.settings
    config = configured(app, settings.with_options(grace=5.0))
    config.lifespan = "on"
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        assert server.started, "the server did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
