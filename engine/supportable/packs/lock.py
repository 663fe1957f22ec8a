"""`packs.lock`: which content each released version has, so that none changes unseen."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from supportable.document import dump_yaml, read_file
from supportable.errors import PackError, Problem, did_you_mean
from supportable.origin import Origin
from supportable.packs import codes
from supportable.packs.packset import PackSet
from supportable.packs.place import Place, in_order, problem
from supportable.packs.versions import VERSION, order_of
from supportable.vocabulary.shape import described

LOCK_NAME: Final = "packs.lock"
"""The file's name at the top of a shelf."""

_FORMAT: Final = "1"
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Locked:
    """One entry: a pack, a version, and the digest of its content, in hex."""

    version: str
    digest: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file: the entries by name of pack."""

    file: str
    packs: dict[str, Locked]


def read_lock(path: Path | str, *, name: str | None = None) -> Lock:
    """The lock file at `path`, with positions given under `name`. Raises DocumentError or PackError."""
    document = read_file(path, name=name, move="author")
    place = Place(document)
    problems: list[Problem] = []
    root = document.root
    held = root.get("packs") if isinstance(root, dict) else None
    if not isinstance(root, dict) or root.get("lock") != _FORMAT or not isinstance(held, dict):
        message = f"this is no lock file of format {_FORMAT}"
        raise PackError([problem(codes.BAD_LOCK, message, place, "let `write_lock` write it anew")])
    packs: dict[str, Locked] = {}
    for pack, entry in held.items():
        at = place / "packs" / pack
        version, digest = (entry.get("version"), entry.get("digest")) if isinstance(entry, dict) else (None, None)
        if not isinstance(version, str) or not VERSION.fullmatch(version):
            problems.append(problem(codes.BAD_LOCK, f"{described(version)} is not a version", at / "version"))
        elif not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            problems.append(problem(codes.BAD_LOCK, f"{described(digest)} is not a digest", at / "digest"))
        else:
            packs[pack] = Locked(str(version), digest.removeprefix("sha256:"), at.key_origin)
    if problems:
        raise PackError(in_order(problems))
    return Lock(document.file, packs)


def check_lock(packset: PackSet, lock: Lock) -> tuple[Problem, ...]:
    """What the packs and the lock disagree about, sorted by name of pack; empty if they agree.

    A version that is later than the locked one is no disagreement but not locked yet, which is one.
    """
    problems: list[Problem] = []
    for pack in packset.packs:
        locked = lock.packs.get(pack.name)
        if locked is None:
            message = f"{pack.name} {pack.version} is not in the lock"
            problems.append(_problem(codes.NOT_LOCKED, message, Origin(lock.file), "lock it when it is released"))
        elif order_of(pack.version) < order_of(locked.version):
            message = f"{pack.name} went back from {locked.version} to {pack.version}"
            problems.append(_problem(codes.VERSION_WENT_BACK, message, locked.origin, "a version only ever rises"))
        elif pack.version != locked.version:
            message = f"{pack.name} {pack.version} is not in the lock, which has {locked.version}"
            problems.append(_problem(codes.NOT_LOCKED, message, locked.origin, "lock it when it is released"))
        elif pack.digest != locked.digest:
            message = f"{pack.name} {pack.version} is not what it was: its content differs from the lock"
            hint = "a released version never changes: give it a new one"
            problems.append(_problem(codes.LOCK_DIFFERS, message, locked.origin, hint))
    here = {pack.name for pack in packset.packs}
    for name in sorted(set(lock.packs) - here):
        message = f"{name} is in the lock and not among the packs"
        problems.append(_problem(codes.LOCKED_PACK_GONE, message, lock.packs[name].origin, did_you_mean(name, here)))
    return tuple(problems)


def write_lock(packset: PackSet, path: Path | str) -> None:
    """Write the lock of these packs, whole or not at all. Raises PackError if any pack is broken, OSError if it
    cannot be written."""
    if packset.broken:
        raise PackError([problem for broken in packset.broken for problem in broken.problems])
    entries = {pack.name: {"version": pack.version, "digest": f"sha256:{pack.digest}"} for pack in packset.packs}
    text = "# Written by the lock command; a released version never changes.\n"
    text += dump_yaml({"lock": int(_FORMAT), "packs": entries})
    path = Path(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _problem(code: str, message: str, origin: Origin, hint: str = "") -> Problem:
    return Problem(code, message, origin, hint, "author")
