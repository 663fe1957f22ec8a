"""Loaded packs on disk, so that the next process need not compile them: pickles in a directory nobody else can write.

A pickle runs what it says. So none is read unless its directory and the file belong to this user and to no one else's
pen; where that cannot be had, there is no cache. Nothing here ever raises: what fails is loaded anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

from supportable.packs.packset import PackSet
from supportable.packs.pickling import dumped
from supportable.version import __version__

SWITCH: Final = "SUPPORTABLE_NO_CACHE"
"""An environment variable: set to anything, it turns the cache off."""

_FORMAT: Final = b"supportable packs 1\n"
_MOST_KEPT: Final = 16


def cache_folder() -> Path | None:
    """The private directory, made if need be; None where it cannot be had."""
    if os.environ.get(SWITCH) or not hasattr(os, "getuid"):
        return None
    try:
        base = os.environ.get("XDG_CACHE_HOME", "")
        folder = (Path(base) if base.startswith("/") else Path.home() / ".cache") / "supportable"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = folder.lstat()
    except (OSError, RuntimeError):
        return None
    private = stat.S_ISDIR(held.st_mode) and held.st_uid == os.getuid() and stat.S_IMODE(held.st_mode) == 0o700
    return folder if private else None


def engine_fingerprint() -> bytes:
    """What identifies this engine and Python: versions and, as a checkout changes under one version, the sources."""
    root = Path(__file__).parents[1]
    summed = hashlib.sha256(f"{__version__}\n{sys.version}\n{sys.implementation.cache_tag}\n".encode())
    for kind in ("", "document", "vocabulary", "language", "packs"):
        with os.scandir(root / kind) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".lark")):
                    held = entry.stat()
                    summed.update(f"{kind}/{entry.name} {held.st_size} {held.st_mtime_ns}\n".encode())
    return summed.digest()


def recall(key: str) -> PackSet | None:
    """What was kept under a key; None if nothing was, or nothing that can be trusted and read."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        descriptor = os.open(folder / f"{key}.pickle", os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as stream:
            held = os.fstat(stream.fileno())
            if held.st_uid != os.getuid() or stat.S_IMODE(held.st_mode) & 0o077:
                return None
            data = stream.read()
    except OSError:
        return None
    content = data[len(_FORMAT) + 32 :]
    if not data.startswith(_FORMAT) or data[len(_FORMAT) : len(_FORMAT) + 32] != hashlib.sha256(content).digest():
        return None
    try:
        found = pickle.loads(content)  # the file is ours alone, and whole
    except (pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, TypeError, ValueError, KeyError):
        return None
    return found if isinstance(found, PackSet) else None


def keep(key: str, packset: PackSet) -> None:
    """Keep a set under a key, whole or not at all; the oldest are removed when there are many."""
    folder = cache_folder()
    if folder is None:
        return
    try:
        content = dumped(packset)
        descriptor, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(_FORMAT + hashlib.sha256(content).digest() + content)
        Path(name).replace(folder / f"{key}.pickle")
        _thin_out(folder)
    except (OSError, pickle.PicklingError, RecursionError, TypeError, AttributeError):
        return


def _thin_out(folder: Path) -> None:
    kept = sorted(folder.glob("*.p*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in kept[_MOST_KEPT:]:
        path.unlink(missing_ok=True)
