"""How much one bill of materials may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BomLimits:
    """The most that is taken of one file; every bound is inclusive.

    `max_bytes` is the file itself, `max_unpacked` what a workbook holds unpacked, `max_ratio` how far any part of it
    of a mebibyte or more may have been packed; `max_cells` counts the rectangle that a sheet spans, as that is what
    reading it takes; `max_cell` is the longest text, the same as in a workbook.
    """

    max_bytes: int = 64 * 1024 * 1024
    max_unpacked: int = 256 * 1024 * 1024
    max_ratio: int = 300
    max_parts: int = 5_000
    max_lines: int = 250_000
    max_columns: int = 1_000
    max_cells: int = 5_000_000
    max_cell: int = 32_767
    max_sheets: int = 200


BOM_LIMITS = BomLimits()
