"""What the cases of a pack have seen of its conditions."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable.packs import load_packs
from supportable.testing import quality_codes as codes
from supportable.testing.coverage import ConditionCoverage, measure
from tests.packs.acme import HEAD, SHARED, rule, shelf


def measured(folder: Path, rule_file: str, *arrays: str, excuses: str = "") -> ConditionCoverage:
    """The coverage of a pack with one rule by one case for each array, each given as the inside of a map."""
    cases = "".join(
        f"- case: c{place}\n  as_of: 2020-01-01\n  design: {{arrays: [{{id: a1, {array}}}]}}\n"
        "  expect: {design: {status: supported}}\n"
        for place, array in enumerate(arrays)
    )
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/r.yaml": rule_file, "acme/arrays/cases/r.yaml": cases}
    if excuses:
        files["acme/arrays/coverage.yaml"] = excuses
    packs = load_packs([shelf(folder, SHARED, files)], discover=False)
    assert packs.broken == ()
    return measure(packs)


def missing(coverage: ConditionCoverage) -> dict[str, tuple[str, ...]]:
    return {one.text: one.missing for one in coverage.conditions}


BOTH = rule("r", "array", require='array.mirrored && array.model == "A"')


def test_each_condition_is_due_in_all_three_truths(tmp_path: Path) -> None:
    found = measured(tmp_path, BOTH, "mirrored: true, model: A", "mirrored: true, model: B")
    assert missing(found) == {"array.mirrored": ("false", "unknown"), 'array.model == "A"': ("unknown",)}
    assert found.score == pytest.approx(3 / 6)
    assert [problem.code for problem in found.findings] == [codes.CONDITION_NOT_SEEN] * 2
    assert found.findings[0].origin == found.conditions[0].origin


def test_conditions_seen_in_every_way_leave_nothing_to_find(tmp_path: Path) -> None:
    found = measured(tmp_path, BOTH, "mirrored: true, model: A", "mirrored: false, model: B", "bays: []")
    assert (found.findings, found.score) == ((), 1.0)


def test_what_stands_in_a_macro_counts_by_itself(tmp_path: Path) -> None:
    each = rule("r", "array", require="size(array.bays) > 0 && array.bays.all(b, b.width > 3)")
    assert set(missing(measured(tmp_path, each, "bays: []"))) == {
        "size(array.bays) > 0", "array.bays.all(b, b.width > 3)", "b.width > 3",
    }  # fmt: skip


def test_one_of_several_values_is_one_condition(tmp_path: Path) -> None:
    one_of = rule("r", "array", require='array.model in ["A", "B"]')
    assert missing(measured(tmp_path, one_of, "model: B")) == {'array.model in ["A", "B"]': ("false", "unknown")}


def test_a_rule_that_does_not_apply_shows_nothing_of_its_requirement(tmp_path: Path) -> None:
    guarded = rule("r", "array", when='array.model == "A"', require="array.mirrored")
    assert missing(measured(tmp_path, guarded, "model: B, mirrored: true"))["array.mirrored"] == (
        "false", "unknown", "true",
    )  # fmt: skip


def test_what_when_has_settled_is_not_due(tmp_path: Path) -> None:
    guarded = rule("r", "array", when="size(array.bays) > 2", require="size(array.bays) > 1 && array.mirrored")
    assert missing(measured(tmp_path, guarded, "bays: []"))["size(array.bays) > 1"] == ("unknown", "true")


def test_what_depends_on_the_day_alone_is_never_unknown(tmp_path: Path) -> None:
    dated = rule("r", "array", when='as_of >= "2019-01-01"', require="array.mirrored")
    assert missing(measured(tmp_path, dated, "mirrored: true"))['as_of >= "2019-01-01"'] == ("false",)


EXCUSE = "- {in: r, condition: array.mirrored, never: [NEVER], reason: because}\n"


def test_an_excuse_with_a_reason_takes_a_truth_out(tmp_path: Path) -> None:
    found = measured(tmp_path, BOTH, "mirrored: true, model: A", excuses=EXCUSE.replace("NEVER", "unknown, false"))
    assert (found.problems, missing(found)["array.mirrored"]) == ((), ())


@pytest.mark.parametrize(
    "excuse",
    [
        EXCUSE.replace("NEVER", "true"),  # it was seen
        EXCUSE.replace("array.mirrored", "array.model").replace("NEVER", "true"),  # no such condition
        EXCUSE.replace("NEVER", "maybe"),
        EXCUSE.replace("because", '""').replace("NEVER", "unknown"),
        EXCUSE.replace("reason", "raeson").replace("NEVER", "unknown"),
        "in: r",
    ],
)
def test_an_excuse_that_excuses_nothing_is_told(tmp_path: Path, excuse: str) -> None:
    found = measured(tmp_path, BOTH, "mirrored: true, model: A", excuses=excuse)
    assert {problem.code for problem in found.problems} <= {codes.BAD_EXCUSE, codes.NEEDLESS_EXCUSE}
    assert found.problems
