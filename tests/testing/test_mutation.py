"""Mutants, and whether the cases of a pack notice them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from supportable.packs import PackSet, load_packs
from supportable.packs.model import Rule
from supportable.plan import plan as make_plan
from supportable.readings.reference import judge
from supportable.testing import quality_codes as codes
from supportable.testing.bench import judged_cases, with_rule
from supportable.testing.expectations import compare, outcome_of
from supportable.testing.mutants import Mutant
from supportable.testing.mutation import mutants_of, mutate
from supportable.verdict.assemble import assemble
from tests.packs.acme import HEAD, SHARED, rule, shelf

RULE = rule("r", "array", when='array.model == "A"', require="array.mirrored", covers="true")
CASES = """\
- case: violated
  as_of: 2020-01-01
  design: {arrays: [{id: a, model: A, mirrored: false, bays: []}]}
  expect: {array/a: {status: unsupported, violated: [r], offenders: [array/a]}}
- case: satisfied
  as_of: 2020-01-01
  design: {arrays: [{id: a, model: A, mirrored: true, bays: []}]}
  expect: {array/a: {status: supported, satisfied: [r]}}
- case: another model
  as_of: 2020-01-01
  design: {arrays: [{id: a, model: B, mirrored: true, bays: []}]}
  expect: {array/a: {status: not_covered, not_applicable: [r]}}
"""


def packs_with(folder: Path, rule_file: str, cases: str = CASES, **more: str) -> PackSet:
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/r.yaml": rule_file, "acme/arrays/cases/r.yaml": cases}
    files |= {f"acme/arrays/{name}.yaml": text for name, text in more.items()}
    packs = load_packs([shelf(folder, SHARED, files)], discover=False)
    assert packs.broken == ()
    return packs


def changes(folder: Path, rule_file: str) -> list[str]:
    return [mutant.change for mutant in mutants_of(packs_with(folder, rule_file).packs[0])]


def test_every_kind_of_slip_is_made(tmp_path: Path) -> None:
    assert changes(tmp_path, RULE) == [
        'when: “array.model == "A"”: == becomes !=',
        'when: “array.model == "A"”: "A" becomes “A-”',
        "require: “array.mirrored” is negated",
        "outcome 1: unsupported becomes limited",
        "covers: true becomes false",
    ]


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("server.memory >= 8", ["leaves the bound out", ": 8 becomes one less"]),
        ("server.memory > 8", ["takes the bound in", ": 8 becomes one more"]),
        ("server.memory < 8", ["takes the bound in", ": 8 becomes one less"]),
        ("server.memory <= 8", ["leaves the bound out", ": 8 becomes one more"]),
        (
            'server.delivered < "2020-01-01"',
            ["takes the bound in", ': "2020-01-01" becomes one less (one day off)'],
        ),
        ("server.memory + 1 == 8", [": == becomes !=", ": 8 becomes one more", ": + and - are exchanged",
                                    ": 1 becomes one more"]),
    ],
)  # fmt: skip
def test_a_bound_moves_both_ways_and_no_change_is_made_twice(require: str, expected: list[str], tmp_path: Path) -> None:
    text = rule("r", "server", require=f"'{require}'")
    told = [each.partition("”") for each in changes(tmp_path, text) if each.startswith("require")]
    made = [words.strip() for _, _, words in told]
    assert made == expected


def test_clauses_are_left_out_and_joined_otherwise(tmp_path: Path) -> None:
    both = changes(tmp_path, rule("r", "server", require="server.spare && server.memory == none"))
    assert [each for each in both if each.startswith("require")] == [
        "require: “server.spare” is left out",
        "require: “server.memory == none” is left out",
        "require: “server.spare && server.memory == none”: && becomes ||",
        "require: “server.spare” is negated",
        "require: “server.memory == none” is negated",
    ]


def test_values_among_several_are_left_out_one_by_one(tmp_path: Path) -> None:
    some = changes(tmp_path, rule("r", "array", require="array.model in ['A', 'B']"))
    assert [each for each in some if each.startswith("require")] == [
        "require: “array.model == 'A'” is left out",
        "require: “array.model == 'B'” is left out",
    ]


def test_dates_exceptions_and_lists_are_changed(tmp_path: Path) -> None:
    text = rule(
        "r", "array", each="{b: array.bays}", where="b.width > 2", require="b.width < 9",
        unless="[{if: array.mirrored, cite: [{ref: ACME-200}], effective: {from: 2021-01-01}}]",
        effective="{from: 2020-03-01, until: 2022-06-01}",
    )  # fmt: skip
    made = changes(tmp_path, text)
    for expected in (
        "each: “array.bays.where(b, b.width > 2)” loses its filter",
        "the exception “array.mirrored” is dropped",
        "exception: from 2021-01-01 becomes 2020-12-31",
        "from 2020-03-01 becomes 2020-03-02",
        "until 2022-06-01 becomes 2022-05-31",
    ):
        assert expected in made


def test_a_mutant_keeps_its_name_when_another_rule_changes(tmp_path: Path) -> None:
    one = packs_with(tmp_path / "one", RULE)
    other = packs_with(tmp_path / "other", RULE + rule("s", "array", require="array.mirrored").partition("\n")[2])
    names = [mutant.id for mutant in mutants_of(one.packs[0])]
    assert names == [mutant.id for mutant in mutants_of(other.packs[0]) if mutant.owner == "r"]
    assert len(set(names)) == len(names)


def test_cases_on_each_side_kill_every_mutant(tmp_path: Path) -> None:
    report = mutate(packs_with(tmp_path, RULE))
    assert ([result.mutant.change for result in report.results if result.survived], report.problems) == ([], ())
    assert report.score == 1.0


def test_a_mutant_that_no_case_notices_is_a_finding(tmp_path: Path) -> None:
    only_first = CASES.partition("- case: satisfied")[0]
    report = mutate(packs_with(tmp_path / "less", RULE, only_first))
    assert [result.mutant.change for result in report.results if result.survived] == ["covers: true becomes false"]
    assert [finding.code for finding in report.findings] == [codes.MUTANT_SURVIVED]
    assert report.score == pytest.approx(4 / 5)


def test_a_mutant_that_means_the_same_is_excused_with_a_reason(tmp_path: Path) -> None:
    only_first = CASES.partition("- case: satisfied")[0]
    survivor = next(one.mutant for one in mutate(packs_with(tmp_path, RULE, only_first)).results if one.survived)
    excuse = f"- {{mutant: '{survivor.id}', reason: because}}\n"
    report = mutate(packs_with(tmp_path / "excused", RULE, only_first, mutants=excuse))
    assert (report.findings, report.problems, report.score) == ((), (), 1.0)


@pytest.mark.parametrize("killed", [True, False])
def test_an_excuse_for_a_mutant_that_is_killed_or_is_not_there_is_told(tmp_path: Path, killed: bool) -> None:
    first = mutants_of(packs_with(tmp_path, RULE).packs[0])[0]
    excuse = f"- {{mutant: '{first.id if killed else 'r:00000000'}', reason: because}}\n"
    report = mutate(packs_with(tmp_path / "excused", RULE, mutants=excuse))
    assert [problem.code for problem in report.problems] == [codes.NO_SUCH_MUTANT]


def test_a_case_that_fails_kills_nothing_and_is_told(tmp_path: Path) -> None:
    report = mutate(packs_with(tmp_path, RULE, CASES.replace("status: not_covered", "status: limited")))
    assert [problem.code for problem in report.problems] == [codes.CASES_FAIL]


def test_several_processes_answer_as_one_does(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, RULE)
    assert mutate(packs, jobs=2) == mutate(packs)


DATED = """\
rules:
  - id: r
    title: R
    subject: array
    covers: true
    when: array.fine || array.model == "A"
    each: {b: array.bays}
    where: b.width > 1
    require: b.width < 9 && satisfies(array, "acme.other")
    unless: [{if: array.mirrored, title: Mirrored, cite: [{ref: ACME-200}], effective: {from: 2020-02-01}}]
    otherwise:
      - {if: b.width == 9, outcome: limited}
      - {outcome: unsupported}
    message: "{{ b.id }}"
    remedies: [Mend it]
    cite: [{ref: ACME-100}]
    effective: {from: 2020-01-01, until: 2021-01-01}
  - id: s
    title: S
    subject: array
    require: array.fine
    otherwise: conditional
    message: "{{ array.id }}"
    remedies: [Mend it]
    cite: [{ref: ACME-100}]
derive:
  - {fact: array.fine, title: Fine, value: 'size(array.bays) > 1 && array.bays.same(b, b.width)'}
"""
OTHER = rule("o", "array", covers="true", require="array.power.watts < 100")
DATED_CASES = "".join(
    f"- case: c{place}\n  as_of: {day}\n  design: {{arrays: [{{id: a, {array}}}], bays: [{{id: x, width: 9}}, {{id: y, "
    f"width: 9}}, {{id: z, width: 3}}]}}\n  expect: {{array/a: {{{expected}}}}}\n"
    for place, (day, array, expected) in enumerate(
        [
            ("2019-12-31", "model: A, bays: [x, y], power: {watts: 5}", "status: supported, not_in_force: [r]"),
            ("2020-01-01", "model: A, bays: [x, y], power: {watts: 5}", "status: limited, violated: [r]"),
            ("2020-02-01", "model: A, mirrored: true, bays: [x, y], power: {watts: 5}", "satisfied: [r, s]"),
            ("2020-12-31", "model: A, mirrored: false, bays: [z], power: {watts: 500}", "violated: [r, s]"),
            ("2020-06-01", "model: B, bays: [z], power: {watts: 500}", "not_applicable: [r]"),
            ("2020-06-01", "model: A, mirrored: false, bays: [x, ...], power: {watts: 5}", "violated: [r]"),
            ("2021-01-01", "model: A, bays: [z], power: {watts: 5}", "violated: [s]"),
        ]
    )
)


def test_the_short_way_of_judging_a_mutant_answers_as_the_long_one(tmp_path: Path) -> None:
    """The long way: the changed pack planned and judged anew, every case compared."""
    files = {
        "acme/arrays/pack.yaml": HEAD + "requires: [acme.other]\n",
        "acme/arrays/rules/r.yaml": DATED,
        "acme/arrays/cases/r.yaml": DATED_CASES,
        "acme/other/pack.yaml": HEAD.replace("acme.arrays", "acme.other"),
        "acme/other/rules/o.yaml": OTHER,
    }
    packs = load_packs([shelf(tmp_path, SHARED, files)], discover=False)
    assert packs.broken == ()
    problems: list[object] = []
    cases = judged_cases(packs, packs.packs[0], problems)  # type: ignore[arg-type]
    assert [str(problem) for problem in problems] == []
    mutants = mutants_of(packs.packs[0])
    short = [[judged.kills(mutant.thing) for judged in cases] for mutant in mutants]
    long = [[_kills(packs, mutant, judged.case, judged.facts) for judged in cases] for mutant in mutants]
    assert [(mutant.change, kills) for mutant, kills in zip(mutants, short, strict=True)] == [
        (mutant.change, kills) for mutant, kills in zip(mutants, long, strict=True)
    ]
    assert any(any(kills) for kills in short)


def _kills(packs: PackSet, mutant: Mutant, case: object, facts: object) -> bool:
    if isinstance(mutant.thing, Rule):
        changed = with_rule(packs, mutant.thing)
    else:
        made = tuple(replace(pack, derive=(mutant.thing,)) if pack.derive else pack for pack in packs.packs)
        changed = replace(packs, packs=made, plans={})
    plan = make_plan(changed, case.as_of, case.packs)  # type: ignore[attr-defined]
    findings = judge(plan, facts)  # type: ignore[arg-type]
    outcome = outcome_of(case.pack, plan, facts, findings, assemble(plan, facts, findings, judge, "reference"))  # type: ignore[attr-defined,arg-type]
    return any(mismatch or problem for each in case.expect for mismatch, problem in [compare(each, outcome)])  # type: ignore[attr-defined]
