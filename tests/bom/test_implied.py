"""Which lines belong together: only where the bill leaves no doubt."""

from __future__ import annotations

from typing import Any

import pytest

from supportable import PackSet, load_design
from supportable.bom import JudgedBom, judge_bom
from tests.bom.files import read

SERVER, OTHER = "HP ProLiant DL380 G6", "Dell PowerEdge R710"
R2, W2K3 = "Windows Server 2008 R2 Enterprise", "Windows Server 2003 Standard"


def judged(packs: PackSet, *rows: str, design: dict[str, Any] | None = None) -> JudgedBom:
    bill = read("SKU;Description;Qty\n" + "\n".join(rows) + "\n")
    held = load_design(design, packs.vocabulary) if design is not None else None
    return judge_bom(bill, packs, as_of="2010-07-01", design=held)


def machines(answer: JudgedBom) -> list[tuple[str, int, str, str]]:
    held: Any = answer.implied.get("machines", [])
    return [(one["id"], one.get("count", 1), one.get("model", ""), one.get("os", "")) for one in held]


BOTH = [("line-2", 2, SERVER, R2)]
APART = [("line-2", 2, SERVER, ""), ("line-3", 3, "", R2)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f";{SERVER};2", f";{R2};2"], BOTH),
        ([f";{SERVER};2", f";{R2};3"], APART),
        ([f";{SERVER};2", f";{R2};"], [("line-2", 2, SERVER, ""), ("line-3", 1, "", R2)]),
        ([f";{SERVER};2", f";{R2};2", f";{W2K3};2"],
         [("line-2", 2, SERVER, ""), ("line-3", 2, "", R2), ("line-4", 2, "", W2K3)]),
        ([f";{SERVER};2", f";{OTHER};2", f";{R2};4"],
         [("line-2", 2, SERVER, ""), ("line-3", 2, OTHER, ""), ("line-4", 4, "", R2)]),
        ([f";{SERVER};1", f";{SERVER};1", f";{R2};2"], BOTH),
        (["Config 1:;;", f";{SERVER};2", f";{R2};2", "Config 2:;;", f";{OTHER};1", f";{W2K3};1"],
         [("line-3", 2, SERVER, R2), ("line-6", 1, OTHER, W2K3)]),
        (["Config 1:;;", f";{SERVER};2", f";{R2};2", "Config 2:;;", f";{SERVER};2", f";{R2};2"],
         [("line-3", 4, SERVER, R2)]),
        ([f";{SERVER};2", f";  {R2};2", f";{OTHER};1", f";  {W2K3};1"],
         [("line-2", 2, SERVER, R2), ("line-4", 1, OTHER, W2K3)]),
        ([f";{SERVER};0", f";{R2};-1"], []),
        ([f";{R2};2", f";{R2};3"], [("line-2", 5, "", R2)]),
    ],
)  # fmt: skip
def test_licences_go_with_servers_only_beyond_doubt(
    packs: PackSet, rows: list[str], expected: list[tuple[str, int, str, str]]
) -> None:
    assert machines(judged(packs, *rows)) == expected


def test_what_is_listed_under_a_server_is_no_second_server(packs: PackSet) -> None:
    answer = judged(packs, f";{SERVER};2", f";  {SERVER} chassis;2")
    assert machines(answer) == [("line-2", 2, SERVER, "")]


def test_a_component_in_a_flat_list_belongs_to_nobody(packs: PackSet) -> None:
    held: Any = judged(packs, f";{SERVER};2", "AJ763A;82E;4").implied["machines"]
    assert [one["components"] for one in held] == [["line-2", "..."]]


def test_an_option_suffix_orders_no_second_product(packs: PackSet) -> None:
    held: Any = judged(packs, "AJ763A;82E;4", "AJ763A 0D1;Factory integrated;4").implied["components"]
    assert [(one["id"], one["count"]) for one in held] == [("line-2", 4)]
    alone: Any = judged(packs, "AJ763A#0D1;;4").implied["components"]
    assert [(one["id"], one["count"], one["part_number"]) for one in alone] == [("line-2", 4, "AJ763A")]


def test_a_quantity_of_nought_is_kept_and_orders_nothing(packs: PackSet) -> None:
    (line,) = judged(packs, f";{SERVER};0").lines
    assert (line.line.quantity, line.status, line.subjects) == (0, "not_covered", ())
    assert line.reasons[0] == "a quantity of 0 orders nothing, so it is no part of the design"


def test_against_a_design_lines_have_the_status_of_what_they_are_there(packs: PackSet) -> None:
    design = {
        "design": "hosts",
        "machines": [
            {"id": "h1", "kind": "physical", "model": "HP ProLiant DL380 G6", "os": R2, "count": 2},
            {"id": "old", "kind": "physical", "os": W2K3},
        ],
        "workloads": [],
    }
    answer = judged(packs, f";{SERVER};2", f";{R2};3", ";SQL Server 2008;1", ";Widget;1", design=design)
    assert [(line.subjects, line.status == "unrecognised") for line in answer.lines] == [
        (("machine/h1",), False), (("machine/h1",), False), (("workload/line-4",), False), ((), True),
    ]  # fmt: skip
    assert answer.verdict.design == "hosts"
    own = {one.subject: one.status for one in answer.verdict.subjects}
    assert answer.lines[0].status == own["machine/h1"]
    assert answer.lines[2].reasons[0] == "the design has nothing like it"
    said = [(one.about, one.reasons) for one in answer.cannot_tell[:2]]
    assert said == [
        (R2, ("the design has 2 of it, the bill 3",)),
        (W2K3, ("machine/old needs it, and no line of the bill is it",)),
    ]


def test_a_bill_of_nothing_known_is_not_covered(packs: PackSet) -> None:
    answer = judged(packs, ";Widget;1", ";Windows Server 2008 Device CAL;5")
    assert [line.status for line in answer.lines] == ["unrecognised", "unrecognised"]
    assert answer.verdict.status == "not_covered"


def test_many_kinds_are_judged_up_to_a_limit_and_the_rest_is_said(
    packs: PackSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("supportable.bom.judge.MOST_KINDS", 2)
    answer = judged(packs, ";PowerEdge R710;1", ";PowerEdge R610;2", ";PowerEdge R510;3", ";SQL Server 2008;1")
    assert [warning.code for warning in answer.warnings] == ["SUP588"]
    assert [line.status for line in answer.lines][2:] == ["undetermined", "undetermined"]
    assert answer.lines[2].reasons == ("it was not judged: the bill has too many different machines and workloads",)
