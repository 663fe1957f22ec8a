"""`supportable serve`: the service on a port of this machine."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
import uvicorn
from fastapi import FastAPI

from supportable.cli.problems import command, refusing
from supportable.errors import Problem, UsageError
from supportable.origin import Origin
from supportable_api import codes
from supportable_api.app import create_app
from supportable_api.safety.protocol import guarded_protocol
from supportable_api.settings import Settings, settings_from
from supportable_api.signals import heeding
from supportable_api.telling import LOG, tell_on_stderr

MOST_CONNECTIONS: Final = 2000
"""Connections beyond are answered 503."""

_SWITCH: Final = 0.001
"""How long (seconds) a thread that judges may hold the interpreter while the event loop waits for it; Python's own
choice of 5 ms is what every other request would be kept waiting."""


@command
def serve(
    *,
    host: Annotated[str | None, typer.Option(help="The address to listen on; 127.0.0.1 if left out.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port; 8000 if left out.")] = None,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Where evaluations are recorded: sqlite:///FILE, postgresql://…, or none. "
            "A SQLite file in your data folder if left out.",
        ),
    ] = None,
    packs: Annotated[
        list[Path] | None, typer.Option("--packs", metavar="FOLDER", help="A shelf of packs beside the installed ones.")
    ] = None,
    installed: Annotated[
        bool | None, typer.Option("--installed/--no-installed", help="Whether the installed packs take part.")
    ] = None,
    concurrency: Annotated[
        int | None, typer.Option(min=1, help="How many evaluations run at a time; as many as processors if left out.")
    ] = None,
    queue: Annotated[int | None, typer.Option(min=0, help="How many may wait; 64 if left out.")] = None,
    deadline: Annotated[
        float | None, typer.Option(min=0.001, metavar="SECONDS", help="What an evaluation may take; 10 if left out.")
    ] = None,
    cache: Annotated[
        int | None, typer.Option(min=0, metavar="BYTES", help="What verdicts are kept; 64 MiB if left out, 0 for none.")
    ] = None,
    auth: Annotated[
        str | None, typer.Option(metavar="auto|on|off", help="Whether callers must say who they are; see docs/api.md.")
    ] = None,
    log_format: Annotated[str | None, typer.Option(metavar="text|json", help="How the log is written.")] = None,
) -> None:
    """Serve the HTTP API and the page. Every option is also a variable: --log-format is SUPPORTABLE_LOG_FORMAT.

    SIGHUP loads the packs anew; SIGTERM and SIGINT end it once what is under way is done.
    """
    with refusing("text"):
        settings = settings_from(os.environ).with_options(
            host=host,
            port=port,
            database=database,
            packs=tuple(map(str, packs)) if packs else None,
            installed=installed,
            concurrency=concurrency,
            queue=queue,
            deadline=deadline,
            cache=cache,
            auth=auth,
            log_format=log_format,
        )
        tell_on_stderr(settings.log_format)
        sys.setswitchinterval(_SWITCH)
        app = create_app(settings)
        config = configured(app, settings)
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_serve(app, settings, config))


def configured(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How uvicorn is to run the application: with our limits, and without what we do ourselves."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=guarded_protocol(settings),
        ws="none",
        # The lifespan is entered around the server, so that what stands in its way is told as any other problem.
        lifespan="off",
        log_config=None,
        access_log=False,
        # Who stands before us would say who calls; nobody is trusted with that unasked.
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=max(1, round(settings.keep_alive)),
        timeout_graceful_shutdown=max(1, round(settings.grace)),
    )


class _Server(uvicorn.Server):
    """uvicorn without its handlers of signals, which would end the process before the ledger is closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to `heeding`."""
        yield

    def end(self) -> None:
        """End once what is under way is done; at once, if told twice."""
        self.force_exit = self.should_exit
        self.should_exit = True


async def _serve(app: FastAPI, settings: Settings, config: uvicorn.Config) -> None:
    server = _Server(config)
    async with app.router.lifespan_context(app):
        app.state.packs.taken = settle
        settle()
        with listening(settings) as at, heeding(app, server.end):
            LOG.info("judging by %d packs", len(app.state.packs.current.packset.packs))
            LOG.info("recording in %s", app.state.ledger.database if app.state.ledger is not None else "nothing")
            LOG.info("callers %s", "have keys or tokens" if app.state.auth.required else "are on this machine")
            host, port = at.getsockname()[:2]
            LOG.info("listening on http://%s:%d", f"[{host}]" if ":" in host else host, port)
            await server.serve([at])


def settle() -> None:
    """Leave what is there now out of what Python looks through for garbage: packs and plans are a hundred thousand
    objects that stay, and to look at all of them holds every request up for a twentieth of a second, again and again.

    A verdict is ten thousand objects itself, hardly any of them in a cycle, and is let go as a whole: looked through
    after every 700 that are made, as Python would, it takes a fifth longer.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, 10, 10)


_MADE: Final = 10_000
"""After how many new objects Python looks through the youngest for garbage."""


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """A socket at the address of the settings. Raises UsageError where it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        made = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        where = f"{settings.host} port {settings.port}"
        message = f"it is not possible to listen on {where}: {error.strerror or error}"
        raise UsageError(
            [Problem(codes.NO_SUCH_ADDRESS, message, Origin("<settings>"), "choose another with --host or --port")]
        ) from None
    with made:
        yield made
