"""Where documents come from: a text, a file, a stream."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from supportable.document import codes
from supportable.document.decoding import check_characters, decode
from supportable.document.faults import Faults, shown
from supportable.document.json_reader import read_json
from supportable.document.limits import STANDARD_LIMITS, Limits
from supportable.document.values import Document, Mark, Value
from supportable.document.yaml_reader import read_yaml
from supportable.errors import DocumentError, Move, did_you_mean
from supportable.origin import Origin


def read_text(text: bytes | str, file: str, *, limits: Limits = STANDARD_LIMITS, move: Move = "caller") -> Document:
    """The document that `text` holds: JSON where `file` ends in .json, TOML where in .toml, YAML otherwise.

    `file` is the name that positions are given under, and `move` says who is to mend what is wrong.
    Raises DocumentError with every problem that could be found.
    """
    faults = _faults(file, limits, move)
    if len(text) > limits.max_bytes:
        _refuse_size(limits, faults)
    if isinstance(text, str):
        # Before encoding, which would trip over half a surrogate pair.
        check_characters(text, faults)
        text = text.encode()
    return _read(text, file, limits, faults)


def read_file(
    path: str | os.PathLike[str],
    *,
    limits: Limits = STANDARD_LIMITS,
    name: str | None = None,
    move: Move = "caller",
) -> Document:
    """The document in the file at `path`, with positions given under `name`, or the path if there is none.

    Pipes and devices are read too, never further than the limit. Raises DocumentError, also where the path
    cannot be read.
    """
    file = str(path) if name is None else name
    return _read(read_bytes(path, limits=limits, name=file, move=move), file, limits, _faults(file, limits, move))


def read_line(
    line: bytes, file: str, number: int, *, limits: Limits = STANDARD_LIMITS, move: Move = "caller"
) -> Document:
    """The document that one line of a file of JSON lines holds; `number` is the line's, counted from 1.

    Raises DocumentError with every problem that could be found, placed in that line.
    """
    faults = _faults(file, limits, move)
    line = line.rstrip(b"\r\n")
    if len(line) > limits.max_bytes:
        faults.stop(codes.TOO_LARGE, f"the line is longer than {limits.max_bytes:,} bytes", (number, 1))
    try:
        text = decode(line, faults)
    except DocumentError as error:
        # Only this line was decoded, so that its problems are counted from it.
        moved = [replace(each, origin=Origin(file, number, each.origin.column)) for each in error.problems]
        raise DocumentError(moved) from None
    root, mark = read_json(text, limits, faults, first_line=number)
    return Document(file, root, hashlib.sha256(line).hexdigest(), mark)


def read_bytes(
    path: str | os.PathLike[str],
    *,
    limits: Limits = STANDARD_LIMITS,
    name: str | None = None,
    move: Move = "caller",
) -> bytes:
    """What the file at `path` holds, at most `limits.max_bytes` of it; problems are told under `name`, or the path.

    Raises DocumentError where the path cannot be read or the file is larger.
    """
    path = Path(path)
    faults = _faults(str(path) if name is None else name, limits, move)
    try:
        with path.open("rb") as stream:
            return _take(stream, limits, faults)
    except FileNotFoundError:
        faults.stop(codes.NO_SUCH_FILE, "there is no such file", hint=_neighbours(path))
    except (IsADirectoryError, NotADirectoryError):
        what = "this is a directory" if path.is_dir() else "a part of this path is a file, not a directory"
        faults.stop(codes.NOT_A_FILE, what, hint="name a file")
    except PermissionError:
        faults.stop(codes.NOT_PERMITTED, "this file may not be read", hint="ask for the right to read it")
    except OSError as error:
        faults.stop(codes.READ_FAILED, f"the file cannot be read: {error.strerror or error}")
    except ValueError:
        faults.stop(codes.READ_FAILED, f"{shown(str(path))} cannot be the name of a file")


def read_stream(
    stream: BinaryIO, file: str = "<stdin>", *, limits: Limits = STANDARD_LIMITS, move: Move = "caller"
) -> Document:
    """The document in a binary stream, of which at most one byte more than the limit is read.

    Raises DocumentError, also where the stream fails.
    """
    faults = _faults(file, limits, move)
    try:
        data = _take(stream, limits, faults)
    except OSError as error:
        faults.stop(codes.READ_FAILED, f"the stream cannot be read: {error.strerror or error}")
    return _read(data, file, limits, faults)


def _faults(file: str, limits: Limits, move: Move) -> Faults:
    return Faults(file, move=move, most=limits.max_problems)


def _read(data: bytes, file: str, limits: Limits, faults: Faults) -> Document:
    if len(data) > limits.max_bytes:
        _refuse_size(limits, faults)
    text = decode(data, faults)
    root, mark = _reader(file)(text, limits, faults)
    return Document(file, root, hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest(), mark)


def _reader(file: str) -> Callable[[str, Limits, Faults], tuple[Value, Mark]]:
    """What reads a file of that name."""
    name = file.casefold()
    if name.endswith(".json"):
        return read_json
    if name.endswith(".toml"):
        # Few designs are TOML, and its reader is not free to load.
        from supportable.document.toml_reader import read_toml  # noqa: PLC0415

        return read_toml
    return read_yaml


def _take(stream: BinaryIO, limits: Limits, faults: Faults) -> bytes:
    """All bytes of a stream, which may hand them out piece by piece."""
    pieces: list[bytes] = []
    left = limits.max_bytes + 1
    while left > 0 and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        _refuse_size(limits, faults)
    return b"".join(pieces)


def _refuse_size(limits: Limits, faults: Faults) -> None:
    what = f"the file is larger than {limits.max_bytes:,} bytes"
    faults.stop(codes.TOO_LARGE, what, hint="split it, or raise the limit")


def _neighbours(path: Path) -> str:
    """A hint with the names in the same directory that are most like the missing one."""
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry, _ in zip(entries, range(1000), strict=False)]
    except OSError:
        return "the directory does not exist either" if not path.parent.exists() else ""
    return did_you_mean(path.name, names)
