"""An application in this process behind a client that needs no `await`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI


class InProcess(httpx.BaseTransport):
    """A transport that hands each request to the application, which lives in the event loop of `portal`.

    A body that is an iterator is collected first: what streams in pieces is tested on a real server.
    """

    def __init__(self, app: FastAPI, portal: BlockingPortal) -> None:
        self._asgi = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._portal = portal

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        return self._portal.call(self._answered, asked)

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        response = await self._asgi.handle_async_request(request)
        content = b"".join([part async for part in response.aiter_raw()])
        return httpx.Response(response.status_code, headers=response.headers, content=content)


@contextmanager
def serving(app: FastAPI) -> Iterator[httpx.Client]:
    """A client of the application, started and stopped as a server would."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
        httpx.Client(
            transport=InProcess(app, portal),
            base_url="http://127.0.0.1",
            # Answers as the routes make them; compression has tests of its own.
            headers={"Accept-Encoding": "identity"},
        ) as client,
    ):
        yield client
