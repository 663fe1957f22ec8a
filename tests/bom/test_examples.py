"""Three quotes that look nothing alike, read without a hand being put to them."""

from __future__ import annotations

import pytest

from supportable import PackSet
from supportable.bom import JudgedBom, judge_bom, read_bom
from tests.bom.files import BOMS, Told, told

R2_ENT = "Windows Server 2008 R2 Enterprise"

HP = [
    (1, "preamble", None, "", ""), (2, "preamble", None, "", ""), (3, "preamble", None, "", ""),
    (7, "group", None, "", ""),
    (8, "item", 2, "HP ProLiant DL380 G6", "machine/line-8"),
    (9, "item", 2, "unrecognised", ""),
    (10, "item", 2, "unrecognised", ""),
    (11, "item", 24, "unrecognised", ""),
    (12, "item", 4, "HP StorageWorks 82E", "machine/line-8"),
    (13, "item", 4, "HP NC382T", "machine/line-8"),
    (14, "item", 2, R2_ENT, "machine/line-8"),
    (15, "subtotal", None, "", ""), (17, "group", None, "", ""),
    (18, "item", 1, "HP ProLiant ML370 G6", "machine/line-18"),
    (19, "item", 6, "unrecognised", ""),
    (20, "item", 1, "Windows Server 2008 Standard SP2 (x64)", "machine/line-18"),
    (21, "subtotal", None, "", ""), (23, "group", None, "", ""),
    (24, "item", 1, "HP P2000 G3 MSA", ""),
    (25, "item", 12, "unrecognised", ""),
    (26, "subtotal", None, "", ""), (28, "group", None, "", ""),
    (29, "item", 1, "SQL Server 2008 Enterprise SP1 (x64)", "workload/line-29"),
    (30, "item", 120, "unrecognised", ""),
    (31, "item", 2, "unrecognised", ""),
    (32, "subtotal", None, "", ""),
]  # fmt: skip

DELL = [
    (1, "preamble", None, "", ""), (2, "preamble", None, "", ""), (3, "preamble", None, "", ""),
    (6, "group", None, "", ""),
    (7, "item", 3, "Dell PowerEdge R710", "machine/line-7"),
    (8, "item", 6, "unrecognised", ""),
    (9, "item", 3, "unrecognised", ""),
    (10, "item", 6, "QLogic QLE2562", "machine/line-7"),
    (11, "item", 3, "Intel Gigabit ET Quad Port Server Adapter", "machine/line-7"),
    (12, "item", 3, R2_ENT, "machine/line-7"),
    (13, "item", 3, "unrecognised", ""),
    (14, "subtotal", None, "", ""), (16, "group", None, "", ""),
    (17, "item", 1, "EMC CLARiiON CX4-120", ""),
    (18, "item", 15, "unrecognised", ""),
    (19, "subtotal", None, "", ""), (21, "group", None, "", ""),
    (22, "item", 2, "SQL Server 2008 Standard", "workload/line-22"),
    (23, "item", 1, "System Center Virtual Machine Manager 2008 R2", "workload/line-23"),
    (24, "item", 4, "Windows Server 2003 R2 Standard SP2", "machine/line-24"),
    (25, "item", 3, "unrecognised", ""),
    (26, "subtotal", None, "", ""), (28, "subtotal", None, "", ""), (29, "subtotal", None, "", ""),
]  # fmt: skip

LENOVO = [
    (1, "preamble", None, "", ""), (3, "preamble", None, "", ""), (5, "group", None, "", ""),
    (9, "item", 4, "Lenovo ThinkSystem SR650", "machine/line-9"),
    (10, "item", 4, "Lenovo ThinkSystem SR650", "machine/line-9"),
    (11, "item", 8, "unrecognised", ""),
    (12, "item", 48, "unrecognised", ""),
    (13, "item", 4, "ThinkSystem Broadcom 5719 1GbE RJ45 4-port PCIe Ethernet Adapter", "machine/line-9"),
    (14, "item", 4, "Emulex LPe31002", "machine/line-9"),
    (15, "item", 4, "Windows Server 2019 Datacenter", "machine/line-9"),
    (17, "group", None, "", ""),
    (21, "item", 1, "Lenovo ThinkSystem DE4000H", ""),
    (22, "item", 16, "unrecognised", ""),
    (24, "group", None, "", ""),
    (28, "item", 2, "Windows Server 2019 Standard", "machine/line-28"),
    (29, "item", 2, "SQL Server 2019 Standard", "workload/line-29"),
    (30, "item", 4, "unrecognised", ""),
    (32, "note", None, "", ""),
]  # fmt: skip


def judged(packs: PackSet, name: str, day: str) -> JudgedBom:
    return judge_bom(read_bom(BOMS / name), packs, as_of=day)


@pytest.mark.parametrize(
    ("name", "expected"), [("hp-quote.xlsx", HP), ("dell-quote.csv", DELL), ("lenovo-summary.md", LENOVO)]
)
def test_every_line_of_the_example_is_what_a_reader_says_it_is(packs: PackSet, name: str, expected: Told) -> None:
    assert told(judged(packs, name, "2019-07-01")) == expected


def test_the_cells_stand_in_the_answer_as_in_the_file(packs: PackSet) -> None:
    dell = {line.line.line: line.line.text for line in judged(packs, "dell-quote.csv", "2010-07-01").lines}
    assert dell[3] == {"A": "Kunde:", "B": "Müller & Söhne Maschinenbau GmbH, Köln"}
    assert dell[7] == {
        "Modul": "Basis", "Bezeichnung": 'PowerEdge R710 Rack-Chassis, bis zu 8x 2,5"-HDDs', "Artikelnr.": "210-27771",
        "Menge": "3", "Einzelpreis (€)": "1.899,00", "Gesamtpreis (€)": "5.697,00",
    }  # fmt: skip
    hp = {line.line.line: line.line.text for line in judged(packs, "hp-quote.xlsx", "2010-07-01").lines}
    assert hp[12] == {
        "Item": "0104", "Product #": "AJ763A", "Product Description": "  HP 82E 8Gb Dual Port PCI-e FC HBA", "Qty": "4",
        "Unit List USD": "2150", "Ext. List USD": "8600",
    }  # fmt: skip


def test_the_implied_design_says_what_the_quote_says_and_no_more(packs: PackSet) -> None:
    assert judged(packs, "hp-quote.xlsx", "2010-07-01").implied == {
        "design": "hp-quote",
        "machines": [
            {"id": "line-8", "count": 2, "kind": "physical", "model": "HP ProLiant DL380 G6", "os": R2_ENT,
             "components": ["line-8", "line-12", "line-13", "..."]},
            {"id": "line-18", "kind": "physical", "model": "HP ProLiant ML370 G6",
             "os": "Windows Server 2008 Standard SP2 (x64)", "components": ["line-18", "..."]},
        ],
        "components": [
            {"id": "line-8", "count": 2, "kind": "server", "vendor": "HP", "model": "ProLiant DL380 G6",
             "part_number": "494329-B21"},
            {"id": "line-12", "count": 4, "kind": "hba", "vendor": "HP", "model": "StorageWorks 82E",
             "part_number": "AJ763A"},
            {"id": "line-13", "count": 4, "kind": "nic", "vendor": "HP", "model": "NC382T",
             "part_number": "458492-B21"},
            {"id": "line-18", "kind": "server", "vendor": "HP", "model": "ProLiant ML370 G6",
             "part_number": "487932-421"},
            {"id": "line-24", "kind": "storage", "vendor": "HP", "model": "P2000 G3 MSA", "part_number": "AP845A"},
        ],
        "workloads": [{"id": "line-29", "product": "SQL Server 2008 Enterprise SP1 (x64)"}],
    }  # fmt: skip


def test_past_its_lifecycle_a_licence_is_unsupported_with_its_source(packs: PackSet) -> None:
    answer = judged(packs, "dell-quote.csv", "2021-07-01")
    line = next(each for each in answer.lines if each.line.line == 24)
    assert line.status == "unsupported"
    assert line.reasons[0].startswith("Windows Server 2003 R2 Standard SP2 on line-24 is out of support")
    assert "lifecycle-ms" in {one.ref for one in line.citations}
    assert answer.verdict.status == "unsupported"
    assert any("line 24" in one.lines for one in answer.forbids)


def test_what_is_not_tied_is_said(packs: PackSet) -> None:
    said = {one.about: one.lines for one in judged(packs, "dell-quote.csv", "2010-07-01").cannot_tell}
    assert said["Windows Server 2003 R2 Standard SP2 (quantity 4)"] == ("line 24",)
    assert said["SQL Server 2008 Standard (quantity 2)"] == ("line 22",)
    assert said["5 unrecognised lines"] == ("line 8", "line 9", "line 13", "line 18", "line 25")
