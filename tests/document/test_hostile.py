"""Files made to hurt: each is answered within seconds and within 200 MB, measured in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

import pytest

MB = 1_000_000

# name → (text, file, codes that are expected)
SMALL: dict[str, tuple[Callable[[], str], str, set[str]]] = {
    "brackets, 200 deep": (lambda: "[" * 200 + "]" * 200, "it.yaml", {"SUP113"}),
    "brackets, 200,000 deep": (lambda: "[" * 200_000, "it.yaml", {"SUP113"}),
    "braces, 200,000 deep": (lambda: "{a: " * 200_000, "it.yaml", {"SUP113"}),
    "dashes, 200,000 deep": (lambda: "- " * 200_000, "it.yaml", {"SUP113"}),
    "keys in keys, 200,000 deep": (lambda: "? " * 200_000, "it.yaml", {"SUP113", "SUP117"}),
    "JSON, 200,000 deep": (lambda: "[" * 200_000, "it.json", {"SUP113"}),
    "JSON maps, 200,000 deep": (lambda: '{"a":' * 200_000, "it.json", {"SUP113"}),
    "a billion laughs": (
        lambda: "a: &a [x]\n" + "".join(f"{b}: &{b} [{f'*{a}, ' * 9}]\n" for a, b in pairwise("abcdefghi")),
        "it.yaml",
        {"SUP120"},
    ),
    "one scalar of 10 MB": (lambda: "a" * 10 * MB, "it.yaml", {"SUP104"}),
    "one scalar of 8 MB": (lambda: "a" * 8 * MB, "it.yaml", {"SUP114"}),
    "one scalar of 4 million lines": (lambda: "a\n" * 4 * MB, "it.yaml", {"SUP114"}),
    "one JSON number of 8 MB": (lambda: "1" * 8 * MB, "it.json", {"SUP114"}),
    "800,000 %TAG lines": (lambda: "%TAG ! a\n" * 800_000, "it.yaml", {"SUP119"}),
    "a million anchors": (lambda: "- &a b\n" * MB, "it.yaml", {"SUP120", "SUP121"}),
    "a million duplicates": (lambda: "a: 1\n" * MB, "it.yaml", {"SUP116", "SUP121"}),
    "a million JSON duplicates": (lambda: "{" + '"a":1,' * MB + '"b":1}', "it.json", {"SUP116", "SUP121"}),
    "2 million documents": (lambda: "---\n" * 2 * MB, "it.yaml", {"SUP112"}),
    "8 MB of control characters": (lambda: "\x01" * 8 * MB, "it.yaml", {"SUP108", "SUP121"}),
    "8 MB of colons": (lambda: "[" + ":" * 8 * MB, "it.yaml", {"SUP110"}),
    "2 million tabs": (lambda: "a: 1\n" + "\tb\n" * 2 * MB + "\tc: 1", "it.yaml", {"SUP111"}),
    "8 MB of empty lines": (lambda: "\n" * 8 * MB, "it.yaml", {"SUP105"}),
}  # fmt: skip
LARGE: dict[str, tuple[Callable[[], str], str, set[str]]] = {
    "2 million empty maps": (lambda: "[" + "{}," * 2 * MB + "]", "it.yaml", {"SUP115"}),
    "a million maps of one key": (lambda: "- a: 1\n" * MB, "it.yaml", {"SUP115"}),
    "a million different keys": (lambda: "\n".join(f"{i:x}:" for i in range(MB)), "it.yaml", {"SUP115"}),
    "2 million empty JSON maps": (lambda: "[" + "{}," * 2 * MB + "1]", "it.json", {"SUP115"}),
}

CHILD = """
import json, sys, time
from supportable.document import read_text
from supportable.errors import DocumentError
from tests.document.test_hostile import LARGE, SMALL
from tests.peak import peak_kilobytes
make, file, _ = {**SMALL, **LARGE}[sys.argv[1]]
data = make().encode()
before, began, codes = peak_kilobytes(), time.perf_counter(), []
try:
    read_text(data, file)
except DocumentError as error:
    codes = sorted({problem.code for problem in error.problems})
seconds = time.perf_counter() - began
grown = peak_kilobytes() - before
print(json.dumps({"codes": codes, "seconds": seconds, "kilobytes": grown}))
"""


def answer(name: str) -> tuple[set[str], float, float]:
    """Codes found, seconds taken, megabytes by which the process grew."""
    run = subprocess.run([sys.executable, "-c", CHILD, name], capture_output=True, text=True, check=True, timeout=60)
    told = json.loads(run.stdout)
    return set(told["codes"]), told["seconds"], told["kilobytes"] / 1024


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with getrusage")
@pytest.mark.parametrize("name", SMALL)
def test_what_can_be_refused_early_costs_little(name: str) -> None:
    codes, seconds, megabytes = answer(name)
    assert codes == SMALL[name][2]
    assert seconds < 60
    assert megabytes < 100


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with getrusage")
@pytest.mark.parametrize("name", LARGE)
def test_the_largest_that_is_read_at_all_stays_within_200_megabytes(name: str) -> None:
    codes, seconds, megabytes = answer(name)
    assert codes == LARGE[name][2]
    assert seconds < 120
    assert megabytes < 200
