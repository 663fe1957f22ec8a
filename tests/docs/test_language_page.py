"""The page for pack authors, run: its packs load, its cases hold, its table of expressions comes out as it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from supportable.document import read_text
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.language import Scope, compile_expression
from supportable.origin import Origin
from supportable.packs import PackSet, load_packs
from supportable.plan import plan
from supportable.readings.evaluate import Evaluator
from supportable.readings.values import value_of
from supportable.testing import run_cases
from supportable.verdict.words import in_words
from supportable.vocabulary.types import BoolType, RefType

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
BLOCK = re.compile(r"^```yaml (file|design)=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(?P<expression>[^|]*(?:\|\|[^|]*)*)` \| (?P<value>[^|]+) \| [^|]*\|$", re.MULTILINE)


def blocks(kind: str) -> dict[str, str]:
    return {name: text for found, name, text in BLOCK.findall(PAGE.read_text("utf-8")) if found == kind}


def expressions() -> list[tuple[str, str]]:
    table = PAGE.read_text("utf-8").split("| expression | comes to | because |")[1].split("\n\n")[0]
    return [(found["expression"], found["value"].strip()) for found in ROW.finditer(table)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    for name, text in blocks("file").items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def packs(shelf: Path) -> PackSet:
    loaded = load_packs([shelf], discover=False)
    assert loaded.broken == ()
    return loaded


@pytest.fixture(scope="module")
def facts(packs: PackSet) -> Facts:
    return load_design(read_text(blocks("design")["expressions"], "page.yaml"), packs.vocabulary)


def test_the_packs_of_the_page_load(packs: PackSet) -> None:
    assert [pack.name for pack in packs.packs] == ["acme.arrays", "acme.arrays-firmware"]


def test_the_cases_of_the_page_hold(packs: PackSet) -> None:
    report = run_cases(packs, [pack.name for pack in packs.packs])
    assert (report.failed, report.all_problems) == ((), ())
    assert len(report.results) == 6


def test_the_table_shows_many_expressions() -> None:
    assert len(expressions()) >= 30


@pytest.mark.parametrize(("expression", "value"), expressions())
def test_an_expression_comes_to_what_the_table_says(expression: str, value: str, packs: PackSet, facts: Facts) -> None:
    rows = {row.id: row for name in ("server", "array") for row in facts.tables[name].own()}
    scope = Scope(
        packs.vocabulary,
        {name: RefType(row.type) for name, row in rows.items()},
        packs.catalogues,
        frozenset(),
        lambda _entity, _name: None,
    )
    node = compile_expression(expression, Origin("page"), scope)
    evaluator = Evaluator(plan(packs, date(2024, 1, 1)), facts)
    proof = evaluator.evaluate(node, dict(rows))
    found = value_of(proof.value) if proof.is_truth else proof.value
    words = in_words(found, node.type)
    shown = {"yes": "true", "no": "false"}.get(words, words) if isinstance(node.type, BoolType) else words
    assert shown == value
