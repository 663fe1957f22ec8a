from __future__ import annotations

import csv
import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.errors import DocumentError
from supportable.intake import load_design
from supportable.inventory import Imported, Tally, read_rvtools
from supportable.packs import load_packs
from supportable.vocabulary.model import Vocabulary

EXAMPLES = Path(__file__).parents[2] / "examples" / "inventories"
CSV = [EXAMPLES / f"RVTools_tab{tab}.csv" for tab in ("vInfo", "vHost", "vCluster")]


@functools.cache
def vocabulary() -> Vocabulary:
    return load_packs().vocabulary


def machine(imported: Imported, id: str) -> dict[str, object]:
    (found,) = [each for each in imported.design["machines"] if each["id"] == id]
    return {key: value for key, value in found.items() if key != "id"}


def written(tmp_path: Path, tab: str, rows: list[list[str]]) -> Path:
    path = tmp_path / f"RVTools_tab{tab}.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def test_hosts_guests_and_clusters_are_made_with_what_the_tabs_say() -> None:
    imported = read_rvtools(CSV, vocabulary())
    assert machine(imported, "lds-esx1.wingtip.example") == {
        "kind": "physical",
        "hypervisor": "VMware ESXi 7.0",
        "os": "none",
        "model": "HPE ProLiant DL380 Gen10",
        "cpu_vendor": "intel",
        "memory": "767.6826",
    }
    assert machine(imported, "wgt-sql01") == {
        "kind": "virtual",
        "computer_name": "wgt-sql01.wingtip.example",
        "os": "Microsoft Windows Server 2019 (64-bit)",
        "host": "lds-esx1.wingtip.example",
        "host_cluster": "LDS-PROD",
        "state": "up",
        "virtual_processors": "8",
        "memory": "64",
    }
    assert imported.design["clusters"] == [
        {"id": "LDS-PROD", "nodes": ["lds-esx1.wingtip.example", "lds-esx2.wingtip.example"]}
    ]
    assert imported.design["workloads"] == "unknown"
    assert load_design(imported.design, vocabulary()).row("machine/wgt-old01").state == "down"


def test_every_row_is_taken_or_listed() -> None:
    imported = read_rvtools(CSV, vocabulary())
    assert imported.tallies == (Tally("vCluster", 1, 1, 0), Tally("vHost", 2, 2, 0), Tally("vInfo", 7, 6, 1))
    said = {(Path(note.origin.file).stem[-5:], note.origin.line): note.message for note in imported.notes}
    assert "template" in said["vInfo", 7]
    assert "wgt-web01#2" in said["vInfo", 8]


def test_columns_that_hold_something_and_are_not_read_are_named() -> None:
    imported = read_rvtools(CSV, vocabulary())
    assert [note.message for note in imported.notes if "columns of vInfo" in note.message] == [
        "columns of vInfo that have no place in a design: nics, provisioned mib, datacenter, vm uuid"
    ]


def test_a_workbook_makes_the_same_design_and_its_other_tabs_are_named() -> None:
    imported = read_rvtools([EXAMPLES / "wingtip-rvtools.xlsx"], vocabulary())
    assert imported.design == read_rvtools(CSV, vocabulary()).design
    assert [note.message for note in imported.notes if "vDisk" in note.message] == [
        "the tab “vDisk” with 2 rows has no place in a design"
    ]


def test_a_guest_system_that_could_be_several_is_not_guessed() -> None:
    facts = load_design(read_rvtools(CSV, vocabulary()).design, vocabulary())
    assert [each.text for each in facts.unrecognised] == ["Microsoft Windows Server 2016 or later (64-bit)"]


def test_without_the_hosts_tab_clusters_stay_open(tmp_path: Path) -> None:
    path = written(tmp_path, "vInfo", [["VM", "Powerstate", "Host", "Cluster"], ["v", "poweredOn", "h", "c"]])
    imported = read_rvtools([path], vocabulary())
    assert imported.design["machines"] == [
        {"id": "h"},
        {"id": "v", "kind": "virtual", "host": "h", "host_cluster": "c", "state": "up"},
    ]
    assert imported.design["clusters"] == [{"id": "c", "nodes": ["h", "..."]}]


def test_a_file_without_the_tabs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "parts.csv"
    path.write_text("Part Number,Qty\nX,1\n")
    with pytest.raises(DocumentError) as caught:
        read_rvtools([path], vocabulary())
    assert [each.code for each in caught.value.problems] == ["SUP557"]


NAMES = st.sampled_from(["a", "b", "none", "unknown", "...", "a#2", "", "  ", "ü" * 300, "x\ty"])


@given(
    vms=st.lists(st.tuples(NAMES, NAMES, NAMES, st.sampled_from(["8", "8,192", "0", "x", ""])), max_size=8),
    hosts=st.lists(st.tuples(NAMES, NAMES), max_size=4),
)
@settings(deadline=None)
def test_whatever_the_names_rows_in_are_rows_out_and_the_design_is_one(
    vms: list[tuple[str, str, str, str]], hosts: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("export")
    paths = [
        written(
            folder,
            "vInfo",
            [["VM", "Powerstate", "Host", "Cluster", "Memory"], *([a, "", b, c, d] for a, b, c, d in vms)],
        ),
        written(
            folder, "vHost", [["Host", "Cluster", "ESX Version"], *([a, b, "VMware ESXi 6.7.0"] for a, b in hosts)]
        ),
    ]
    imported = read_rvtools(paths, vocabulary())
    facts = load_design(imported.design, vocabulary())
    tallies = {each.kind: each for each in imported.tallies}
    for each in imported.tallies:
        assert each.read == each.taken + each.left_out
    guests = [row for row in facts.tables["machine"].own() if row.kind == "virtual"]
    assert tallies["vInfo"].taken == len(guests)
    listed = sum("the row was left out" in note.message for note in imported.notes)
    assert listed == sum(each.left_out for each in imported.tallies)
