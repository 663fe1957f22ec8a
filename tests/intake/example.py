"""A small vocabulary with one attribute of every kind, built by hand."""

from __future__ import annotations

from dataclasses import replace

from supportable.vocabulary.model import Absence, Attribute, Condition, Entity, Vocabulary
from supportable.vocabulary.names import NameTable
from supportable.vocabulary.products import Ladder, Phrase
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    TEXT,
    EnumType,
    IntType,
    ListType,
    NumberType,
    ProductType,
    RecordType,
    RefType,
    Type,
)

NONE_WHEN_ABSENT = Absence("none")


def attribute(name: str, type: Type, absent: Absence | None = None) -> Attribute:
    return Attribute(name, type, absent or Absence())


def inverse(name: str, owner: str, forward: str) -> Attribute:
    return Attribute(name, ListType(RefType(owner)), inverse_of=(owner, forward))


def section(name: str, entity: str) -> Attribute:
    return Attribute(name, ListType(RefType(entity)), section=entity)


def entity(
    name: str, *attributes: Attribute, section: str = "", record: bool = False, absent: str = "unknown"
) -> Entity:
    by_name = {each.name: each for each in sorted(attributes, key=lambda each: each.name)}
    return Entity(name, by_name, section=section, record=record, absent=absent)


def _ladder(name: str, title: str, index: int, releases: tuple[str, ...]) -> Ladder:
    phrases = [Phrase(title, naming="full")]
    phrases += [Phrase(release.replace("-", " "), (("release", release),)) for release in releases]
    phrases += [Phrase("Enterprise", (("edition", "enterprise"),))]
    return Ladder(name, title, index, releases, ("standard", "enterprise"), phrases=tuple(phrases))


LADDERS = {
    "sql-server": _ladder("sql-server", "SQL Server", 0, ("2005", "2008", "2008-r2")),
    "windows-server": _ladder("windows-server", "Windows Server", 1, ("2003", "2008", "2008-r2", "2012")),
}

DESIGN = entity(
    "design",
    attribute("support_contract", EnumType(("none-given", "premier"))),
    attribute("hosted", BOOL, Absence("value", value=False)),
    section("machines", "machine"),
    section("clusters", "cluster"),
    section("workloads", "workload"),
    section("changes", "change"),
)

MACHINE = entity(
    "machine",
    attribute("kind", EnumType(("physical", "virtual"))),
    attribute("os", ProductType()),
    attribute("host", RefType("machine"), Absence("none", conditions=(Condition("kind", ("physical",)),))),
    attribute("memory", NumberType("GiB", 3, 0, 10**9)),
    attribute("cores", IntType(1, 64)),
    attribute("state", EnumType(("up", "down")), Absence("value", value="up")),
    attribute("site", TEXT, NONE_WHEN_ABSENT),
    attribute("hypervisor", ProductType(("windows-server",)), NONE_WHEN_ABSENT),
    attribute("logos", ListType(ProductType())),
    attribute("tags", ListType(TEXT), NONE_WHEN_ABSENT),
    inverse("vms", "machine", "host"),
    inverse("workloads", "workload", "machine"),
    inverse("clusters", "cluster", "nodes"),
    inverse("tests", "test", "target"),
    section="machines",
)

CLUSTER = entity(
    "cluster",
    attribute("nodes", ListType(RefType("machine"))),
    attribute("validation", RecordType("validation"), NONE_WHEN_ABSENT),
    attribute("type", EnumType(("failover", "nlb"))),
    inverse("workloads", "workload", "cluster"),
    section="clusters",
)

VALIDATION = entity(
    "validation",
    attribute("outcome", EnumType(("passed", "failed"))),
    attribute("date", DATE),
    attribute("tests", ListType(RecordType("test"))),
    record=True,
)

TEST = entity(
    "test",
    attribute("name", TEXT),
    attribute("passed", BOOL),
    attribute("target", RefType("machine"), NONE_WHEN_ABSENT),
    record=True,
)

WORKLOAD = entity(
    "workload",
    attribute("product", ProductType()),
    attribute("critical", BOOL),
    attribute("machine", RefType("machine")),
    attribute("cluster", RefType("cluster"), NONE_WHEN_ABSENT),
    section="workloads",
)

CHANGE = entity(
    "change",
    attribute("date", DATE),
    attribute("from", RefType("machine")),
    section="changes",
    absent="none",
)

ENTITIES = {each.name: each for each in (CHANGE, CLUSTER, DESIGN, MACHINE, TEST, VALIDATION, WORKLOAD)}

VOCABULARY = Vocabulary(
    ENTITIES,
    LADDERS,
    NameTable(LADDERS, ("Microsoft",), {"x64": ("64-bit",)}),
    digest="example",
    sections=dict(sorted((each.section, each.name) for each in ENTITIES.values() if each.section)),
)


def fresh_vocabulary() -> Vocabulary:
    """The same vocabulary with nothing remembered."""
    return replace(VOCABULARY, memo=type(VOCABULARY.memo)())
