"""The page's files as the package holds them: read once, compressed once, each with its digest."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
}

_ALREADY_COMPRESSED: Final = frozenset({"woff2"})


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file: its bytes, the same compressed with gzip (None where that saves nothing), its media type and digest."""

    content: bytes
    compressed: bytes | None
    media_type: str
    digest: str

    @property
    def tag(self) -> str:
        """The strong ETag of the plain bytes. The compressed ones have a tag of their own, see `tag_compressed`."""
        return f'"{self.digest[:32]}"'

    @property
    def tag_compressed(self) -> str:
        """The strong ETag of the compressed bytes: other bytes, so another tag (RFC 9110, 8.8.3)."""
        return f'"{self.digest[:32]}-gzip"'


@cache
def page_files() -> Mapping[str, PageFile]:
    """Every file of the page by its path: `index.html`, `assets/…`. Empty if it was not built."""
    root = files("supportable_api").joinpath("web")
    found: dict[str, PageFile] = {}
    for folder, prefix in ((root, ""), (root.joinpath("assets"), "assets/")):
        if not folder.is_dir():
            continue
        for file in folder.iterdir():
            if file.is_file():
                found[prefix + file.name] = _page_file(file.name, file.read_bytes())
    return found


def _page_file(name: str, content: bytes) -> PageFile:
    kind = name.rpartition(".")[2]
    # A fixed time of change, so that the same bytes compress to the same bytes.
    compressed = None if kind in _ALREADY_COMPRESSED else gzip.compress(content, compresslevel=9, mtime=0)
    return PageFile(
        content=content,
        compressed=compressed if compressed is not None and len(compressed) < len(content) else None,
        media_type=MEDIA_TYPES.get(kind, "application/octet-stream"),
        digest=hashlib.sha256(content).hexdigest(),
    )
