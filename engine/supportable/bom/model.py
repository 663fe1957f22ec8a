"""A bill of materials as values: what stood in the file, what each line is, and what came of judging it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from supportable.errors import Problem
from supportable.origin import NOWHERE, Origin
from supportable.verdict.model import Cited, Verdict
from supportable.vocabulary.products import Product

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""A cell as its file types it; in a text file every cell is text."""

Role: TypeAlias = Literal["part", "description", "quantity", "vendor", "group", "number", "level", "price", "other"]

Kind: TypeAlias = Literal["item", "group", "subtotal", "note", "preamble"]
"""What a line is. Only an item is judged; the others are kept as they stand."""

UNRECOGNISED = "unrecognised"
NOT_AN_ITEM = "no_item"
"""The two statuses that a line can have beside those of a subject."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that carries data: its line in the file or sheet, from 1, and its cells from the first column on."""

    line: int
    values: tuple[Value, ...]

    def text(self, column: int) -> str:
        """The cell as text, exactly as it stands; "" beyond the last one."""
        return shown(self.values[column]) if column < len(self.values) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the file: its rows in order, blank ones left out.

    `merged` are ranges as (first row, first column, last row, last column), rows counted like lines from 1, columns
    from 0, all inclusive. `unsettled` are places (line, column) of formulas without a stored result.
    """

    name: str
    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    unsettled: frozenset[tuple[int, int]] = frozenset()
    headers: frozenset[int] = frozenset()
    """Lines that must be headers, where the format says so (the line above the rule of a Markdown table)."""
    prose: frozenset[int] = frozenset()
    """Lines outside of all tables, where the format says so (around Markdown tables)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read. `format` is "xlsx", "ods", "csv" or "markdown"; `encoding` and `delimiter` are "" where
    they mean nothing. `digest` is the SHA-256 of its bytes, in hex."""

    file: str
    format: str
    sheets: tuple[Sheet, ...]
    digest: str
    encoding: str = ""
    delimiter: str = ""
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """A row of column names: where it stands, the columns' names, each once, and what they were taken for."""

    sheet: str
    line: int
    names: tuple[str, ...]
    roles: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line that carries data, as read.

    `text` has its cells under the names of their columns, as they stand, empty ones left out. `quantity` is None where
    none is given or it cannot be read. `group` names the configuration it belongs to, "" for none, and `parent` is the
    place in `Bom.lines` of the line it is an option of. `notes` say what is odd about it.
    """

    sheet: str
    line: int
    kind: Kind
    text: dict[str, str]
    part: str = ""
    description: str = ""
    vendor: str = ""
    quantity: int | None = None
    group: str = ""
    parent: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """How the line is named to people."""
        return f"{self.sheet}, line {self.line}" if self.sheet else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Said:
    """What a caller says that a part is: a name, as a bill would write it, or a `kind` of hardware with its vendor and
    model. The kind "other" is what no rule asks about: a cable, a service."""

    name: str = ""
    kind: str = ""
    vendor: str = ""
    model: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Bom:
    """A bill of materials as read: every row of the source is in `lines` or is one of `headers`.

    `said` says what parts are, by part number or description without case and spaces; it goes before all catalogues.
    """

    source: Source
    headers: tuple[Header, ...]
    lines: tuple[Line, ...]
    warnings: tuple[Problem, ...]
    said: dict[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a line was recognised as. `kind` is "server", "storage", "hba", "nic", "switch", "software", "driver", "os",
    "hypervisor", "workload" or, said by the caller only, "other"; `by` says how: "part number", "product name",
    "hardware name" or "the profile"."""

    kind: str
    by: str
    title: str
    vendor: str = ""
    model: str = ""
    part_number: str = ""
    product: Product | None = None


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line with what it was recognised as, the entities it stands for and its status.

    `reasons` are findings in words, or why nothing is known of it; `nearest` names what an unrecognised line is most
    like. `citations` are the texts its status rests on, or would be decided by.
    """

    line: Line
    recognised: Recognised | None
    subjects: tuple[str, ...]
    status: str
    reasons: tuple[str, ...]
    citations: tuple[Cited, ...]
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that can be said of the bill as a whole: in words, with its status, reasons and citations."""

    about: str
    status: str
    reasons: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedBom:
    """The answer for one bill. `implied` is the design its lines imply; `verdict` judges that, or the design it was
    held against (`design`)."""

    bom: Bom
    lines: tuple[JudgedLine, ...]
    verdict: Verdict
    implied: dict[str, object]
    design: str = ""
    allows: tuple[Statement, ...] = ()
    forbids: tuple[Statement, ...] = ()
    cannot_tell: tuple[Statement, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())


def part_key(text: str) -> str:
    """A part number or description without case and spaces."""
    return "".join(text.split()).upper()


def shown(value: Value) -> str:
    """A cell as text: whole numbers without a fraction, days as 2009-07-01, everything else as it stands."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)
