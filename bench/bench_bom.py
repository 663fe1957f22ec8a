"""A bill of 100,000 lines, as .csv and as .xlsx: read, recognised, judged, and written as JSON and as a workbook."""

from __future__ import annotations

import csv
import io
import random
import resource
import tempfile
import time
from pathlib import Path

from supportable import load_packs
from supportable.bom import bom_to_json, judge_bom, read_bom
from supportable.document import canonical_json
from supportable.report.bom_workbook import bom_workbook

LINES = 100_000
SERVERS = ("HP ProLiant DL380 G6 Server", "Dell PowerEdge R710", "IBM System x3650 M2", "HPE DL360 Gen10")
SYSTEMS = (
    "MS WIN SVR 2008 R2 ENT",
    "Windows Server 2003 R2 Standard w/SP2 5 Clt",
    "W2K8 EE",
    "Windows Server 2019 Standard",
)
DATABASES = ("Microsoft® SQL Server® 2008 Enterprise x64 SP2", "SQL Svr Std 2005", "SQL Server 2019 Standard")


def rows(*, alike: bool) -> list[list[object]]:
    """A quote of `LINES` lines; with `alike` its parts repeat, else every unrecognised text is another."""
    draw = random.Random(5)
    made: list[list[object]] = [["Line", "Part Number", "Description", "Qty", "Unit Price"]]
    while len(made) <= LINES:
        count = draw.randint(1, 4)
        made.append([f"{len(made)}", "", draw.choice(SERVERS), count, 1000])
        made.append([f"{len(made)}", "AJ763A", "82E 8Gb FC HBA", count, 500])
        made.append([f"{len(made)}", "", draw.choice(SYSTEMS), count, 800])
        made.append([f"{len(made)}", "", draw.choice(DATABASES), 1, 800])
        made += [
            [
                f"{len(made)}",
                f"X{draw.randint(0, 10**9 if not alike else 50)}",
                f"Bracket {draw.random() if not alike else 1}",
                2,
                5,
            ]
            for _ in range(6)
        ]
    return made[: LINES + 1]


def timed(what: str, path: Path) -> None:
    packs = load_packs()
    judge_bom(read_bom(Path(__file__).parents[1] / "examples" / "boms" / "dell-quote.csv"), packs, as_of="2010-07-01")
    began = time.perf_counter()
    bill = read_bom(path)
    read = time.perf_counter()
    judged = judge_bom(bill, packs, as_of="2010-07-01")
    done = time.perf_counter()
    plain = canonical_json(bom_to_json(judged))
    told = time.perf_counter()
    book = bom_workbook(judged)
    end = time.perf_counter()
    assert len(judged.lines) == LINES
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{what:32} read {read - began:5.1f} s, judged {done - read:5.1f} s, JSON {told - done:5.1f} s "
        f"({len(plain) >> 20} MiB), workbook {end - told:5.1f} s ({len(book) >> 20} MiB); at most {most} MiB"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for alike in (True, False):
            made = rows(alike=alike)
            text = io.StringIO()
            csv.writer(text).writerows(made)
            path = Path(folder) / "bill.csv"
            path.write_text(text.getvalue(), encoding="utf-8")
            timed(f"csv, {'parts repeat' if alike else 'every part another'}", path)
        import xlsxwriter  # noqa: PLC0415

        path = Path(folder) / "bill.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("BOM")
            for line, row in enumerate(made):
                sheet.write_row(line, 0, row)
        timed("xlsx, every part another", path)


if __name__ == "__main__":
    main()
