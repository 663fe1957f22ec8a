"""What every answer asks of browsers: to run nothing, to frame nothing, to tell nobody."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""Each is added unless the answer has its own, as the page has."""


class SecurityHeaders:
    """An application whose answers carry these headers."""

    def __init__(self, app: ASGIApp, *, cross_origin: bool = False) -> None:
        """With `cross_origin`, pages of other origins may read what they may ask for (CORS says which)."""
        self._app = app
        self._added = [
            (name, b"cross-origin" if cross_origin and name == b"cross-origin-resource-policy" else value)
            for name, value in _ALWAYS
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                given = {name.lower() for name, _ in headers}
                headers += [each for each in self._added if each[0] not in given]
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, guarded)
