from __future__ import annotations

import functools
import json
from collections import defaultdict
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.errors import DocumentError
from supportable.intake import load_design
from supportable.inventory import Imported, Tally, read_cyclonedx
from supportable.inventory.cyclonedx import HYPERVISORS, SYSTEMS
from supportable.packs import load_packs
from supportable.vocabulary.key_patterns import ProductPattern
from supportable.vocabulary.model import Vocabulary

EXAMPLE = Path(__file__).parents[2] / "examples" / "inventories" / "adventure-works.cdx.json"


@functools.cache
def vocabulary() -> Vocabulary:
    return load_packs().vocabulary


def read(tmp_path: Path, content: Any, **more: Any) -> Imported:
    path = tmp_path / "it.cdx.json"
    given = content if isinstance(content, str) else json.dumps({**HEAD, "components": content, **more})
    path.write_text(given)
    return read_cyclonedx(path, vocabulary())


HEAD = {"bomFormat": "CycloneDX", "specVersion": "1.5"}


def test_devices_with_a_system_are_machines_and_what_stands_in_them_their_components() -> None:
    imported = read_cyclonedx(EXAMPLE, vocabulary())
    assert imported.design["machines"] == [
        {
            "id": "aw-node1",
            "model": "Dell PowerEdge R750",
            "components": ["QLE2772", "E810-XXVDA2", "..."],
            "os": "Windows Server 2022 Datacenter",
        },
        {
            "id": "aw-esx1",
            "model": "Dell PowerEdge R650",
            "components": ["..."],
            "hypervisor": "VMware ESXi 8.0",
            "os": "none",
        },
    ]
    assert imported.design["components"][0] == {
        "id": "QLE2772", "kind": "hba", "vendor": "Marvell", "model": "QLE2772", "part_number": "P9D94A", "count": "2",
    }  # fmt: skip
    facts = load_design(imported.design, vocabulary())
    assert facts.row("component/PowerStore 1200T").kind == "storage"


def test_two_alike_stay_two_and_every_entry_is_taken_or_listed() -> None:
    imported = read_cyclonedx(EXAMPLE, vocabulary())
    assert [each["id"] for each in imported.design["components"]][-2:] == ["MDS 9148T", "MDS 9148T#2"]
    assert imported.tallies == (
        Tally("application", 1, 0, 1),
        Tally("device", 7, 7, 0),
        Tally("firmware", 1, 0, 1),
        Tally("operating-system", 2, 2, 0),
    )
    listed = {note.origin.line: note.message for note in imported.notes}
    assert "Veeam Agent" in listed[51]
    assert "serialNumber" in listed[13]


def test_the_device_that_the_document_is_about_is_a_machine(tmp_path: Path) -> None:
    parts = [
        {"type": "device", "name": "nic"},
        {"type": "operating-system", "name": "Windows Server", "version": "2019"},
    ]
    imported = read(tmp_path, parts, metadata={"component": {"type": "device", "name": "srv"}})
    assert imported.design["machines"] == [
        {"id": "srv", "model": "srv", "components": ["nic", "..."], "os": "Windows Server 2019"}
    ]


def test_a_second_system_and_one_without_a_machine_are_listed(tmp_path: Path) -> None:
    system = {"type": "operating-system", "name": "Windows Server 2019"}
    other = {"type": "operating-system", "name": "Windows Server 2022"}
    imported = read(tmp_path, [system, {"type": "device", "name": "srv", "components": [system, other]}])
    assert [tally for tally in imported.tallies if tally.kind == "operating-system"] == [
        Tally("operating-system", 3, 0, 3)
    ]
    assert imported.design["machines"][0]["os"] == "unknown"
    assert [note.message for note in imported.notes] == [
        "the operating system “Windows Server 2019” stands in no device",
        "srv is said to run “Windows Server 2019” and “Windows Server 2022”: which of them is not plain",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        '{"bomFormat": "SPDX"}',
        '{"bomFormat": "CycloneDX", "components": 5}',
        '{"bomFormat": "CycloneDX", "components": [{"type": "wrong", "name": "x"}]}',
        '{"bomFormat": "CycloneDX", "components": [{"type": "device"}]}',
        '{"bomFormat": "CycloneDX", ',
        "[" * 100_000,
        "\0",
    ],
)
def test_what_is_no_cyclonedx_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        read(tmp_path, content)


ENTRIES: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["device", "operating-system", "firmware", "application"]),
            "name": st.sampled_from(["a", "b", "none", "...", "Windows Server 2019", ""]),
        },
        optional={"version": st.sampled_from(["1", ""]), "bom-ref": st.sampled_from(["none", " "])},
    ),
    lambda inner: st.fixed_dictionaries(
        {"type": st.just("device"), "name": st.sampled_from(["srv", "a"]), "components": st.lists(inner, max_size=3)}
    ),
    max_leaves=8,
)


def counted(entries: list[dict[str, Any]]) -> int:
    return sum(1 + counted(each.get("components", [])) for each in entries)


@given(entries=st.lists(ENTRIES, max_size=4))
@settings(deadline=None)
def test_entries_in_are_entries_out(entries: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> None:
    imported = read(tmp_path_factory.mktemp("cdx"), entries)
    facts = load_design(imported.design, vocabulary())
    made = len(list(facts.tables["machine"].own())) + len(list(facts.tables["component"].own()))
    tallies = {each.kind: each for each in imported.tallies}
    assert sum(each.read for each in imported.tallies) == counted(entries)
    assert made == (tallies["device"].taken if "device" in tallies else 0)


def test_applications_that_are_known_products_are_workloads_where_they_stand(tmp_path: Path) -> None:
    server = {
        "type": "device",
        "name": "db1",
        "components": [
            {"type": "operating-system", "name": "Windows Server 2019 Standard"},
            {
                "type": "application",
                "name": "Microsoft SQL Server 2019 Standard",
                "version": "15.0.4298.1",
                "components": [{"type": "application", "name": "SQL Server Management Studio", "version": "18.12"}],
            },
            {"type": "application", "name": "Hyper-V", "version": "2019"},
        ],
    }
    imported = read(tmp_path, [server, {"type": "application", "name": "SCVMM", "version": "2019"}])
    unsaid = dict.fromkeys(
        ("agents_on", "cluster", "high_availability", "load_balancing", "management_groups_on_machine", "manages"),
        "unknown",
    )
    assert imported.design["machines"] == [
        {"id": "db1", "model": "db1", "components": ["..."], "os": "Windows Server 2019 Standard",
         "hypervisor": "Hyper-V 2019"}
    ]  # fmt: skip
    assert imported.design["workloads"] == [
        {"id": "Microsoft SQL Server 2019 Standard", "product": "Microsoft SQL Server 2019 Standard", "machine": "db1",
         **unsaid},
        {"id": "SCVMM", "product": "SCVMM 2019", **unsaid},
        "...",
    ]  # fmt: skip
    assert [tally for tally in imported.tallies if tally.kind == "application"] == [Tally("application", 4, 3, 1)]
    messages = [note.message for note in imported.notes]
    assert "the application “SQL Server Management Studio 18.12” is no product that is known" in messages
    assert any("15.0.4298.1" in message for message in messages)
    facts = load_design(imported.design, vocabulary())
    assert facts.row("workload/SCVMM").product.title() == "System Center Virtual Machine Manager 2019"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Windows Server 2016", "is an operating system, and stands here as an application"),
        ("VMware ESXi 7.0", "which machine the hypervisor “VMware ESXi 7.0” is of is not plain"),
        ("7-Zip", "the application “7-Zip” is no product that is known"),
    ],
)
def test_applications_that_are_no_workload_are_listed_by_name(tmp_path: Path, name: str, why: str) -> None:
    imported = read(tmp_path, [{"type": "application", "name": name}])
    assert imported.design["workloads"] == "unknown"
    assert any(why in note.message and name in note.message for note in imported.notes)


def machine_of(tmp_path: Path, *inside: tuple[str, str]) -> tuple[dict[str, object], list[str], list[Tally]]:
    """What becomes of a server with these entries of (type, name) in it."""
    entries = [{"type": kind, "name": name} for kind, name in inside]
    imported = read(tmp_path, [{"type": "device", "name": "host1", "components": entries}])
    machine = dict(imported.design["machines"][0])
    return machine, [note.message for note in imported.notes], list(imported.tallies)


SYSTEM, APPLICATION = "operating-system", "application"


@pytest.mark.parametrize(
    ("inside", "os", "hypervisor"),
    [
        ([(SYSTEM, "Windows Server 2016"), (APPLICATION, "Hyper-V 2016")], "Windows Server 2016", "Hyper-V 2016"),
        ([(SYSTEM, "Windows Server 2016"), (SYSTEM, "Windows Server 2019")], "unknown", None),
        ([(SYSTEM, "Windows Server 2016"), (SYSTEM, "Windows Server 2016")], "Windows Server 2016", None),
        ([(SYSTEM, "Windows Server 2016"), (SYSTEM, "VMware ESXi 7.0")], "unknown", "VMware ESXi 7.0"),
        (
            [(SYSTEM, "Windows Server 2016"), (APPLICATION, "Hyper-V 2016"), (APPLICATION, "Hyper-V 2019")],
            "Windows Server 2016",
            "unknown",
        ),
    ],
)
def test_of_what_runs_a_machine_the_first_is_not_guessed_and_the_order_does_not_matter(
    tmp_path: Path, inside: list[tuple[str, str]], os: str, hypervisor: str | None
) -> None:
    for order in permutations(inside):
        machine, notes, tallies = machine_of(tmp_path, *order)
        assert (machine.get("os"), machine.get("hypervisor")) == (os, hypervisor)
        left_out = sum(tally.left_out for tally in tallies)
        assert ("unknown" in (os, hypervisor)) == (left_out > 0) == any("not plain" in note for note in notes)
        load_design({"design": "d", "machines": [{**machine, "components": []}]}, vocabulary())


def test_bills_and_inventories_agree_on_what_runs_machines() -> None:
    catalogue = load_packs().catalogues["products-in-bills"]
    by_kind: dict[object, set[str]] = defaultdict(set)
    for row in catalogue.rows:
        product = row.keys[0]
        assert isinstance(product, ProductPattern)
        by_kind[row.values["kind"]].add(product.ladder)
    assert by_kind == {"os": set(SYSTEMS), "hypervisor": set(HYPERVISORS)}
