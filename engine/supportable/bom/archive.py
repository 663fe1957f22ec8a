"""Workbooks as archives: what may be opened, and a copy that holds only what was measured.

The reader of workbooks is given that copy and never the file itself: parts of no use here (macros, links to other
files, pictures) are not in it, and no part can unpack to more than it said.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from supportable.bom import codes
from supportable.bom.faults import refuse, warning
from supportable.bom.limits import BomLimits
from supportable.errors import Problem

_MEBIBYTE: Final = 1024 * 1024
_MACROS: Final = ("vbaproject", "macrosheets/", "basic/", "scripts/")
_LINKS: Final = ("externallinks/",)
_OF_NO_USE: Final = ("media/", "drawings/", "embeddings/", "activex/", "customxml/", "printersettings/", "pictures/",
                     "thumbnails/", "object ", "charts/", "pivotcache/", "pivottables/", "docprops/",
                     "theme/")  # fmt: skip

_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_PLACE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ODD: Final = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*[^/>])>\s*"
    rb"(?:<(?:\w+:)?f\b[^>]*?(?:/>|>(?P<formula>[^<]*)</(?:\w+:)?f>)\s*)?"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\b[^>]*>(?P<value>[^<]*)</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True, slots=True)
class OddCells:
    """Cells of one sheet that a reader of values would show as empty: formulas without a result, by (line, column),
    with their text; and errors such as #N/A."""

    formulas: dict[tuple[int, int], str]
    errors: dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A workbook that is safe to read: its format, a copy of the parts that matter, and what was noticed."""

    format: str
    copy: io.BytesIO
    odd: dict[str, OddCells]
    warnings: tuple[Problem, ...]


def measure(data: bytes, file: str, limits: BomLimits) -> Measured:
    """The measured copy of an archive. Raises DocumentError for one that is broken, protected, hostile or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _measured(archive, file, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError) as error:
        refuse(codes.BROKEN_WORKBOOK, f"this archive cannot be read: {error}", file, "save the workbook again")


def _measured(archive: zipfile.ZipFile, file: str, limits: BomLimits) -> Measured:
    parts = archive.infolist()
    format = _checked(parts, file, limits)
    lowered = [part.filename.lower() for part in parts]
    warnings = []
    if any(macro in name for name in lowered for macro in _MACROS):
        warnings.append(warning(codes.MACROS_LEFT_OUT, "the macros in this workbook were neither run nor read", file))
    if any(link in name for name in lowered for link in _LINKS):
        message = "links to other files were not followed; cells that rest on them have the values stored with them"
        warnings.append(warning(codes.LINKS_LEFT_OUT, message, file))
    copy, held = io.BytesIO(), {}
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as kept:
        for part in parts:
            name = part.filename.lower()
            if part.is_dir() or any(word in name for word in (*_MACROS, *_LINKS, *_OF_NO_USE)):
                continue
            content = archive.read(part)
            if name.endswith((".xml", ".rels")):
                _check_xml(content, part.filename, file)
            if format == "ods" and name == "meta-inf/manifest.xml" and b"encryption-data" in content:
                refuse(codes.PASSWORD_PROTECTED, "this file is protected by a password", file, _OPEN_IT)
            if name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels") or "/worksheets/" in name:
                held[part.filename] = content
            if format == "ods" and name == "content.xml":
                _check_ods(content, file, limits)
            kept.writestr(part.filename, content)
    copy.seek(0)
    odd = _odd_cells(held, file, limits) if format == "xlsx" else {}
    return Measured(format, copy, odd, tuple(warnings))


def _checked(parts: list[zipfile.ZipInfo], file: str, limits: BomLimits) -> str:
    """The format, if the archive promises to be no larger than it may."""
    names = {part.filename for part in parts}
    if len(parts) > limits.max_parts or len(names) != len(parts):
        refuse(codes.ARCHIVE_BOMB, f"an archive of {len(parts):,} parts, or with a part twice, is no workbook", file)
    if any(part.flag_bits & 1 for part in parts):
        refuse(codes.PASSWORD_PROTECTED, "this archive is protected by a password", file, "save it without a password")
    format = _format(names, file)
    total = sum(part.file_size for part in parts)
    if total > limits.max_unpacked:
        message = f"unpacked it has {total:,} bytes; at most {limits.max_unpacked:,} are taken"
        refuse(codes.ARCHIVE_BOMB, message, file, "leave out pictures and sheets that are no part of the bill")
    for part in parts:
        if part.file_size >= _MEBIBYTE and part.file_size > limits.max_ratio * max(part.compress_size, 1):
            message = f"“{part.filename}” is packed more than {limits.max_ratio} times; no list of parts is like that"
            refuse(codes.ARCHIVE_BOMB, message, file, "save the workbook again")
    return format


_OPEN_IT: Final = "open it with its password and save it without one"


def _format(names: set[str], file: str) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    if any(name.startswith("xl/") for name in names):
        refuse(codes.FORM_NOT_READ, "this is a binary workbook", file, "save it as .xlsx, .ods or .csv")
    return refuse(codes.FORM_NOT_READ, "this archive is no workbook", file, "give an .xlsx, .ods or .csv file")


def _check_xml(content: bytes, part: str, file: str) -> None:
    """Refuse document types, with which entities come, and encodings in which they could hide."""
    head = content[:1000]
    if b"\x00" in head[:64] or re.search(rb"encoding\s*=\s*[\"'](?!utf-?8[\"'])", head, re.IGNORECASE):
        refuse(codes.HOSTILE_XML, f"“{part}” is not in UTF-8, as in every workbook it is", file, "save it again")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        refuse(codes.HOSTILE_XML, f"“{part}” defines entities, which no workbook needs", file)


# -- xlsx -----------------------------------------------------------------------------------------------------------


def _odd_cells(held: dict[str, bytes], file: str, limits: BomLimits) -> dict[str, OddCells]:
    """By sheet name. Refuses a sheet that spans more cells than it may, before a reader makes room for them."""
    targets = {}
    for found in _RELATION.finditer(held.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")):
        given = _attributes(found[1])
        targets[given.get("Id", "")] = "xl/" + given.get("Target", "").removeprefix("/xl/").removeprefix("./")
    odd = {}
    for content in (content for name, content in held.items() if "/worksheets/" in name.lower()):
        _check_extent(content, file, limits)
    for found in _SHEET.finditer(held.get("xl/workbook.xml", b"").decode("utf-8", "replace")):
        given = _attributes(found[1])
        relation = next((value for name, value in given.items() if name.endswith(":id")), "")
        sheet = held.get(targets.get(relation, ""))
        if sheet is not None:
            odd[given.get("name", "")] = _odd_in(sheet)
    return odd


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(a or b) for name, a, b in _ATTRIBUTE.findall(text)}


def _check_extent(content: bytes, file: str, limits: BomLimits) -> None:
    last, columns = 0, set()
    for cell in _CELL.finditer(content):
        attributes = cell[1]
        if attributes.endswith(b"/"):
            continue
        place = _PLACE.search(attributes)
        if place is not None:
            columns.add(place[1])
            last = max(last, int(place[2]))
    widest = max((_column(name) for name in columns), default=-1) + 1
    check_span(last, widest, file, limits)


def check_span(lines: int, columns: int, file: str, limits: BomLimits) -> None:
    """Refuse a table that spans too many lines, columns or cells."""
    if lines > limits.max_lines or columns > limits.max_columns or lines * columns > limits.max_cells:
        message = f"a table that reaches to line {lines:,} and column {columns:,} is too large"
        most = f"{limits.max_lines:,} lines, {limits.max_columns:,} columns and {limits.max_cells:,} cells in all"
        refuse(codes.TOO_MANY_CELLS, message, file, f"at most {most}; delete stray cells far out, or split the file")


def _odd_in(content: bytes) -> OddCells:
    formulas: dict[tuple[int, int], str] = {}
    errors: dict[tuple[int, int], str] = {}
    if b"<f" not in content and b":f" not in content and b"#" not in content:
        return OddCells(formulas, errors)
    for found in _ODD.finditer(content):
        place = _PLACE.search(found["attributes"])
        if place is None:
            continue
        at = (int(place[2]), _column(place[1]))
        value = found["value"] or b""
        if re.search(rb"\bt\s*=\s*[\"']e[\"']", found["attributes"]):
            errors[at] = html.unescape(value.decode("utf-8", "replace"))
        elif not value and b"<f" in found[0]:
            formulas[at] = "=" + html.unescape((found["formula"] or b"").decode("utf-8", "replace"))
    return OddCells(formulas, errors)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


# -- ods ------------------------------------------------------------------------------------------------------------


def _check_ods(content: bytes, file: str, limits: BomLimits) -> None:
    """Refuse sheets whose repeated rows and cells, written out, would span more than they may."""
    row = [0, 0]  # columns so far, columns up to the last cell with something in it
    table = [0, 0, 0]  # rows so far, rows up to the last with something, the widest row
    filled = [1, 0]  # how often this cell stands there, whether anything is in it
    repeated = [1]

    def times(attributes: dict[str, str], what: str) -> int:
        text = next((value for name, value in attributes.items() if name.endswith(what)), "1")
        return int(text) if text.isdecimal() and len(text) < 10 else limits.max_cells + 1

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            table[:] = [0, 0, 0]
        elif name == "table:table-row":
            row[:] = [0, 0]
            repeated[0] = times(attributes, "number-rows-repeated")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            filled[:] = [times(attributes, "number-columns-repeated"), int("office:value-type" in attributes)]
        elif name == "text:p":
            filled[1] = 1

    def end(name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            row[0] += filled[0]
            row[1] = row[0] if filled[1] else row[1]
        elif name == "table:table-row":
            table[0] += repeated[0]
            if row[1]:
                table[1], table[2] = table[0], max(table[2], row[1])
        elif name == "table:table":
            check_span(table[1], table[2], file, limits)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        refuse(codes.BROKEN_WORKBOOK, f"the content is no XML: {error}", file, "save the file again")
