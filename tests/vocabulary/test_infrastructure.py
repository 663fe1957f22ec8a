"""The vocabulary that comes with the product."""

from __future__ import annotations

import pytest

from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.model import Absence, Attribute
from supportable.vocabulary.types import BOOL, EnumType, ListType, NumberType, RecordType, RefType
from tests.vocabulary.documents import shipped

V = load_vocabulary(shipped())
GIVEN = [
    (f"{entity.name}.{name}", attribute)
    for entity in V.entities.values()
    for name, attribute in entity.attributes.items()
    if attribute.inverse_of is None and name not in ("id", "count")
]
TYPES = ("change", "cluster", "component", "host_group", "machine", "migration", "workload")


def of(path: str) -> Attribute:
    owner, _, name = path.rpartition(".")
    return V.entities[owner].attributes[name]


@pytest.mark.parametrize(("path", "attribute"), GIVEN, ids=[path for path, _ in GIVEN])
def test_everything_that_can_be_given_has_a_question_and_a_title(path: str, attribute: Attribute) -> None:
    assert attribute.ask.endswith("?") or "? " in attribute.ask
    assert attribute.title[:1].isupper()


def test_the_types_and_records() -> None:
    assert tuple(name for name, entity in V.entities.items() if not entity.record) == (
        *TYPES[:3], "design", *TYPES[3:],
    )  # fmt: skip
    assert [name for name, entity in V.entities.items() if entity.record] == [
        "cluster.rolling_upgrade", "test", "validation",
    ]  # fmt: skip


def test_what_is_left_out_with_its_section_is_not_there() -> None:
    assert {name: V.entities[name].absent for name in TYPES} == dict.fromkeys(TYPES, "none")


def test_parts_and_groups_are_not_judged() -> None:
    assert {name for name, entity in V.entities.items() if entity.judged} == set(TYPES) - {"component", "host_group"}


def test_evidence_and_properties_stay_open() -> None:
    open_ = {path for path, attribute in GIVEN if attribute.absent == Absence()}
    assert open_ >= {
        "machine.kind", "machine.os", "machine.components", "machine.memory", "machine.domain",
        "machine.svvp_validated",
        "cluster.kind", "cluster.nodes", "cluster.listed_solution", "cluster.storage", "cluster.witness",
        "component.logos", "workload.product", "workload.machine", "workload.database", "validation.outcome",
        "validation.unselected", "test.outcome", "migration.from", "design.support_contract",
    }  # fmt: skip


def test_structure_and_features_are_closed() -> None:
    closed = {path: (attribute.absent.reading, attribute.absent.value) for path, attribute in GIVEN}
    expected: dict[str, object] = {
        "machine.host": ("none", None),
        "machine.hypervisor": ("none", None),
        "machine.host_cluster": ("none", None),
        "machine.state": ("value", "up"),
        "machine.snapshots": ("value", "none-taken"),
        "machine.processor_compatibility": ("value", False),
        "machine.replicated": ("value", False),
        "machine.nested": ("value", False),
        "machine.dynamic_memory": ("value", False),
        "machine.shared_vhdx": ("value", False),
        "cluster.validation": ("none", None),
        "cluster.rolling_upgrade": ("none", None),
        "cluster.domain_mode": ("value", "domain"),
        "cluster.multi_site": ("value", False),
        "workload.cluster": ("none", None),
        "workload.high_availability": ("value", "none-used"),
        "design.service_provider_licence": ("value", False),
    }
    assert {path: closed[path] for path in expected} == expected


def test_what_depends_on_what() -> None:
    resting = {path: attribute.type for path, attribute in GIVEN if attribute.rests_on}
    assert resting == {
        "machine.host": RefType("machine"),
        "machine.host_cluster": RefType("cluster"),
        "cluster.nodes": ListType(RefType("machine")),
        "workload.machine": RefType("machine"),
        "workload.cluster": RefType("cluster"),
        "workload.database": RefType("workload"),
        "migration.vm": RefType("machine"),
    }
    assert {path for path, attribute in GIVEN if attribute.part} == {"machine.components", "cluster.nodes"}


def test_every_inverse_and_what_it_inverts() -> None:
    assert {
        f"{entity.name}.{name}": ".".join(attribute.inverse_of)
        for entity in V.entities.values()
        for name, attribute in entity.attributes.items()
        if attribute.inverse_of is not None
    } == {
        "cluster.balanced": "workload.load_balancing",
        "cluster.changes": "change.cluster",
        "cluster.vms": "machine.host_cluster",
        "cluster.workloads": "workload.cluster",
        "component.machines": "machine.components",
        "host_group.hosts": "machine.host_group",
        "machine.clusters": "cluster.nodes",
        "machine.managed_by": "workload.manages",
        "machine.migrations": "migration.vm",
        "machine.monitored_by": "workload.agents_on",
        "machine.vms": "machine.host",
        "machine.workloads": "workload.machine",
        "workload.dependants": "workload.database",
    }


def test_some_types_that_rules_and_catalogues_lean_on() -> None:
    assert of("machine.kind").type == EnumType(("physical", "virtual"))
    assert of("machine.memory").type == NumberType("GiB", 4, 0, 10**10)
    assert of("machine.svvp_validated").type == BOOL
    assert of("cluster.validation").type == RecordType("validation")
    assert of("validation.scope").type == EnumType(("no-tests", "no-storage", "one-lun", "full"), ordered=True)
    assert of("validation.where_run").type == EnumType(("inside-vms", "on-hosts"))
