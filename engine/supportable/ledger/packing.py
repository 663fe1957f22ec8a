"""Contents as they are stored: compressed, with a seal over the very bytes of the row."""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections import OrderedDict
from dataclasses import dataclass

_LEVEL = 1
"""Verdicts shrink to a tenth by it in half a millisecond; level 6 takes thrice as long for a quarter less."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A content row: the digest and size of what it holds, what is stored, and the seal."""

    digest: str
    size: int
    packed: bytes
    seal: str


def pack(content: bytes) -> Packed:
    """The content as it is stored."""
    return pack_as(hashlib.sha256(content).hexdigest(), content)


def pack_as(digest: str, content: bytes) -> Packed:
    """The content, whose digest is known already, as it is stored."""
    packed = zlib.compress(content, _LEVEL)
    return Packed(digest, len(content), packed, seal_of(digest, len(content), packed))


class Packer:
    """Packs contents, and remembers what it packed lately: the same design is often judged again, and compressing is
    half of what recording it takes. Contents are known by themselves: Python keeps the hash of a text of bytes with it,
    so that the very same object, as a service has it that remembers verdicts, is found without being read again. Safe
    across threads."""

    def __init__(self, most: int = 32 * 1024 * 1024) -> None:
        """`most` bounds the bytes of contents, plain and packed, that are remembered."""
        self._most = most
        self._held = 0
        self._lately: OrderedDict[bytes, Packed] = OrderedDict()
        self._lock = threading.Lock()

    def pack(self, content: bytes) -> Packed:
        """The content as it is stored."""
        with self._lock:
            known = self._lately.get(content)
            if known is not None:
                self._lately.move_to_end(content)
                return known
        made = pack(content)
        cost = made.size + len(made.packed)
        with self._lock:
            # One that would drive out most others is not worth it.
            if content not in self._lately and cost * 4 <= self._most:
                self._lately[content] = made
                self._held += cost
                while self._held > self._most:
                    _, gone = self._lately.popitem(last=False)
                    self._held -= gone.size + len(gone.packed)
        return made


def seal_of(digest: str, size: int, packed: bytes) -> str:
    """What a row must have for a seal. Some bits of compressed data mean nothing; they are sealed all the same."""
    summed = hashlib.sha256(f"{digest} {size}\n".encode())
    summed.update(packed)
    return summed.hexdigest()


def unpack(packed: bytes, size: int) -> bytes:
    """The content of a stored row; never more than `size` bytes are made. Raises ValueError if it is not whole."""
    inflating = zlib.decompressobj()
    try:
        content = inflating.decompress(packed, size + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if len(content) != size or not inflating.eof or inflating.unused_data:
        raise ValueError("not the size it should have")
    return content


def is_whole(row: Packed) -> bool:
    """Whether the row is as it was written."""
    if seal_of(row.digest, row.size, row.packed) != row.seal:
        return False
    try:
        return hashlib.sha256(unpack(row.packed, row.size)).hexdigest() == row.digest
    except ValueError:
        return False
