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
