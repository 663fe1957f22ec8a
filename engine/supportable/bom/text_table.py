"""Text files as tables: delimited ones with any delimiter and encoding, and pasted Markdown."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from html import unescape
from typing import Final

from supportable.bom import codes
from supportable.bom.archive import check_span
from supportable.bom.columns import roles_of
from supportable.bom.faults import refuse, warning
from supportable.bom.limits import BomLimits
from supportable.bom.model import Row, Sheet, Source
from supportable.errors import Problem

DELIMITERS: Final = (",", ";", "\t", "|")
SAMPLE: Final = 200
"""Lines by which a delimiter is chosen."""

MOST_LINES_IN_A_CELL: Final = 200

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_END: Final = "\u0001the end"
_RULE: Final = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$")
_BREAK: Final = re.compile(r"\r\n|\n|\r")
_LINE_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPE: Final = re.compile(r"(?<!\\)\|")


def read_text_table(data: bytes, file: str, limits: BomLimits, *, encoding: str = "") -> Source:
    """The one table of a text file. Raises DocumentError."""
    text, used, warnings = decoded(data, file, encoding)
    lines = _BREAK.split(text)
    digest = hashlib.sha256(data).hexdigest()
    if any("|" in line and _RULE.match(line) for line in lines[: limits.max_lines]):
        sheet = _markdown(lines, file, limits)
        return Source(file, "markdown", (sheet,), digest, used, "|", tuple(warnings))
    delimiter = _delimiter(lines[:SAMPLE])
    sheet = _delimited(text, delimiter, file, limits)
    return Source(file, "csv", (sheet,), digest, used, delimiter, tuple(warnings))


def decoded(data: bytes, file: str, encoding: str) -> tuple[str, str, list[Problem]]:
    """The text, the encoding it was read in, and what to warn of. Raises DocumentError if it is not text."""
    if encoding:
        try:
            return _without_mark(data.decode(encoding)), encoding, []
        except (UnicodeDecodeError, LookupError) as error:
            refuse(codes.NOT_IN_THIS_ENCODING, f"this is no text in {encoding}: {error}", file, "say another encoding")
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return _without_mark(data.decode(name)), name.removesuffix("-sig"), []
            except UnicodeDecodeError as error:
                refuse(codes.NOT_IN_THIS_ENCODING, f"it begins like {name} and is not: {error}", file)
    if b"\x00" in data:
        for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            sample = data[at:2000:2]
            if sample and sample.count(0) > len(sample) * 0.6:
                try:
                    return data.decode(name), name, []
                except UnicodeDecodeError:
                    break
        refuse(codes.NOT_IN_THIS_ENCODING, "this is neither text nor a workbook", file, "give .csv, .md, .xlsx or .ods")
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError as error:
        place = error.start
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        message = "this text is neither UTF-8 nor Windows-1252"
        refuse(codes.NOT_IN_THIS_ENCODING, message, file, "say its encoding, as in --encoding shift_jis")
    line = data.count(b"\n", 0, place) + 1
    message = f"not UTF-8 (line {line}), so it was read as Windows-1252"
    hint = "if names look wrong, say the encoding, as in --encoding latin2"
    return text, "cp1252", [warning(codes.ENCODING_GUESSED, message, file, hint, line=line)]


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _delimiter(lines: list[str]) -> str:
    """The delimiter under which the lines look most like a table: the one whose best row names most columns, then the
    one by which most rows have the same number of cells, at least two, then the one that comes first."""
    said = re.match(r"sep=(.)$", lines[0].strip()) if lines else None
    if said is not None:
        return said[1]
    sample = "\n".join(lines)
    best = (0, 0, 0, 0)
    chosen = ","
    for place, delimiter in enumerate(DELIMITERS):
        rows = [row for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
        named = max((len(roles_of(row)) for row in rows), default=0)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, alike = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        score = (named if named > 1 else 0, alike, width, -place)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _delimited(text: str, delimiter: str, file: str, limits: BomLimits) -> Sheet:
    rows: list[Row] = []
    # The reader swallows what follows an open quotation mark without a word: then our last line is not the last row.
    reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter)
    csv.field_size_limit(max(csv.field_size_limit(), limits.max_bytes))
    begun = 1
    cells: list[str] = []
    try:
        for cells in reader:
            if reader.line_num - begun >= MOST_LINES_IN_A_CELL or (
                cells != [_END] and cells[-1:] and _END in cells[-1]
            ):
                hint = 'double the mark or delete it, as in "2.5"" drive"'
                refuse(codes.QUOTE_NEVER_CLOSED, "a quotation mark opened here is not closed", file, hint, line=begun)
            if cells != [_END] and not (begun == 1 and re.fullmatch(r"sep=.?", delimiter.join(cells).strip())):
                check_span(len(rows), len(cells), file, limits)
                _add_cells(rows, begun, cells, file, limits)
            begun = reader.line_num + 1
    except csv.Error as error:
        refuse(codes.BOM_UNREADABLE, f"this cannot be read as a table: {error}", file, line=begun)
    return Sheet("", tuple(rows))


def _add_cells(rows: list[Row], line: int, cells: list[str], file: str, limits: BomLimits) -> None:
    if any(len(cell) > limits.max_cell for cell in cells):
        message = f"a cell of more than {limits.max_cell:,} characters"
        refuse(codes.TOO_MANY_CELLS, message, file, "a quotation mark may be open before it", line=line)
    while cells and not cells[-1]:
        cells.pop()
    if any(cell.strip() for cell in cells):
        rows.append(Row(line, tuple(cells)))


def _markdown(lines: list[str], file: str, limits: BomLimits) -> Sheet:
    """Cells are what stands between the bars, a bar behind a backslash apart, with what HTML spells in them (“&nbsp;”)
    as it is shown. Other lines have one cell."""
    rows: list[Row] = []
    headers = set()
    prose = set()
    inside = False
    for place, line in enumerate(lines, start=1):
        check_span(len(rows), 1, file, limits)
        following = lines[place] if place < len(lines) else ""
        if _RULE.match(line) and inside:
            continue
        if "|" in line and "|" in following and _RULE.match(following):
            inside = True
            headers.add(place)
        elif "|" not in line:
            inside = False
        if not inside:
            prose.add(place)
            _add_cells(rows, place, [line.strip()], file, limits)
            continue
        stripped = line.strip()
        stripped = stripped.removeprefix("|")
        if stripped.endswith("|") and not stripped.endswith("\\|"):
            stripped = stripped[:-1]
        _add_cells(rows, place, [_cell(cell) for cell in _PIPE.split(stripped)], file, limits)
    return Sheet("", tuple(rows), headers=frozenset(headers), prose=frozenset(prose))


def _cell(cell: str) -> str:
    # One space stands beside the bar for looks; more of them indent.
    plain = cell.removeprefix(" ").rstrip()
    plain = plain.replace("\\|", "|")
    return unescape(_LINE_BREAK.sub(" ", plain)) if "&" in plain or "<" in plain else plain
