"""Bad input, as it comes: each piece ends with 3 and a code, soon, and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.packs.acme import ARRAYS, HEAD, SHARED, shelf

ROOT = Path(__file__).parents[2]
SECONDS = 60.0
MEGABYTES = 200

# What runs elsewhere finds the tests' own modules too.
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}

RUN = """
import sys
from supportable.cli.edge import run
from tests.peak import peak_kilobytes
code = run(sys.argv[1:])
print("peak", peak_kilobytes() // 1024, file=sys.stderr)
sys.exit(code)
"""


def ended(folder: Path, *arguments: str) -> tuple[int, str, float, int]:
    """Exit code, what was told, seconds, and megabytes at the most."""
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        capture_output=True, check=False, timeout=60, cwd=folder, env=ENVIRONMENT,
    )  # fmt: skip
    told, _, peak = run.stderr.decode(errors="replace").rstrip().rpartition("peak ")
    return run.returncode, told, time.monotonic() - started, int(peak)


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("field")
    shelf(folder / "shelf", SHARED, ARRAYS)
    return folder


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\narrays: *c\n"

DESIGNS: dict[str, tuple[str | bytes, str]] = {
    "an empty file": ("", "SUP105"),
    "only a comment": ("# nothing\n", "SUP105"),
    "binary": (bytes(range(256)) * 8, "SUP106"),
    "UTF-16 without a mark": ("arrays: []".encode("utf-16-le"), "SUP106"),
    "bytes that are no UTF-8": (b"arrays: [{id: a\xff}]\n", "SUP107"),
    "truncated YAML": ("arrays: [{id: a1, mirrored: tr", "SUP110"),
    "tabs": ("arrays:\n\t- {id: a1}\n", "SUP111"),
    "duplicate keys": ("arrays: []\narrays: []\n", "SUP116"),
    "an alias bomb": (LAUGHS, "SUP120"),
    "a custom tag": ("arrays: !!python/object:os.system []\n", "SUP119"),
    "two documents": ("arrays: []\n---\narrays: []\n", "SUP112"),
    "a merge key": ("arrays: [{<<: {id: a1}}]\n", "SUP118"),
    "200 levels": ("arrays: " + "[" * 200 + "]" * 200 + "\n", "SUP113"),
    "200,000 brackets": ("[" * 200_000, "SUP113"),
    "200,000 braces in JSON": ('{"a":' * 200_000, "SUP113"),
    "a scalar of 10 MB": ("design: " + "x" * 10_000_000 + "\n", "SUP104"),
    "a scalar of 2 MB": ("design: " + "x" * 2_000_000 + "\n", "SUP114"),
    "a million members": ("arrays: [" + "1," * 1_000_000 + "]\n", "SUP115"),
    "a list": ("- a\n", "SUP500"),
    "a number": ("7\n", "SUP500"),
    "an unknown section": ("arays: []\n", "SUP501"),
    "a section that is text": ("arrays: all\n", "SUP504"),
    "an entity that is text": ("arrays: [a1]\n", "SUP510"),
    "no id": ("arrays: [{mirrored: true}]\n", "SUP511"),
    "an id twice": ("arrays: [{id: a1}, {id: a1}]\n", "SUP513"),
    "a reserved id": ("arrays: [{id: none}]\n", "SUP512"),
    "an unknown attribute": ("arrays: [{id: a1, colour: red}]\n", "SUP520"),
    "an unknown id": ("servers: [{id: s1, array: a9}]\narrays: []\n", "SUP524"),
    "a reference to itself where another type is due": ("servers: [{id: s1, array: s1}]\n", "SUP524"),
    "an inverse list given": ("servers: [{id: s1}]\narrays: [{id: a1, servers: [s1]}]\n", "SUP525"),
    "a wrong type": ("arrays: [{id: a1, mirrored: [yes]}]\n", "SUP521"),
    "a map where a number is due": ("servers: [{id: s1, memory: {GiB: 4}}]\n", "SUP521"),
    "NaN": ("servers: [{id: s1, memory: .nan}]\n", "SUP521"),
    "infinity": ("servers: [{id: s1, memory: .inf}]\n", "SUP521"),
    "a huge number": ("servers: [{id: s1, memory: " + "9" * 100_000 + "}]\n", "SUP52"),
    "a huge exponent": ("servers: [{id: s1, memory: 1e999999999}]\n", "SUP52"),
    "a day that is none": ("servers: [{id: s1, delivered: 2009-02-30}]\n", "SUP521"),
    "half a surrogate pair": ('design: "\\ud800"\n', "SUP109"),
    "a control character": ("design: a\x07b\n", "SUP108"),
    "dots in the middle": ("arrays: [..., {id: a1}]\n", "SUP532"),
    "null in a list": ("arrays: [null]\n", "SUP530"),
    "a count of nothing": ("arrays: [{id: a1, count: 0}]\n", "SUP514"),
}


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_that_is_none_is_refused(field: Path, name: str) -> None:
    content, code = DESIGNS[name]
    suffix = ".json" if "JSON" in name else ".yaml"
    path = field / f"design{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    exit_code, told, seconds, megabytes = ended(field, "check", path.name, "--shelf", "shelf", "--not-installed")
    first = told.splitlines()[0]
    assert exit_code == 3, told[:500]
    assert f": {code}" in first, first[:300]
    assert first.startswith(path.name)
    assert "Traceback" not in told
    assert len(told) < 100_000
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_the_answer_as_json_is_one_object_with_the_same_code(field: Path) -> None:
    (field / "design.yaml").write_text("arrays: [{id: a1}, {id: a1}]\n")
    run = subprocess.run(
        [sys.executable, "-c", RUN, "check", "design.yaml", "--shelf", "shelf", "--not-installed", "--format", "json"],
        capture_output=True, check=False, timeout=60, cwd=field, env=ENVIRONMENT,
    )  # fmt: skip
    answer = json.loads(run.stdout)
    assert (run.returncode, answer["design"]) == (3, "design.yaml")
    assert [problem["code"] for problem in answer["problems"]] == ["SUP513"]


RULE = "rules: [{id: x, title: X, subject: array, covers: true, require: %s, otherwise: unsupported, message: m,"
RULE += " remedies: [r], cite: [{ref: ACME-100}]}]\n"

PACKS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "nothing at all": ({}, "SUP310"),
    "a text for a pack": ({"acme/new/pack.yaml": "hello\n"}, "SUP300"),
    "a design for a pack": ({"acme/new/pack.yaml": "arrays: []\n"}, "SUP30"),
    "binary": ({"acme/new/pack.yaml": bytes(range(256))}, "SUP106"),
    "rules without a head": ({"acme/new/rules/r.yaml": RULE % "array.mirrored"}, "SUP316"),
    "two packs of one name": ({"acme/new/pack.yaml": HEAD, "acme/old/pack.yaml": HEAD}, "SUP312"),
    "a pack that is not there required": ({"acme/new/pack.yaml": HEAD + "requires: [acme.nothing]\n"}, "SUP313"),
    "another language": ({"acme/new/pack.yaml": HEAD.replace("language: 1", "language: 9")}, "SUP305"),
    "an expression that is none": ({"acme/new/pack.yaml": HEAD, "acme/new/rules/r.yaml": RULE % "'((('"}, "SUP4"),
    "an unknown attribute": ({"acme/new/pack.yaml": HEAD, "acme/new/rules/r.yaml": RULE % "array.mirored"}, "SUP411"),
    "an alias bomb": ({"acme/new/pack.yaml": LAUGHS}, "SUP120"),
    "a deep expression": (
        {"acme/new/pack.yaml": HEAD, "acme/new/rules/r.yaml": RULE % ("(" * 2000 + "true" + ")" * 2000)}, "SUP4",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    files, code = PACKS[name]
    shelf(tmp_path / "shelf", SHARED)
    shelf(tmp_path / "more", files)
    (tmp_path / "more").mkdir(exist_ok=True)
    (tmp_path / "design.yaml").write_text("arrays: [{id: a1, mirrored: true}]\n")
    options = ("--shelf", "shelf", "--shelf", "more", "--not-installed")
    exit_code, told, seconds, megabytes = ended(tmp_path, "check", "design.yaml", *options)
    assert exit_code == 3, told[:500]
    assert f": {code}" in told, told[:500]
    assert "Traceback" not in told
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_cycles_of_references_in_a_design_are_judged_like_any_other(tmp_path: Path) -> None:
    """They are no error: two machines may host one another on paper. What matters is that nothing runs in circles."""
    (tmp_path / "design.yaml").write_text(
        "machines: [{id: a, kind: virtual, host: b}, {id: b, kind: virtual, host: a}, {id: c, host: c}]\n"
    )
    exit_code, told, seconds, _ = ended(tmp_path, "check", "design.yaml")
    assert exit_code in (0, 1, 2), told[:500]
    assert seconds < SECONDS
