"""Workbooks, .xlsx and .ods, as sheets."""

from __future__ import annotations

import hashlib
from typing import Any

from supportable.bom import codes
from supportable.bom.archive import Measured, OddCells, measure
from supportable.bom.faults import refuse, warning
from supportable.bom.limits import BomLimits
from supportable.bom.model import Row, Sheet, Source, Value
from supportable.errors import Problem


def read_workbook(data: bytes, file: str, limits: BomLimits) -> Source:
    """Every sheet of a workbook. Raises DocumentError."""
    measured = measure(data, file, limits)
    calamine = _calamine(file)
    warnings: list[Problem] = list(measured.warnings)
    try:
        book = calamine.CalamineWorkbook.from_object(measured.copy)
        found = list(book.sheets_metadata)
        if len(found) > limits.max_sheets:
            refuse(codes.TOO_MANY_CELLS, f"{len(found):,} sheets; at most {limits.max_sheets}", file)
        sheets = []
        for each in found:
            if each.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(each.name)
            hidden = each.visible != calamine.SheetVisibleEnum.Visible
            sheets.append(_sheet(each.name, sheet, measured, file, warnings, hidden=hidden))
    except calamine.PasswordError:
        refuse(codes.PASSWORD_PROTECTED, "this workbook is protected by a password", file, "save it without one")
    except calamine.CalamineError as error:
        refuse(codes.BROKEN_WORKBOOK, f"this workbook cannot be read: {error}", file, "save it again")
    digest = hashlib.sha256(data).hexdigest()
    return Source(file, measured.format, tuple(sheets), digest, warnings=tuple(warnings))


def _sheet(name: str, sheet: Any, measured: Measured, file: str, warnings: list[Problem], *, hidden: bool) -> Sheet:
    odd = measured.odd.get(name, OddCells({}, {}))
    said = {**odd.formulas, **odd.errors}
    by_line: dict[int, list[tuple[int, str]]] = {}
    for (line, column), text in said.items():
        by_line.setdefault(line, []).append((column, text))
    rows: list[Row] = []
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        values: list[Value] = list(cells)
        for column, text in by_line.pop(line, ()):
            _put(values, column, text)
        _add(rows, line, values)
    for later in sorted(by_line):
        values = []
        for column, text in by_line[later]:
            _put(values, column, text)
        _add(rows, later, values)
    if odd.formulas:
        first = min(odd.formulas)[0]
        message = f"{len(odd.formulas)} formulas in “{name}” have no stored result, the first in line {first}"
        hint = "open the workbook, let it compute, and save it"
        warnings.append(warning(codes.FORMULAS_WITHOUT_RESULTS, message, file, hint, line=first))
    if odd.errors:
        first = min(odd.errors)[0]
        message = f"{len(odd.errors)} cells in “{name}” hold an error, the first in line {first}"
        warnings.append(warning(codes.ERRORS_IN_CELLS, message, file, line=first))
    if hidden and rows:
        warnings.append(warning(codes.HIDDEN_SHEET, f"the sheet “{name}” is hidden; it was read all the same", file))
    merged = tuple((a + 1, b, c + 1, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    return Sheet(name, tuple(rows), merged, hidden, frozenset(odd.formulas))


def _put(values: list[Value], column: int, text: str) -> None:
    values.extend([""] * (column + 1 - len(values)))
    values[column] = text


def _add(rows: list[Row], line: int, values: list[Value]) -> None:
    while values and values[-1] == "":
        values.pop()
    if any(not isinstance(value, str) or value.strip() for value in values):
        rows.append(Row(line, tuple(values)))


def _calamine(file: str) -> Any:
    try:
        import python_calamine  # noqa: PLC0415  an extra: needed for workbooks alone
    except ImportError:
        message = "to read workbooks, python-calamine is needed"
        refuse(codes.EXTRA_NOT_INSTALLED, message, file, "pip install 'supportable[bom]', or save the file as .csv")
    return python_calamine
