"""What expressions mean: text to typed nodes, whole nodes compared with ones built by hand."""

from __future__ import annotations

from datetime import date

import pytest

from supportable.language import compile_condition, compile_expression
from supportable.language.ir import (
    Agg,
    And,
    Arith,
    Attr,
    Choices,
    Cmp,
    Const,
    Count,
    IfElse,
    IsNone,
    Listed,
    Lookup,
    Node,
    Not,
    Or,
    Quant,
    Satisfies,
    TextSize,
    TextTest,
    Var,
    Where,
)
from supportable.vocabulary.products import Product
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    NEVER,
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
from tests.language.example import (
    GIB,
    GIB_FINE,
    HERE,
    KIND,
    LEVEL,
    MACHINES,
    OS,
    SCOPE,
    SQL,
    WATT,
    WINDOWS,
)

GIB1 = NumberType("GiB", 1)
ANY = ProductType()
PRODUCTS = ListType(ANY)
TEXTS = ListType(TEXT)
NAMES = EnumType(("windows-server",))
MACHINE, CLUSTER = RefType("machine"), RefType("cluster")

m = Var(MACHINE, "m")
n = Var(MACHINE, "n")
c = Var(CLUSTER, "c")
w = Var(RefType("workload"), "workload")
as_of = Var(DATE, "as_of")


def at(of: Node, name: str, type: Type, entity: str = "machine", *, derived: bool = False) -> Attr:
    return Attr(type, of, name, entity, derived=derived)


def const(type: Type, value: object) -> Const:
    return Const(type, value)


def number(value: int) -> Const:
    return Const(INT, value)


def day(year: int, month: int, of_month: int) -> Const:
    return Const(DATE, date(year, month, of_month).toordinal())


def windows(release: str) -> Product:
    return WINDOWS.product(release=release)


def sql(release: str) -> Product:
    return SQL.product(release=release)


def eq(left: Node, right: Node) -> Cmp:
    return Cmp(BOOL, "eq", left, right, "plain")


def lt(left: Node, right: Node) -> Cmp:
    return Cmp(BOOL, "lt", left, right, "plain")


def le(left: Node, right: Node) -> Cmp:
    return Cmp(BOOL, "le", left, right, "plain")


kind, level, wanted, os = at(m, "kind", KIND), at(m, "level", LEVEL), at(m, "wanted", LEVEL), at(m, "os", OS)
memory, used = at(m, "memory", GIB), at(m, "used", GIB_FINE)
cores, slots = at(m, "cores", INT), at(m, "slots", INT)
site, tags = at(m, "site", TEXT), at(m, "tags", TEXTS)
bought, sold = at(m, "bought", DATE), at(m, "sold", DATE)
critical, host = at(m, "critical", BOOL), at(m, "host", MACHINE)
nodes, spares = at(c, "nodes", MACHINES, "cluster"), at(c, "spares", MACHINES, "cluster")
product = at(w, "product", ANY, "workload")
n_kind, n_memory, n_cores, n_critical = (
    at(n, "kind", KIND),
    at(n, "memory", GIB),
    at(n, "cores", INT),
    at(n, "critical", BOOL),
)
virtual = eq(n_kind, const(KIND, "virtual"))

NODES: list[tuple[str, Node]] = [
    # literals
    ("true", const(BOOL, value=True)),
    ("7", number(7)),
    ("-7", number(-7)),
    ("-9223372036854775808", number(-(2**63))),
    ("1.50", const(NumberType("", 1), 15)),
    ("2.0", number(2)),
    ('"a"', const(TEXT, "a")),
    (r"""'a"b\'\\\x41\u00e4\n'""", const(TEXT, "a\"b'\\Aä\n")),
    ("never", const(DATE, NEVER)),
    ('date("2009-05-26")', day(2009, 5, 26)),
    # variables and navigation
    ("as_of", as_of),
    ("design", Var(RefType("design"), "design")),
    ("design.machines", at(Var(RefType("design"), "design"), "machines", MACHINES, "design")),
    ("m.host.host", at(host, "host", MACHINE)),
    ("m.host.id", at(host, "id", TEXT)),
    ("m.test.passed", at(at(m, "test", RecordType("test")), "passed", BOOL, "test")),
    ("m.cluster.guest", at(at(m, "cluster", CLUSTER), "guest", BOOL, "cluster", derived=True)),
    ("m.os.name", at(os, "name", NAMES, "")),
    ("m.os.release", at(os, "release", EnumType(("2003", "2008", "2008-r2", "2012")), "")),
    ("m.os.edition", at(os, "edition", EnumType(("enterprise", "standard")), "")),
    ("m.os.service_pack", at(os, "service_pack", INT, "")),
    ("m.os.update", at(os, "update", INT, "")),
    ("m.os.architecture", at(os, "architecture", EnumType(("x64", "x86")), "")),
    ("workload.product.name", at(product, "name", EnumType(("sql-server", "windows-server")), "")),
    # logic
    ("!m.critical", Not(BOOL, critical)),
    ("m.critical && true && false", And(BOOL, (critical, const(BOOL, True), const(BOOL, False)))),
    ("m.critical && (true && false)", And(BOOL, (critical, const(BOOL, True), const(BOOL, False)))),
    ("m.critical || (true || false)", Or(BOOL, (critical, const(BOOL, True), const(BOOL, False)))),
    ("m.critical || true && false", Or(BOOL, (critical, And(BOOL, (const(BOOL, True), const(BOOL, False)))))),
    ("m.critical == true", eq(critical, const(BOOL, True))),
    # equality and order
    ('m.kind == "virtual"', eq(kind, const(KIND, "virtual"))),
    ('"virtual" == m.kind', eq(const(KIND, "virtual"), kind)),
    ('m.kind != "virtual"', Not(BOOL, eq(kind, const(KIND, "virtual")))),
    ("m.cores < 8", lt(cores, number(8))),
    ("m.cores > 8", lt(number(8), cores)),
    ("m.cores >= m.slots", le(slots, cores)),
    ('m.level >= "partial"', Cmp(BOOL, "le", const(LEVEL, "partial"), level, "scale", LEVEL.values)),
    ("m.level < m.wanted", Cmp(BOOL, "lt", level, wanted, "scale", LEVEL.values)),
    ("m.level == m.wanted", eq(level, wanted)),
    ('m.site == "Halle"', eq(site, const(TEXT, "Halle"))),
    ("m.host == m", Cmp(BOOL, "eq", host, m, "row")),
    ("m.host != none", Not(BOOL, IsNone(BOOL, host))),
    ("none == m.os", IsNone(BOOL, os)),
    ("m.os.service_pack == none", IsNone(BOOL, at(os, "service_pack", INT, ""))),
    # products
    ('m.os >= "Windows Server 2008"', Cmp(BOOL, "le", const(OS, windows("2008")), os, "product")),
    ('m.os == "Microsoft Windows Server 2008 R2"', Cmp(BOOL, "eq", os, const(OS, windows("2008-r2")), "product")),
    ("m.os == workload.product", Cmp(BOOL, "eq", os, product, "product")),
    (
        'workload.product in ["SQL Server 2005", "SQL Server 2008"]',
        Or(
            BOOL,
            (
                Cmp(BOOL, "eq", product, const(ANY, sql("2005")), "product"),
                Cmp(BOOL, "eq", product, const(ANY, sql("2008")), "product"),
            ),
        ),
    ),
    # numbers: a literal takes unit and step, different steps meet at the finer
    ("m.memory >= 4", le(const(GIB1, 40), memory)),
    ("m.memory >= 1.5", le(const(GIB1, 15), memory)),
    ("m.memory == 1.50", eq(memory, const(GIB1, 15))),
    ("m.memory > 1.55", lt(const(NumberType("GiB", 2), 155), Arith(NumberType("GiB", 2), "mul", memory, number(10)))),
    ("m.memory <= m.used", le(Arith(GIB_FINE, "mul", memory, number(100)), used)),
    (
        "m.memory + 0.5 < m.used",
        lt(Arith(GIB_FINE, "mul", Arith(GIB1, "add", memory, const(GIB1, 5)), number(100)), used),
    ),
    ("m.memory * 2 == 8", eq(Arith(GIB1, "mul", memory, number(2)), const(GIB1, 80))),
    ("2 * m.memory == 8", eq(Arith(GIB1, "mul", number(2), memory), const(GIB1, 80))),
    ("m.memory div 2 == 8", eq(Arith(GIB1, "div", memory, number(2)), const(GIB1, 80))),
    ("m.power div m.power", Arith(INT, "div", at(m, "power", WATT), at(m, "power", WATT))),
    ("-m.memory", Arith(GIB1, "sub", const(GIB1, 0), memory)),
    ("m.cores * 2 - 1", Arith(INT, "sub", Arith(INT, "mul", cores, number(2)), number(1))),
    # dates
    ('m.bought < "2009-05-26"', lt(bought, day(2009, 5, 26))),
    ("m.sold == never", eq(sold, const(DATE, NEVER))),
    ("m.sold > as_of - 30", lt(Arith(DATE, "sub", as_of, number(30)), sold)),
    ("30 + m.sold", Arith(DATE, "add", number(30), sold)),
    ("m.sold - m.bought", Arith(INT, "sub", sold, bought)),
    ('m.sold - "2009-05-26"', Arith(INT, "sub", sold, day(2009, 5, 26))),
    # choice
    ("m.critical ? 1 : m.cores", IfElse(INT, critical, number(1), cores)),
    (
        '(m.critical ? "virtual" : "physical") == m.kind',
        eq(IfElse(KIND, critical, const(KIND, "virtual"), const(KIND, "physical")), kind),
    ),
    ("m.critical ? m.memory : m.used", IfElse(GIB_FINE, critical, Arith(GIB_FINE, "mul", memory, number(100)), used)),
    ("m.critical ? c.nodes : c.spares", IfElse(MACHINES, critical, nodes, spares)),
    # text
    ('m.site.startsWith("H")', TextTest(BOOL, "startsWith", site, const(TEXT, "H"))),
    ('m.site.endsWith("H")', TextTest(BOOL, "endsWith", site, const(TEXT, "H"))),
    ("m.site.contains(m.id)", TextTest(BOOL, "contains", site, at(m, "id", TEXT))),
    ('m.site.containsAny("äö")', TextTest(BOOL, "containsAny", site, const(TEXT, "äö"))),
    ("size(m.site)", TextSize(INT, site)),
    # lists
    ("size(c.nodes) > 1", lt(number(1), Count(INT, nodes))),
    ("c.nodes.all(n, n.critical)", Quant(BOOL, "all", nodes, "n", n_critical)),
    (
        "c.nodes.exists(n, n.os == m.os)",
        Quant(BOOL, "exists", nodes, "n", Cmp(BOOL, "eq", at(n, "os", OS), os, "product")),
    ),
    ('c.nodes.where(n, n.kind == "virtual")', Where(MACHINES, nodes, "n", virtual)),
    (
        'c.nodes.where(n, n.kind == "virtual").all(n, n.critical)',
        Quant(BOOL, "all", Where(MACHINES, nodes, "n", virtual), "n", n_critical),
    ),
    ('c.nodes.count(n, n.kind == "virtual") == 2', eq(Count(INT, Where(MACHINES, nodes, "n", virtual)), number(2))),
    ("c.nodes.sum(n, n.memory)", Agg(GIB1, "sum", nodes, "n", n_memory)),
    ("c.nodes.min(n, n.memory)", Agg(GIB, "min", nodes, "n", n_memory)),
    ("c.nodes.max(n, n.bought) < as_of", lt(Agg(DATE, "max", nodes, "n", at(n, "bought", DATE)), as_of)),
    ("c.nodes.smallest(2, n, n.cores)", Agg(INT, "smallest", nodes, "n", n_cores, number(2))),
    ("c.nodes.largest(m.cores, n, n.memory)", Agg(GIB1, "largest", nodes, "n", n_memory, cores)),
    ("c.nodes.same(n, n.os)", Agg(BOOL, "same", nodes, "n", at(n, "os", OS))),
    ("m in c.nodes", Quant(BOOL, "exists", nodes, "_1", Cmp(BOOL, "eq", Var(MACHINE, "_1"), m, "row"))),
    ('"Halle" in m.tags', Quant(BOOL, "exists", tags, "_1", eq(Var(TEXT, "_1"), const(TEXT, "Halle")))),
    (
        '"SQL Server 2008" in m.installed',
        Quant(
            BOOL,
            "exists",
            at(m, "installed", PRODUCTS),
            "_1",
            Cmp(BOOL, "eq", Var(ANY, "_1"), const(ANY, sql("2008")), "product"),
        ),
    ),
    ('m.kind in ["virtual"]', eq(kind, const(KIND, "virtual"))),
    ("5 in [m.cores, m.slots]", Or(BOOL, (eq(number(5), cores), eq(number(5), slots)))),
    (
        "c.nodes.allChoices(1, taken, left, size(left) > size(taken))",
        Choices(
            BOOL,
            nodes,
            number(1),
            "taken",
            "left",
            lt(Count(INT, Var(MACHINES, "taken")), Count(INT, Var(MACHINES, "left"))),
        ),
    ),
    # catalogues and other packs
    ('lookup("lifecycle", m.os).end > as_of', lt(as_of, Lookup(DATE, "lifecycle", (os,), "end"))),
    ('lookup("lifecycle", {product: m.os}).end', Lookup(DATE, "lifecycle", (os,), "end")),
    (
        'lookup("pairs", {os: m.os, kind: "virtual", sql: "SQL Server 2008"}).best.edition == "standard"',
        eq(
            at(
                Lookup(
                    OS, "pairs", (const(ProductType(("sql-server",)), sql("2008")), os, const(KIND, "virtual")), "best"
                ),
                "edition",
                EnumType(("enterprise", "standard")),
                "",
            ),
            const(EnumType(("enterprise", "standard")), "standard"),
        ),
    ),
    ('listed("lifecycle", "SQL Server 2008")', Listed(BOOL, "lifecycle", (const(ANY, sql("2008")),))),
    ('satisfies(m.cluster, "acme.clusters")', Satisfies(BOOL, at(m, "cluster", CLUSTER), "acme.clusters")),
]


@pytest.mark.parametrize(("text", "expected"), NODES, ids=[text for text, _ in NODES])
def test_an_expression_means_its_node(text: str, expected: Node) -> None:
    assert compile_expression(text, HERE, SCOPE) == expected


@pytest.mark.parametrize(
    ("text", "expected", "node"),
    [
        ("4", GIB_FINE, const(GIB_FINE, 4000)),
        ("m.memory", GIB_FINE, Arith(GIB_FINE, "mul", memory, number(100))),
        ('"virtual"', KIND, const(KIND, "virtual")),
        ('"2009-05-26"', DATE, day(2009, 5, 26)),
        ('"Windows Server 2012"', OS, const(OS, windows("2012"))),
        (
            'm.critical ? "virtual" : "physical"',
            KIND,
            IfElse(KIND, critical, const(KIND, "virtual"), const(KIND, "physical")),
        ),
        ("1 + 2", GIB1, Arith(GIB1, "add", const(GIB1, 10), const(GIB1, 20))),
        ("m.cores", IntType(0, 4), cores),
        ("m.os", ANY, os),
        ("m.os.name", EnumType(("sql-server", "windows-server")), at(os, "name", NAMES, "")),
    ],
)
def test_a_value_takes_the_type_that_is_expected(text: str, expected: Type, node: Node) -> None:
    assert compile_expression(text, HERE, SCOPE, expected) == node


def test_a_condition_is_a_truth() -> None:
    assert compile_condition("m.critical", HERE, SCOPE) == critical


def test_an_in_within_an_in_has_members_of_its_own() -> None:
    scope = SCOPE.binding("flags", ListType(BOOL))
    inner = Quant(BOOL, "exists", nodes, "_1", Cmp(BOOL, "eq", Var(MACHINE, "_1"), m, "row"))
    outer = Quant(BOOL, "exists", Var(ListType(BOOL), "flags"), "_2", eq(Var(BOOL, "_2"), inner))
    assert compile_expression("(m in c.nodes) in flags", HERE, scope) == outer
