"""Whatever the text: a node, or one clear PackError; quickly, and without running out of stack."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supportable.errors import PackError, Problem
from supportable.language import compile_condition, compile_expression, compile_template
from supportable.language.ir import Node, Or
from supportable.language.macros import MACROS
from supportable.language.parse import parse
from supportable.language.source import Source
from supportable.vocabulary.words import LANGUAGE_WORDS
from tests.language.example import HERE, SCOPE

_TOKENS = [
    *sorted(LANGUAGE_WORDS), *MACROS, "date", "never", "m", "c", "n", "os", "nodes", "cores", "memory", "kind", "site",
    "and", "not", "is", "1", "1.5", '"virtual"', '"Windows Server 2008"', '"2009-05-26"', '"', "'", "\\", "“",
    "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "+", "-", "*", "/", "=", "&", "?", ":", ",", ".", "(", ")",
    "[", "]", "{", "}", "{{", "}}", "\n", " ", "\0", "#", "m.os", "c.nodes", "c.nodes.all(n,", "m.critical",
]  # fmt: skip
_SOUP = st.lists(st.sampled_from(_TOKENS), max_size=30).map(" ".join)
_TIGHT = st.lists(st.sampled_from(_TOKENS), max_size=30).map("".join)


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.text(max_size=200), _SOUP, _TIGHT))
@example('m.site == "\ud800"')
@example("\ud800")
def test_any_text_is_a_node_or_a_pack_error(text: str) -> None:
    for compile_text in (compile_expression, compile_condition, compile_template):
        problems: tuple[Problem, ...] | None = None
        try:
            found = compile_text(text, HERE, SCOPE)
        except PackError as error:
            problems = error.problems
        if problems is None:
            assert isinstance(found, Node | tuple)
        else:
            assert problems
            assert all(is_clear(problem) for problem in problems)


def is_clear(problem: Problem) -> bool:
    place = problem.origin
    return (
        "SUP400" <= problem.code < "SUP450"
        and place.file == HERE.file
        and place.line >= HERE.line
        and place.column >= 1
        and len(problem.message) < 400
        and problem.message.isprintable()
    )


def depth_of(text: str) -> int:
    parsed = parse(Source(text, HERE))
    assert parsed is not None
    return parsed.depth


def refused(text: str) -> str:
    started = time.perf_counter()
    with pytest.raises(PackError) as caught:
        compile_expression(text, HERE, SCOPE)
    assert time.perf_counter() - started < 30
    [problem] = caught.value.problems
    return problem.code


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100 + "m.cores" + ")" * 100,
        "!" * 4000 + "m.critical",
        "-" * 4000 + "m.cores",
        "m.cores" + "+1" * 1500,
        "m" + ".host" * 700,
        "m.critical ? 1 : " * 200 + "2",
        "size(" * 100 + "m.tags" + ")" * 100,
        "[" * 100 + "]" * 100,
    ],
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert refused(text) == "SUP402"


def test_what_is_as_deep_as_allowed_compiles() -> None:
    # A name counts one and every bracket one.
    text = "(" * 63 + "m" + ")" * 63
    assert compile_expression(text, HERE, SCOPE).text == "m"
    assert refused(f"({text})") == "SUP402"


def test_an_unclosed_thousand_of_brackets_is_refused() -> None:
    assert refused("(" * 4000) == "SUP400"


def test_long_chains_of_one_operator_are_not_deep() -> None:
    node = compile_condition(" || ".join(["m.critical"] * 250), HERE, SCOPE)
    assert isinstance(node, Or)
    assert len(node.args) == 250


def test_four_kibibytes_are_the_limit() -> None:
    text = "m.critical"
    assert compile_condition(text + " " * (4096 - len(text)), HERE, SCOPE).text == text
    assert refused(text + " " * (4097 - len(text))) == "SUP401"
    assert refused('m.site == "' + "ä" * 2048 + '"') == "SUP401"


def test_lists_in_lists_cannot_multiply_without_end() -> None:
    text = "m.critical"
    for _ in range(30):
        text = f"({text}) in [true, false, true, false]"
    assert refused(text) == "SUP402"
    assert depth_of(text) < 64


def test_choices_in_lists_are_typed_once_each() -> None:
    text = "m.cores"
    for _ in range(15):
        text = f"(({text}) in [1, 2, 3, 4] ? 1 : 2)"
    assert refused(text) == "SUP402"
    assert depth_of(text) < 64


def test_a_template_of_open_braces_is_read_in_one_go() -> None:
    started = time.perf_counter()
    with pytest.raises(PackError):
        compile_template("{{" * 8000, HERE, SCOPE)
    assert time.perf_counter() - started < 30


def test_a_long_text_is_shown_briefly() -> None:
    with pytest.raises(PackError) as caught:
        compile_expression('m.kind == "' + "x" * 3000 + '"', HERE, SCOPE)
    assert len(str(caught.value)) < 400
