"""The GitHub action: its scripts are run as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}


def filled(text: str, values: dict[str, str]) -> str:
    """What the runner makes of `${{ … }}`; KeyError for what there is not."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: values[found.group(1)], text)


def step(name: str, folder: Path, values: dict[str, str]) -> tuple[int, str, dict[str, str], str]:
    """Exit code, log, outputs and summary of one step."""
    given = {f"inputs.{key}": str(one.get("default", "")) for key, one in ACTION["inputs"].items()}
    values = {**given, "github.action_path": str(ROOT), **values}
    outputs, summary, command = folder / "outputs", folder / "summary", folder / "bin" / "supportable"
    for path in (outputs, summary):
        path.write_text("")
    command.parent.mkdir(exist_ok=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from supportable.cli import main; main()" "$@"\n')
    command.chmod(0o755)
    environment = {key: filled(text, values) for key, text in STEPS[name].get("env", {}).items()}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", filled(STEPS[name]["run"], values)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={
            **os.environ,
            **environment,
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(summary),
            "XDG_CACHE_HOME": str(folder / "cache"),
        },
    )
    written = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
    return done.returncode, done.stdout + done.stderr, written, summary.read_text()


def test_no_input_ever_becomes_part_of_a_script() -> None:
    assert [name for name, one in STEPS.items() if "${{" in one.get("run", "")] == []


def test_every_input_and_output_that_is_named_is_declared() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert set(re.findall(r"steps\.judge\.outputs\.([\w-]+)", text)) == {"exit-code", "sarif-file"}
    assert STEPS["Judge the designs"]["id"] == "judge"


def test_designs_are_judged_into_findings_and_a_summary(tmp_path: Path) -> None:
    (tmp_path / "my designs").mkdir()
    for name in ("sql-guest-cluster.yaml", "file-cluster-failed-arbitration.yaml"):
        shutil.copy(ROOT / "examples" / name, tmp_path / "my designs" / name)
    shutil.copy(ROOT / "examples" / "half-known-cluster.yaml", tmp_path / "-odd $(touch hacked).yaml")
    values = {"inputs.designs": "my designs\n-odd $(touch hacked).yaml\n", "inputs.as-of": "2009-07-01"}
    code, log, outputs, summary = step("Judge the designs", tmp_path, values)
    assert code == 0, log
    assert outputs == {"exit-code": "1", "sarif-file": "supportable.sarif"}
    assert not (tmp_path / "hacked").exists()
    run = json.loads((tmp_path / "supportable.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert [one["status"] for one in run["properties"]["designs"]] == ["unsupported", "supported", "undetermined"]
    assert summary.startswith(
        "| Design | Status | Coverage |\n| --- | --- | --- |\n| `file-cluster-failed-arbitration` |"
    )


def test_what_cannot_be_read_is_a_finding_and_a_code_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("machines: [{id: a, oss: x}]\n")
    code, log, outputs, _ = step("Judge the designs", tmp_path, {"inputs.designs": "d.yaml"})
    assert (code, outputs["exit-code"]) == (0, "3"), log
    (result,) = json.loads((tmp_path / "supportable.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_a_day_that_is_none_leaves_no_findings_and_a_code(tmp_path: Path) -> None:
    values = {"inputs.designs": "d.yaml", "inputs.as-of": "yesterday"}
    code, log, outputs, _ = step("Judge the designs", tmp_path, values)
    assert (code, outputs) == (0, {"exit-code": "3"}), log
    assert "SUP703" in log


@pytest.mark.parametrize(
    ("fail_on", "failing"), [("never", []), ("unsupported", [1, 3, 4]), ("undetermined", [1, 2, 3, 4])]
)
def test_the_job_fails_on_what_was_asked_for(tmp_path: Path, fail_on: str, failing: list[int]) -> None:
    failed = []
    for code in range(5):
        values = {"inputs.fail-on": fail_on, "steps.judge.outputs.exit-code": str(code)}
        ended, _, _, _ = step("Pass or fail", tmp_path, values)
        failed += [code] if ended else []
        assert ended in (0, code)
    assert failed == failing


def test_a_defect_and_a_misspelt_wish_fail_the_job(tmp_path: Path) -> None:
    for values in (
        {"inputs.fail-on": "never", "steps.judge.outputs.exit-code": "70"},
        {"inputs.fail-on": "sometimes", "steps.judge.outputs.exit-code": "0"},
    ):
        ended, log, _, _ = step("Pass or fail", tmp_path, values)
        assert ended != 0
        assert "::error::" in log
