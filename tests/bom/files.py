"""Files to read: workbooks made on the spot, and bills in a few words; and in a few words what was made of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

from supportable.bom import Bom, JudgedBom, Profile, read_lines, read_source

ROOT = Path(__file__).parents[2]
BOMS = ROOT / "examples" / "boms"

Told = list[tuple[int, str, int | None, str, str]]


def read(data: bytes | str, profile: Profile | None = None, file: str = "bill") -> Bom:
    """The bill that these bytes, or this text in UTF-8, hold."""
    profile = profile or Profile()
    return read_lines(read_source(data if isinstance(data, bytes) else data.encode(), file, profile), profile)


def told(judged: JudgedBom) -> Told:
    """Each line: where it stands, what it is, how many, as what it was recognised, and for what it stands."""
    found: Told = []
    for line in judged.lines:
        title = line.recognised.title if line.recognised else "unrecognised" if line.line.kind == "item" else ""
        subject = next((each for each in line.subjects if not each.startswith("component/")), "")
        found.append((line.line.line, line.line.kind, line.line.quantity, title, subject))
    return found


def xlsx(
    rows: Sequence[Sequence[Any]], *, merged: Sequence[tuple[int, int, int, int]] = (), sheet: str = "BOM"
) -> bytes:
    """A workbook; text that begins with “=” is a formula. `merged` are ranges by row and column from 0, inclusive."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None and value != "":
                    page.write(line, column, value)
        for top, left, bottom, right in merged:
            page.merge_range(top, left, bottom, right, rows[top][left])
    return out.getvalue()


def ods(rows: Sequence[Sequence[Any]], *, row_repeats: str = "", more: str = "") -> bytes:
    """An OpenDocument sheet; `row_repeats` are attributes of every row, `more` is put after the last row."""
    body = ""
    for row in rows:
        cells = "".join(_cell(each) for each in row)
        body += f"<table:table-row {row_repeats}>{cells}</table:table-row>"
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="BOM">{body}{more}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    media = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/></manifest:manifest>'
    )
    return packed({"mimetype": media, "content.xml": content, "META-INF/manifest.xml": manifest})


def _cell(value: Any) -> str:
    if isinstance(value, int | float):
        typed = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {typed}><text:p>{value}</text:p></table:table-cell>"
    text = f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return text if value else "<table:table-cell/>"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_parts(workbook: bytes, parts: dict[str, str | bytes]) -> bytes:
    """The workbook with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        held: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return packed({**held, **parts})


def part(workbook: bytes, name: str) -> str:
    """One part of the workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(name).decode()
