from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from supportable.packs import load_packs
from supportable.packs.lint import CHECKS, Check, codes, lint
from supportable.packs.lint.page import lint_page
from tests.packs.acme import head, shelf

VOCABULARY = """\
vocabulary: acme
version: 1.0.0
language: 1
products:
  acme-os: {title: Acme OS, releases: ["1.0", "2.0", "3.0"], names: ["acme os"]}
types:
  server:
    absent: none
    attributes:
      os: {product: [acme-os], ask: "Which release?"}
      memory: {int, ask: "How much?"}
      role: {enum: [database, file, other], ask: "What for?"}
      spare: {bool, absent: false, ask: "Is it a spare?"}
      array: {ref: array, ask: "Which array?"}
  array:
    absent: none
    attributes:
      model: {text, ask: "Which model?"}
      mirrored: {bool, ask: "Is it mirrored?"}
      bays: {list: bay, part: true, ask: "Which bays?"}
      servers: {inverse: server.array}
  bay:
    judged: false
    absent: none
    attributes:
      state: {enum: [filled, free], ask: "What is in it?"}
"""
REFERENCES = """\
references: acme
version: 1.0.0
articles:
  ACME-100: {title: Configurations, url: "https://support.acme.example/100", publisher: Acme, confidence: full}
  ACME-200: {title: Firmware, url: "https://support.acme.example/200", publisher: Acme, confidence: full}
"""
SHARED = {"vocabulary/acme.yaml": VOCABULARY, "references/acme.yaml": REFERENCES}
STATED = [
    {"id": f"{subject}-stated", "title": f"Each {subject}", "subject": subject, "covers": True,
     "cite": [{"ref": "ACME-100"}, {"ref": "ACME-200"}]}
    for subject in ("server", "array")
]  # fmt: skip
RULES = [check for check in CHECKS if check.bad and not check.bad.startswith(("-", "memory"))]


def found(folder: Path, rules: list[dict[str, Any]], extra: str = "") -> set[str]:
    files = {
        "acme/p/pack.yaml": head("acme.p") + extra,
        "acme/p/rules/r.yaml": json.dumps({"rules": rules}, default=str),
    }
    packs = load_packs([shelf(folder, SHARED, files)], discover=False)
    assert [str(problem) for broken in packs.broken for problem in broken.problems] == []
    return {problem.code for problem in lint(packs)}


def rule(example: str, **said: Any) -> dict[str, Any]:
    """A rule that says what the example says, and is well otherwise."""
    subject = "array" if "array." in example else "server"
    return {
        "id": "r", "title": "The rule", "subject": subject, "otherwise": "unsupported", "remedies": ["Mend it"],
        "require": "server.memory > 1" if subject == "server" else "array.mirrored",
        "message": "{{ s.id }}" if "each" in example else f"{{{{ {subject}.id }}}}",
        "cite": [{"ref": "ACME-100"}, {"ref": "ACME-200"}], **yaml.safe_load(example), **said,
    }  # fmt: skip


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.code)
def test_each_check_finds_its_bad_example_and_accepts_its_good_one(check: Check, tmp_path: Path) -> None:
    stated = [] if check.code == codes.NOTHING_STATES_SUPPORT else STATED
    bad = found(tmp_path / "bad", [rule(check.bad), *stated])
    good = found(tmp_path / "good", [rule(check.good), *stated])
    assert (bad, good) == ({check.code}, set())


def test_a_pack_that_says_what_it_should_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, STATED) == set()


def test_what_is_there_and_used_by_nobody_is_found(tmp_path: Path) -> None:
    derive = "derive:\n  - {fact: server.large, title: Large, value: server.memory > 9}\n"
    assert found(tmp_path, STATED[:1], derive) == {codes.UNUSED_DEFINITION}
    uncited = [{**STATED[0], "cite": [{"ref": "ACME-100"}]}]
    assert found(tmp_path, uncited) == {codes.UNUSED_ARTICLE}


def test_a_required_pack_of_which_nothing_is_used_is_found(tmp_path: Path) -> None:
    files = {"acme/q/pack.yaml": head("acme.q"), "acme/p/pack.yaml": head("acme.p", "acme.q"),
             "acme/p/rules/r.yaml": json.dumps({"rules": STATED})}  # fmt: skip
    packs = load_packs([shelf(tmp_path, SHARED, files)], discover=False)
    assert {problem.code for problem in lint(packs)} == {codes.UNUSED_PACK}


def test_a_term_without_a_citation_is_found(tmp_path: Path) -> None:
    term = "glossary:\n  - {term: bay, text: A place for one disk.}\n"
    assert found(tmp_path, STATED, term) == {codes.NOTHING_CITED}


def test_two_rules_of_one_title_are_found(tmp_path: Path) -> None:
    assert found(tmp_path, [*STATED, {**STATED[0], "id": "again"}]) == {codes.SAME_RULE_TITLE}


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ('server.os >= "Acme OS 2.0" && server.os < "Acme OS 2.0"', False),
        ('server.os >= "Acme OS 2.0" && server.os <= "Acme OS 2.0"', True),
        ('server.os == "Acme OS 2.0" && server.os > "Acme OS 2.0"', False),
        ("server.memory > 8 && server.memory < 9", False),
        ("server.memory > 8 && server.memory < 10", True),
        ("server.memory > 8 && (server.memory < 3 || server.memory == 8)", False),
        ("server.memory > 8 && (server.memory < 3 || server.memory == 9)", True),
        ("server.array == none && server.array.mirrored", True),
        ("server.memory == none && server.memory > 3", False),
        ("!(server.spare || server.memory == 3) && server.spare", False),
        ('server.role in ["file", "other"] && server.role == "database"', False),
        ('server.role != "file" && server.role == "file"', False),
        ("server.array.bays.exists(b, false)", False),
        ("size(server.array.servers) < 0", False),
    ],
)
def test_a_condition_is_only_called_impossible_where_its_words_contradict(
    when: str, holds: bool, tmp_path: Path
) -> None:
    codes_found = found(tmp_path, [*STATED, {**STATED[0], "id": "r", "title": "R", "when": when}])
    assert codes_found == (set() if holds else {codes.WHEN_NEVER_HOLDS})


@pytest.mark.parametrize(
    ("when", "require", "is_vacuous"),
    [
        ("array.mirrored", 'array.model == "A" && array.bays.all(b, b.state == "free")', True),
        ("size(array.bays) >= 1", 'array.model == "A" && array.bays.all(b, b.state == "free")', False),
        ('array.bays.exists(b, b.state == "free")', 'array.model == "A" && array.bays.same(b, b.state)', False),
        ("array.mirrored", "array.bays.same(b, b.state)", True),
        ("array.mirrored", 'size(array.bays) < 3 || array.bays.all(b, b.state == "free")', False),
        ("array.mirrored", 'size(array.bays) > 3 || array.bays.all(b, b.state == "free")', True),
        (
            "size(array.bays) > 0",
            'array.model == "A" && array.bays.where(b, b.state == "free").same(b, b.count)',
            True,
        ),
        (
            'array.bays.exists(b, b.state == "free")',
            'array.model == "A" && array.bays.where(b, b.state == "free").same(b, b.count)',
            False,
        ),
        ("array.mirrored", 'array.servers.exists(s, s.array.bays.all(b, b.state == "free"))', True),
    ],
)
def test_an_all_is_vacuous_only_where_emptiness_decides(
    when: str, require: str, is_vacuous: bool, tmp_path: Path
) -> None:
    said = rule('subject: array\nnotes: "array."', when=when, require=require)
    assert found(tmp_path, [*STATED, said]) == ({codes.VACUOUS_ALL} if is_vacuous else set())


def test_a_vacuous_all_is_seen_through_a_definition(tmp_path: Path) -> None:
    derive = "derive:\n  - {fact: array.free, title: Free, value: 'array.bays.all(b, b.state == \"free\")'}\n"
    assert found(tmp_path, [*STATED, rule("require: array.free")], derive) == {codes.VACUOUS_ALL}


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    named = {value for name, value in vars(codes).items() if name.isupper()}
    assert {check.code for check in CHECKS} == named
    assert [check.code for check in CHECKS] == sorted(named)


def test_the_page_of_checks_is_fresh() -> None:
    page = Path(__file__).parents[3] / "docs" / "lint.md"
    assert page.read_text(encoding="utf-8") == lint_page()
