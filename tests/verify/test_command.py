"""`supportable verify`, as a shell runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import EXAMPLES, supportable

DESIGN = EXAMPLES / "sql-guest-cluster.yaml"


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = supportable("check", DESIGN, "--as-of", "2009-07-01", "--format", "json")
    path = tmp_path_factory.mktemp("verdict") / "verdict.json"
    path.write_text(run.out)
    return path


def test_a_verdict_that_holds_ends_in_0(verdict: Path) -> None:
    run = supportable("verify", verdict, "--design", DESIGN)
    assert (run.code, run.out, run.err) == (0, f"{verdict} holds\n", "")
    assert supportable("verify", verdict, "--design", DESIGN, "--independent").code == 0


def test_the_design_may_lie_elsewhere_by_then(verdict: Path, tmp_path: Path) -> None:
    (tmp_path / DESIGN.name).write_bytes(DESIGN.read_bytes())
    assert supportable("verify", verdict, "--design", DESIGN.name, cwd=tmp_path).code == 0


def test_a_verdict_that_was_changed_ends_in_1_and_says_where(verdict: Path, tmp_path: Path) -> None:
    held = json.loads(verdict.read_text())
    held["subjects"][0]["status"] = "unsupported"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(held))
    run = supportable("verify", other, "--design", DESIGN)
    assert run.code == 1
    assert 'SUP911 /subjects/0/status is "unsupported": it should be "' in run.err
    told = json.loads(supportable("verify", other, "--design", DESIGN, "--format", "json").out)
    assert told["holds"] is False
    assert [problem["code"] for problem in told["problems"]] == ["SUP911"]


def test_another_design_ends_in_1(verdict: Path) -> None:
    run = supportable("verify", verdict, "--design", EXAMPLES / "half-known-cluster.yaml")
    assert run.code == 1
    assert "SUP902" in run.err


def test_other_packs_end_in_1_and_say_which_are_needed(verdict: Path, tmp_path: Path) -> None:
    held = json.loads(verdict.read_text())
    held["packs"][0]["version"] = "0.9.0"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(held))
    run = supportable("verify", other, "--design", DESIGN)
    assert run.code == 1
    assert "SUP903 /packs/0 is microsoft.failover-clustering 0.9.0 sha256:" in run.err
    assert "install the version that the verdict names" in run.err


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1, "format": 1}', "[" * 100_000, '{"format": NaN}'])
def test_what_cannot_be_read_ends_in_3_and_what_is_no_verdict_in_1(text: str, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(text)
    run = supportable("verify", other, "--design", DESIGN)
    assert run.code == (1 if text == "[]" else 3)
    assert "SUP900" in run.err if text == "[]" else "SUP1" in run.err


def test_files_that_are_not_there_end_in_3(verdict: Path) -> None:
    assert supportable("verify", "nowhere.json", "--design", DESIGN).code == 3
    assert supportable("verify", verdict, "--design", "nowhere.yaml").code == 3


CONTOSO = EXAMPLES / "evidence" / "contoso-cluster.yaml"
REPORT = EXAMPLES / "evidence" / "Validation Report 2024.09.03 At 10.15.27.xml"
DAY = ("--as-of", "2025-01-31", "--format", "json")


def test_a_verdict_on_a_design_that_names_its_report_holds_wherever_both_lie_by_then(tmp_path: Path) -> None:
    verdict = tmp_path / "verdict.json"
    verdict.write_text(supportable("check", CONTOSO, *DAY).out)
    assert supportable("verify", verdict, "--design", CONTOSO).code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for each in (CONTOSO, REPORT):
        (elsewhere / each.name).write_bytes(each.read_bytes())
    assert supportable("verify", verdict, "--design", elsewhere / CONTOSO.name).code == 0
    # Another result in the report is another design.
    text = REPORT.read_text(encoding="utf-8")
    (elsewhere / REPORT.name).write_text(text.replace("Success", "Failed", 1), encoding="utf-8")
    changed = supportable("verify", verdict, "--design", elsewhere / CONTOSO.name)
    assert (changed.code, "SUP902" in changed.err) == (1, True)


def test_a_verdict_made_with_evidence_holds_with_it_and_not_without(tmp_path: Path) -> None:
    design, verdict, moved = tmp_path / "design.yaml", tmp_path / "verdict.json", tmp_path / "moved" / REPORT.name
    design.write_text(CONTOSO.read_text().split("    validation:")[0])
    verdict.write_text(supportable("check", design, "--evidence", f"{REPORT}=files", *DAY).out)
    moved.parent.mkdir()
    moved.write_bytes(REPORT.read_bytes())
    assert supportable("verify", verdict, "--design", design, "--evidence", REPORT).code == 0
    assert supportable("verify", verdict, "--design", design, "--evidence", f"{moved}=files").code == 0
    without = supportable("verify", verdict, "--design", design)
    assert without.code == 1
    assert "and the reports that were given with it as evidence" in without.err


def test_warnings_that_a_report_left_are_named_as_in_the_verdict(tmp_path: Path) -> None:
    design, verdict, moved = tmp_path / "design.yaml", tmp_path / "verdict.json", tmp_path / "moved" / "console.txt"
    design.write_text(CONTOSO.read_text().split("    validation:")[0])
    transcript = EXAMPLES / "evidence" / "northwind-failed-transcript.txt"
    given = tmp_path / "console.txt"
    given.write_bytes(transcript.read_bytes().replace(b"-Node", b"-Knot"))
    verdict.write_text(supportable("check", design, "--evidence", given, *DAY).out)
    assert json.loads(verdict.read_text())["warnings"]
    moved.parent.mkdir()
    moved.write_bytes(given.read_bytes())
    assert supportable("verify", verdict, "--design", design, "--evidence", moved).code == 0


@pytest.mark.parametrize("given", ["", ".", "=files"])
def test_evidence_that_is_no_file_is_refused_also_where_the_verdict_has_warnings(given: str, tmp_path: Path) -> None:
    design, verdict = tmp_path / "design.yaml", tmp_path / "verdict.json"
    design.write_text(CONTOSO.read_text().split("    validation:")[0])
    verdict.write_text(json.dumps({"warnings": ["console.txt:1:1: nothing is said of the nodes"]}))
    told = supportable("verify", verdict, "--design", design, "--evidence", given)
    assert (told.code, "SUP101 this is a directory" in told.err) == (3, True)
