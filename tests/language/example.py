"""A vocabulary for expressions, built by hand: one attribute of every kind, two catalogues, one derived attribute."""

from __future__ import annotations

from supportable.language import Scope
from supportable.origin import Origin
from supportable.vocabulary.lookups import Catalogue
from supportable.vocabulary.model import Attribute, Entity, Vocabulary
from supportable.vocabulary.names import NameTable
from supportable.vocabulary.products import Ladder, Phrase
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    TEXT,
    EnumType,
    ListType,
    NumberType,
    ProductType,
    RecordType,
    RefType,
    Type,
)


def ladder(name: str, title: str, index: int, releases: tuple[str, ...]) -> Ladder:
    phrases = [Phrase(title, naming="full")]
    phrases += [Phrase(release.replace("-", " "), (("release", release),)) for release in releases]
    phrases += [Phrase("Enterprise", (("edition", "enterprise"),))]
    return Ladder(name, title, index, releases, ("enterprise", "standard"), phrases=tuple(phrases))


SQL = ladder("sql-server", "SQL Server", 0, ("2005", "2008", "2008-r2"))
WINDOWS = ladder("windows-server", "Windows Server", 1, ("2003", "2008", "2008-r2", "2012"))

KIND = EnumType(("physical", "virtual"))
LEVEL = EnumType(("none-held", "partial", "full"), ordered=True)
OS = ProductType(("windows-server",))
GIB = NumberType("GiB", 1, 0, 100_000)
GIB_FINE = NumberType("GiB", 3)
WATT = NumberType("W", 0)
MACHINES = ListType(RefType("machine"))


def entity(name: str, /, *, record: bool = False, **attributes: Type) -> Entity:
    return Entity(name, {key: Attribute(key, attributes[key]) for key in sorted(attributes)}, record=record)


ENTITIES = (
    entity("design", machines=MACHINES, contract=BOOL),
    entity(
        "machine",
        kind=KIND,
        level=LEVEL,
        wanted=LEVEL,
        os=OS,
        installed=ListType(ProductType()),
        memory=GIB,
        used=GIB_FINE,
        power=WATT,
        cores=INT,
        slots=INT,
        site=TEXT,
        tags=ListType(TEXT),
        bought=DATE,
        sold=DATE,
        critical=BOOL,
        host=RefType("machine"),
        test=RecordType("test"),
        cluster=RefType("cluster"),
    ),
    entity("cluster", nodes=MACHINES, spares=MACHINES, tests=ListType(RecordType("test")), title=TEXT),
    entity("workload", product=ProductType(), cluster=RefType("cluster"), machine=RefType("machine")),
    entity("test", record=True, name=TEXT, passed=BOOL, date=DATE),
)

VOCABULARY = Vocabulary(
    {each.name: each for each in ENTITIES},
    {each.name: each for each in (SQL, WINDOWS)},
    NameTable({each.name: each for each in (SQL, WINDOWS)}, ["Microsoft"], {"x64": ["64 bit"], "x86": []}),
    architectures=("x64", "x86"),
)


def catalogue(name: str, key: dict[str, Type], columns: dict[str, Type]) -> Catalogue:
    return Catalogue(name, "1.0.0", name, key, columns, complete=False, stated_by=None, rows=(), digest="")


CATALOGUES = {
    "lifecycle": catalogue("lifecycle", {"product": ProductType()}, {"end": DATE, "limit": NumberType("GiB", 0)}),
    "pairs": catalogue("pairs", {"sql": ProductType(("sql-server",)), "os": OS, "kind": KIND}, {"best": OS}),
}

DERIVED: dict[tuple[str, str], Type] = {("cluster", "guest"): BOOL, ("machine", "free"): GIB_FINE}

SCOPE = Scope(
    VOCABULARY,
    {"workload": RefType("workload"), "m": RefType("machine"), "c": RefType("cluster")},
    CATALOGUES,
    ["acme.clusters"],
    lambda entity, name: DERIVED.get((entity, name)),
)

HERE = Origin("rule.yaml", 7, 10)
