"""Rows to lines: where the header is, what each row is, and which rows belong together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from supportable.bom import codes
from supportable.bom.columns import folded, is_header, roles_of
from supportable.bom.faults import refuse, warning
from supportable.bom.model import Bom, Header, Kind, Line, Role, Row, Sheet, Source
from supportable.bom.profile import Profile
from supportable.bom.quantity import read_quantity
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.origin import Origin

Progress = Callable[[str, int, int], None]
"""Told the stage, how many lines are done, and of how many."""

_TOTAL: Final = re.compile(
    r"((grand|net|config\w*|group|gruppe|order|quote|system|solution|lot)\s*[#:.\-]?\s*\d*)?"
    r"[\s:\-]*(sub|sous)?[\s\-]*totals?\b"
    r"|(zwischen|gesamt|teil)?summe\b|gesamt(betrag|preis)?\b"
    r"|(zzgl|inkl|incl|plus)\.?\s[\d\s.,%]*(mwst|ust|vat|tax|versand)\b"
    r"|vat\b|mwst\b|sales tax\b|tax\b|freight\b|estimated\b"
    r"|shipping( and handling| & handling)?\W*$|versand(kosten)?\b",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(
    r"(config(uration)?|konfiguration|group|gruppe|option group|bundle|solution|site|rack|section|part [a-z]\b|module"
    r"|cluster|system|environment|phase|lot)\b",
    re.IGNORECASE,
)
_OPTION: Final = re.compile(r"(?P<product>[A-Z0-9][A-Z0-9\-]{3,})(?:#|\s+)(?P<option>0D1|[A-Z0-9]{3})")
_INDENT: Final = re.compile(r"^((?:\s|[>•·└├─→*\-]+\s)*)")
_MARKED_UP: Final = re.compile(r"#{2,6} .*|\*\*[^*|]+\*\*|__[^_|]+__")
"""A heading in Markdown, or a text that is emphasised as a whole."""
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*\.?")


def read_lines(source: Source, profile: Profile, progress: Progress | None = None) -> Bom:
    """Every row of the source as a line or a header. Raises DocumentError where no header is found, UsageError for
    columns or sheets that are not there."""
    sheets = _chosen(source, profile)
    total = sum(len(sheet.rows) for sheet in sheets)
    if not total:
        refuse(codes.BOM_EMPTY, "there is nothing in this file", source.file)
    headers: list[Header] = []
    lines: list[Line] = []
    warnings: list[Problem] = list(source.warnings)
    bare = []
    for sheet in sheets:
        reader = _SheetReader(sheet, profile, lines, headers)
        before = len(headers)
        for place, row in enumerate(sheet.rows):
            reader.read(row)
            if progress is not None and place % 2000 == 0:
                progress("reading", len(lines), total)
        if len(headers) == before and sheet.rows and not profile.places:
            bare.append(sheet)
    _check_named(profile, headers, sheets, source)
    if not headers and not profile.places:
        first = sheets[0].rows[0] if sheets and sheets[0].rows else Row(1, ())
        message = "no row names the columns: one for the product and one for the quantity, at least"
        hint = 'say which is which by header, --map part="Art.-Nr.",qty=Menge, or by place, --map part=#1,qty=#2'
        refuse(codes.NO_HEADER, message, source.file, hint, line=first.line)
    for sheet in bare:
        message = f"the sheet “{sheet.name}” has no header; its lines are kept and not judged"
        warnings.append(warning(codes.SHEET_WITHOUT_HEADER, message, source.file))
    return Bom(source, tuple(headers), tuple(lines), tuple(warnings), profile.parts)


def _chosen(source: Source, profile: Profile) -> list[Sheet]:
    if not profile.sheets:
        return list(source.sheets)
    by_name = {sheet.name: sheet for sheet in source.sheets}
    missing = [name for name in profile.sheets if name not in by_name]
    if missing:
        raise UsageError(
            [
                Problem(
                    codes.NO_SUCH_SHEET, f"there is no sheet “{name}”", Origin(source.file), did_you_mean(name, by_name)
                )
                for name in missing
            ]
        )
    return [sheet for sheet in source.sheets if sheet.name in profile.sheets]


def _check_named(profile: Profile, headers: list[Header], sheets: list[Sheet], source: Source) -> None:
    """A column that was named by hand must be somewhere: all of those of one role missing is a mistake."""
    seen = {folded(name) for header in headers for name in header.names}
    short = {
        row.text(column).strip() for sheet in sheets for row in sheet.rows[:50] for column in range(len(row.values))
    }
    by_role: dict[Role, list[str]] = {}
    for header, role in profile.columns.items():
        by_role.setdefault(role, []).append(header)
    problems = []
    for role, wanted in by_role.items():
        if seen.isdisjoint(wanted):
            names = " or ".join(f"“{profile.named.get(header, header)}”" for header in wanted)
            known = [name for header in headers for name in header.names] or sorted(each for each in short if each)
            hint = did_you_mean(profile.named.get(wanted[0], wanted[0]), known)
            problems.append(
                Problem(codes.NO_SUCH_COLUMN, f"no column is called {names} ({role})", Origin(source.file), hint)
            )
    if problems and (headers or profile.columns):
        raise UsageError(problems)


@dataclass(slots=True)
class _SheetReader:
    """One sheet being read, top to bottom."""

    sheet: Sheet
    profile: Profile
    lines: list[Line]
    headers: list[Header]
    roles: dict[int, Role] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    spans: dict[int, int] = field(default_factory=dict)
    group: str = ""
    group_is_new: bool = False
    by_role: dict[Role, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    by_part: dict[str, int] = field(default_factory=dict)
    open: list[tuple[int, int]] = field(default_factory=list)
    merged_from: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for top, left, bottom, right in self.sheet.merged:
            if bottom - top <= 10_000 and right - left <= 1_000 and top != bottom:
                for line in range(top + 1, bottom + 1):
                    self.merged_from[line, left] = top
        if self.profile.places:
            last = max(self.profile.places)
            self._start({place - 1: role for place, role in self.profile.places.items()}, ("",) * last)

    def _start(self, roles: dict[int, Role], given: tuple[str, ...]) -> None:
        self.roles = roles
        self.names = unique_names(given)
        self.by_role = {role: column for column, role in reversed(roles.items()) if role not in ("price", "other")}
        if not self.group_is_new:
            self.group = ""
        self._forget()

    def _forget(self) -> None:
        self.by_number.clear()
        self.by_part.clear()
        self.open.clear()

    def read(self, row: Row) -> None:
        """Make a header or a line of the row."""
        cells = tuple(row.text(column) for column in range(len(row.values)))
        counted = self.by_role.get("quantity", -1)
        if counted < 0 or not cells[counted : counted + 1] or not cells[counted][:1].isdigit():
            roles = roles_of(cells, self.profile.columns)
            if is_header(roles) or (row.line in self.sheet.headers and roles):
                self._header(row, cells, roles)
                return
        self.lines.append(self._line(row, cells))

    def _header(self, row: Row, cells: tuple[str, ...], roles: dict[int, Role]) -> None:
        self.spans = {
            left: right for top, left, bottom, right in self.sheet.merged if top <= row.line <= bottom and right > left
        }
        self._start(roles, cells)
        named = tuple((self.names[column], role) for column, role in sorted(roles.items()))
        self.headers.append(Header(self.sheet.name, row.line, self.names, named))

    def _cell(self, cells: tuple[str, ...], role: Role) -> tuple[str, int]:
        """The text for a role as it stands, and its column: the first filled of those that the header spans."""
        column = self.by_role.get(role, -1)
        if column < 0:
            return "", -1
        for each in range(column, self.spans.get(column, column) + 1):
            if each < len(cells) and cells[each].strip():
                return cells[each], each
        return "", column

    def _line(self, row: Row, cells: tuple[str, ...]) -> Line:
        filled = [column for column, cell in enumerate(cells) if cell.strip()]
        text = {self._name(column): cells[column] for column in filled}
        if row.line in self.sheet.prose:
            heads = self._heads(cells[filled[0]].strip())
            return self._begin(row, text, cells[filled[0]]) if heads else self._aside(row, text)
        if not self.names:
            if len(filled) == 1 and self._heads(cells[filled[0]].strip()):
                return self._begin(row, text, cells[filled[0]])
            return self._aside(row, text)
        part, part_column = self._cell(cells, "part")
        described, described_column = self._cell(cells, "description")
        _, counted = self._cell(cells, "quantity")
        quantity, notes = self._quantity(row, counted)
        kind = self._kind(cells, filled, part_column, described_column, counted)
        if kind != "item":
            if kind == "group":
                return self._begin(row, text, cells[filled[0]])
            if kind == "subtotal":
                self.group = ""
                self._forget()
            return Line(self.sheet.name, row.line, kind, text)
        self.group_is_new = False
        group = self._group(row, cells)
        parent = self._parent(row, cells, part, described)
        vendor = self._cell(cells, "vendor")[0].strip()
        line = Line(
            self.sheet.name, row.line, "item", text, bare(part), bare(described), vendor, quantity, group, parent, notes
        )
        self.by_part.setdefault(line.part.upper(), len(self.lines))
        return line

    def _aside(self, row: Row, text: dict[str, str]) -> Line:
        return Line(self.sheet.name, row.line, "note" if self.names else "preamble", text)

    def _begin(self, row: Row, text: dict[str, str], heading: str) -> Line:
        self.group = heading.strip().strip("#*: ").strip()
        self.group_is_new = True
        self._forget()
        return Line(self.sheet.name, row.line, "group", text, group=self.group)

    def _heads(self, label: str) -> bool:
        """Whether the only text of a row is the heading of a configuration."""
        words = tuple(word.casefold() for word in self.profile.groups)
        named = bool(words) and label.casefold().startswith(words)
        return named or bool(_GROUP.match(label)) or label.endswith(":") or bool(_MARKED_UP.fullmatch(label))

    def _name(self, column: int) -> str:
        return self.names[column] if column < len(self.names) else letters(column)

    def _quantity(self, row: Row, column: int) -> tuple[int | None, tuple[str, ...]]:
        if column < 0:
            return None, ("the file has no column for quantities",)
        if (row.line, column) in self.sheet.unsettled:
            return None, ("the quantity is a formula whose result was not stored",)
        value = row.values[column] if column < len(row.values) else ""
        quantity, note = read_quantity(value, self.profile.decimal)
        above = self.merged_from.get((row.line, column))
        if quantity is None and not note and above is not None:
            note = f"the quantity stands in a cell merged with line {above}"
        return quantity, (note,) if note else (() if quantity is not None else ("no quantity is given",))

    def _kind(self, cells: tuple[str, ...], filled: list[int], part: int, described: int, counted: int) -> Kind:
        if part in filled and counted in filled and described in filled and part != described:
            return "item"
        has = {column for column in filled if self.roles.get(column) not in ("price", "number")}
        first = cells[filled[0]].strip()
        if part in has and _TOTAL.match(cells[part].strip()) and described not in has:
            return "subtotal"
        if part not in has or not cells[part].strip():
            labels = [cells[column].strip() for column in filled]
            if any(_TOTAL.match(label) for label in labels[:2]) and counted not in has:
                return "subtotal"
            if counted not in has and len(filled) == 1 and self._heads(first):
                return "group"
            if counted not in has and described not in has:
                return "group" if len(filled) == 1 and not _is_number(first) else "note"
        elif len(filled) == 1 and described != part and (self._heads(first) or self._spans_columns(first)):
            return "group"
        if filled == [counted] and not first[:1].isdigit():
            return "group"
        return "item"

    def _spans_columns(self, label: str) -> bool:
        """Whether the only text of a row, in the column of part numbers, stands over the others: it is of several words
        where the table has columns for what it is and how many."""
        return " " in label and {"part", "description", "quantity"} <= self.by_role.keys()

    def _group(self, row: Row, cells: tuple[str, ...]) -> str:
        given, column = self._cell(cells, "group")
        if given.strip():
            return given.strip()
        above = self.merged_from.get((row.line, column)) if column >= 0 else None
        if above is not None:
            for line in reversed(self.lines):
                if line.line <= above:
                    return line.group if line.line == above else self.group
        return self.group

    def _parent(self, row: Row, cells: tuple[str, ...], part: str, described: str) -> int | None:
        """The place of the line this one is an option of, by part number, number, level or indentation."""
        here = len(self.lines)
        number = self._cell(cells, "number")[0].strip().rstrip(".")
        found: int | None = None
        if "#" in part or " " in part:
            option = _OPTION.fullmatch(part.strip().upper())
            found = self.by_part.get(option["product"]) if option is not None else None
        if found is None and _NUMBER.fullmatch(number) and "." in number:
            found = self.by_number.get(number.rpartition(".")[0])
        if number:
            self.by_number[number] = here
        level = self._cell(cells, "level")[0].strip()
        depth = int(level) if level.isdecimal() and len(level) < 4 else max(_depth(part), _depth(described))
        while self.open and self.open[-1][0] >= depth:
            self.open.pop()
        if found is None and self.open:
            found = self.open[-1][1]
        self.open.append((depth, here))
        del row
        return found


def bare(text: str) -> str:
    """A cell without what only indents or emphasises it."""
    inner = " ".join(text.split()) if "\n" in text or "\r" in text else text.strip()
    if inner[:1].isalnum() or not inner:
        return inner
    indented = _INDENT.match(inner)
    inner = inner[indented.end() :] if indented is not None else inner
    return inner.strip("*_` ")


def _depth(text: str) -> int:
    if text[:1].isalnum():
        return 0
    found = _INDENT.match(text)
    return len(found[1].expandtabs(4)) if found is not None and text.strip() else 0


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,'\s€$£%\-]+", text))


def letters(column: int) -> str:
    """A column as spreadsheets name it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def unique_names(given: tuple[str, ...]) -> tuple[str, ...]:
    """Names of columns, each once: empty ones by their letter, repeated ones with a number."""
    seen: set[str] = set()
    names = []
    for column, cell in enumerate(given):
        name = " ".join(cell.split()) or letters(column)
        number = 1
        unique = name
        while unique in seen:
            number += 1
            unique = f"{name} ({number})"
        seen.add(unique)
        names.append(unique)
    return tuple(names)
