"""A profile says what parts are that no catalogue knows."""

from __future__ import annotations

import pytest

from supportable import PackSet
from supportable.bom import Bom, JudgedBom, bom_to_json, judge_bom, profile_of, read_lines, read_source
from supportable.document import read_text
from supportable.errors import UsageError

BILL = b"""Qty,Part number,Description
2,ACME-7,ACME Bladefort 7
2,OS-KIT,Data centre bundle
1,CBL-1,Blue cable
1,,Rack kit
"""


def bill(profile: str) -> Bom:
    told = profile_of(read_text(profile, "profile.yaml"))
    return read_lines(read_source(BILL, "bill.csv", told), told)


def judged(profile: str, packs: PackSet) -> JudgedBom:
    return judge_bom(bill(profile), packs, as_of="2010-01-01")


def test_a_part_is_what_the_profile_says_by_number_or_description(packs: PackSet) -> None:
    answer = judged(
        """
        parts:
          acme-7: {kind: server, vendor: ACME, model: Bladefort 7}
          OS-KIT: Windows Server 2008 R2 Datacenter
          rack KIT: {kind: other}
        """,
        packs,
    )
    found = [
        None if line.recognised is None else (line.recognised.kind, line.recognised.title, line.recognised.by)
        for line in answer.lines
    ]
    assert found == [
        ("server", "ACME Bladefort 7", "the profile"),
        ("os", "Windows Server 2008 R2 Datacenter", "the profile"),
        None,
        ("other", "other", "the profile"),
    ]
    assert [line.status == "unrecognised" for line in answer.lines] == [False, False, True, False]


def test_what_the_profile_says_is_part_of_the_implied_design(packs: PackSet) -> None:
    answer = judged("parts: {ACME-7: {kind: server, vendor: ACME, model: Bladefort 7}}", packs)
    assert answer.implied["machines"] == [
        {"id": "line-2", "count": 2, "kind": "physical", "model": "ACME Bladefort 7", "components": ["line-2", "..."]}
    ]


def test_what_no_rule_asks_about_implies_nothing(packs: PackSet) -> None:
    answer = judged("parts: {CBL-1: {kind: other}}", packs)
    assert answer.implied == {"design": "bill"}
    assert bom_to_json(answer)["lines"][2]["recognised"] == {
        "type": None,
        "kind": "other",
        "by": "the profile",
        "title": "other",
        "part_number": "CBL-1",
    }


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ("[ACME-7]", "“parts” is a map of part numbers or descriptions"),
        ("{ACME-7: {kind: teapot}}", "“teapot” is no kind of part"),
        ("{ACME-7: {colour: red}}", "a part has no “colour”"),
        ("{a/b: {vendor: ACME}}", "what “a/b” is, is not said"),
        ("{ACME-7: }", "what “ACME-7” is, is not said"),
        ("{ACME-7: [server]}", "what “ACME-7” is, is not said"),
        ("{ACME-7: {kind: server, model: [a, b]}}", "“model” of “ACME-7” is one text"),
        ("{' ': Windows Server 2008 R2}", "a part has neither number nor description"),
        ("{OS-KIT: Windows Server 2008, os -kit: SQL Server 2008}", "“os -kit” is the same part as “OS-KIT”"),
    ],
)
def test_a_profile_that_says_it_wrong_is_refused(parts: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        bill(f"parts: {parts}")
    assert [(problem.code, problem.message) for problem in caught.value.problems] == [("SUP578", message)]


def test_a_name_that_nobody_knows_is_refused_with_its_place(packs: PackSet) -> None:
    with pytest.raises(UsageError) as caught:
        judged("parts:\n  CBL-1: Windwos Server 2008 R2\n  ACME-7: {kind: server}\n", packs)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("SUP578", "“Windwos Server 2008 R2” is nothing that is known")
    assert problem.origin.line == 2
    assert "Windows Server 2008 R2" in problem.hint
