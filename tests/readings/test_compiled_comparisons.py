"""Every comparison between every two values, known beforehand or not: the shortcuts against the meaning."""

from __future__ import annotations

from itertools import product as pairs
from typing import Any, Literal

import pytest

from supportable.document import read_text
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.language.ir import Attr, Cmp, Const, IsNone, Node, Not, Or, Var
from supportable.packs.model import ALWAYS, Derivation, Pack, Reading
from supportable.packs.packset import PackSet
from supportable.plan.build import plan
from supportable.plan.model import Plan
from supportable.readings import compiled, reference
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.types import BOOL, DATE, INT, TEXT, EnumType, ProductType, RefType, Type
from tests.readings.generators.values import TODAY

VOCABULARY = load_vocabulary(
    [
        read_text(
            """\
vocabulary: pairs
version: 1.0.0
language: 1
products:
  alpha: {title: Alpha, releases: ["1", "2", "3"], editions: [small], names: []}
  beta: {title: Beta, releases: ["1", "2"], names: []}
  gamma: {title: Gamma, names: []}
types:
  thing:
    attributes:
      product_a: product
      product_b: product
      int_a: int
      int_b: int
      date_a: date
      date_b: date
      text_a: text
      text_b: text
      bool_a: bool
      bool_b: bool
      enum_a: {enum: [x, y, z]}
      enum_b: {enum: [x, y, z]}
      scale_a: {scale: [low, mid, high]}
      scale_b: {scale: [low, mid, high]}
      row_a: {ref: thing}
      row_b: {ref: thing}
""",
            "pairs.yaml",
        )
    ]
)
SCALE = EnumType(("low", "mid", "high"), ordered=True)
ALPHA, BETA, GAMMA = (VOCABULARY.ladders[name] for name in ("alpha", "beta", "gamma"))
ABSENT = ("none", "unknown")

WRITTEN: dict[str, tuple[Any, ...]] = {
    "product": (
        *({"name": "alpha", "release": release} for release in ("1", "2", "3")),
        {"name": "alpha", "release": "2", "edition": "small"},
        *({"name": "beta", "release": release} for release in ("1", "2")),
        *({"name": name} for name in ("alpha", "beta", "gamma")),
    ),
    "int": (0, 1, 2),
    "date": ("2020-01-01", "2020-01-02"),
    "text": ("x", "y", ""),
    "bool": (True, False),
    "enum": ("x", "y", "z"),
    "scale": ("low", "mid", "high"),
    "row": ("t0", "t1"),
}
KNOWN: dict[str, tuple[Any, ...]] = {
    "product": (
        *(ALPHA.product(release=release) for release in ALPHA.releases),
        *(BETA.product(release=release) for release in BETA.releases),
        ALPHA.product(),
        GAMMA.product(),
    ),
    "int": (0, 1, 2),
    "date": (737425, 737426),
    "text": ("x", "y", ""),
    "bool": (True, False),
    "enum": ("x", "y", "z"),
    "scale": ("low", "mid", "high"),
    "row": (),
}
TYPES: dict[str, Type] = {
    "product": ProductType(),
    "int": INT,
    "date": DATE,
    "text": TEXT,
    "bool": BOOL,
    "enum": EnumType(("x", "y", "z")),
    "scale": SCALE,
    "row": RefType("thing"),
}
ORDERED = ("product", "int", "date", "scale")


def facts_of(kind: str) -> Facts:
    """One thing for every two values, absent ones included."""
    values = (*WRITTEN[kind], *ABSENT)
    things = [
        {"id": f"t{place}", f"{kind}_a": one, f"{kind}_b": other}
        for place, (one, other) in enumerate(pairs(values, values))
    ]
    return load_design({"design": "pairs", "things": things}, VOCABULARY)


def plan_of(expressions: list[Node]) -> Plan:
    derive = tuple(
        Derivation("acme.p", "thing", f"d{place}", BOOL, "", (Reading(ALWAYS, node),))
        for place, node in enumerate(expressions)
    )
    pack = Pack("acme.p", "1.0.0", "", "acme", "", (), derive, (), (), "p")
    return plan(PackSet(VOCABULARY, {}, {}, (pack,)), TODAY)


def compared(kind: str, op: Literal["eq", "lt", "le"], left: Node, right: Node) -> Node:
    how: Literal["plain", "scale", "product", "row"] = "plain"
    if kind in ("product", "row"):
        how = "product" if kind == "product" else "row"
    elif kind == "scale" and op != "eq":
        how = "scale"
    return Cmp(BOOL, op, left, right, how, SCALE.values if how == "scale" else ())


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_comparison_is_the_same_however_it_was_compiled(kind: str) -> None:
    thing = Var(RefType("thing"), "thing")
    a, b = (Attr(TYPES[kind], thing, f"{kind}_{side}", "thing") for side in "ab")
    constants = [Const(TYPES[kind], value) for value in KNOWN[kind]]
    operators: tuple[Literal["eq", "lt", "le"], ...] = ("eq", "lt", "le") if kind in ORDERED else ("eq",)
    operands: list[tuple[Node, Node]] = [(a, b), (a, a)]
    operands += [pair for constant in constants for pair in ((a, constant), (constant, a), (constant, constants[0]))]
    expressions = [compared(kind, op, left, right) for op in operators for left, right in operands]
    expressions += [Not(BOOL, each) for each in expressions] + [IsNone(BOOL, a)]
    expressions += [
        Or(BOOL, (compared(kind, "eq", a, one), compared(kind, "eq", other, a), *rest))
        for one, other in pairs(constants[-3:], constants[:3])
        for rest in ((), (compared(kind, "eq", b, one),))
    ]
    made, facts = plan_of(expressions), facts_of(kind)
    found, expected = compiled.judge(made, facts).derived, reference.judge(made, facts).derived
    for place, (column, its_column) in enumerate(zip(found, expected, strict=True)):
        assert column == its_column, made.derivations[place]
