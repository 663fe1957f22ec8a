"""Texts with values in them."""

from __future__ import annotations

import pytest

from supportable.errors import PackError
from supportable.language import compile_template
from supportable.language.ir import Attr, Node, Var
from supportable.origin import Origin
from supportable.vocabulary.types import TEXT, RefType
from tests.language.example import HERE, MACHINES, OS, SCOPE

m = Var(RefType("machine"), "m")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("Nothing {is} inserted", ("Nothing {is} inserted",)),
        ("{{m.os}}", (Attr(OS, m, "os", "machine"),)),
        (
            "{{ m.id }} runs {{ m.os }}, too old",
            (Attr(TEXT, m, "id", "machine"), " runs ", Attr(OS, m, "os", "machine"), ", too old"),
        ),
        ("{{ m }}{{ c.nodes }}", (m, Attr(MACHINES, Var(RefType("cluster"), "c"), "nodes", "cluster"))),
    ],
)
def test_a_template_is_texts_and_values_in_order(text: str, parts: tuple[str | Node, ...]) -> None:
    assert compile_template(text, HERE, SCOPE) == parts


def test_an_inserted_value_knows_its_place_and_words() -> None:
    [_, node] = compile_template("It runs {{ m.os }}", HERE, SCOPE)
    assert isinstance(node, Node)
    assert (node.origin, node.text) == (Origin("rule.yaml", 7, 21), "m.os")


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("a {{ m.os", "SUP409", 2),
        ("a m.os }}", "SUP409", 7),
        ("{{ m.cores + 1 }}", "SUP409", 3),
        ("{{ size(m.tags) }}", "SUP409", 3),
        ("{{ }}", "SUP409", 3),
        ("{{ 'a' }}", "SUP409", 3),
        ("{{ none }}", "SUP409", 3),
        ("{{ m.test }}", "SUP409", 3),
        ("{{ c.tests }}", "SUP409", 3),
        ("{{ n.os }}", "SUP410", 3),
        ("{{ m.oss }}", "SUP411", 5),
        ("{{ c.nodes.os }}", "SUP412", 11),
        ("{{ m" + ".host" * 20 + " }}", "SUP409", 3),
        ("x" * 16385, "SUP401", 0),
    ],
)
def test_anything_but_a_path_is_refused(text: str, code: str, offset: int) -> None:
    with pytest.raises(PackError) as caught:
        compile_template(text, HERE, SCOPE)
    [problem] = caught.value.problems
    assert (problem.code, problem.origin.column - HERE.column) == (code, offset)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(PackError) as caught:
        compile_template("{{ n.os }} or {{ m.cors }}\nor {{ 1 }}", HERE, SCOPE)
    found = [(problem.code, problem.origin.line, problem.origin.column) for problem in caught.value.problems]
    assert found == [("SUP410", 7, 13), ("SUP411", 7, 29), ("SUP409", 8, 7)]
