"""What is wrong with an expression: its code, the very column, and a hint that leads out."""

from __future__ import annotations

import pytest

from supportable.errors import PackError, Problem
from supportable.language import compile_expression
from supportable.origin import Origin
from supportable.vocabulary.types import BOOL, DATE, Type
from tests.language.example import GIB, HERE, KIND, OS, SCOPE

# The code, the offset of the column from the beginning, a part of the message and a part of the hint.
MISTAKES = [
    # what cannot be read
    ("", "SUP407", 0, "missing", "true"),
    (" \n ", "SUP407", 0, "missing", "true"),
    ("m.cores +", "SUP400", 9, "too early", "operand is missing"),
    ("size(m.tags", "SUP400", 11, "too early", "“(” is not closed"),
    ("m.tags)", "SUP400", 6, "“)”", "nothing is open"),
    ("m.cores m.slots", "SUP400", 8, "“m”", "operator is missing"),
    ('m.site "x"', "SUP400", 7, "a text", "operator is missing"),
    ("m.cores + * 2", "SUP400", 10, "“*”", "operand is missing"),
    ('m.site == "Halle', "SUP405", 10, "does not end", "close it"),
    ("m.site == 'Halle", "SUP405", 10, "does not end", "close it"),
    (r'm.site == "a\qb"', "SUP405", 12, r"“\q”", "backslash"),
    (r'm.site == "a\ud800"', "SUP405", 12, "no escape", ""),
    ("m.site == “Halle”", "SUP404", 10, "curly quote", "straight quotes"),
    ("m.site == \0", "SUP404", 10, "U+0000", ""),
    ("m.größe", "SUP404", 4, "“ö”", ""),
    ("m.cores # many", "SUP404", 8, "“#”", "outside"),
    ("m.cores = 3", "SUP406", 8, "“=”", "write =="),
    ("m.cores === 3", "SUP406", 8, "“===”", "write =="),
    ("m.cores <> 3", "SUP406", 8, "“<>”", "write !="),
    ("m.cores => 3", "SUP406", 8, "“=>”", "write >="),
    ("m.cores ≥ 3", "SUP406", 8, "“≥”", "write >="),
    ("m.critical & m.critical", "SUP406", 11, "“&”", "write &&"),
    ("m.critical | m.critical", "SUP406", 11, "“|”", "write ||"),
    ("m.critical and m.critical", "SUP406", 11, "“and”", "write &&"),
    ("m.critical or m.critical", "SUP406", 11, "“or”", "write ||"),
    ("not m.critical", "SUP406", 0, "“not”", "write !"),
    ("m.critical && not m.critical", "SUP406", 14, "“not”", "write !"),
    ("m.host is none", "SUP406", 7, "“is”", "write =="),
    ("m.host is not none", "SUP406", 7, "“is”", "write !="),
    ("m.site not in m.tags", "SUP406", 7, "“not”", "write !(x in list)"),
    ("m.cores / 2", "SUP406", 8, "“/”", "div"),
    ("m.cores % 2", "SUP406", 8, "“%”", "remainder"),
    ("1 < m.cores < 9", "SUP408", 12, "do not chain", "&&"),
    ("m.critical == m.critical == true", "SUP408", 25, "do not chain", "brackets"),
    # names
    ("workload.product == n.os", "SUP410", 20, "“n”", "known here: as_of, c, design, m, workload"),
    ("worklod.product == none", "SUP410", 0, "“worklod”", "“workload”"),
    ("m.kind == virtual", "SUP410", 10, "“virtual”", '"virtual"'),
    ("nodes", "SUP410", 0, "“nodes”", "“c.nodes”"),
    ("m.host == null", "SUP410", 10, "“null”", "write none"),
    ("m.host == unknown", "SUP410", 10, "“unknown”", "leaves open"),
    ("m.critcal", "SUP411", 2, "“critcal”", "“critical”"),
    ("m.title == none", "SUP411", 2, "“title”", "write m.cluster.title"),
    ("workload.kind == none", "SUP411", 9, "“kind”", "write workload.machine.kind"),
    ("m.os.vendor == none", "SUP411", 5, "“vendor”", "name, release"),
    ("m.test.id == none", "SUP411", 7, "“id”", "date, name, passed"),
    ("c.nodes.os == none", "SUP412", 8, "“c.nodes” is a list", "c.nodes.all(x, x.os"),
    ("m.cores.low", "SUP413", 8, "“m.cores” is an int", ""),
    ("c.nodes[0]", "SUP434", 0, "no order", "exists"),
    # functions and macros
    ("all(c.nodes, n, n.critical)", "SUP415", 0, "“all”", "c.nodes.all(n, n.critical)"),
    ("has(m.host)", "SUP415", 0, "“has”", "!= none"),
    ("today() > m.sold", "SUP415", 0, "“today”", "as_of"),
    ("sizes(c.nodes)", "SUP415", 0, "“sizes”", "“size”"),
    ("c.nodes.size()", "SUP415", 8, "“size”", "size(c.nodes)"),
    ("c.nodes.filter(n, n.critical)", "SUP415", 8, "“filter”", "c.nodes.where"),
    ("c.nodes.exsts(n, n.critical)", "SUP415", 8, "“exsts”", "“exists”"),
    ("c.nodes.all(n.critical)", "SUP416", 8, "“all”", "c.nodes.all(x, condition)"),
    ("c.nodes.count()", "SUP416", 8, "“count”", "size(c.nodes)"),
    ("c.nodes.largest(n, n.cores)", "SUP416", 8, "“largest”", "(k, x, value)"),
    ('c.nodes.largest("a", n, n.cores)', "SUP416", 16, "text", "whole number"),
    ("size()", "SUP416", 0, "“size”", "size(list)"),
    ("size(m.cores)", "SUP420", 5, "no size", "lists and texts"),
    ("c.nodes.all(n.os, n.critical)", "SUP414", 12, "“n.os”", "plain name"),
    ("c.nodes.all(m, m.critical)", "SUP414", 12, "“m” is a variable already", "another name"),
    ("c.nodes.all(none, true)", "SUP414", 12, "“none”", "another name"),
    ("c.nodes.all(_n, true)", "SUP414", 12, "“_n”", "another name"),
    ("c.nodes.all(n, n.cores)", "SUP421", 15, "a condition is due", "compare it"),
    ("c.nodes.all(n, n.kind)", "SUP421", 15, "a condition is due", 'n.kind == "physical"'),
    ("m.host.all(n, n.critical)", "SUP431", 0, "asks a list", "directly"),
    ("c.nodes.all(n, c.nodes.all(p, c.nodes.all(q, true)))", "SUP403", 38, "more than 2 deep", "derive"),
    ("c.nodes.sum(n, n.critical)", "SUP420", 15, "“sum”", "count(x, condition)"),
    ("c.nodes.max(n, n.level)", "SUP420", 15, "“max”", "all or exists"),
    ("c.nodes.same(n, n.tags)", "SUP420", 16, "“same”", "attributes"),
    # operators and their operands
    ("!m.cores", "SUP421", 1, "a condition is due", "compare it"),
    ("m.critical && m.kind", "SUP421", 14, "a condition is due", 'm.kind == "physical"'),
    ("c.nodes && true", "SUP421", 0, "a condition is due", "size(c.nodes) > 0"),
    ('m.kind == "virtul"', "SUP422", 10, "“virtul”", "“virtual”"),
    ('m.kind == "none"', "SUP422", 10, "“none”", "without quotes"),
    ('m.os.release == "2013"', "SUP422", 16, "“2013”", "“2012”"),
    ('m.kind > "virtual"', "SUP423", 7, "no order", "scale"),
    ('m.site < "a"', "SUP423", 7, "neither less nor more", "scale"),
    ("m.critical < true", "SUP423", 11, "neither less nor more", "=="),
    ("m.host < m", "SUP423", 7, "neither less nor more", "=="),
    ('m.os.release > "2003"', "SUP423", 13, "no order", "the product itself"),
    ('m.os == "Windows Server 2009"', "SUP424", 8, "names no product", "Windows Server 2008"),
    ('m.os == "SQL Server 2008"', "SUP424", 8, "names no product", "sql-server"),
    ('m.os == "Windows Server"', "SUP425", 8, "no release", '.name == "windows-server"'),
    ('m.os == "Windows Server 2008 Enterprise"', "SUP426", 8, "more than its release", '.edition == "enterprise"'),
    ('m.os == "Windows Server 2008 SP2"', "SUP426", 8, "more than its release", ".service_pack == 2"),
    ('m.os == "Windows Server 2008 RTM"', "SUP426", 8, "more than its release", ".service_pack == none"),
    ('m.os == "Windows Server 2008 x64"', "SUP426", 8, "more than its release", '.architecture == "x64"'),
    ("m.os.name == m.os", "SUP420", 10, "cannot be compared", ".name"),
    ("m.memory > m.power", "SUP427", 9, "GiB", "never converted"),
    ("m.memory + m.power > 3", "SUP427", 9, "“+”", "one unit"),
    ("m.memory > m.cores", "SUP420", 9, "an int", "no unit"),
    ("m.memory * m.power > 3", "SUP420", 9, "“*”", "whole number"),
    ("m.memory * 1.5 > 3", "SUP420", 9, "“*”", "x * 3 div 2"),
    ("1 div m.memory > 3", "SUP420", 2, "“div”", ""),
    ("m.cores > 1.5", "SUP428", 10, "whole number", "no decimals"),
    ("m.cores > 9223372036854775808", "SUP428", 10, "64 bits", ""),
    ("m.used > 9223372036854775.808", "SUP428", 9, "64 bits", ""),
    ("m.memory > 0.1234567890123456789", "SUP428", 11, "64 bits", ""),
    ('m.cores == "3"', "SUP420", 8, "text", "without quotes"),
    ("m.site == 3", "SUP420", 7, "text", '"3" in quotes'),
    ('m.critical == "true"', "SUP420", 11, "bool", "without quotes"),
    ("m.site == m.kind", "SUP420", 7, "cannot be compared", ""),
    ("m.kind == m.level", "SUP420", 7, "no value in common", ""),
    ('m.host == "db1"', "SUP420", 7, "machine", 'm.host.id == "db1"'),
    ("m.host == m.cluster", "SUP420", 7, "never a cluster", ""),
    ('m.bought == "26.05.2009"', "SUP429", 12, "no date", "2009-05-26"),
    ('m.bought == "2009-02-30"', "SUP429", 12, "no day", "2009-05-26"),
    ("m.bought > 2009", "SUP420", 9, "date", "2009-05-26"),
    ("m.bought + m.sold > as_of", "SUP420", 9, "“+”", "days"),
    ("30 - m.sold > as_of", "SUP420", 3, "“-”", "days"),
    ('m.site + "a" == "b"', "SUP420", 7, "“+”", "not joined"),
    ("-m.site", "SUP420", 0, "no negative", ""),
    ('m.critical ? 1 : "a"', "SUP420", 17, "text", "one type"),
    ("m.critical ? m.host : m.cluster", "SUP420", 22, "cluster", "one type"),
    ("m.cores ? 1 : 2", "SUP421", 0, "a condition is due", "compare it"),
    # none and lists
    ("none", "SUP430", 0, "beside == and !=", "asks"),
    ("m.host < none", "SUP430", 7, "“<”", "=="),
    ("none == none", "SUP430", 0, "two “none”", ""),
    ("m.critical ? none : m.host", "SUP430", 13, "beside == and !=", ""),
    ("m.host in [none]", "SUP430", 11, "in a list", "x == none"),
    ("(m.cores > 3) == none", "SUP430", 0, "never none", ""),
    ("c.nodes == none", "SUP431", 0, "never none", "size(c.nodes) == 0"),
    ("c.nodes == c.spares", "SUP431", 8, "cannot be compared", "size(c.nodes)"),
    ("m.site in m.cores", "SUP431", 10, "a list is due", "=="),
    ('"a" in m.site', "SUP431", 7, "a list is due", 'm.site.contains("a")'),
    ("m.kind in []", "SUP432", 10, "empty list", "at least one"),
    ("[1, 2].all(x, x > 1)", "SUP432", 0, "right of “in”", ""),
    ("m.cores == {a: 1}", "SUP432", 11, "lookup", "catalogue"),
    # text functions
    ('m.kind.contains("a")', "SUP420", 0, "asks a text", "=="),
    ('m.tags.contains("a")', "SUP420", 0, "asks a text", '"a" in m.tags'),
    ("m.site.contains(3)", "SUP420", 16, "a text is due", "quotes"),
    ("m.site.contains()", "SUP416", 7, "one text", ""),
    # catalogues and packs
    ('lookup("lifecycle", m.os)', "SUP416", 0, "columns", ".column"),
    ('lookup("lifecycel", m.os).end', "SUP417", 7, "“lifecycel”", "“lifecycle”"),
    ("lookup(m.site, m.os).end", "SUP416", 7, "written out", ""),
    ('lookup("lifecycle", m.os).ende', "SUP418", 26, "“ende”", "“end”"),
    ('lookup("lifecycle", m.os).product', "SUP418", 26, "“product”", "is a key"),
    ('listed("pairs", m.os)', "SUP418", 16, "3 fields", "{sql: …, os: …, kind: …}"),
    ('listed("pairs", {os: m.os, kind: m.kind})', "SUP418", 16, "“sql”", "add sql"),
    ('listed("pairs", {os: m.os, os: m.os})', "SUP418", 27, "twice", ""),
    ('listed("lifecycle", {prodct: m.os})', "SUP418", 21, "“prodct”", "“product”"),
    ('listed("lifecycle", m.kind)', "SUP420", 20, "product is due", ""),
    ('satisfies(m, "acme.cluster")', "SUP419", 13, "“acme.cluster”", "“acme.clusters”"),
    ('satisfies(m.os, "acme.clusters")', "SUP420", 10, "status", "entity"),
    ("date(m.site)", "SUP416", 5, "written out", ""),
]


def problems_of(text: str, expected: Type | None = None) -> tuple[Problem, ...]:
    with pytest.raises(PackError) as caught:
        compile_expression(text, HERE, SCOPE, expected)
    return caught.value.problems


@pytest.mark.parametrize(("text", "code", "offset", "message", "hint"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_where_it_is(text: str, code: str, offset: int, message: str, hint: str) -> None:
    [problem] = problems_of(text)
    assert (problem.code, problem.origin) == (code, Origin(HERE.file, HERE.line, HERE.column + offset))
    assert message in problem.message
    assert hint in problem.hint
    assert problem.move == "author"


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("m.cores", BOOL, "SUP421"),
        ("m.cores", KIND, "SUP433"),
        ("m.cores", GIB, "SUP433"),
        ("m.power", GIB, "SUP433"),
        ("m.used", GIB, "SUP428"),
        ("workload.product", OS, "SUP433"),
        ("m.level", KIND, "SUP433"),
        ("c.nodes", OS, "SUP433"),
        ('"soon"', DATE, "SUP429"),
    ],
)
def test_a_value_of_another_type_than_expected_is_refused(text: str, expected: Type, code: str) -> None:
    assert [problem.code for problem in problems_of(text, expected)] == [code]


def test_all_mistakes_are_told_at_once_and_each_once() -> None:
    text = 'm.critcal && m.kind == "virtul" && c.nodes.all(n, n.os > 3 || n.cores > nothing) && m.foo.bar > 3'
    found = [(problem.code, problem.origin.column - HERE.column) for problem in problems_of(text)]
    assert found == [("SUP411", 2), ("SUP422", 23), ("SUP420", 55), ("SUP410", 72), ("SUP411", 86)]


def test_mistakes_on_later_lines_are_placed_in_their_lines() -> None:
    [first, second] = problems_of("m.critcal\n  && m.cores > many")
    assert (first.origin, second.origin) == (Origin("rule.yaml", 7, 12), Origin("rule.yaml", 8, 16))


def test_a_source_of_unknown_place_has_mistakes_of_unknown_place() -> None:
    with pytest.raises(PackError) as caught:
        compile_expression("m.critcal", Origin("rule.yaml"), SCOPE)
    assert [problem.origin for problem in caught.value.problems] == [Origin("rule.yaml")]


def test_a_circle_of_definitions_is_told_among_the_mistakes() -> None:
    circle = Problem("SUP399", "definitions go in a circle", Origin("other.yaml", 1, 1))

    def derived(entity: str, name: str) -> Type | None:
        raise PackError([circle])

    scope = type(SCOPE)(SCOPE.vocabulary, SCOPE.variables, SCOPE.catalogues, SCOPE.packs, derived)
    with pytest.raises(PackError) as caught:
        compile_expression("m.free > 3 && m.kind > 3", HERE, scope)
    assert circle in caught.value.problems
    assert [problem.code for problem in caught.value.problems] == ["SUP399", "SUP420"]
