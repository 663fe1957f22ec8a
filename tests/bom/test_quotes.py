"""Quotes as makers and dealers send them, each in a layout of its own: nothing of them is edited by hand."""

from __future__ import annotations

from typing import Any

import pytest

from supportable import PackSet
from supportable.bom import judge_bom
from tests.bom.files import Told, ods, read, told, xlsx

DELL_FROM_EXCEL = """Quote No.:\t3000041882912.1\t\t\t
Customer\tFourth Coffee Ltd\t\t\t
\t\t\t\t
Qty\tSKU\tDescription\tUnit Price\tSubtotal
Shipping Group 1\t\t\t\t
PowerEdge R740xd - Customized\t\t\t\t
3\t210-AKZR\tPowerEdge R740XD Server\t4,218.00\t12,654.00
3\t555-BCKP\tIntel X710 Quad Port 10GbE SFP+, rNDC\t0.00\t0.00
6\t403-BBMS\tQLogic 2692 Dual Port 16Gb Fibre Channel HBA, PCIe Low Profile\t0.00\t0.00
3\t634-BSFX\t"Windows Server 2019 Datacenter,16CORE,FI,No Med,Unlmtd VM,No CALs"\t0.00\t0.00
3\t634-BSGV\tWindows Server 2019 Datacenter,16CORE,Digitally Fulfilled Recovery Image\t0.00\t0.00
3\t340-CKQQ\tPowerEdge R740 Shipping\t0.00\t0.00
1\t210-AQIE\tDell EMC ME4024 Storage Array\t9000\t9000
\t\t\t\t
\t\tSubtotal:\t\t45,000.00
\t\tEstimated Tax:\t\t3,200.00
"""
DELL_TOLD: Told = [
    (1, "preamble", None, "", ""),
    (2, "preamble", None, "", ""),
    (5, "group", None, "", ""),
    (6, "group", None, "", ""),
    (7, "item", 3, "Dell PowerEdge R740xd", "machine/line-7"),
    (8, "item", 3, "Intel X710", "machine/line-7"),
    (9, "item", 6, "QLogic QLE2692", "machine/line-7"),
    (10, "item", 3, "Windows Server 2019 Datacenter", "machine/line-7"),
    (11, "item", 3, "unrecognised", ""),
    (12, "item", 3, "unrecognised", ""),
    (13, "item", 1, "Dell PowerVault ME4024", ""),
    (15, "subtotal", None, "", ""),
    (16, "subtotal", None, "", ""),
]

GERMAN_DEALER = """Angebot Nr.;4711-2012;;;;;;
Kunde;Stadtwerke Münster;;;;;;
;;;;;;;
Pos.;Menge;ME;Art.-Nr.;Herst.-Art.-Nr.;Bezeichnung;Einzelpreis €;Gesamtpreis €
10;2,00;Stk;871220;653200-B21;"HP ProLiant DL380p Gen8 8 SFF CTO
Rack Server, 2HE";1.890,00;3.780,00
10.1;4,00;Stk;871221;662250-L21;HP DL380p Gen8 Intel® Xeon® E5-2620 (6-core) FIO Processor Kit;410,00;1.640,00
10.2;2,00;Stk;871444;AJ763A;Fibre Channel Karte;1.300,00;2.600,00
20;2,00;Stk;901111;748920-B21;MS Windows Server 2012 R2 Datacenter ROK deutsch;4.100,00;8.200,00
30;1,00;Stk;901112;;MS Windows Server CAL 2012 User 5er-Pack;150,00;150,00
40;2,00;Lizenz;901113;;Microsoft SQL Server 2012 Standard Core - Lizenz - 2 Kerne - MOLP: Open Business;3.200;6.400
;;;;;;;
;;;;;Summe netto;;33.514,00
;;;;;zzgl. 19% MwSt.;;6.367,66
Zahlbar innerhalb 14 Tagen ohne Abzug.;;;;;;;
"""
GERMAN_TOLD: Told = [
    (1, "preamble", None, "", ""),
    (2, "preamble", None, "", ""),
    (5, "item", 2, "HP ProLiant DL380p Gen8", "machine/line-5"),
    (7, "item", 4, "unrecognised", ""),
    (8, "item", 2, "HP StorageWorks 82E", "machine/line-5"),
    (9, "item", 2, "Windows Server 2012 R2 Datacenter", "machine/line-5"),
    (10, "item", 1, "unrecognised", ""),
    (11, "item", 2, "SQL Server 2012 Standard", "workload/line-11"),
    (13, "subtotal", None, "", ""),
    (14, "subtotal", None, "", ""),
    (15, "group", None, "", ""),
]

TICKET = """Hi, can you check if this is ok for a cluster? Thanks!!

Product | Part # | Count
--- | --- | ---
**Servers** | |
Dell PowerEdge R650 | 210-AYJZ | 2
&nbsp;&nbsp;Windows Server 2022 Standard (16 core) ROK<br>incl. media | | 2
**Licences** | |
SQL Server 2022 Standard - 2 Core License Pack | DG7GMGF0M7XW:0001 | 2
Windows Server 2022 - 1 User CAL | | 50

The rest is standard kit.
"""
TICKET_TOLD: Told = [
    (1, "preamble", None, "", ""),
    (5, "group", None, "", ""),
    (6, "item", 2, "Dell PowerEdge R650", "machine/line-6"),
    (7, "item", 2, "Windows Server 2022 Standard", "machine/line-6"),
    (8, "group", None, "", ""),
    (9, "item", 2, "SQL Server 2022 Standard", "workload/line-9"),
    (10, "item", 50, "unrecognised", ""),
    (12, "note", None, "", ""),
]

LENOVO: list[list[Any]] = [
    ["Lenovo Data Center Solution Configurator", "", ""],
    ["Part number", "Product Description", "Quantity"],
    ["SR650-Hosts : ThinkSystem SR650-3yr Warranty", "", ""],
    ["7X06CTO1WW", "SR650-Hosts : ThinkSystem SR650-3yr Warranty", 3],
    ["  AUVX", '  ThinkSystem SR650 2.5" Chassis with 8, 16 or 24 bays', 3],
    ["  B4HS", "  Intel Xeon Gold 5218 16C 125W 2.3GHz Processor", 6],
    ["  ATZC", "  ThinkSystem Emulex LPe32002-M2-L PCIe 32Gb 2-Port SFP28 Fibre Channel Adapter", 3],
    ["  S5WP", "  Windows Server 2019 Datacenter ROK (16 core) - MultiLang", 3],
    ["  S5WQ", "  Windows Server 2019 Datacenter Additional License (16 core) (No Media/Key) (POS Only)", 3],
    ["Storage : Lenovo ThinkSystem DE4000F", "", ""],
    ["7Y76CTO2WW", "Storage : Lenovo ThinkSystem DE4000F 2U24 SFF Gen2", 1],
    ["  B4J9", "  Lenovo ThinkSystem DE4000F Controller 64GB", 2],
]
LENOVO_TOLD: Told = [
    (1, "preamble", None, "", ""),
    (3, "group", None, "", ""),
    (4, "item", 3, "Lenovo ThinkSystem SR650", "machine/line-4"),
    (5, "item", 3, "Lenovo ThinkSystem SR650", "machine/line-4"),
    (6, "item", 6, "unrecognised", ""),
    (7, "item", 3, "Emulex LPe32002-M2", "machine/line-4"),
    (8, "item", 3, "Windows Server 2019 Datacenter", "machine/line-4"),
    (9, "item", 3, "unrecognised", ""),
    (10, "group", None, "", ""),
    (11, "item", 1, "Lenovo ThinkSystem DE4000F", ""),
    (12, "item", 2, "unrecognised", ""),
]

HPE: list[list[Any]] = [
    ["Hewlett Packard Enterprise", "", "", "", ""],
    ["UCID: 41225533-001", "", "", "", ""],
    ["Line Item", "Product Number", "Product Description", "Qty", "Unit List Price\n(USD)"],
    ["Config 1 - Hyper-V nodes (2 x DL380 Gen10)", "", "", "", ""],
    ["0100", "868703-B21", "HPE ProLiant DL380 Gen10 8SFF NC Configure-to-order Server", 2, 1999],
    ["", "868703-B21 ABB", "HPE DL380 Gen10 8SFF NC CTO Server Europe - Multilingual Localization", 2, 0],
    ["0101", "826850-L21", "HPE DL380 Gen10 Intel Xeon-Silver 4114 (2.2GHz/10-core/85W) FIO Processor Kit", 2, 1100],
    ["", "826850-B21 0D1", "Factory Integrated", 2, 0],
    ["0105", "P9D94A", "HPE SN1100Q 16Gb Dual Port Fibre Channel Host Bus Adapter", 4, 2100],
    ["0106", "727054-B21", "HPE Ethernet 10Gb 2-port 562FLR-SFP+ Adapter", 2, 900],
    [
        "0110",
        "P11064-A21",
        "HPE Microsoft Windows Server 2019 (16-Core) Datacenter Reseller Option Kit English SW",
        2,
        1,
    ],
    ["", "", "Config 1 Subtotal", "", 99999],
    ["", "", "Sub-Total", "", 99999],
]
HPE_TOLD: Told = [
    (1, "preamble", None, "", ""),
    (2, "preamble", None, "", ""),
    (4, "group", None, "", ""),
    (5, "item", 2, "HPE ProLiant DL380 Gen10", "machine/line-5"),
    (6, "item", 2, "HPE ProLiant DL380 Gen10", "machine/line-5"),
    (7, "item", 2, "unrecognised", ""),
    (8, "item", 2, "unrecognised", ""),
    (9, "item", 4, "HPE StoreFabric SN1100Q", "machine/line-5"),
    (10, "item", 2, "HPE Ethernet 10Gb 2-port 562FLR-SFP+ Adapter", "machine/line-5"),
    (11, "item", 2, "Windows Server 2019 Datacenter", "machine/line-5"),
    (12, "subtotal", None, "", ""),
    (13, "subtotal", None, "", ""),
]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (DELL_FROM_EXCEL.replace("\n", "\r\n").encode("utf-16"), DELL_TOLD),
        (GERMAN_DEALER.replace("\n", "\r\n").encode("cp1252"), GERMAN_TOLD),
        (TICKET.encode(), TICKET_TOLD),
        (xlsx(LENOVO, merged=[(2, 0, 2, 2), (9, 0, 9, 2)]), LENOVO_TOLD),
        (xlsx(HPE, merged=[(0, 0, 0, 4), (3, 0, 3, 4)]), HPE_TOLD),
        (ods(HPE), HPE_TOLD),
    ],
    ids=["Dell, UTF-16 from Excel", "a German dealer, Windows-1252", "a ticket", "Lenovo", "HPE", "HPE as .ods"],
)
def test_a_quote_is_read_as_a_reader_reads_it(packs: PackSet, data: bytes, expected: Told) -> None:
    assert told(judge_bom(read(data), packs, as_of="2020-06-01")) == expected


def test_options_that_name_the_server_make_no_more_servers_of_it(packs: PackSet) -> None:
    machines = judge_bom(read(xlsx(HPE)), packs, as_of="2020-06-01").implied["machines"]
    assert machines == [
        {"id": "line-5", "kind": "physical", "model": "HPE ProLiant DL380 Gen10", "count": 2,
         "os": "Windows Server 2019 Datacenter", "components": ["line-5", "line-6", "line-9", "line-10", "..."]}
    ]  # fmt: skip


def test_a_description_over_two_lines_is_one_and_its_cell_stays_as_it_stands() -> None:
    line = read(GERMAN_DEALER).lines[2]
    assert line.description == "HP ProLiant DL380p Gen8 8 SFF CTO Rack Server, 2HE"
    assert line.text["Bezeichnung"] == "HP ProLiant DL380p Gen8 8 SFF CTO\nRack Server, 2HE"
    assert line.part == "653200-B21"  # the maker's number, not the dealer's
