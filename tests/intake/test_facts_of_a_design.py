from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from supportable.document import read_text
from supportable.facts import Unrecognised, canonical_design, slot_of
from supportable.intake import load_design
from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.intake.example import VOCABULARY, fresh_vocabulary
from tests.intake.seen import seen_row, sure

TEXT = """\
design: guest cluster
support_contract: premier
machines:
  - {id: host1, kind: physical, os: Windows Server 2008 R2, memory: 1.5, count: 3}
  - {id: vm1, kind: virtual, host: host1, os: {name: windows-server, release: 2008, edition: enterprise},
     logos: [Solaris 10, SQL Server 2008, ...]}
clusters:
  - id: c
    type: failover
    nodes: [vm1]
    validation: {outcome: passed, date: 2009-06-30, tests: [{name: ping, passed: true}, {name: disk, target: vm1}]}
workloads: [{id: sql, product: SQL Server 2008, cluster: c}, ...]
"""


def test_a_design_read_as_a_whole() -> None:
    facts = load_design(read_text(TEXT, "d.yaml"), VOCABULARY)
    everything = sure()
    assert {row.name: seen_row(facts, row) for table in facts.tables.values() for row in table.own()} == {
        "design/guest cluster": {
            "support_contract": "premier",
            "hosted": False,
            "machines": sure("machine/host1", "machine/vm1"),
            "clusters": sure("cluster/c"),
            "workloads": sure("workload/sql", more=True),
            "changes": sure(),
        },
        "machine/host1": {
            "kind": "physical",
            "os": "Windows Server 2008 R2",
            "host": "machine/none",
            "memory": 1500,
            "cores": "unknown",
            "state": "up",
            "site": "none",
            "hypervisor": "none",
            "logos": sure(more=True),
            "tags": everything,
            "vms": sure("machine/vm1"),
            "workloads": sure(maybe=("workload/sql",), more=True),
            "clusters": sure(),
        },
        "machine/vm1": {
            "kind": "virtual",
            "os": "Windows Server 2008 Enterprise",
            "host": "machine/host1",
            "memory": "unknown",
            "cores": "unknown",
            "state": "up",
            "site": "none",
            "hypervisor": "none",
            "logos": sure("SQL Server 2008", "unknown product", more=True),
            "tags": everything,
            "vms": sure(),
            "workloads": sure(maybe=("workload/sql",), more=True),
            "clusters": sure("cluster/c"),
        },
        "cluster/c": {
            "type": "failover",
            "nodes": sure("machine/vm1"),
            "validation": "cluster/c.validation",
            "workloads": sure("workload/sql", more=True),
        },
        "cluster/c.validation": {
            "outcome": "passed",
            "date": datetime.date(2009, 6, 30).toordinal(),
            "tests": sure("cluster/c.validation.tests/0", "cluster/c.validation.tests/1"),
        },
        "cluster/c.validation.tests/0": {"name": "ping", "passed": True, "target": "machine/none"},
        "cluster/c.validation.tests/1": {"name": "disk", "passed": "unknown", "target": "machine/vm1"},
        "workload/sql": {
            "product": "SQL Server 2008",
            "critical": "unknown",
            "machine": "machine/unknown",
            "cluster": "cluster/c",
        },
    }
    assert facts.unrecognised == (Unrecognised("/machines/1/logos/0", "Solaris 10", ()),)
    assert facts.warnings == ()
    assert facts.name == "guest cluster"


def test_what_a_row_says_of_itself() -> None:
    facts = load_design(read_text(TEXT, "d.yaml"), VOCABULARY)
    validation = facts.row("cluster/c.validation")
    host, design = facts.row("machine/host1"), facts.design
    test = facts.tables["test"].rows[3]
    cluster = facts.row("cluster/c")
    assert [(row.type, row.i, row.id, row.pointer, row.count, row.owner, row.slot) for row in (host, design)] == [
        ("machine", 2, "host1", "/machines/0", 3, None, ""),
        ("design", 2, "guest cluster", "", 1, None, ""),
    ]
    assert (validation.id, validation.pointer, validation.owner) == ("", "/clusters/0/validation", cluster)
    assert (test.pointer, test.owner, test.slot) == ("/clusters/0/validation/tests/1", validation, "tests")
    assert host.given == {"kind", "os", "memory"}
    assert host.assumed == {"host", "state", "site", "hypervisor", "tags"}
    assert design.given == {"support_contract", "machines", "clusters", "workloads"}
    assert design.assumed == {"changes", "hosted"}
    assert all(table.rows[row.i] is row for table in facts.tables.values() for row in table.rows)


def test_navigation_never_branches() -> None:
    facts = load_design({}, VOCABULARY)
    for name, table in facts.tables.items():
        assert [row.i for row in table.rows[:2]] == [0, 1]
        assert [(row.id, row.count) for row in table.rows[:2]] == [(UNKNOWN, UNKNOWN), (NONE, NONE)]
        assert {type(row).__mro__[1].__name__ for row in table.rows} == {"Row"}
        assert table.unknown.type == name
    machine = facts.tables["machine"]
    assert (machine.unknown.host, machine.none.host) == (machine.unknown, machine.none)
    assert (machine.unknown.os, machine.none.os) == (UNKNOWN_PRODUCT, NONE_PRODUCT)
    assert (machine.unknown.kind, machine.none.kind) == (UNKNOWN, NONE)
    assert (machine.unknown.vms.open, machine.none.vms.open) == (True, False)
    cluster = facts.tables["cluster"]
    assert cluster.unknown.validation is facts.tables["validation"].unknown
    assert cluster.none.validation.tests.sure == ()


def test_designs_of_one_vocabulary_share_rows_and_classes_those_of_another_do_not() -> None:
    one, two = load_design({}, VOCABULARY), load_design({}, VOCABULARY)
    other = load_design({}, fresh_vocabulary())
    assert one.tables["machine"].unknown is two.tables["machine"].unknown
    assert one.tables["machine"].unknown is not other.tables["machine"].unknown


def test_an_attribute_whose_word_a_row_or_python_has_taken_stands_beside_it() -> None:
    facts = load_design({"changes": [{"id": "x", "from": "m"}], "machines": [{"id": "m"}]}, VOCABULARY)
    change = facts.row("change/x")
    assert [slot_of(name) for name in ("from", "name", "type", "kind", "id", "count", "name_")] == [
        "from_",
        "name_",
        "type_",
        "kind",
        "id",
        "count",
        "name__",
    ]
    assert change.from_ is facts.row("machine/m")
    assert change.type == "change"


@pytest.mark.parametrize(
    "written",
    [
        {"name": "windows-server", "release": "2008-r2"},
        "Windows Server 2008 R2",
        VOCABULARY.ladders["windows-server"].product(release="2008-r2"),
    ],
)
def test_a_product_is_written_as_a_map_a_text_or_a_value(written: object) -> None:
    facts = load_design({"machines": [{"id": "m", "os": written}]}, VOCABULARY)
    assert facts.row("machine/m").os == VOCABULARY.ladders["windows-server"].product(release="2008-r2")


def test_a_file_a_document_and_python_values_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(TEXT)
    from_path = load_design(tmp_path / "d.yaml", VOCABULARY)
    from_text = load_design(str(tmp_path / "d.yaml"), VOCABULARY)
    from_document = load_design(read_text(TEXT, "d.yaml"), VOCABULARY)
    native = load_design(
        {
            "design": "guest cluster",
            "$schema": "design.schema.json",
            "support_contract": "premier",
            "workloads": [{"product": "SQL Server 2008", "id": "sql", "cluster": "c"}, "..."],
            "machines": [
                {
                    "id": "vm1",
                    "kind": "virtual",
                    "host": "host1",
                    "os": {"name": "windows-server", "release": "2008", "edition": "enterprise"},
                    "logos": ["SQL Server 2008", "Solaris 10", "..."],
                    "memory": None,
                },
                {"id": "host1", "kind": "physical", "os": "Windows Server 2008 R2", "memory": 1.5, "count": 3},
            ],
            "clusters": [
                {
                    "id": "c",
                    "type": "failover",
                    "nodes": ("vm1",),
                    "validation": {
                        "tests": [{"name": "ping", "passed": True}, {"name": "disk", "target": "vm1"}],
                        "date": datetime.date(2009, 6, 30),
                        "outcome": "passed",
                    },
                }
            ],
        },
        VOCABULARY,
    )
    assert canonical_design(native) == canonical_design(from_path)
    assert {each.digest for each in (from_path, from_text, from_document, native)} == {native.digest}


def test_origins_are_found_by_pointer() -> None:
    facts = load_design(read_text(TEXT, "d.yaml"), VOCABULARY)
    assert facts.origin("/machines/1/host") == Origin("d.yaml", 5, 36)
    assert facts.origin("/machines/1/memory") == Origin("d.yaml", 5, 5)
    assert load_design({}, VOCABULARY).origin("/machines/1/host") == NOWHERE


def test_a_design_may_say_no_more_than_its_name_or_nothing() -> None:
    named, empty = load_design({"design": "d"}, VOCABULARY), load_design({}, VOCABULARY)
    assert (named.name, named.design.name) == ("d", "design/d")
    assert (empty.name, empty.design.name) == ("design", "design/design")
    assert named.design.machines.open
    assert not named.design.changes.open


def test_reading_never_writes_to_its_source() -> None:
    source = {"machines": [{"id": "a", "tags": ["x", "..."]}, "..."], "workloads": "none"}
    load_design(source, VOCABULARY)
    assert source == {"machines": [{"id": "a", "tags": ["x", "..."]}, "..."], "workloads": "none"}
