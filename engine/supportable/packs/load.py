"""Packs from their shelves, as one value: found, read, shaped, judged; or recalled from the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from supportable.document import STANDARD_LIMITS, Limits, read_file
from supportable.errors import DocumentError, Problem
from supportable.packs.cache import engine_fingerprint, keep, recall
from supportable.packs.find import Found, find_shelves
from supportable.packs.packset import PackSet


def load_packs(paths: Sequence[Path | str] = (), *, discover: bool = True, limits: Limits = STANDARD_LIMITS) -> PackSet:
    """The packs at `paths` and, unless `discover` is false, those of installed packages.

    A pack that is wrong, a path that leads nowhere and an entry point that names nothing are found in
    `PackSet.broken` and stop no other. Raises VocabularyError, with all that is wrong, where a vocabulary, references
    file or catalogue cannot be used: without it no pack means anything.
    """
    found = find_shelves(paths, discover=discover)
    contents, failures = _contents(found, limits)
    return _loaded(found, contents, failures, limits)


def load_packs_with_files(
    paths: Sequence[Path | str] = (), *, discover: bool = True, limits: Limits = STANDARD_LIMITS
) -> tuple[PackSet, tuple[tuple[int, str, bytes], ...]]:
    """What `load_packs` answers, and all files it was made of: the place of its shelf among the others, its path on
    that shelf, and its bytes. Files that could not be read are left out."""
    found = find_shelves(paths, discover=discover)
    contents, failures = _contents(found, limits)
    files = [
        (place, source.name, contents[source.path])
        for place, shelf in enumerate(found.shelves)
        for _, source in Found((shelf,), ()).sources()
        if source.path in contents
    ]
    return _loaded(found, contents, failures, limits), tuple(files)


def _loaded(
    found: Found, contents: dict[Path, bytes], failures: dict[Path, tuple[Problem, ...]], limits: Limits
) -> PackSet:
    key = _key(found, contents, limits)
    recalled = None if failures else recall(key)
    if recalled is not None:
        return recalled
    # Not before: all of pydantic and lark comes with it, and a recalled set needs neither.
    from supportable.packs.assemble import assemble  # noqa: PLC0415  see above

    loaded = assemble(found, contents, failures, limits)
    if not failures:
        keep(key, loaded)
    return loaded


def _contents(found: Found, limits: Limits) -> tuple[dict[Path, bytes], dict[Path, tuple[Problem, ...]]]:
    """The bytes of every file, at most one more than the limit, and what stood in the way of the others."""
    contents: dict[Path, bytes] = {}
    failures: dict[Path, tuple[Problem, ...]] = {}
    for _, source in found.sources():
        try:
            with source.path.open("rb") as stream:
                contents[source.path] = stream.read(limits.max_bytes + 1)
        except OSError:
            try:
                # Once more, by the reader that has the words for it.
                read_file(source.path, limits=limits, name=source.name, move="author")
            except DocumentError as error:
                failures[source.path] = error.problems
            else:
                contents[source.path] = source.path.read_bytes()
    return contents, failures


def _key(found: Found, contents: Mapping[Path, bytes], limits: Limits) -> str:
    """What identifies everything that loading depends on: contents, places, limits, engine, Python."""
    summed = hashlib.sha256(engine_fingerprint())
    summed.update(repr((limits, found.broken)).encode())
    for kind, source in found.sources():
        content = contents.get(source.path, b"")
        summed.update(f"\n{kind}\n{source.name}\n{source.path}\n{len(content)}\n".encode(errors="surrogateescape"))
        summed.update(hashlib.sha256(content).digest())
    return summed.hexdigest()


__all__ = ["PackSet", "load_packs", "load_packs_with_files"]
