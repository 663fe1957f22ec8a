"""Designs to ask about, and what the engine itself answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from supportable.document import read_text
from supportable.intake import load_design
from supportable.packs import PackSet
from supportable.verdict import Verdict, evaluate

EXAMPLES = Path(__file__).parents[3] / "examples"
GUESTS = (EXAMPLES / "sql-guest-cluster.yaml").read_bytes()
DAY = "2009-07-01"

YAML = {"Content-Type": "application/yaml"}
JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}


def judged(content: bytes, packs: PackSet, *, as_of: str | date = DAY, name: str = "design.yaml") -> Verdict:
    """The verdict that the engine gives on the same bytes, without a service."""
    return evaluate(load_design(read_text(content, name), packs.vocabulary), packs, as_of=as_of)


def codes_of(answer: dict[str, Any]) -> list[str]:
    """The codes of all problems in a problem document."""
    return [problem["code"] for problem in answer["problems"]]
