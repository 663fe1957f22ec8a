"""`convert`, `import`, and `check` with evidence, several files of one design, and a design a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import EXAMPLES, supportable

EVIDENCE = EXAMPLES / "evidence"
CONTOSO = EVIDENCE / "contoso-cluster.yaml"
REPORT = EVIDENCE / "Validation Report 2024.09.03 At 10.15.27.xml"


def test_a_report_beside_the_design_is_read_and_its_example_says_what_comes_of_it() -> None:
    run = supportable("check", CONTOSO, "--as-of", "2025-01-31", "--explain", COLUMNS="200")
    assert run.code == 0
    assert run.out.startswith("✓ SUPPORTED")
    assert f"{REPORT.name}:24:31" in run.out


def test_evidence_on_the_command_line_decides_and_contradictions_are_refused(tmp_path: Path) -> None:
    design = tmp_path / "design.yaml"
    design.write_text(CONTOSO.read_text().split("    validation:")[0])
    day = ("--as-of", "2025-01-31")
    assert supportable("check", design, *day).out.startswith("! CONDITIONAL")
    assert supportable("check", design, *day, "--evidence", REPORT).out.startswith("✓ SUPPORTED")
    assert supportable("check", design, *day, "--evidence", f"{REPORT}=files").out.startswith("✓ SUPPORTED")
    assert "SUP547" in supportable("check", design, "--evidence", f"{REPORT}=fils").err
    design.write_text(design.read_text() + "    validation: {outcome: failed}\n")
    run = supportable("check", design, "--evidence", REPORT)
    assert run.code == 3
    assert "SUP553" in run.err
    assert str(design) in run.err
    assert REPORT.name in run.err


def test_evidence_goes_with_one_design() -> None:
    run = supportable("check", CONTOSO, EXAMPLES / "sql-guest-cluster.yaml", "--evidence", REPORT)
    assert (run.code, "SUP715" in run.err) == (3, True)


def test_a_design_in_two_files_is_one_with_merge_and_two_without(tmp_path: Path) -> None:
    text = (EXAMPLES / "sql-guest-cluster.yaml").read_text()
    at = text.index("\nworkloads:")
    (tmp_path / "a.yaml").write_text(text[:at] + "\n")
    (tmp_path / "b.yaml").write_text(text[at:])
    day = ("--as-of", "2009-07-01", "--format", "json")
    whole = json.loads(supportable("check", EXAMPLES / "sql-guest-cluster.yaml", *day).out)
    parts = json.loads(supportable("check", tmp_path / "a.yaml", tmp_path / "b.yaml", "--merge", *day).out)
    assert (parts["status"], parts["digest"]) == (whole["status"], whole["digest"])
    assert "SUP524" in supportable("check", tmp_path / "a.yaml", tmp_path / "b.yaml", *day).err


def test_each_line_of_ndjson_is_judged_and_a_bad_one_is_told_with_its_number(tmp_path: Path) -> None:
    design = json.loads(supportable("convert", EXAMPLES / "two-node-cluster-2022.yaml", "--to", "json").out)
    fleet = tmp_path / "fleet.ndjson"
    fleet.write_text(json.dumps(design) + "\n{\n" + json.dumps({**design, "design": "again"}) + "\n")
    run = supportable("check", fleet, "--format", "json")
    assert run.code == 3
    lines = [json.loads(line) for line in run.out.splitlines()]
    assert [line["design"] for line in lines] == [design["design"], f"{fleet}:2", "again"]
    assert lines[1]["problems"][0]["line"] == 2


@pytest.mark.parametrize("to", ["yaml", "json", "toml"])
def test_convert_keeps_the_digest(to: str, tmp_path: Path) -> None:
    source = EXAMPLES / "vmm-2008-on-a-cluster.yaml"
    target = tmp_path / f"design.{to}"
    assert supportable("convert", source, "--to", to, "-o", target).code == 0
    day = ("--as-of", "2009-07-01", "--format", "json")
    one, other = (json.loads(supportable("check", path, *day).out) for path in (source, target))
    assert (one["digest"], one["status"]) == (other["digest"], other["status"])


def test_import_writes_a_design_that_can_be_judged_and_accounts_for_every_row(tmp_path: Path) -> None:
    target = tmp_path / "design.yaml"
    inventories = EXAMPLES / "inventories"
    run = supportable("import", "rvtools", inventories / "wingtip-rvtools.xlsx", "-o", target)
    assert (run.code, run.out) == (0, "")
    assert "vInfo: 7 read, 6 taken, 1 left out" in run.err
    assert supportable("check", target, "--as-of", "2024-03-01").code in (0, 1, 2)
    run = supportable("import", "cyclonedx", inventories / "adventure-works.cdx.json", "--to", "toml")
    assert (run.code, "[[components]]" in run.out) == (0, True)
