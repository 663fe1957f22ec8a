"""One design out of several files, each value with its place in the file it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from supportable.document import Document, ForeignMark, Map, Mark, Plain, Seq
from supportable.document.values import UNMARKED, Value
from supportable.errors import DesignError, Problem
from supportable.intake import codes
from supportable.intake.faults import below, shown
from supportable.intake.values import DOTS, RESERVED, TEXTS
from supportable.origin import Origin
from supportable.vocabulary.model import Vocabulary


def merged(documents: Sequence[Document], vocabulary: Vocabulary) -> Document:
    """The design that the documents, at least one, are parts of.

    A section holds the entries of all files, in their order; it is open if it is in any. What is no section may be said
    in several files if they say the same. A file that leaves a section out says nothing of it; `none` and `[]` add
    nothing to what others list.

    Raises DesignError, with every problem and both places, for an id that two entries of a section have and for values
    that differ.
    """
    if len(documents) == 1:
        return documents[0]
    root = Map(mark=documents[0].mark)
    problems: list[Problem] = []
    for document in documents:
        if not isinstance(document.root, dict):
            what = f"a design must be a map of its sections, not {shown(document.root)}"
            problems.append(Problem(codes.NOT_A_DESIGN, what, document.origin_of("")))
            continue
        placed = _placed(document.root, document.file)
        assert isinstance(placed, Map)
        for key, value in placed.items():
            pointer = below("", key)
            if value is None:
                continue
            if key in vocabulary.sections:
                problems += _add_section(root, key, placed, document)
            elif key in root and not _same(root[key], value):
                first = _at(root.value_marks[key], documents[0].file)
                message = f"two files give different values for {shown(key)}: {shown(root[key])} and {shown(value)}"
                hint = f"the other one stands at {first}: keep one of the two"
                problems.append(Problem(codes.FILES_DISAGREE, message, document.origin_of(pointer), hint))
            elif key not in root:
                _put(root, key, value, placed)
    problems += _repeated(root, vocabulary, documents[0].file)
    if problems:
        raise DesignError(problems)
    digest = hashlib.sha256("\n".join(sorted(each.digest for each in documents)).encode()).hexdigest()
    return Document(documents[0].file, root, digest, documents[0].mark)


def _add_section(root: Map, key: str, placed: Map, document: Document) -> list[Problem]:
    """Add what one file says of a section to what the others said. A problem if that is no list."""
    value = placed[key]
    if not isinstance(value, Seq) and not (value.__class__ in TEXTS and value in RESERVED):
        message = f"the section {shown(key)} must be a list, not {shown(value)}"
        return [Problem(codes.NOT_A_LIST, message, document.origin_of(below("", key)))]
    mark = placed.value_marks.get(key, UNMARKED)
    held = root.get(key)
    if not isinstance(held, list):
        more = Seq(mark=mark)
        _put(root, key, more, placed)
        held = more
    assert isinstance(held, Seq)
    # What is open stays open: its sign moves behind the last entry.
    dots = [_pop(held)] if held and held[-1] == DOTS else []
    if isinstance(value, Seq):
        for place, each in enumerate(value):
            held.append(each)
            held.item_marks.append(value.item_marks[place] if place < len(value.item_marks) else mark)
        if held and value and value[-1] == DOTS:
            dots = [_pop(held)]
    elif value == "unknown":
        dots = [(Plain(DOTS), mark)]
    for sign, at in dots:
        held.append(sign)
        held.item_marks.append(at)
    return []


def _pop(held: Seq) -> tuple[Value, Mark]:
    return held.pop(), held.item_marks.pop()


def _put(root: Map, key: str, value: Value, placed: Map) -> None:
    root[key] = value
    root.key_marks[key] = placed.key_marks.get(key, UNMARKED)
    root.value_marks[key] = placed.value_marks.get(key, UNMARKED)


def _repeated(root: Map, vocabulary: Vocabulary, file: str) -> list[Problem]:
    """A problem for each id that is given in two files. Within one file the intake finds it."""
    problems = []
    for section in vocabulary.sections:
        entries = root.get(section)
        seen: dict[str, Origin] = {}
        for place, entry in enumerate(entries if isinstance(entries, Seq) else ()):
            id = entry.get("id") if isinstance(entry, Map) else None
            if not isinstance(id, str) or not isinstance(entry, Map) or not isinstance(entries, Seq):
                continue
            origin = _at(entry.value_marks.get("id", entries.item_marks[place]), file)
            first = seen.setdefault(id, origin)
            if first.file != origin.file:
                message = f"{section}: the id {shown(id)} is given in two files"
                hint = f"it stands at {first} already: an entry is described in one file"
                problems.append(Problem(codes.DUPLICATE_ID, message, origin, hint))
    return problems


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike, quotes apart."""
    return bool(one == other)


def _at(mark: Mark, file: str) -> Origin:
    return Origin(mark.file if isinstance(mark, ForeignMark) else file, *mark)


def _placed(value: Value, file: str) -> Value:
    """A copy whose marks name their file. Recursive, as deep as documents may be."""
    if isinstance(value, Map):
        made = Map(((key, _placed(each, file)) for key, each in value.items()), mark=_mark(value.mark, file))
        made.key_marks = {key: _mark(mark, file) for key, mark in value.key_marks.items()}
        made.value_marks = {key: _mark(mark, file) for key, mark in value.value_marks.items()}
        return made
    if isinstance(value, Seq):
        listed = Seq((_placed(each, file) for each in value), mark=_mark(value.mark, file))
        listed.item_marks = [_mark(mark, file) for mark in value.item_marks]
        return listed
    return value


def _mark(mark: Mark, file: str) -> Mark:
    return mark if isinstance(mark, ForeignMark) else ForeignMark(*mark, file)
