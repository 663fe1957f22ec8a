"""A pack as its files say it: every part in its shape and at its place, nothing yet checked against anything else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from supportable.document import Document, Limits, read_text
from supportable.errors import DocumentError, Problem
from supportable.origin import Origin
from supportable.packs import codes
from supportable.packs.find import PackFolder, SourceFile
from supportable.packs.place import Place
from supportable.packs.shape import (
    LANGUAGE_VERSION,
    PACK_NAME,
    DerivationShape,
    HeadShape,
    RuleFileShape,
    RuleShape,
    Shape,
    TermShape,
)
from supportable.packs.versions import parse_requirement
from supportable.packs.wording import shaped

S = TypeVar("S", bound=Shape)

MOST_BYTES = 4 * 1024 * 1024
"""The most that pack.yaml and the rule files may hold together, inclusive."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[S]):
    """A shaped part and where it stands."""

    shape: S
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One pack's files. `problems` are those found so far; a draft with problems is judged too, to find the others.

    `whole` is false where parts were left out because of their shape, or the head is a stand-in. `lost` are the facts
    whose definitions were left out, None where a file could not be read and they may be any: what uses them is not
    to blame.

    Two drafts are never equal: packs with one name and content are still two.
    """

    name: str
    folder: Path
    head: HeadShape
    place: Place
    rules: tuple[Placed[RuleShape], ...]
    derive: tuple[Placed[DerivationShape], ...]
    glossary: tuple[Placed[TermShape], ...]
    digest: str
    problems: list[Problem]
    whole: bool
    lost: frozenset[str] | None = frozenset()

    def may_ask(self) -> set[str]:
        """Its own name and those of the packs it requires, whether they are there or not: that is noted elsewhere."""
        parsed = [parse_requirement(text) for text in self.head.requires]
        return {self.name, *(each[0] for each in parsed if each is not None)}


def draft(found: PackFolder, contents: Mapping[Path, bytes], limits: Limits) -> Draft | tuple[str, list[Problem]]:
    """The pack in a folder; or its name and problems, where pack.yaml is no map and nothing can be said of the rest.

    `contents` has the bytes of every file that could be read.
    """
    problems: list[Problem] = []
    held = [contents[source.path] for source in (found.head, *found.rules) if source.path in contents]
    if sum(map(len, held)) > MOST_BYTES:
        message = f"the pack is larger than {MOST_BYTES:,} bytes"
        problems.append(Problem(codes.PACK_TOO_LARGE, message, Origin(found.head.name), "split it in two", "author"))
        return found.place, problems
    head_document = read(found.head, contents, limits, problems)
    documents = [read(source, contents, limits, problems) for source in found.rules]
    if head_document is None:
        return found.place, problems
    place = Place(head_document)
    head = shaped(HeadShape, head_document.root, place, problems)
    if head is None:
        head = _stand_in(head_document.root, found.place)
    if head is None:
        return found.place, problems
    files: list[tuple[RuleFileShape, Place]] = [(head, place)]
    for document in documents:
        if document is not None:
            file = shaped(RuleFileShape, document.root, Place(document), problems)
            if file is not None:
                files.append((file, Place(document)))
    rules = _parts(RuleShape, [(file.rules, at / "rules") for file, at in files], problems)
    derive = _parts(DerivationShape, [(file.derive, at / "derive") for file, at in files], problems)
    glossary = _parts(TermShape, [(head.glossary, place / "glossary")], problems)
    lost = None if None in documents else _facts(files) - {placed.shape.fact for placed in derive}
    digest = pack_digest(found, contents)
    return Draft(head.pack, found.folder, head, place, rules, derive, glossary, digest, problems, not problems, lost)


def read(
    source: SourceFile, contents: Mapping[Path, bytes], limits: Limits, problems: list[Problem]
) -> Document | None:
    """The document in a file; None if there is none, which is noted."""
    if source.path not in contents:
        # Why it could not be read was noted when it was tried.
        return None
    try:
        return read_text(contents[source.path], source.name, limits=limits, move="author")
    except DocumentError as error:
        problems += error.problems
        return None


def _parts(model: type[S], lists: Sequence[tuple[list[Any], Place]], problems: list[Problem]) -> tuple[Placed[S], ...]:
    parts = []
    for items, place in lists:
        for index, item in enumerate(items):
            shape = shaped(model, item, place / index, problems)
            if shape is not None:
                parts.append(Placed(shape, place / index))
    return tuple(parts)


def _facts(files: Sequence[tuple[RuleFileShape, Place]]) -> frozenset[str]:
    """The facts that definitions name, whatever else is wrong with them."""
    entries = [entry for file, _ in files for entry in file.derive if isinstance(entry, dict)]
    return frozenset(str(entry["fact"]) for entry in entries if isinstance(entry.get("fact"), str))


def _stand_in(root: object, place: str) -> HeadShape | None:
    """A head to go on with, made of what is right in a wrong one; None if it is no map at all."""
    if not isinstance(root, dict):
        return None
    name = root.get("pack")
    if not (isinstance(name, str) and re.fullmatch(PACK_NAME, name)):
        name = place
    parts = {key: root[key] for key in ("rules", "derive", "glossary") if isinstance(root.get(key), list)}
    given = root.get("requires")
    requires = [str(text) for text in given if isinstance(text, str)] if isinstance(given, list) else []
    return HeadShape.model_construct(
        None, pack=name, version="0.0.0", title=place, language=LANGUAGE_VERSION, requires=requires, **parts
    )


def pack_digest(found: PackFolder, contents: Mapping[Path, bytes]) -> str:
    """The SHA-256, in hex, of a pack's files: each one's name in the pack, length and content, in order of name.

    Line ends count as LF, so that a checkout on another system is the same pack.
    """
    summed = hashlib.sha256()
    files = {source.name.removeprefix(f"{found.place}/"): source.path for source in (found.head, *found.rules)}
    for name in sorted(files):
        content = contents.get(files[name], b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        summed.update(f"{name}\n{len(content)}\n".encode())
        summed.update(content)
    return summed.hexdigest()
