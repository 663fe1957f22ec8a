"""The user's own bill as a workbook, with columns added: status, what a line is, why, and by which texts.

Original cells keep their place, order and type; they and ours are written as values, so that no text, whatever it
begins with, becomes a formula or a link.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from supportable.bom import codes
from supportable.bom.model import NOT_AN_ITEM, UNRECOGNISED, JudgedBom, JudgedLine, Row, Sheet, Value
from supportable.errors import Problem, UsageError
from supportable.origin import Origin

ADDED: Final = ("Status", "Recognised as", "Why", "Citations")
_LONGEST: Final = 32_767
_COLOURS: Final = {
    "unsupported": "#F8CBAD",
    "limited": "#FCE4D6",
    "undetermined": "#E4DFEC",
    "conditional": "#DDEBF7",
    "not_covered": "#EDEDED",
    "supported": "#C6E0B4",
    UNRECOGNISED: "#FFF2CC",
}


def bom_workbook(judged: JudgedBom, *, in_memory: bool = False) -> bytes:
    """The bytes of an .xlsx file; `in_memory`, it is put together without temporary files. Raises UsageError if the
    extra `bom` is not installed."""
    try:
        import xlsxwriter  # noqa: PLC0415  an extra
    except ImportError:
        problem = Problem(codes.EXTRA_NOT_INSTALLED, "to write workbooks, xlsxwriter is needed", Origin("--xlsx"),
                          "pip install 'supportable[bom]'")  # fmt: skip
        raise UsageError([problem]) from None
    out = io.BytesIO()
    options = {
        "in_memory": in_memory,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": False,
    }
    book = xlsxwriter.Workbook(out, options)
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#D9D9D9"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "span": book.add_format({"num_format": "[h]:mm:ss"}),
        **{status: book.add_format({"bg_color": colour}) for status, colour in _COLOURS.items()},
    }
    answers = {(line.line.sheet, line.line.line): line for line in judged.lines}
    headers = {(header.sheet, header.line) for header in judged.bom.headers}
    names: set[str] = set()
    for sheet in judged.bom.source.sheets:
        _sheet(book.add_worksheet(_name(sheet, names)), sheet, answers, headers, formats)
    _summary(book.add_worksheet(_unique("Verdict", names)), judged, formats)
    book.close()
    return out.getvalue()


def _sheet(
    page: Any,
    sheet: Sheet,
    answers: dict[tuple[str, int], JudgedLine],
    headers: set[tuple[str, int]],
    formats: dict[str, Any],
) -> None:
    width = max((len(row.values) for row in sheet.rows), default=0)
    if sheet.hidden:
        page.hide()
    for row in sheet.rows:
        for column, value in enumerate(row.values):
            write(page, row.line - 1, column, value, formats)
        if (sheet.name, row.line) in headers:
            for place, name in enumerate(ADDED):
                page.write_string(row.line - 1, width + place, name, formats["head"])
        elif (judged := answers.get((sheet.name, row.line))) is not None and judged.status != NOT_AN_ITEM:
            _added(page, row, width, judged, formats)
    for top, left, bottom, right in sheet.merged:
        value = next((row.values[left] for row in sheet.rows if row.line == top and left < len(row.values)), "")
        page.merge_range(top - 1, left, bottom - 1, right, "")
        write(page, top - 1, left, value, formats)
    page.set_column(width, width, 14)
    page.set_column(width + 1, width + len(ADDED) - 1, 40)


def _added(page: Any, row: Row, width: int, judged: JudgedLine, formats: dict[str, Any]) -> None:
    told = (
        judged.status.replace("_", " "),
        judged.recognised.title if judged.recognised is not None else "",
        "; ".join(judged.reasons),
        "; ".join(dict.fromkeys(f"{one.ref} {one.url}".strip() for one in judged.citations)),
    )
    for place, text in enumerate(told):
        page.write_string(
            row.line - 1, width + place, text[:_LONGEST], formats.get(judged.status) if not place else None
        )


def write(page: Any, line: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    """Write a cell as the type that it has; text as text."""
    if isinstance(value, str):
        if value:
            page.write_string(line, column, value)
    elif isinstance(value, bool):
        page.write_boolean(line, column, value)
    elif isinstance(value, (int, float)):
        page.write_number(line, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(line, column, value, formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(line, column, value, formats["day"])
    elif isinstance(value, (time, timedelta)):
        page.write_datetime(line, column, value, formats["span"])


def _summary(page: Any, judged: JudgedBom, formats: dict[str, Any]) -> None:
    rows: list[tuple[str, ...]] = [
        ("As of", judged.verdict.as_of),
        ("Design", judged.verdict.design),
        ("Status", judged.verdict.status.replace("_", " ")),
        ("Coverage", f"{judged.verdict.coverage.covered} of {judged.verdict.coverage.judged} judged subjects"),
    ]
    for label, held in (("Allows", judged.allows), ("Forbids", judged.forbids), ("Cannot tell", judged.cannot_tell)):
        for one in held:
            refs = "; ".join(dict.fromkeys(each.ref for each in one.citations))
            rows.append(
                (label, one.about, one.status.replace("_", " "), "; ".join(one.reasons), refs, ", ".join(one.lines))
            )
    rows += [("Warning", one.code, "", one.message) for one in judged.warnings]
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            page.write_string(line, column, text[:_LONGEST], None if column else formats["head"])
    page.set_column(0, 0, 12)
    page.set_column(1, 5, 40)


def _name(sheet: Sheet, names: set[str]) -> str:
    return _unique(sheet.name or "BOM", names)


def _unique(name: str, names: set[str]) -> str:
    # What a workbook allows in the name of a sheet; an .ods file may name its sheets more freely.
    plain = (
        "".join("_" if each in "[]:*?/\\" or not each.isprintable() else each for each in name).strip("'")[:28]
        or "Sheet"
    )
    unique, number = plain, 1
    while unique.casefold() in names:
        number += 1
        unique = f"{plain}{number}"
    names.add(unique.casefold())
    return unique
