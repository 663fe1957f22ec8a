"""HTTP for clients that mean no good: who takes too long over the headers of a request, sends too much of them, or does
not read the answer, is let go.

The protocol that uvicorn comes with waits for ever for the rest of a header, and for a client that does not read.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from supportable_api.settings import Settings

MOST_HEADER_BYTES: Final = 64 * 1024

_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


def guarded_protocol(settings: Settings) -> type[asyncio.Protocol]:
    """The class of connections that keep to the settings."""

    class GuardedProtocol(HttpToolsProtocol):
        """One connection. A timer runs from the connection, or the first byte of a request, to the end of its headers,
        and another from when much of an answer lies unread to when some of it is read."""

        def __init__(
            self,
            config: Config,
            server_state: ServerState,
            app_state: dict[str, Any],
            _loop: asyncio.AbstractEventLoop | None = None,
        ) -> None:
            super().__init__(config, server_state, app_state, _loop)
            self._awaited: asyncio.TimerHandle | None = None
            self._read: asyncio.TimerHandle | None = None
            self._in_headers = True
            self._header_bytes = 0
            self._unread = 0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._await_headers()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            self._is_read()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            if self._read is None:
                self._read = self.loop.call_later(settings.send_timeout, self.transport.abort)
            super().pause_writing()

        def resume_writing(self) -> None:
            self._is_read()
            super().resume_writing()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if self.transport.is_closing():
                # It closes once all is read, which may be never.
                self.loop.call_later(settings.send_timeout, self.transport.abort)

        def data_received(self, data: bytes) -> None:
            if self._in_headers:
                self._await_headers()
                self._header_bytes += len(data)
            super().data_received(data)
            if self._in_headers and self._header_bytes > MOST_HEADER_BYTES:
                self._refuse(_TOO_LARGE)

        def on_headers_complete(self) -> None:
            self._in_headers = False
            self._header_bytes = 0
            self._stop_waiting()
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._in_headers = True
            super().on_message_complete()

        def timeout_keep_alive_handler(self) -> None:
            """Nothing was asked for a while: close, or wait on while the last answer is still being read."""
            left = self.transport.get_write_buffer_size()
            if left and left != self._unread:
                self._unread = left
                self.timeout_keep_alive_task = self.loop.call_later(
                    self.timeout_keep_alive, self.timeout_keep_alive_handler
                )
            elif left:
                self.transport.abort()
            else:
                super().timeout_keep_alive_handler()

        def _await_headers(self) -> None:
            if self._awaited is None:
                self._awaited = self.loop.call_later(settings.header_timeout, self._late)

        def _stop_waiting(self) -> None:
            if self._awaited is not None:
                self._awaited.cancel()
                self._awaited = None

        def _is_read(self) -> None:
            if self._read is not None:
                self._read.cancel()
                self._read = None

        def _late(self) -> None:
            self._awaited = None
            self._refuse(_TOO_SLOW)

        def _answering(self) -> bool:
            cycle: RequestResponseCycle | None = self.cycle
            return cycle is not None and not cycle.response_complete

        def _refuse(self, answer: bytes) -> None:
            if not self.transport.is_closing():
                if not self._answering():
                    self.transport.write(answer)
                self.transport.close()

    return GuardedProtocol
