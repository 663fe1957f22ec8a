"""Packs and designs made to cost: each is refused with a code, or judged in bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.packs.acme import ARRAYS, HEAD, SHARED, rule

ROOT = Path(__file__).parents[2]
SECONDS = 120
MEGABYTES = 600
DEEP = " && ".join(["array.mirrored"] * 60)


def requiring(text: str, subject: str = "array") -> str:
    return rule("hostile", subject, covers="true", require=json.dumps(text))


def alternatives(count: int) -> str:
    each = "      - {if: array.mirrored, outcome: limited, message: no, remedies: [Mend it]}\n" * count
    last = "      - {outcome: unsupported, message: no, remedies: [Mend it]}\n"
    return rule("hostile", "array", require="array.mirrored", otherwise="\n" + each + last, message="-", remedies="-")


def many_rules(count: int) -> str:
    one = rule("hostile", "array", require="array.mirrored").removeprefix("rules:\n")
    return "rules:\n" + "".join(one.replace("hostile", f"rule-{number}", 1) for number in range(count))


def definitions(count: int) -> str:
    """Each asks the one before it twice: 2^count evaluations, if nothing were remembered."""
    lines = ["derive:", "  - {fact: array.d0, title: d0, value: array.mirrored}"]
    for number in range(1, count):
        asked = f"array.d{number - 1} && (array.d{number - 1} || array.mirrored)"
        lines.append(f'  - {{fact: array.d{number}, title: d{number}, value: "{asked}"}}')
    return "\n".join(lines) + "\n" + requiring(f"array.d{count - 1}")


PACKS: dict[str, tuple[Callable[[], str], set[str]]] = {
    "an expression of 4 KiB": (lambda: requiring(DEEP[:4000].rsplit(" && ", 1)[0]), set()),
    "an expression that is longer": (lambda: requiring("array.mirrored && " * 400 + "true"), {"SUP401"}),
    "brackets in brackets": (lambda: requiring("(" * 500 + "true" + ")" * 500), {"SUP402"}),
    "3,000 times not": (lambda: requiring("!" * 3000 + "array.mirrored"), {"SUP402"}),
    "a choice in a choice": (lambda: requiring("array.mirrored ? true : " * 160 + "false"), {"SUP402"}),
    "macros three deep": (
        lambda: requiring("design.arrays.all(a, design.arrays.all(b, design.arrays.all(c, a == b || b == c)))"),
        {"SUP403"},
    ),
    "1,000 alternatives": (lambda: alternatives(1000), set()),
    "1,500 rules": (lambda: many_rules(1500), set()),
    "definitions that ask one another twice": (lambda: definitions(30), set()),
    "200 definitions, each on the one before": (lambda: definitions(200), {"SUP346"}),
    "a pattern that is none": (lambda: requiring('array.model.contains("(a+)+$")'), set()),
    "long text beside long text": (lambda: requiring(f'array.model.containsAny("{"ab" * 1500}")'), set()),
    "a thousand revisions": (
        lambda: rule(
            "hostile", "array", require="array.mirrored",
            revisions="\n" + "".join(
                f"      - effective: {{from: {2000 + n // 300}-{n // 25 % 12 + 1:02}-{n % 25 + 1:02}}}\n"
                for n in range(1000)
            ),
        ),
        set(),
    ),
}  # fmt: skip

CHILD = """
import json, resource, sys, time
from pathlib import Path
from tests.hostile.test_adversarial_packs import PACKS
from tests.packs.acme import HEAD, SHARED, shelf
from tests.peak import peak_kilobytes
from supportable.errors import SupportableError
from supportable.packs import load_packs
from supportable.verdict import evaluate
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
rules = {"acme/arrays/rules/a.yaml": PACKS[sys.argv[1]][0]()}
folder = shelf(Path(sys.argv[2]), SHARED, {"acme/arrays/pack.yaml": HEAD}, rules)
began, codes, status = time.perf_counter(), set(), ""
try:
    packs = load_packs([folder], discover=False)
    codes = {problem.code for broken in packs.broken for problem in broken.problems}
    arrays = [{"id": f"a{n}", "model": "a" * 50_000, "mirrored": n % 3 > 0} for n in range(20)]
    if not packs.broken:
        status = evaluate({"arrays": arrays}, packs, as_of="2012-01-01", deadline=10).status
except SupportableError as error:
    codes = {problem.code for problem in error.problems}
peak = peak_kilobytes() >> 10
print(json.dumps({"codes": sorted(codes), "status": status, "seconds": time.perf_counter() - began, "megabytes": peak}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded and measured by the resource module")
@pytest.mark.parametrize("name", PACKS)
def test_a_costly_pack_is_refused_or_judged_within_bounds(name: str, tmp_path: Path) -> None:
    told = answered(CHILD, name, str(tmp_path))
    assert set(told["codes"]) - {"SUP601"} == PACKS[name][1], told
    assert told["status"] or told["codes"], told
    assert told["seconds"] < SECONDS, told
    assert told["megabytes"] < MEGABYTES, told


def answered(program: str, *arguments: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True, text=True, check=False, timeout=120, cwd=ROOT, env=_plain(),
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _plain() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT), "SUPPORTABLE_NO_CACHE": "1", "PATH": ""}


LARGE = """
import json, resource, sys, time
from pathlib import Path
from tests.hostile.test_adversarial_packs import requiring
from tests.packs.acme import HEAD, SHARED, shelf
from tests.peak import peak_kilobytes
from supportable.errors import SupportableError
from supportable.intake import load_design
from supportable.packs import load_packs
from supportable.plan import plan
from supportable.readings import READINGS
from supportable.readings.deadline import within
text = "design.arrays.all(a, design.arrays.all(b, a.model != b.model || a.mirrored))"
rules = {"acme/arrays/rules/a.yaml": requiring(text, "server")}
folder = shelf(Path(sys.argv[1]), SHARED, {"acme/arrays/pack.yaml": HEAD}, rules)
packs = load_packs([folder], discover=False)
arrays = [{"id": f"a{n}", "model": f"m{n}", "mirrored": True} for n in range(99_999)]
facts = load_design({"servers": [{"id": "s"}], "arrays": arrays}, packs.vocabulary)
began, codes = time.perf_counter(), []
try:
    with within(2):
        READINGS[sys.argv[2]](plan(packs, 737000), facts)
except SupportableError as error:
    codes = [problem.code for problem in error.problems]
seconds = time.perf_counter() - began
peak = peak_kilobytes() >> 10
print(json.dumps({"codes": codes, "seconds": seconds, "megabytes": peak}))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured by the resource module")
@pytest.mark.parametrize("reading", ["compiled", "reference"])
def test_ten_thousand_million_steps_end_at_the_deadline(reading: str, tmp_path: Path) -> None:
    told = answered(LARGE, str(tmp_path), reading)
    assert told["codes"] == ["SUP601"]
    assert told["seconds"] < 60, told
    assert told["megabytes"] < 1000, told


def test_the_packs_above_are_what_they_should_be_but_for_the_hostile_rule() -> None:
    assert "acme/arrays/pack.yaml" in ARRAYS
    assert HEAD.startswith("pack: acme.arrays")
    assert set(SHARED) == {"vocabulary/acme.yaml", "references/acme.yaml"}
