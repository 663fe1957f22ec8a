"""Cases that random worlds meet too seldom, judged by all readings: each is one step of the durable reading alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from supportable import load_design, load_packs
from supportable.packs.model import CONDITIONAL, SUPPORTED, UNSUPPORTED
from supportable.readings import READINGS
from supportable.readings.findings import SATISFIED, UNDECIDED, VIOLATED
from supportable.verdict import plan_for
from tests.packs.acme import SHARED, derive, head, rule, shelf


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTABLE_NO_CACHE", "1")


def judged(
    folder: Path, files: dict[str, str], design: dict[str, Any], reading: str
) -> dict[str, tuple[int, int, int]]:
    """Kind, best and worst of each finding, by subject."""
    packs = load_packs([shelf(folder, SHARED, {"acme/own/pack.yaml": head("acme.own"), **files})], discover=False)
    assert packs.broken == ()
    facts = load_design({"design": "case", **design}, packs.vocabulary)
    found = READINGS[reading](plan_for(packs, as_of="2024-01-01"), facts)
    return {each.row.name: (each.kind, each.best, each.worst) for each in found.items}


@pytest.mark.parametrize("reading", ["compiled", "durable", "reference"])
def test_a_derived_truth_through_a_reference_to_nothing_is_none_and_through_an_unknown_one_unknown(
    tmp_path: Path, reading: str
) -> None:
    files = {
        "acme/own/rules/wide.yaml": derive("array.known", 'array.model == "m"'),
        "acme/own/rules/none.yaml": rule("none", "server", require='"!server.array.known"'),
    }
    design = {
        "arrays": [{"id": "a", "model": "m"}, {"id": "b", "model": "n"}],
        "servers": [
            {"id": "without", "array": "none"},
            {"id": "somewhere", "array": "unknown"},
            {"id": "at-a", "array": "a"},
            {"id": "at-b", "array": "b"},
        ],
    }
    assert judged(tmp_path, files, design, reading) == {
        "server/without": (SATISFIED, SUPPORTED, SUPPORTED),
        "server/somewhere": (UNDECIDED, SUPPORTED, UNSUPPORTED),
        "server/at-a": (VIOLATED, UNSUPPORTED, UNSUPPORTED),
        "server/at-b": (SATISFIED, SUPPORTED, SUPPORTED),
    }


@pytest.mark.parametrize("reading", ["compiled", "durable", "reference"])
def test_the_least_outcome_of_a_violation_is_that_of_members_that_certainly_belong(
    tmp_path: Path, reading: str
) -> None:
    graded = """
      - {if: s.memory > 3, outcome: conditional}
      - {outcome: unsupported}"""
    files = {
        "acme/own/rules/big.yaml": rule(
            "big",
            "array",
            each="{s: array.servers}",
            where="s.spare",
            require="s.memory > 5",
            otherwise=graded,
        )
    }
    design = {
        "arrays": [{"id": "a"}],
        "servers": [
            {"id": "belongs", "array": "a", "spare": True, "memory": 4},
            {"id": "may-belong", "array": "a", "spare": "unknown", "memory": 1},
        ],
    }
    assert judged(tmp_path, files, design, reading) == {"array/a": (VIOLATED, CONDITIONAL, UNSUPPORTED)}
