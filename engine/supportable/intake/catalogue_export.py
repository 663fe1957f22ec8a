"""A CSV export from somebody's own system as a catalogue: typed as a catalogue that is there, every bad line told."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from supportable.document import Document, Map, Plain, Seq, Value, dump_yaml, read_file, read_text
from supportable.document.values import Mark
from supportable.errors import DesignError, Problem, UsageError, VocabularyError, did_you_mean
from supportable.intake import codes
from supportable.origin import Origin
from supportable.packs.find import find_shelves
from supportable.packs.packset import PackSet
from supportable.vocabulary.catalogues import Catalogue, load_catalogues
from supportable.vocabulary.types import ListType

MOST_BYTES: Final = 64 * 1024 * 1024
DELIMITERS: Final = ",;\t|"
_PLACES: Final = ("from", "until", "note")
"""Fields of a row beside keys and columns; the first two go into `effective`."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says of an export: the new catalogue's name, where it comes from, of which day it is, and which of
    its headings stand for which fields ({heading: field}). `complete`: what is not in it is not listed anywhere."""

    name: str
    source: str
    day: date
    title: str = ""
    headings: Mapping[str, str] | None = None
    cite: tuple[str, ...] = ()
    complete: bool = False


def catalogue_document(like: str, packs: PackSet, shelves: Sequence[Path], *, discover: bool) -> Document:
    """The document of the catalogue called `like`. Raises UsageError if there is none."""
    for kind, source in find_shelves(shelves, discover=discover).sources():
        if kind == "catalogues":
            document = read_file(source.path, name=source.name, move="author")
            if isinstance(document.root, Map) and document.root.get("catalogue") == like:
                return document
    hint = did_you_mean(like, packs.catalogues)
    raise UsageError([Problem(codes.NO_SUCH_CATALOGUE, f"there is no catalogue “{like}”", hint=hint)])


def imported(content: bytes, file: str, like: Document, told: Told, packs: PackSet) -> tuple[str, Catalogue]:
    """The export as the text of a catalogue document, and as the catalogue that it is.

    Raises DesignError with every bad line of the export, by line and column of the file.
    """
    problems: list[Problem] = []
    table = _table(content, file, problems)
    known = packs.catalogues[str(_root(like)["catalogue"])]
    fields = _fields(table[0], known, told, file, problems) if table else []
    if problems:
        raise DesignError(problems)
    rows = Seq()
    for line in table[1:]:
        row = _row(line, fields, known, file, problems)
        if row is not None:
            rows.append(row)
            rows.item_marks.append((line[0], 1))
    root: Map = _head(like, told)
    root["rows"] = rows
    for held in rows:
        if told.cite and isinstance(held, Map):
            held["cite"] = Seq(Map({"ref": ref}) for ref in told.cite)
    document = Document(file, root, hashlib.sha256(content).hexdigest())
    try:
        load_catalogues([document], packs.vocabulary, packs.references)
    except VocabularyError as error:
        problems += (replace(problem, move="caller") for problem in error.problems)
    if problems:
        raise DesignError(sorted(problems, key=lambda problem: problem.origin))
    text = dump_yaml(_written(root))
    made = load_catalogues([read_text(text, f"{told.name}.yaml")], packs.vocabulary, packs.references)
    return text, made[told.name]


def _root(document: Document) -> Map:
    assert isinstance(document.root, Map)
    return document.root


def _head(like: Document, told: Told) -> Map:
    of = _root(like)
    head = Map(
        {
            "catalogue": told.name,
            "version": Plain(f"{told.day.year}.{told.day.month}.{told.day.day}"),
            "language": Plain("1"),
            "title": told.title or str(of.get("title") or told.name),
            "source": f"{told.source}, as of {told.day}",
            "key": of["key"],
        }
    )
    if of.get("columns") is not None:
        head["columns"] = of["columns"]
    if told.complete:
        head["complete"] = Plain("true")
    return head


Line = tuple[int, list[str]]
"""The number of a line, from 1, and its cells."""


def _table(content: bytes, file: str, problems: list[Problem]) -> list[Line]:
    """The lines that carry anything, the headings first."""
    if len(content) > MOST_BYTES:
        problems.append(Problem(codes.BAD_EXPORT, f"the file is larger than {MOST_BYTES} bytes", Origin(file)))
        return []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets of older systems write.
        text = content.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Line] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(codes.BAD_EXPORT, f"this is no CSV: {error}", Origin(file, line, 1)))
    if not found and not problems:
        problems.append(Problem(codes.BAD_EXPORT, "there is nothing in the file", Origin(file, 1, 1)))
    return found


def _fields(head: Line, known: Catalogue, told: Told, file: str, problems: list[Problem]) -> list[str]:
    """For each column of the file the field it holds, in order; "" for one that the user leaves out."""
    allowed = [*known.key, *known.columns, *_PLACES]
    by_form = {_form(name): name for name in allowed}
    mapped = {_form(heading): field for heading, field in (told.headings or {}).items()}
    line, headings = head
    fields = []
    for place, heading in enumerate(headings):
        field = mapped.get(_form(heading), by_form.get(_form(heading)))
        if field is None or (field and field not in allowed):
            message = f"“{heading}” is no field of {known.name}" if field is None else f"there is no field “{field}”"
            hint = did_you_mean(field or heading, allowed) or f"fields: {', '.join(allowed)}"
            hint += f"; say --column “{heading}=FIELD”, or --column “{heading}=” to leave it out"
            problems.append(Problem(codes.BAD_EXPORT, message, Origin(file, line, place + 1), hint))
        elif field and field in fields:
            problems.append(Problem(codes.BAD_EXPORT, f"“{field}” is there twice", Origin(file, line, place + 1)))
        fields.append(field or "")
    for unknown in sorted(set(mapped) - {_form(heading) for heading in headings}):
        problems.append(Problem(codes.BAD_EXPORT, f"the file has no column “{unknown}”", Origin(file, line, 1)))
    for key in known.key:
        if key not in fields and not problems:
            hint = "say --column “HEADING=" + key + "”"
            problems.append(Problem(codes.BAD_EXPORT, f"no column holds “{key}”", Origin(file, line, 1), hint))
    return fields


def _form(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())


def _row(read: Line, fields: list[str], known: Catalogue, file: str, problems: list[Problem]) -> Map | None:
    """One line as a row, each value at the place of its cell; the column is the number of the cell, from 1."""
    line, cells = read
    if len(cells) != len(fields):
        message = f"the line has {len(cells)} cells, and the headings are {len(fields)}"
        problems.append(Problem(codes.BAD_EXPORT_LINE, message, Origin(file, line, 1), "are there quotes missing?"))
        return None
    row = Map(mark=(line, 1))
    for place, (field, cell) in enumerate(zip(fields, cells, strict=True)):
        mark = (line, place + 1)
        if not field or not cell:
            continue
        if field in ("from", "until"):
            held = row.setdefault("effective", Map(mark=mark))
            assert isinstance(held, Map)
            _put(held, field, Plain(cell), mark)
            _put(row, "effective", held, mark)
        else:
            _put(row, field, _value(cell, field, known, mark), mark)
    for key in known.key:
        if key not in row:
            message = f"the line does not say which {key} it is about"
            problems.append(Problem(codes.BAD_EXPORT_LINE, message, Origin(file, line, fields.index(key) + 1)))
            return None
    return row


def _value(cell: str, field: str, known: Catalogue, mark: Mark) -> Value:
    if field == "note" or not isinstance(known.columns.get(field), ListType):
        return Plain(cell)
    members = Seq((Plain(each.strip()) for each in cell.split(";") if each.strip()), mark=mark)
    members.item_marks = [mark] * len(members)
    return members


def _put(row: Map, key: str, value: Value, mark: Mark) -> None:
    row[key] = value
    row.key_marks[key] = row.value_marks[key] = mark


def _written(value: Value) -> object:
    """The value as it is to be written: cells are text of a spreadsheet and need quotes only where YAML wants them."""
    if isinstance(value, Map):
        return {key: _written(held) for key, held in value.items()}
    if isinstance(value, Seq):
        return [_written(held) for held in value]
    return value
