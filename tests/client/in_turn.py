"""The awaited client, as one that waits: so that every test is of both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from inspect import isawaitable
from typing import Any, cast

from anyio.from_thread import BlockingPortal

from supportable.client import AsyncClient, Client


class InTurn:
    """Every method of the client, run in the event loop of the portal until it has its answer."""

    def __init__(self, portal: BlockingPortal, client: AsyncClient) -> None:
        self._portal = portal
        self._client = client

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def run(*args: Any, **kwargs: Any) -> Any:
            return self._portal.call(_waited, method(*args, **kwargs))

        return run

    def as_client(self) -> Client:
        """Itself, for whoever is told that it has the methods of the other."""
        return cast("Client", self)


async def _waited(answer: Awaitable[Any] | AsyncIterator[Any]) -> Any:
    if isawaitable(answer):
        return await answer
    return iter([each async for each in answer])
