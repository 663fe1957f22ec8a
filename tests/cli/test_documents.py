"""`check --format …` where the answer is a document."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.runs import EXAMPLES, supportable

GOOD = EXAMPLES / "sql-guest-cluster.yaml"
BAD = EXAMPLES / "file-cluster-failed-arbitration.yaml"
DAY = "--as-of=2009-07-01"


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("html", "<!DOCTYPE html>\n<html lang="),
        ("sarif", '{\n  "$schema"'),
        ("junit", '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites'),
        ("markdown", "| Design | Status |"),
        ("badge", "<svg xmlns="),
    ],
)
def test_a_file_has_what_stdout_would_have_and_the_exit_code_is_the_same(
    tmp_path: Path, form: str, begins: str
) -> None:
    arguments = ("check", GOOD, BAD, DAY, "--format", form)
    shown, kept = supportable(*arguments), supportable(*arguments, "-o", tmp_path / "report")
    assert (shown.code, kept.code) == (1, 1), shown.err
    assert shown.out.startswith(begins)
    assert (tmp_path / "report").read_text(encoding="utf-8") == shown.out
    assert kept.out == ""


def test_what_could_not_be_judged_is_in_the_document_and_on_stderr(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("machines: [{id: a, oss: x}]\n", encoding="utf-8")
    run = supportable("check", GOOD, broken, DAY, "--format", "junit")
    suites = ElementTree.fromstring(run.out)
    assert [suite.get("errors") for suite in suites] == ["0", "1"]
    assert "oss" in run.err
    assert run.code == 3


def test_packs_that_do_not_load_are_in_the_document(tmp_path: Path) -> None:
    pack = tmp_path / "acme" / "broken"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("pack: acme.broken\nversion: x\n", encoding="utf-8")
    run = supportable("check", GOOD, DAY, "--format", "sarif", "--shelf", tmp_path)
    (invocation,) = json.loads(run.out)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert run.code == 3


def test_a_design_from_stdin_has_no_path_and_a_report_all_the_same() -> None:
    for form in ("html", "sarif", "markdown"):
        run = supportable("check", "-", DAY, "--format", form, stdin=GOOD.read_bytes())
        assert run.code == 0, run.err
        assert "sql-guest-cluster" in run.out


def test_a_timeline_is_for_the_page_only() -> None:
    run = supportable("check", GOOD, DAY, "--timeline")
    assert run.code == 3
    assert "--format html" in run.err


def test_a_page_shows_the_timeline_where_it_is_asked_for(tmp_path: Path) -> None:
    design = tmp_path / "d.yaml"
    design.write_text(
        "machines: [{id: a, kind: physical, os: Windows Server 2008, hypervisor: none}]\n", encoding="utf-8"
    )
    arguments = ("check", design, DAY, "--format", "html", "--pack", "microsoft.lifecycle")
    assert "Status over time" in supportable(*arguments, "--timeline").out
    assert "Status over time" not in supportable(*arguments).out
