"""HEAD, answered as GET would be, without the content (RFC 9110, 9.3.2): nothing inside needs to know of it."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TOLD: Final = ("route", "state")
"""What those outside read of a request once it was answered."""


class Heads:
    """An application that answers HEAD wherever it answers GET: same status, same headers, no content."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, of HEAD the headers."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        # Another scope: the server has to go on knowing that what it sends has no content.
        inside: Scope = {**scope, "method": "GET"}

        async def emptied(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        try:
            await self._app(inside, receive, emptied)
        finally:
            scope.update({name: inside[name] for name in _TOLD if name in inside})
