"""The commands beside `check`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from supportable.cli.explain_code import known_codes
from supportable.version import __version__
from tests.cli.runs import EXAMPLES, ROOT, supportable
from tests.packs.acme import ARRAYS, SHARED, shelf

ACME = ("--shelf", "shelf", "--not-installed")


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """A folder with a shelf."""
    shelf(tmp_path / "shelf", SHARED, ARRAYS)
    return tmp_path


def test_packs_are_listed_also_those_that_do_not_load(field: Path) -> None:
    shelf(field / "shelf", {"acme/wrong/pack.yaml": "pack: acme.wrong\n"})
    run = supportable("packs", "list", *ACME, cwd=field)
    assert run.code == 3
    assert re.search(r"^acme\.arrays +1\.0\.0 +1 +Arrays$", run.out, re.MULTILINE)
    assert re.search(r"^acme\.wrong +does not load: 3 problems$", run.out, re.MULTILINE)
    assert "acme/wrong/pack.yaml:1:1: SUP302" in run.err


def test_a_pack_is_shown_with_its_rules_and_articles(field: Path) -> None:
    run = supportable("packs", "show", "acme.arrays", *ACME, cwd=field)
    assert run.code == 0
    assert "  mirrored  A mirrored array is supported  (array, states support)" in run.out.splitlines()
    assert "    https://support.acme.example/100" in run.out.splitlines()


def test_lint_names_what_the_cases_leave_out(field: Path) -> None:
    run = supportable("packs", "lint", "shelf", "--not-installed", cwd=field)
    assert run.code == 1
    assert "acme/arrays/rules/mirrors.yaml:2:5: SUP820 no case names mirrored as violated" in run.err
    assert "SUP82" not in supportable("packs", "lint", "shelf", "--not-installed", "--no-cases", cwd=field).err


def test_a_lock_holds_until_the_content_changes(field: Path) -> None:
    assert supportable("packs", "lock", "shelf", "--not-installed", cwd=field).code == 0
    assert supportable("packs", "lock", "shelf", "--not-installed", "--check", cwd=field).code == 0
    rule = field / "shelf/acme/arrays/rules/mirrors.yaml"
    rule.write_text(rule.read_text().replace("unsupported", "limited"))
    run = supportable("packs", "lock", "shelf", "--not-installed", "--check", cwd=field)
    assert (run.code, "SUP351" in run.err) == (1, True)


def test_a_rule_is_explained_with_text_article_and_cases(field: Path) -> None:
    case = "- case: no mirror\n  as_of: 2026-01-01\n  design: {arrays: []}\n"
    case += "  expect: {design: {not_applicable: [mirrored]}}\n"
    shelf(field / "shelf", {"acme/arrays/cases/mirrored.yaml": case})
    run = supportable("explain", "mirrored", *ACME, cwd=field)
    assert run.code == 0
    lines = run.out.splitlines()
    assert lines[0] == "A mirrored array is supported"
    assert "  require    array.mirrored" in lines
    assert "  otherwise  unsupported" in lines
    assert "             https://support.acme.example/100" in lines
    assert lines[-1] == "  no mirror  (cases/mirrored.yaml:1:3)"


def test_a_definition_an_article_and_a_term_are_explained() -> None:
    assert "  defines    cluster.guest, bool" in supportable("explain", "cluster.guest").out.splitlines()
    article = supportable("explain", "KB956893").out
    assert "  https://support.microsoft.com/help/956893" in article.splitlines()
    assert "  microsoft.sql-server-virtualization/guest-os  " in article
    assert supportable("explain", "svvp").out.startswith("SVVP  microsoft.svvp")


def test_a_rule_through_time_shows_every_text() -> None:
    run = supportable("explain", "microsoft.sql-server-virtualization/guest-clustering-stated")
    headings = [line for line in run.out.splitlines() if line.startswith("From ")]
    assert headings[0].startswith("From the beginning until 2009-05-20 (exclusive)")
    assert headings[1].startswith("From 2009-05-20")


def test_what_cannot_be_explained_is_told_with_the_nearest(field: Path) -> None:
    run = supportable("explain", "miror", *ACME, cwd=field)
    assert run.code == 3
    assert "did you mean “mirrored”" in run.err


def test_a_code_is_explained() -> None:
    run = supportable("explain", "sup116")
    assert run.code == 0
    assert run.out.startswith("SUP116  duplicate key")


def test_every_code_in_the_engine_is_known() -> None:
    used = {
        code
        for path in (ROOT / "engine").rglob("*.py")
        for code in re.findall(r'"(SUP[0-9]{3})"', path.read_text("utf-8"))
    }
    assert used - set(known_codes()) == set()


def test_no_code_has_two_meanings_in_one_hundred_of_the_request() -> None:
    """The stages keep their own hundreds apart; this one is shared between the command line and the library."""
    named = re.compile(r'^([A-Z][A-Z_]+)(?:: Final)? = "(SUP7[0-9]{2})"', re.MULTILINE)
    meanings: dict[str, set[str]] = {}
    for path in (ROOT / "engine").rglob("*.py"):
        for name, code in named.findall(path.read_text("utf-8")):
            meanings.setdefault(code, set()).add(name)
    assert {code: names for code, names in meanings.items() if len(names) > 1} == {}


def test_cases_run_and_the_exit_code_tells(field: Path) -> None:
    good = "- case: good\n  as_of: 2026-01-01\n  design: {arrays: [{id: a1, mirrored: true}]}\n"
    cases = field / "shelf" / "acme" / "arrays" / "cases" / "mirrored.yaml"
    cases.parent.mkdir()
    for status, code in (("supported", 0), ("limited", 1), ("suported", 3)):
        cases.write_text(good + f"  expect: {{array/a1: {{status: {status}}}}}\n")
        run = supportable("test", "shelf", "--not-installed", cwd=field)
        assert run.code == code, run.out + run.err
    cases.write_text(good + "  expect: {array/a1: {status: limited}}\n")
    run = supportable("test", "shelf", "--not-installed", "--format", "json", cwd=field)
    report = json.loads(run.out)
    assert (run.code, report["passed"]) == (1, False)
    assert report["cases"][0]["mismatches"] == [
        {"subject": "array/a1", "key": "status", "expected": "limited", "found": "supported", "line": 4, "column": 31}
    ]


@pytest.mark.parametrize("kind", ["design", "pack", "verdict"])
def test_schemas_are_schemas(kind: str) -> None:
    run = supportable("schema", kind)
    assert run.code == 0, run.err
    jsonschema.Draft202012Validator.check_schema(json.loads(run.out))


def test_the_demo_judges_every_example() -> None:
    run = supportable("demo")
    assert run.code == 0, run.err
    assert [path.name for path in sorted(EXAMPLES.glob("*.yaml")) if path.name not in run.out] == []
    assert run.err == ""


def test_a_new_pack_loads_lints_and_passes_its_cases_and_so_do_new_rules(tmp_path: Path) -> None:
    assert supportable("new", "pack", "acme.databases", cwd=tmp_path).code == 0
    for rule in ("second", "third"):
        assert supportable("new", "rule", "acme/databases", rule, cwd=tmp_path).code == 0
    run = supportable("test", "acme/databases", cwd=tmp_path)
    assert (run.code, run.out) == (0, "14 cases: 14 as expected\n"), run.out + run.err
    run = supportable("packs", "lint", ".", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize("subject", ["machine", "cluster", "workload", "migration"])
def test_a_new_pack_may_judge_other_types(tmp_path: Path, subject: str) -> None:
    made = supportable("new", "pack", "acme.databases", "--subject", subject, cwd=tmp_path)
    assert made.code == 0, made.err
    run = supportable("test", "acme/databases", cwd=tmp_path)
    assert run.code == 0, run.out + run.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["new", "pack", "Databases"], "SUP712"),
        (["new", "pack", "acme.x", "--subject", "machin"], "SUP709"),
        (["new", "rule", "nowhere", "x"], "SUP710"),
    ],
)
def test_a_scaffold_that_cannot_be_is_refused(tmp_path: Path, arguments: list[str], code: str) -> None:
    run = supportable(*arguments, cwd=tmp_path)
    assert (run.code, code in run.err) == (3, True), run.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    supportable("new", "pack", "acme.databases", cwd=tmp_path)
    head = tmp_path / "acme" / "databases" / "pack.yaml"
    head.write_text("mine\n")
    run = supportable("new", "pack", "acme.databases", cwd=tmp_path)
    assert (run.code, "SUP708" in run.err, head.read_text()) == (3, True, "mine\n")


def test_the_version_is_told() -> None:
    assert supportable("--version").out == f"supportable {__version__}\n"
