"""The case runner: what passes, what does not, and that nothing misspelt passes for something met."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable.errors import UsageError
from supportable.packs import PackSet, load_packs
from supportable.testing import CaseReport, run_cases
from tests.packs.acme import ARRAYS, SHARED, shelf

PACK = "acme.arrays"

GOOD = """\
- case: it is mirrored
  as_of: 2026-01-01
  design: {arrays: [{id: a1, mirrored: true}]}
  expect:
    array/a1: {status: supported, satisfied: [mirrored], violated: [], cites: [ACME-100]}
    design: {status: supported, covered: [array/a1]}
- case: it is not
  as_of: 2026-01-01
  design: {arrays: [{id: a1, mirrored: false}]}
  expect:
    array/a1: {status: unsupported, violated: [acme.arrays/mirrored], disputed: false, at_best: unsupported}
- case: nobody said
  as_of: 2026-01-01
  design: {arrays: [{id: a1}]}
  expect:
    array/a1: {status: undetermined, open: mirrored, missing: [array/a1.mirrored], at_worst: unsupported}
"""


def packs_with(folder: Path, cases: str, **more: str) -> PackSet:
    """The packs of a shelf on which `cases` test the rule `mirrored`."""
    files = {"acme/arrays/cases/mirrored.yaml": cases, **more}
    return load_packs([shelf(folder, SHARED, ARRAYS, files)], discover=False)


def run(folder: Path, cases: str) -> CaseReport:
    return run_cases(packs_with(folder, cases))


def one(expect: str, design: str = "{arrays: [{id: a1, mirrored: false}]}", more: str = "") -> str:
    """A file with one case."""
    return f"- case: one\n  as_of: 2026-01-01\n  design: {design}\n{more}  expect: {expect}\n"


def test_cases_that_expect_what_is_found_pass(tmp_path: Path) -> None:
    report = run(tmp_path, GOOD)
    assert [(result.title, result.mismatches, result.problems) for result in report.results] == [
        ("it is mirrored", (), ()),
        ("it is not", (), ()),
        ("nobody said", (), ()),
    ]
    assert report.passed


@pytest.mark.parametrize(
    ("expect", "key", "expected", "found"),
    [
        ("{array/a1: {status: supported}}", "status", "supported", "unsupported"),
        ("{design: {status: limited}}", "status", "limited", "unsupported"),
        ("{array/a1: {violated: []}}", "violated", "none", "acme.arrays/mirrored"),
        (
            "{array/a1: {satisfied: [mirrored]}}",
            "satisfied",
            "acme.arrays/mirrored satisfied",
            "acme.arrays/mirrored violated",
        ),
        ("{array/a1: {open: [mirrored]}}", "open", "acme.arrays/mirrored open", "acme.arrays/mirrored violated"),
        ("{array/a1: {disputed: true}}", "disputed", "true", "false"),
        ("{array/a1: {cites: [ACME-200]}}", "cites", "ACME-200", "ACME-100 Arrays"),
        ("{array/a1: {cites: [{ref: ACME-100, section: Other}]}}", "cites", "ACME-100 Other", "ACME-100 Arrays"),
        ("{array/a1: {offenders: [bay/b]}}", "offenders", "bay/b", "array/a1"),
        ("{array/a1: {missing: [array/a1.model]}}", "missing", "array/a1.model", "none"),
        ("{array/a1: {waived_by: [In a museum]}}", "waived_by", "In a museum", "none"),
        ("{array/a1: {rests_on: supported}}", "rests_on", "supported", "nothing"),
        ("{design: {not_covered: [array/a1]}}", "not_covered", "array/a1", "none"),
    ],
)
def test_what_is_found_otherwise_is_told_with_its_place(
    tmp_path: Path, expect: str, key: str, expected: str, found: str
) -> None:
    (result,) = run(tmp_path, one(expect)).results
    (mismatch,) = result.mismatches
    assert (mismatch.key, mismatch.expected, mismatch.found) == (key, expected, found)
    assert (mismatch.origin.line, mismatch.origin.column) == (4, 10 + expect.index(f"{key}: ") + len(key) + 2 + 1)
    assert not result.passed


def test_every_violated_rule_of_the_own_pack_must_be_named(tmp_path: Path) -> None:
    second = ARRAYS["acme/arrays/rules/mirrors.yaml"].replace("id: mirrored", "id: second")
    report = run_cases(
        packs_with(tmp_path, one("{array/a1: {violated: [mirrored]}}"), **{"acme/arrays/rules/second.yaml": second})
    )
    (mismatch,) = report.results[0].mismatches
    assert (mismatch.expected, mismatch.found) == ("acme.arrays/mirrored", "acme.arrays/mirrored, acme.arrays/second")


@pytest.mark.parametrize(
    ("cases", "codes"),
    [
        ("cases: []\n", ["SUP800"]),
        ("- 7\n", ["SUP803"]),
        ("- case: x\n", ["SUP802", "SUP802", "SUP802"]),
        (one("{array/a1: {status: suported}}"), ["SUP806"]),
        (one("{array/a1: {voilated: []}}"), ["SUP801"]),
        (one("{array/a1: {violated: [mirored]}}"), ["SUP810"]),
        (one("{array/a1: {violated: [acme.other/mirrored]}}"), ["SUP810"]),
        (one("{array/a1: {cites: [ACME-300]}}"), ["SUP810"]),
        (one("{array/a2: {status: supported}}"), ["SUP811"]),
        (one("{array/a1: {disputed: perhaps}}"), ["SUP803"]),
        (one("{array/a1: {assumed: []}}"), ["SUP801"]),
        (one("{}"), ["SUP802"]),
        (one("{array/a1: 7}"), ["SUP803"]),
        (one("{server/s1: {not_applicable: [mirrored]}}", "{servers: [{id: s1}]}"), ["SUP814"]),
        (one("{design: {status: supported}}", "{arrays: [{id: a1, mirored: true}]}"), ["SUP520"]),
        (one("{design: {status: supported}}", "other.yaml"), ["SUP100", "SUP813"]),
        (one("{design: {status: supported}}", more="  packs: [acme.array]\n"), ["SUP812"]),
        (one("{design: {status: supported}}").replace("2026-01-01", "yesterday"), ["SUP805"]),
        (one("{design: {status: unsupported}}") * 2, ["SUP804"]),
        ("- case: [\n", ["SUP110"]),
    ],
)
def test_what_is_wrong_with_a_case_file_is_a_problem_with_a_place(tmp_path: Path, cases: str, codes: list[str]) -> None:
    report = run(tmp_path, cases)
    assert [problem.code for problem in report.all_problems] == codes
    assert all("mirrored.yaml" in problem.origin.file or problem.code == "SUP100" for problem in report.all_problems)
    assert not report.passed


def test_a_misspelt_key_is_told_with_the_nearest(tmp_path: Path) -> None:
    (problem,) = run(tmp_path, one("{array/a1: {voilated: []}}")).all_problems
    assert (problem.origin.line, problem.origin.column, problem.hint) == (4, 23, "did you mean “violated”?")


def changing(path: str, value: str) -> str:
    design = "{arrays: [{id: a1, mirrored: true, model: x, power: {watts: 3}}, {id: a.2, mirrored: true}]}"
    return one("{design: {status: unsupported}}", design, f"  with: {{{path}: {value}}}\n")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("arrays.a1.mirrored", "false"),
        ("arrays.a.2.mirrored", "false"),
        ("arrays.a3", "{mirrored: false}"),
        ("arrays", "[{id: b, mirrored: false}]"),
    ],
)
def test_a_case_may_change_a_design_at_a_path(tmp_path: Path, path: str, value: str) -> None:
    assert run(tmp_path, changing(path, value)).passed


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("arrays.a1.mirrored", "null", "undetermined"),
        ("arrays.a1.mirrored", "unknown", "undetermined"),
        ("arrays.a1", "null", "not_covered"),
        ("arrays", "null", "not_covered"),
    ],
)
def test_null_takes_away_and_unknown_says_so(tmp_path: Path, path: str, value: str, status: str) -> None:
    case = one(
        f"{{design: {{status: {status}}}}}", "{arrays: [{id: a1, mirrored: true}]}", f"  with: {{{path}: {value}}}\n"
    )
    assert run(tmp_path, case).passed


@pytest.mark.parametrize(
    ("path", "value", "hint"),
    [
        ("arrays.a4.mirrored", "false", "known here: a.2, a1"),
        ("arrays.a1.watts", "null", ""),
        ("arrays..mirrored", "false", "write section.id.attribute"),
    ],
)
def test_a_path_that_leads_nowhere_is_a_problem(tmp_path: Path, path: str, value: str, hint: str) -> None:
    problem, *_ = run(tmp_path, changing(path, value)).all_problems
    assert (problem.code, problem.origin.line, problem.origin.column) == ("SUP813", 4, 10)
    assert problem.hint == hint or not hint


def test_cases_may_share_a_design_and_leave_it_as_it_is(tmp_path: Path) -> None:
    cases = "".join(
        f"- case: {status}\n  as_of: 2026-01-01\n  design: ../designs/one.yaml\n"
        f"  with: {{arrays.a1.mirrored: {value}}}\n"
        f"  expect: {{array/a1: {{status: {status}}}}}\n"
        for value, status in (("false", "unsupported"), ("true", "supported"), ("unknown", "undetermined"))
    )
    design = "arrays: [{id: a1, mirrored: true}]\n"
    assert run_cases(packs_with(tmp_path, cases, **{"acme/arrays/designs/one.yaml": design})).passed


def test_cases_are_found_by_pack_file_and_folder(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, GOOD)
    folder = tmp_path / "acme" / "arrays"
    for target in (PACK, folder / "cases" / "mirrored.yaml", folder / "cases", folder, tmp_path, str(folder)):
        assert len(run_cases(packs, [target]).results) == 3, target


def test_a_file_named_twice_runs_once(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, GOOD)
    assert len(run_cases(packs, [PACK, tmp_path, tmp_path / "acme/arrays/cases/mirrored.yaml"]).results) == 3


def test_a_target_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        run_cases(packs_with(tmp_path, GOOD), ["acme.array"])
    assert [(problem.code, problem.hint) for problem in caught.value.problems] == [
        ("SUP816", "did you mean “acme.arrays”?")
    ]


def test_a_broken_pack_is_a_problem_of_the_run(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, GOOD, **{"acme/other/pack.yaml": "pack: acme.other\n"})
    assert not run_cases(packs).passed
    assert run_cases(packs, [PACK]).passed


def test_other_packs_rules_are_named_in_full_and_judged_only_when_asked_for(tmp_path: Path) -> None:
    other = {
        "acme/other/pack.yaml": "pack: acme.other\nversion: 1.0.0\ntitle: Other\nlanguage: 1\n",
        "acme/other/rules/r.yaml": ARRAYS["acme/arrays/rules/mirrors.yaml"],
    }
    case = one("{array/a1: {violated: [mirrored, acme.other/mirrored]}}")
    packs = packs_with(tmp_path, case, **other)
    (mismatch,) = run_cases(packs, [PACK]).results[0].mismatches
    assert mismatch.found == "acme.arrays/mirrored"
    both = one("{array/a1: {violated: [mirrored, acme.other/mirrored]}}", more="  packs: [acme.arrays, acme.other]\n")
    assert run_cases(packs_with(tmp_path, both, **other), [PACK]).passed


@pytest.mark.parametrize(
    "content", ["", "- case", "\x00", "- {case: {a: b}, expect: [1]}\n", "- case: a\n  expect: {a: {cites: {x: y}}}\n"]
)
def test_no_case_file_ends_the_run(tmp_path: Path, content: str) -> None:
    assert run(tmp_path, content).all_problems
