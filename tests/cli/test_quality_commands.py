"""The commands for those who write packs, and the timeline, as a shell runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.runs import EXAMPLES, ROOT, supportable

SHELF = ROOT / "policies" / "supportable_policies"
PACK = "microsoft.svvp"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A shelf of our own with one pack, whose rules may be spoilt."""
    for kind in ("vocabulary", "references", "catalogues"):
        shutil.copytree(SHELF / kind, tmp_path / kind)
    shutil.copytree(SHELF / "microsoft" / "svvp", tmp_path / "microsoft" / "svvp")
    return tmp_path


def run(*arguments: str | Path, shelf: Path) -> tuple[int, str, str]:
    return tuple(supportable(*arguments, "--shelf", shelf, "--not-installed"))  # type: ignore[return-value]


def test_coverage_tells_conditions_that_were_not_seen(shelf: Path) -> None:
    (shelf / "microsoft" / "svvp" / "cases" / "validated-configuration.yaml").write_text("[]")
    code, out, err = run("packs", "coverage", PACK, shelf=shelf)
    assert (code, PACK in out) == (1, True)
    assert "SUP870" in err
    code, out, _ = run("packs", "coverage", PACK, "--format", "json", shelf=shelf)
    told = json.loads(out)
    assert 0 < told["score"] < 1
    assert {one["pack"] for one in told["conditions"]} == {PACK}


def test_mutants_are_told_and_the_score_decides(shelf: Path) -> None:
    code, out, _ = run("packs", "mutate", PACK, "--only", "exact-configuration", "--min", "0", shelf=shelf)
    assert (code, PACK in out) == (0, True)
    (shelf / "microsoft" / "svvp" / "cases").rename(shelf / "elsewhere")
    code, _, err = run("packs", "mutate", PACK, "--only", "exact-configuration", "--jobs", "2", shelf=shelf)
    assert (code, "SUP875" in err) == (1, True)


def test_a_pack_out_of_form_is_told_then_put_in_form(shelf: Path) -> None:
    path = shelf / "microsoft" / "svvp" / "rules" / "guests.yaml"
    tidy = path.read_text(encoding="utf-8")
    path.write_text(tidy.replace("rules:\n", "rules:   \n\n\n"), encoding="utf-8")
    assert supportable("packs", "fmt", "--check", shelf).code == 1
    assert supportable("packs", "fmt", shelf).code == 0
    assert path.read_text(encoding="utf-8") == tidy
    assert supportable("packs", "fmt", "--check", shelf).code == 0


def test_pages_are_written_and_stale_ones_told(shelf: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    assert run("packs", "docs", PACK, "--output", pages, shelf=shelf)[0] == 0
    assert run("packs", "docs", PACK, "--output", pages, "--check", shelf=shelf)[0] == 0
    (pages / PACK / "README.md").write_text("# Other\n")
    code, _, err = run("packs", "docs", PACK, "--output", pages, "--check", shelf=shelf)
    assert (code, "SUP881" in err) == (1, True)


def test_the_page_of_checks_comes_from_the_linter() -> None:
    told = supportable("packs", "lint", "--codes")
    assert (told.code, told.out) == (0, (ROOT / "docs" / "lint.md").read_text(encoding="utf-8"))


def test_a_code_of_the_linter_is_explained_with_its_examples() -> None:
    told = supportable("explain", "SUP836")
    assert told.code == 0
    assert 'server.os >= "Acme OS 2.0"' in told.out


def test_a_timeline_is_shown_and_told_as_json() -> None:
    design = EXAMPLES / "sql-guest-cluster.yaml"
    span = ("--from", "2009-05-01", "--to", "2009-06-01")
    shown = supportable("timeline", design, *span)
    assert (shown.code, shown.out.count("2009-05-20 to 2009-06-01")) == (0, 1)
    told = json.loads(supportable("timeline", design, *span, "--format", "json").out)
    assert [(period["first"], period["status"]) for period in told["periods"]] == [
        ("2009-05-01", "unsupported"),
        ("2009-05-20", "supported"),
    ]
    assert told["periods"][1]["turns"][0]["citations"][0]["ref"] == "KB956893"


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    told = supportable("timeline", EXAMPLES / "sql-guest-cluster.yaml", "--from", "2010-01-01", "--to", "2009-01-01")
    assert (told.code, "SUP713" in told.err) == (3, True)


def test_a_csv_export_becomes_a_catalogue_or_every_bad_line_is_told(tmp_path: Path) -> None:
    export, made = tmp_path / "export.csv", tmp_path / "made.yaml"
    command = ("catalogue", "import", export, "--like", "vm-limits", "--source", "our register", "--name", "ours")
    export.write_text("host,per_node,per_cluster\nHyper-V 2008 R2,64,many\nPlan 9,1,1\n")
    told = supportable(*command, "--output", made)
    assert (told.code, made.exists()) == (3, False)
    assert [line.split(" ")[0] for line in told.err.splitlines() if line.startswith(str(export))] == [
        f"{export}:2:3:",
        f"{export}:3:1:",
    ]
    export.write_text("host,per_node,per_cluster\nHyper-V 2008 R2,64,900\n")
    assert supportable(*command, "--output", made).code == 0
    assert made.read_text().startswith("catalogue: ours\n")
