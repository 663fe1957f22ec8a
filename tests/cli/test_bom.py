from __future__ import annotations

import json
from pathlib import Path

from tests.cli.runs import EXAMPLES, supportable

QUOTE = EXAMPLES / "boms" / "dell-quote.csv"


def test_json_has_one_entry_for_each_line_and_the_verdict() -> None:
    run = supportable("bom", QUOTE, "--as-of", "2010-07-01", "--format", "json")
    answer = json.loads(run.out)
    assert set(answer) == {"bom", "lines", "design"}
    assert len(answer["lines"]) == 24
    assert answer["design"]["status"] == "undetermined"
    assert run.code == 2


def test_the_exit_code_is_that_of_the_worst_line() -> None:
    assert supportable("bom", QUOTE, "--as-of", "2021-07-01").code == 1


def test_the_workbook_and_the_implied_design_are_written(tmp_path: Path) -> None:
    book, design = tmp_path / "out.xlsx", tmp_path / "design.yaml"
    run = supportable("bom", QUOTE, "--as-of", "2010-07-01", "--xlsx", book, "--implied", design)
    assert run.code == 2
    assert book.read_bytes().startswith(b"PK")
    again = supportable("check", design, "--as-of", "2010-07-01", "--format", "json")
    assert json.loads(again.out)["status"] == "undetermined"


def test_a_profile_and_a_mapping_name_columns(tmp_path: Path) -> None:
    bill, profile = tmp_path / "bill.csv", tmp_path / "ours.yaml"
    bill.write_text("Wieviel;Was\n2;W2K8 EE\n", encoding="utf-8")
    profile.write_text("profile: ours\ncolumns: {qty: Wieviel, description: Was}\n", encoding="utf-8")
    by_profile = supportable("bom", bill, "--profile", profile, "--as-of", "2010-07-01", "--format", "json")
    by_map = supportable("bom", bill, "--map", "qty=Wieviel,desc=Was", "--as-of", "2010-07-01", "--format", "json")
    assert by_profile.out == by_map.out
    assert json.loads(by_map.out)["lines"][0]["quantity"] == 2


def test_a_profile_that_is_wrong_says_so_with_its_place(tmp_path: Path) -> None:
    profile = tmp_path / "ours.yaml"
    profile.write_text("profile: ours\ncolumns: {colour: Was}\ndecimals: ','\n", encoding="utf-8")
    run = supportable("bom", QUOTE, "--profile", profile)
    assert run.code == 3
    assert "SUP578 a profile has no “decimals”" in run.err
    assert "SUP578 “colour” is nothing that a column can be" in run.err


def test_refusals_name_the_file_and_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    run = supportable("bom", path)
    assert run.code == 3
    assert f"{path}: SUP563 this workbook is protected by a password" in run.err
    assert supportable("bom", tmp_path / "none.csv").code == 3


def test_text_shows_lines_and_what_cannot_be_told() -> None:
    run = supportable("bom", QUOTE, "--as-of", "2010-07-01")
    assert "3 × Dell PowerEdge R710" in run.out
    assert "What it cannot tell" in run.out
    assert "KB956893" in run.out


def test_a_design_is_held_against_the_bill_with_its_validation_reports(tmp_path: Path) -> None:
    bill, evidence = tmp_path / "bill.csv", EXAMPLES / "evidence"
    bill.write_text("Qty,Description\n2,Windows Server 2022 Datacenter\n", encoding="utf-8")
    named = evidence / "contoso-cluster.yaml"
    bare = tmp_path / "design.yaml"
    bare.write_text(named.read_text().split("    validation:")[0])
    report = evidence / "Validation Report 2024.09.03 At 10.15.27.xml"
    asked = ("--as-of", "2025-01-31", "--format", "json")
    said = [
        json.loads(supportable("bom", bill, "--design", *given, *asked).out)["design"]["status"]
        for given in ((named,), (bare,), (bare, "--evidence", report))
    ]
    assert said == ["supported", "conditional", "supported"]
    assert "goes with --design" in supportable("bom", bill, "--evidence", report, COLUMNS="200").err
