"""Where packs are: shelves named by the caller, and those that installed packages register.

A shelf is a folder that may hold::

    vocabulary/*.yaml   references/*.yaml   catalogues/*.yaml
    <publisher>/<pack>/pack.yaml   with rules/*.yaml beside it
    <pack>/pack.yaml
    pack.yaml                      the folder is itself a pack

Nothing is read here and nothing imported; what is missing or unreadable becomes a `BrokenPack`.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from supportable.errors import Problem, did_you_mean
from supportable.origin import Origin
from supportable.packs import codes
from supportable.packs.packset import BrokenPack

ENTRY_POINTS: Final = "supportable.packs"
"""The entry-point group; a value names a package whose folder is a shelf."""

HEAD: Final = "pack.yaml"
_SHARED: Final = ("vocabulary", "references", "catalogues")
_SUFFIXES: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. `name` is its path on its shelf, with “/”: what origins and digests know it by."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class PackFolder:
    """A folder with a pack in it. `head` is its pack.yaml, `rules` its rule files in order of name; `place` is the
    folder's path on its shelf."""

    folder: Path
    place: str
    head: SourceFile
    rules: tuple[SourceFile, ...]

    def files(self) -> tuple[SourceFile, ...]:
        """Its pack.yaml and rule files."""
        return (self.head, *self.rules)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder with what belongs to all packs, and packs; files and packs are in order of name."""

    folder: Path
    vocabulary: tuple[SourceFile, ...]
    references: tuple[SourceFile, ...]
    catalogues: tuple[SourceFile, ...]
    packs: tuple[PackFolder, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All shelves, those of the caller first, in the caller's order, and what could not be found."""

    shelves: tuple[Shelf, ...]
    broken: tuple[BrokenPack, ...]

    def sources(self) -> Iterator[tuple[str, SourceFile]]:
        """Every file to read, with its kind: vocabulary, references, catalogues or pack."""
        for shelf in self.shelves:
            yield from (("vocabulary", source) for source in shelf.vocabulary)
            yield from (("references", source) for source in shelf.references)
            yield from (("catalogues", source) for source in shelf.catalogues)
            yield from (("pack", source) for pack in shelf.packs for source in pack.files())


def find_shelves(paths: Sequence[Path | str] = (), *, discover: bool = True) -> Found:
    """The shelves at `paths` and, unless `discover` is false, those of installed packages. Never raises.

    A path may name a shelf, a pack's folder or its pack.yaml. A folder that is reached twice counts once.
    """
    broken: list[BrokenPack] = []
    folders = [_named_folder(Path(path)) for path in paths]
    if discover:
        folders += _registered_folders(broken)
    shelves: list[Shelf] = []
    seen: set[Path] = set()
    for folder, name in folders:
        shelf = _read_folder(folder, name, seen, broken)
        if shelf is not None:
            shelves.append(shelf)
    return Found(tuple(shelves), tuple(broken))


def _named_folder(path: Path) -> tuple[Path, str]:
    return (path.parent if path.name == HEAD and not path.is_dir() else path), str(path)


def _registered_folders(broken: list[BrokenPack]) -> list[tuple[Path, str]]:
    """The folders of the packages that are registered, in order of entry point."""
    entries = {(entry.name, entry.value) for entry in importlib.metadata.entry_points(group=ENTRY_POINTS)}
    folders = []
    for name, value in sorted(entries):
        package = value.partition(":")[0].strip()
        found = package_folders(package)
        if not found:
            message = f"the entry point “{name}” names the package “{package}”, which has no folder that can be read"
            hint = "install the distribution again, or uninstall it"
            origin = Origin(f"<entry point {name}>")
            broken.append(BrokenPack(name, "", (Problem(codes.ENTRY_POINT, message, origin, hint, "author"),)))
        folders += [(folder, f"<entry point {name}>") for folder in found]
    return folders


def package_folders(package: str) -> list[Path]:
    """The folders of a package, found without importing it or any package above it; none if there is no such."""
    top, *below = package.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError, AttributeError):
        return []
    if spec is None or spec.submodule_search_locations is None:
        return []
    folders = [Path(location, *below) for location in spec.submodule_search_locations]
    return [folder for folder in folders if folder.is_dir()]


def _read_folder(folder: Path, name: str, seen: set[Path], broken: list[BrokenPack]) -> Shelf | None:
    """What the folder holds; None if it cannot be read, which is noted, or if it was seen before."""
    troubles = len(broken)
    try:
        folder = folder.resolve(strict=True)
        if folder in seen:
            return None
        shelf = _scan(folder, broken)
    except (OSError, ValueError, RuntimeError) as error:
        # A loop of links raises RuntimeError up to Python 3.12, a NUL in the name ValueError.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        _note(broken, name, str(folder), f"{name} cannot be read: {reason}", _neighbours(folder))
        return None
    if not (shelf.vocabulary or shelf.references or shelf.catalogues or shelf.packs) and len(broken) == troubles:
        hint = f"a pack's folder holds {HEAD}; a shelf holds such folders"
        _note(broken, name, str(folder), f"{name} holds no packs and no vocabulary", hint)
    seen.add(folder)
    packs = []
    for pack in shelf.packs:
        place = pack.folder.resolve()
        if place == folder or place not in seen:
            packs.append(pack)
        seen.add(place)
    return replace(shelf, packs=tuple(packs))


def _scan(folder: Path, broken: list[BrokenPack]) -> Shelf:
    shared = [_documents(folder / kind, kind) for kind in _SHARED]
    packs: list[PackFolder] = []
    if (folder / HEAD).is_file():
        packs.append(_pack(folder, _place_of(folder)))
        return Shelf(folder, shared[0], shared[1], shared[2], tuple(packs))
    for outer in _folders(folder):
        if outer.name in _SHARED:
            continue
        try:
            packs += _packs_in(outer, broken)
        except OSError as error:
            message = f"{outer.name} cannot be read: {error.strerror or error}"
            _note(broken, outer.name, str(outer), message, "ask for the right to read it")
    return Shelf(folder, shared[0], shared[1], shared[2], tuple(packs))


def _packs_in(outer: Path, broken: list[BrokenPack]) -> Iterator[PackFolder]:
    """The pack in a folder of a shelf, or else those one folder further down."""
    if (outer / HEAD).is_file():
        yield _pack(outer, outer.name)
        return
    for folder in (outer, *_folders(outer)):
        place = folder.relative_to(outer.parent).as_posix()
        if (folder / HEAD).is_file():
            yield _pack(folder, place)
        elif _documents(folder / "rules", place):
            message = f"{place} holds rules and no {HEAD}"
            _note(broken, place, str(folder), message, f"add {place}/{HEAD}", code=codes.NO_HEAD)


def _pack(folder: Path, place: str) -> PackFolder:
    rules = _documents(folder / "rules", f"{place}/rules")
    return PackFolder(folder, place, SourceFile(folder / HEAD, f"{place}/{HEAD}"), rules)


def _place_of(folder: Path) -> str:
    """The path on its shelf of a pack that was named directly: so it is known by the same name either way."""
    for shelf in (folder.parent, folder.parent.parent):
        if any((shelf / kind).is_dir() for kind in _SHARED):
            return folder.relative_to(shelf).as_posix()
    return folder.name


def _documents(folder: Path, place: str) -> tuple[SourceFile, ...]:
    if not folder.is_dir():
        return ()
    paths = [path for path in folder.iterdir() if path.suffix in _SUFFIXES and not path.name.startswith(".")]
    return tuple(SourceFile(path, f"{place}/{path.name}") for path in sorted(paths))


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name[0] not in "._" and path.is_dir())


def _neighbours(folder: Path) -> str:
    try:
        return did_you_mean(folder.name, [path.name for path in folder.parent.iterdir()])
    except OSError:
        return ""


def _note(
    broken: list[BrokenPack], name: str, folder: str, message: str, hint: str, *, code: str = codes.NOTHING_HERE
) -> None:
    broken.append(BrokenPack(name, folder, (Problem(code, message, Origin(name), hint, "author"),)))


__all__ = ["ENTRY_POINTS", "HEAD", "Found", "PackFolder", "Shelf", "SourceFile", "find_shelves", "package_folders"]
