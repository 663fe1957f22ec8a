"""The README's Python examples run and print what it says they print."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def test_the_python_examples_run_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    # The examples name files as a reader in the repository's root would.
    monkeypatch.chdir(README.parent)
    text = README.read_text(encoding="utf-8")
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.FAIL_FAST)
    names: dict[str, object] = {}
    report: list[str] = []
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start("code"))
        example = parser.get_doctest(block["code"], names, README.name, str(README), line)
        runner.run(example, out=report.append, clear_globs=False)
        # A doctest works on a copy of the names it is given; later blocks go on where earlier ones stopped.
        names = example.globs
    outcome = runner.summarize(verbose=False)
    assert outcome.attempted > 0, "the README shows no Python example"
    assert outcome.failed == 0, "".join(report)
