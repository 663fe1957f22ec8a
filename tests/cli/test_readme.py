"""What the README shows of the command line is what the command line says."""

from __future__ import annotations

import re
import shlex

from supportable.cli.exits import __doc__ as exit_codes
from tests.cli.runs import ROOT, supportable

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n\$ supportable (?P<arguments>check .*)\n(?P<shown>(?:.*\n)*?)^```$", re.MULTILINE)


def test_the_report_reads_as_shown() -> None:
    (block,) = BLOCK.finditer(README)
    out = supportable(*shlex.split(block["arguments"]), COLUMNS="80").out
    parts = [part for part in block["shown"].split("…\n") if part]
    for part in parts:
        assert part in out
        out = out.partition(part)[2]
    assert len(parts) == 2


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"`supportable ([a-z]+)", README))
    listed = set(re.findall(r"^  ([a-z]+)  ", supportable("--help").out.partition("Commands:")[2], re.MULTILINE))
    assert named - listed == set()
    assert "check" in listed


def test_the_exit_codes_are_those_of_the_program() -> None:
    documented = re.findall(r"^\| (\d) \|", README, re.MULTILINE)
    assert documented == re.findall(r"^(\d) ", exit_codes or "", re.MULTILINE)
