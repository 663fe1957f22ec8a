"""The files that a set of packs was made of, so that it can be made again from nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from supportable.document import STANDARD_LIMITS, Limits, canonical_json
from supportable.errors import LedgerError, Problem
from supportable.ledger import codes
from supportable.packs import PackSet
from supportable.packs.load import load_packs_with_files

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file. `shelf` is the place of its shelf among the others, from 0; `name` its path there, with “/”."""

    shelf: int
    name: str
    content: bytes


@dataclass(frozen=True)
class PackContents:
    """All files of a set of packs, and the digest of the set that they make."""

    packset: str
    files: tuple[PackFile, ...]

    @cached_property
    def manifest(self) -> bytes:
        """Which file has which content: canonical JSON, whose own digest names these contents."""
        listed = [[file.shelf, file.name, digest] for file, digest in zip(self.files, self._digests, strict=True)]
        return canonical_json({"format": _FORMAT, "packset": self.packset, "files": listed})

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the manifest, in hex."""
        return hashlib.sha256(self.manifest).hexdigest()

    @cached_property
    def _digests(self) -> tuple[str, ...]:
        return tuple(hashlib.sha256(file.content).hexdigest() for file in self.files)

    def contents(self) -> dict[str, bytes]:
        """What is to be kept, by digest: the manifest and every file."""
        kept = {digest: file.content for file, digest in zip(self.files, self._digests, strict=True)}
        return {**kept, self.digest: self.manifest}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `PackContents.manifest` says: the digest of the set, and (shelf, name, digest) of each file."""

    packset: str
    files: tuple[tuple[int, str, str], ...]


def load_packs_to_record(
    paths: Sequence[Path | str] = (), *, discover: bool = True, limits: Limits = STANDARD_LIMITS
) -> tuple[PackSet, PackContents]:
    """What `load_packs` answers and the very bytes it was made of. Raises what `load_packs` raises."""
    packset, files = load_packs_with_files(paths, discover=discover, limits=limits)
    return packset, PackContents(packset.digest, tuple(PackFile(*file) for file in files))


def read_manifest(content: bytes) -> Manifest:
    """The manifest in these bytes. Raises LedgerError for what none of ours can say, such as a name that leads out."""
    try:
        held = json.loads(content)
        if held["format"] != _FORMAT:
            raise ValueError
        files = tuple((int(shelf), _inside(name), str(digest)) for shelf, name, digest in held["files"])
        return Manifest(str(held["packset"]), files)
    except (ValueError, TypeError, KeyError):
        message = "what the ledger holds of the packs is not what it wrote"
        raise LedgerError([Problem(codes.LEDGER_ALTERED, message, hint="run: supportable ledger verify")]) from None


def _inside(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or not path.parts:
        raise ValueError(name)
    return name


def write_shelves(manifest: Manifest, contents: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write the files below `folder`, a folder for each shelf, and answer those folders in their order."""
    shelves: dict[int, Path] = {}
    for shelf, name, digest in manifest.files:
        place = shelves.setdefault(shelf, folder / f"shelf-{shelf}")
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[digest])
    return [shelves[shelf] for shelf in sorted(shelves)]
