"""Bytes compressed once and sent often, with something else before and after them each time, as one member of gzip.

What stands around them is stored, not compressed (RFC 1951, 3.2.4): it is short. A member is one because browsers leave
out what follows the first.
"""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import Response
from starlette.types import Receive, Scope, Send

TAKES_GZIP: Final = "supportable.gzip"
"""In the scope of a request, whether its client takes gzip."""

LEVEL: Final = 5

_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_MOST_STORED: Final = 0xFFFF


class Packed:
    """Compressed bytes that others can be put around. `sent` counts how often that was done."""

    __slots__ = ("_columns", "_content", "_crc", "_own", "deflated", "sent")

    def __init__(self, content: bytes) -> None:
        """Compresses `content`, which takes a millisecond for a hundred kilobytes."""
        deflating = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        # A full flush ends at a byte, and nothing after it refers to what is before it.
        self.deflated = deflating.compress(content) + deflating.flush(zlib.Z_FULL_FLUSH)
        self.sent = 0
        self._content = content
        self._own = zlib.crc32(content)
        self._crc = b"", self._own
        self._columns: tuple[int, ...] = ()

    def prepare(self) -> None:
        """Let checksums be put together from now on where what stands before is another each time; that takes as long
        as thirty of them."""
        # What a checksum becomes by so many more bytes is linear in what it was: 32 columns, one for each of its bits.
        zeros = bytes(len(self._content))
        none = zlib.crc32(zeros)
        self._columns = tuple(zlib.crc32(zeros, 1 << bit) ^ none for bit in range(32))

    def between(self, before: bytes, after: bytes) -> bytes:
        """All three as gzip. Raises ValueError for more than 64 KiB before or after."""
        known, crc = self._crc
        if known != before:
            crc = self._crc_after(zlib.crc32(before))
            self._crc = before, crc
        self.sent += 1
        size = len(before) + len(self._content) + len(after)
        return b"".join(
            (
                _HEADER,
                _stored(before, last=False),
                self.deflated,
                _stored(after, last=True),
                zlib.crc32(after, crc).to_bytes(4, "little"),
                (size & 0xFFFFFFFF).to_bytes(4, "little"),
            )
        )

    def _crc_after(self, crc: int) -> int:
        """The checksum of the content after something of this checksum."""
        if not self._columns:
            return zlib.crc32(self._content, crc)
        found = self._own
        for bit, column in enumerate(self._columns):
            if crc >> bit & 1:
                found ^= column
        return found

    @property
    def cost(self) -> int:
        """The bytes that this takes beside `content`."""
        return len(self.deflated) + 2048


def _stored(content: bytes, *, last: bool) -> bytes:
    if len(content) > _MOST_STORED:
        raise ValueError(f"{len(content)} bytes do not fit into one stored block")
    length = len(content)
    return bytes((last,)) + length.to_bytes(2, "little") + (length ^ _MOST_STORED).to_bytes(2, "little") + content


class Wrapped(Response):
    """An answer made of `content` and a little before and after it; who takes gzip gets what `pack` keeps of it."""

    def __init__(
        self,
        content: bytes,
        pack: Callable[[], Awaitable[Packed]],
        *,
        around: tuple[bytes, bytes],
        status_code: int,
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        length = len(around[0]) + len(content) + len(around[1])
        self._pieces: tuple[bytes, ...] = ()
        super().__init__(None, status_code, {**headers, "Content-Length": str(length)}, media_type)
        self._pieces = (around[0], content, around[1])
        self._pack = pack

    @property
    def body(self) -> bytes:
        """The answer as it is where nobody takes gzip, put together when it is asked for."""
        return b"".join(self._pieces)

    @body.setter
    def body(self, _: bytes | memoryview) -> None:
        """Nothing: it is what its pieces are."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        headers = self.raw_headers
        if scope.get(TAKES_GZIP):
            packed = await self._pack()
            body = packed.between(self._pieces[0], self._pieces[-1])
            headers = as_gzip(headers, len(body))
        else:
            body = self.body
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def as_gzip(given: list[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    """The headers of an answer whose body was compressed to so many bytes."""
    headers = []
    vary = b"Accept-Encoding"
    for name, value in given:
        if name == b"content-length":
            headers.append((name, b"%d" % length))
        elif name == b"etag" and value.endswith(b'"'):
            headers.append((name, value[:-1] + b'-gzip"'))
        elif name == b"vary":
            vary = value + b", Accept-Encoding"
        else:
            headers.append((name, value))
    return [*headers, (b"vary", vary), (b"content-encoding", b"gzip")]
