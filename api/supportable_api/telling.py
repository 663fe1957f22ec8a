"""One line in the log and one count for each request, and an id by which to find it.

The line says who asked, what for and how it went; no query, no header and no body stands in it.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from datetime import UTC, datetime
from time import perf_counter, strftime
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from supportable_api.metrics import Metrics

LOG = logging.getLogger("supportable_api.requests")
REQUEST_ID: Final = b"x-request-id"
_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_LINE: Final = "%(method)s %(path)s %(status)s %(milliseconds)s ms"
_QUIET: Final = frozenset(("/healthz", "/readyz", "/metrics"))
"""Asked every few seconds by machines: counted, not told."""


class Telling:
    """An application whose requests are told of. `X-Request-Id` is taken over from the client if it can be."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, and tell."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        request_id = _given_id(scope) or secrets.token_hex(8).encode()
        status, sent = 0, 0

        async def noted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, request_id)]
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._tell(scope, status, sent, perf_counter() - begun, request_id.decode())

    def _tell(self, scope: Scope, status: int, sent: int, seconds: float, request_id: str) -> None:
        self._metrics.answered(scope["method"], getattr(scope.get("route"), "path", "other"), status, seconds)
        if scope["path"] in _QUIET or not LOG.isEnabledFor(logging.INFO):
            return
        caller = scope.get("state", {}).get("caller")
        told = {
            "request": request_id,
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "bytes": sent,
            "client": scope["client"][0] if scope.get("client") else "",
            "tenant": getattr(caller, "tenant", ""),
            "subject": getattr(caller, "subject", ""),
        }
        # Not by LOG.info, which would look for the line of code that called it.
        record = logging.LogRecord(LOG.name, logging.INFO, __file__, 0, _LINE, told, None)
        record.told = told
        LOG.handle(record)


def _given_id(scope: Scope) -> bytes | None:
    for name, value in scope["headers"]:
        if name == REQUEST_ID and _ID.fullmatch(value):
            return bytes(value)
    return None


class AsText(logging.Formatter):
    """A line of words. What a client sent is shown so that it cannot pass for a line of ours."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._second = 0, ""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the traceback where there is one."""
        told = getattr(record, "told", None)
        if told is None:
            return super().format(record)
        shown = (
            f"{self.formatTime(record)} {record.levelname} {record.getMessage()}"
            f" {told['tenant']}/{told['subject']} {told['request']}"
        )
        if shown.isprintable():
            return shown
        return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in shown)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802  as logging
        """The local time to the millisecond; the second is written once for all lines of it."""
        second = int(record.created)
        if self._second[0] != second:
            self._second = second, strftime("%Y-%m-%d %H:%M:%S", self.converter(second))
        return f"{self._second[1]},{int(record.msecs):03d}"


class AsJson(logging.Formatter):
    """A line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; a traceback stands inside, as text."""
        plain: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        told = getattr(record, "told", None)
        plain.update({"message": record.getMessage()} if told is None else told)
        if record.exc_info:
            plain["traceback"] = self.formatException(record.exc_info)
        return json.dumps(plain, ensure_ascii=False, default=str)


def tell_on_stderr(form: str) -> None:
    """Let everything that the service and its server say go to stderr, as lines of text or of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson() if form == "json" else AsText())
    for name in ("supportable_api", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False
