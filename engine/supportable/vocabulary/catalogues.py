"""Catalogue documents to catalogues: typed tables that rules look things up in.

What a lookup that finds no row means: it is unknown, unless the catalogue is `complete`; then the key is not listed,
and the columns are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from supportable.document import Document
from supportable.errors import Problem, VocabularyError, did_you_mean
from supportable.vocabulary.catalogue_keys import read_key
from supportable.vocabulary.convert import ConversionError, UnrecognisedProduct, converter, read_date
from supportable.vocabulary.key_patterns import contains, overlaps
from supportable.vocabulary.lookups import Catalogue, CatalogueRow, rows_by_bucket
from supportable.vocabulary.members import OPEN, Members
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.notation import Names, Notation
from supportable.vocabulary.products import UNKNOWN_PRODUCT
from supportable.vocabulary.references import Citation, Reference, read_citations
from supportable.vocabulary.shape import Shape, below, described
from supportable.vocabulary.types import BoolType, ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import UNKNOWN, Absence
from supportable.vocabulary.words import check_name

__all__ = ["Catalogue", "CatalogueRow", "Citation", "load_catalogues"]

BAD_NAME: Final = "SUP246"
TWICE: Final = "SUP247"
BAD_COLUMN: Final = "SUP248"
BAD_STATED_BY: Final = "SUP249"
BAD_VALUE: Final = "SUP250"
TWO_ROWS: Final = "SUP252"
BAD_EFFECTIVE: Final = "SUP255"

_KEYS: Final = ("columns", "complete", "source", "stated_by", "title")
_REQUIRED: Final = ("catalogue", "version", "language", "key", "rows")
_ROW_KEYS: Final = ("cite", "effective", "note")
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def load_catalogues(
    documents: Sequence[Document], vocabulary: Vocabulary, references: Mapping[str, Reference]
) -> dict[str, Catalogue]:
    """One catalogue for each document, by name, sorted. Raises VocabularyError with every problem of every document."""
    problems: list[Problem] = []
    found: dict[str, Catalogue] = {}
    for document in sorted(documents, key=lambda document: document.file):
        shape = Shape(document, problems)
        catalogue = _Reader(shape, vocabulary, references).catalogue()
        if catalogue.name in found:
            hint = f"it stands in {found[catalogue.name].origin.file} already"
            shape.note(TWICE, f"the catalogue “{catalogue.name}” is given twice", "/catalogue", hint)
        else:
            found[catalogue.name] = catalogue
    if problems:
        raise VocabularyError(sorted(problems, key=lambda problem: problem.origin))
    return dict(sorted(found.items()))


class _Reader:
    """One catalogue document being read."""

    def __init__(self, shape: Shape, vocabulary: Vocabulary, references: Mapping[str, Reference]) -> None:
        self.shape = shape
        self.vocabulary = vocabulary
        self.references = references

    def catalogue(self) -> Catalogue:
        shape = self.shape
        root = shape.mapping(shape.document.root, "", "a catalogue")
        shape.keys(root, "", known=_KEYS, required=_REQUIRED)
        shape.language(root)
        name = shape.text(root["catalogue"], "/catalogue", "the name of a catalogue") if "catalogue" in root else ""
        if name and not _NAME.fullmatch(name):
            shape.note(
                BAD_NAME, f"{described(name)} cannot name a catalogue", "/catalogue", "write it like node-limits"
            )
        key = self._types(root.get("key"), "/key", "the key")
        columns = self._types(root.get("columns"), "/columns", "the columns")
        for repeated in sorted(key.keys() & columns.keys()):
            shape.note_key(BAD_COLUMN, f"“{repeated}” is a key already", below("/columns", repeated))
        for column, type in key.items():
            if isinstance(type, ListType):
                shape.note(BAD_COLUMN, "a key holds single values, not lists", below("/key", column))
        if root.get("key") == {}:
            shape.note(BAD_COLUMN, "a catalogue needs at least one key", "/key")
        intact = len(shape.problems)
        rows = tuple(
            row
            for place, item in shape.sequence(root.get("rows"), "/rows", "the rows")
            if (row := self._row(item, place, root, key, columns)) is not None
        )
        if len(shape.problems) == intact:
            self._check_specificity(rows)
        return Catalogue(
            name=name,
            version=shape.version(root),
            title=self._text(root, "title") or name,
            key=key,
            columns=columns,
            complete="complete" in root and shape.flag(root["complete"], "/complete", "“complete”"),
            stated_by=self._stated_by(root),
            rows=rows,
            digest=shape.document.digest,
            origin=shape.origin("/catalogue"),
            source=self._text(root, "source"),
            architectures=self.vocabulary.architectures,
        )

    def _text(self, root: dict[str, object], key: str) -> str:
        return self.shape.text(root[key], below("", key), f"“{key}”") if root.get(key) is not None else ""

    # -- types ----------------------------------------------------------------------------------------------------

    def _types(self, held: object, pointer: str, what: str) -> dict[str, Type]:
        notation = Notation(self.shape, Names(products=frozenset(self.vocabulary.ladders)), entities_allowed=False)
        found = {}
        for name, place, spec in self.shape.items(held, pointer, what):
            if name in _ROW_KEYS:
                self.shape.note_key(BAD_COLUMN, f"“{name}” is a key of every row and names no column", place)
            elif check_name(self.shape, name, place, "a column"):
                borrowed = isinstance(spec, str) and "." in spec
                type = self._borrowed(str(spec), place) if borrowed else notation.read(spec, place, name)
                if type is not None:
                    found[name] = type
        return found

    def _borrowed(self, path: str, pointer: str) -> Type | None:
        """The type of an attribute, written `change.what`."""
        owner, _, name = path.rpartition(".")
        entity = self.vocabulary.entities.get(owner)
        attribute = entity.attributes.get(name) if entity is not None else None
        if attribute is None:
            known = self.vocabulary.entities if entity is None else entity.attributes
            hint = did_you_mean(owner if entity is None else name, known)
            self.shape.note(BAD_COLUMN, f"there is no attribute {described(path)}", pointer, hint)
            return None
        inner = attribute.type.of if isinstance(attribute.type, ListType) else attribute.type
        if isinstance(inner, (RefType, RecordType)):
            self.shape.note(BAD_COLUMN, f"“{path}” is {attribute.type}: a catalogue holds plain values only", pointer)
            return None
        return attribute.type

    def _stated_by(self, root: dict[str, object]) -> tuple[str, str] | None:
        path = self._text(root, "stated_by")
        if not path:
            return None
        owner, _, name = path.rpartition(".")
        entity = self.vocabulary.entities.get(owner)
        attribute = entity.attributes.get(name) if entity is not None else None
        if attribute is None:
            known = [
                f"{entity.name}.{attribute.name}"
                for entity in self.vocabulary.entities.values()
                for attribute in entity.attributes.values()
                if isinstance(attribute.type, BoolType)
            ]
            message = f"there is no attribute {described(path)}"
            self.shape.note(BAD_STATED_BY, message, "/stated_by", did_you_mean(path, known))
            return None
        if not isinstance(attribute.type, BoolType):
            self.shape.note(BAD_STATED_BY, f"“{path}” is {attribute.type}: a bool is due here", "/stated_by")
        return (owner, name)

    # -- rows -----------------------------------------------------------------------------------------------------

    def _row(
        self, held: object, pointer: str, root: dict[str, object], key: dict[str, Type], columns: dict[str, Type]
    ) -> CatalogueRow | None:
        noted = len(self.shape.problems)
        given = self.shape.mapping(held, pointer, "a row")
        # A column whose type is wrong is there all the same: one problem is enough.
        written = (name for group in ("key", "columns") if isinstance(names := root.get(group), dict) for name in names)
        self.shape.keys(given, pointer, known=(*written, *_ROW_KEYS), required=key)
        patterns = [
            read_key(self.shape, given[name], below(pointer, name), type, self.vocabulary)
            for name, type in key.items()
            if name in given
        ]
        values = {name: self._value(given.get(name), below(pointer, name), type) for name, type in columns.items()}
        since, until = self._effective(given.get("effective"), below(pointer, "effective"))
        cite = read_citations(self.shape, given.get("cite"), below(pointer, "cite"), self.references)
        note = self.shape.text(given["note"], below(pointer, "note"), "“note”") if given.get("note") is not None else ""
        if len(self.shape.problems) > noted:
            return None
        keys = tuple(pattern for pattern in patterns if pattern is not None)
        return CatalogueRow(keys, values, since, until, cite, note, self.shape.origin(pointer))

    def _value(self, written: object, pointer: str, type: Type) -> Any:
        if written is None:
            return UNKNOWN_PRODUCT if isinstance(type, ProductType) else OPEN if isinstance(type, ListType) else UNKNOWN
        try:
            value = converter(type, self.vocabulary, never=True)(written)
        except ConversionError as error:
            self.shape.note(BAD_VALUE, error.message, pointer, error.hint)
            return UNKNOWN
        for member in value.sure if isinstance(value, Members) else (value,):
            if isinstance(member, UnrecognisedProduct):
                close = " or ".join(f"“{title}”" for title in member.nearest)
                hint = f"did you mean {close}?" if close else ""
                self.shape.note(BAD_VALUE, f"{described(member.text)} names no product", pointer, hint)
        return value

    def _effective(self, held: object, pointer: str) -> tuple[int | None, int | None]:
        given = self.shape.mapping(held, pointer, "“effective”")
        self.shape.keys(given, pointer, known=("from", "until"))
        since, until = (self._day(given.get(name), below(pointer, name)) for name in ("from", "until"))
        if since is not None and until is not None and since >= until:
            self.shape.note(BAD_EFFECTIVE, "the row is in force on no day", pointer, "`until` is the first day after")
        return since, until

    def _day(self, written: object, pointer: str) -> int | None:
        if written is None:
            return None
        try:
            value = read_date(written)
        except ConversionError as error:
            self.shape.note(BAD_EFFECTIVE, error.message, pointer, error.hint)
            return None
        if isinstance(value, Absence):
            self.shape.note(BAD_EFFECTIVE, f"a date is due here, not {described(written)}", pointer, "or leave it out")
            return None
        return int(value)

    def _check_specificity(self, rows: tuple[CatalogueRow, ...]) -> None:
        """Note pairs of rows that can match one key on one day, neither of them more specific than the other."""
        for bucket in rows_by_bucket(rows).values():
            for place, later in enumerate(bucket):
                for earlier in bucket[:place]:
                    if not (overlaps(earlier.keys, later.keys) and _meet(earlier, later)):
                        continue
                    if contains(earlier.keys, later.keys) == contains(later.keys, earlier.keys):
                        message = f"this row and the one at {earlier.origin} can match the same key on the same day"
                        pointer = f"/rows/{rows.index(later)}"
                        self.shape.note(TWO_ROWS, message, pointer, "narrow one of them, by release, edition or date")


def _meet(a: CatalogueRow, b: CatalogueRow) -> bool:
    """Whether some day is in the time of both."""
    return (a.until is None or b.since is None or b.since < a.until) and (
        b.until is None or a.since is None or a.since < b.until
    )
