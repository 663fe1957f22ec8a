"""Laws of the syntax: what brackets change and what they do not, and that a node's text is what was written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.language import compile_expression, show
from supportable.language.ir import Node, walk
from tests.language.example import HERE, SCOPE


@pytest.mark.parametrize(
    ("bare", "bracketed"),
    [
        ("m.critical || true && false", "m.critical || (true && false)"),
        ("m.critical && true || false", "(m.critical && true) || false"),
        ("!m.critical && true", "(!m.critical) && true"),
        ("!m.critical == true", "(!m.critical) == true"),
        ("m.critical && m.cores == 3", "m.critical && (m.cores == 3)"),
        ("m.cores + 1 == m.slots - 1", "(m.cores + 1) == (m.slots - 1)"),
        ("m.cores + 1 * 2", "m.cores + (1 * 2)"),
        ("m.cores - 1 - 2", "(m.cores - 1) - 2"),
        ("m.cores div 2 * 2", "(m.cores div 2) * 2"),
        ("m.cores - 2 div 2", "m.cores - (2 div 2)"),
        ("-m.cores * 2", "(-m.cores) * 2"),
        ("m.cores - -1", "m.cores - (-1)"),
        ("m.cores + 1 in [2, 3]", "(m.cores + 1) in [2, 3]"),
        ("m in c.nodes && m.critical", "(m in c.nodes) && m.critical"),
        ("m.critical ? 1 : m.critical ? 2 : 3", "m.critical ? 1 : (m.critical ? 2 : 3)"),
        ("m.critical || true ? 1 : 2", "(m.critical || true) ? 1 : 2"),
        ("m.critical && (true && false)", "(m.critical && true) && false"),
        ("((m)).host", "m.host"),
        ('(lookup("lifecycle", (m.os))).end', 'lookup("lifecycle", m.os).end'),
        ('m.kind in (["virtual", ("physical")])', 'm.kind in ["virtual", "physical"]'),
        ("(m.host) == (none)", "m.host == none"),
        ("-(3) + m.cores", "-3 + m.cores"),
        ("m .\n host\t. os", "m.host.os"),
    ],
)
def test_brackets_that_say_what_holds_anyway_change_nothing(bare: str, bracketed: str) -> None:
    assert compile_expression(bare, HERE, SCOPE) == compile_expression(bracketed, HERE, SCOPE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("m.critical || true && false", "(m.critical || true) && false"),
        ("m.cores - 1 - 2", "m.cores - (1 - 2)"),
        ("m.cores + 1 * 2", "(m.cores + 1) * 2"),
        ("!(m.critical && true)", "!m.critical && true"),
        ("m.cores div 2 * 2", "m.cores div (2 * 2)"),
    ],
)
def test_brackets_that_say_otherwise_do_change_it(one: str, other: str) -> None:
    assert compile_expression(one, HERE, SCOPE) != compile_expression(other, HERE, SCOPE)


_INTS = st.sampled_from(["m.cores", "m.slots", "1", "-2", "size(c.nodes)", "size(m.site)", "c.nodes.sum(n, n.cores)"])
_NUMBERS = st.sampled_from(["m.memory", "m.used", "c.nodes.max(n, n.used)", 'lookup("lifecycle", m.os).limit'])
_DATES = st.sampled_from(["m.bought", "as_of", "never", 'date("2009-05-26")', 'lookup("lifecycle", m.os).end'])
_BOOLS = st.sampled_from(
    [
        "m.critical",
        "true",
        "m.cluster.guest",
        'm.kind == "virtual"',
        'm.kind != "virtual"',
        'm.os >= "Windows Server 2008 R2"',
        'm.level < "full"',
        "m.host == none",
        "m.host != none",
        "m in c.nodes",
        'm.site in ["a", "b\\"c", "d\\\\e\\n"]',
        'm.site.startsWith("a")',
        'c.nodes.where(n, n.critical).all(n, n.kind == "virtual")',
        "c.nodes.count(n, n.critical) > 1",
        "c.nodes.same(n, n.os)",
        "c.nodes.allChoices(1, taken, left, size(left) > size(taken))",
        'satisfies(m, "acme.clusters")',
        'listed("lifecycle", m.os)',
        'm.os.edition == "enterprise"',
    ]
)

_ints = st.recursive(
    _INTS, lambda of: st.builds("({} {} {})".format, of, st.sampled_from(["+", "-", "*", "div"]), of), max_leaves=6
)
_leaves = st.one_of(
    _BOOLS,
    st.builds("{} {} {}".format, _ints, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), _ints),
    st.builds("{} {} {}".format, _NUMBERS, st.sampled_from(["==", "<", ">="]), st.one_of(_NUMBERS, st.just("1.25"))),
    st.builds("{} {} {} + 3".format, _DATES, st.sampled_from(["==", "<", ">="]), _DATES),
)
CONDITIONS = st.recursive(
    _leaves,
    lambda of: st.one_of(
        st.builds("({}) && ({})".format, of, of),
        st.builds("({}) || ({})".format, of, of),
        st.builds("!({})".format, of),
        st.builds("(({}) ? ({}) : ({}))".format, of, of, of),
        st.builds("({}) == ({})".format, of, of),
    ),
    max_leaves=8,
)
"""Conditions that compile, with brackets wherever one form stands in another."""


@settings(max_examples=300, deadline=None)
@given(CONDITIONS)
def test_a_node_shown_and_compiled_again_is_the_same_node(text: str) -> None:
    node = compile_expression(text, HERE, SCOPE)
    assert compile_expression(show(node), HERE, SCOPE) == node


@settings(max_examples=100, deadline=None)
@given(CONDITIONS)
def test_what_was_written_is_found_where_the_node_says(text: str) -> None:
    for node in walk(compile_expression(text, HERE, SCOPE)):
        assert node.origin.file == HERE.file
        assert node.origin.line == HERE.line
        rest = text[node.origin.column - HERE.column :]
        assert node.text == "" or rest.startswith(node.text) or _desugared(node)


def _desugared(node: Node) -> bool:
    """Whether the node stands for something that is written otherwise: a `!=`, an `in`."""
    return " == " in node.text or node.text.startswith("a member of ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('m.os >= "windows server  2008 r2"', '"Windows Server 2008 R2" <= m.os'),
        ("m.memory > 1.55", "1.55 < m.memory"),
        ('m.bought < "2009-05-26"', 'm.bought < date("2009-05-26")'),
        ("!(m.critical || true)", "!(m.critical || true)"),
        ("m.cores - (1 - 2)", "m.cores - (1 - 2)"),
        ("(m.critical ? 1 : 2) > 1", "1 < (m.critical ? 1 : 2)"),
        (
            'listed("pairs", {os: m.os, kind: m.kind, sql: workload.product})',
            'listed("pairs", {workload.product, m.os, m.kind})',
        ),
    ],
)
def test_a_node_is_shown_with_no_more_brackets_than_it_needs(text: str, shown: str) -> None:
    assert show(compile_expression(text, HERE, SCOPE)) == shown
