"""What the cases of a pack leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable.packs import load_packs
from supportable.testing import completeness
from tests.packs.acme import HEAD, SHARED, rule, shelf

KINDS = ("violated", "satisfied", "not_applicable", "open")


def left_out(folder: Path, rule_file: str, *named: tuple[str, str]) -> list[str]:
    """The complaints about a pack with one rule, `r`, and a case for each (key, day)."""
    cases = "".join(
        f"- case: c{place}\n  as_of: {day}\n  design: {{arrays: [{{id: a1}}]}}\n"
        f"  expect: {{array/a1: {{{key}: [r]}}}}\n"
        for place, (key, day) in enumerate(named)
    )
    files = {
        "acme/arrays/pack.yaml": HEAD,
        "acme/arrays/rules/r.yaml": rule_file,
        "acme/arrays/cases/r.yaml": cases or "[]",
    }
    packs = load_packs([shelf(folder, SHARED, files)], discover=False)
    assert packs.broken == ()
    return [problem.message for problem in completeness(packs)]


RULE = rule("r", "array", when='array.model == "x"', require="array.mirrored")


@pytest.mark.parametrize("without", KINDS)
def test_each_way_a_rule_can_come_out_needs_a_case(tmp_path: Path, without: str) -> None:
    named = [(kind, "2026-01-01") for kind in KINDS if kind != without]
    assert left_out(tmp_path, RULE, *named) == [f"no case names r as {without.replace('_', ' ')}"]


def test_a_rule_seen_in_every_way_lacks_nothing(tmp_path: Path) -> None:
    assert left_out(tmp_path, RULE, *((kind, "2026-01-01") for kind in KINDS)) == []


def test_an_advisory_is_named_as_such_and_needs_no_satisfied_case(tmp_path: Path) -> None:
    advisory = rule("r", "array", when='array.model == "x"', require="array.mirrored", otherwise="advisory")
    named = [(key, "2026-01-01") for key in ("advisories", "may_apply", "not_applicable")]
    assert left_out(tmp_path, advisory, *named) == []


def test_a_permission_is_never_violated_and_harmless_where_others_are_open(tmp_path: Path) -> None:
    permission = rule("r", "array", when="array.mirrored", covers="true", otherwise="-", message="-", remedies="-")
    named = [(key, "2026-01-01") for key in ("satisfied", "not_applicable", "harmless")]
    assert left_out(tmp_path, permission, *named) == []


def test_every_stretch_between_changes_needs_a_case(tmp_path: Path) -> None:
    dated = rule(
        "r",
        "array",
        when='array.model == "x"',
        require="array.mirrored",
        effective="{from: 2020-03-01, until: 2022-06-01}",
    )
    named = [(kind, "2021-01-01") for kind in KINDS]
    assert left_out(tmp_path, dated, *named) == [
        "no case names r before 2020-03-01",
        "no case names r on or after 2022-06-01",
    ]
    whole = [*named, ("not_in_force", "2020-02-29"), ("not_in_force", "2022-06-01")]
    assert left_out(tmp_path / "whole", dated, *whole) == []


def test_without_cases_everything_is_left_out(tmp_path: Path) -> None:
    assert len(left_out(tmp_path, RULE)) == 4
