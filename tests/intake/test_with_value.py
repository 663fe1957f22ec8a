"""The same design with one value changed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from supportable.document import dump_yaml, read_text
from supportable.errors import DesignError, UsageError
from supportable.facts import EMPTY, OPEN, Facts
from supportable.intake import load_design, with_value
from supportable.origin import Origin
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.intake.example import VOCABULARY

SOURCE: dict[str, Any] = {
    "design": "d",
    "machines": [
        {"id": "a", "kind": "virtual", "os": "Windows Server 2008", "tags": ["x"], "host": "b"},
        {"id": "b", "site": "here"},
    ],
    "clusters": [{"id": "c", "nodes": ["a", "b"]}],
}
SAME_AS_TEXT = read_text(dump_yaml(SOURCE), "d.yaml")


def changed(**change: Any) -> dict[str, Any]:
    source = copy.deepcopy(SOURCE)
    for place, value in change.items():
        section, _, index = place.partition("_")
        if index:
            source[section][int(index)].update(value)
        else:
            source[section] = value
    return source


@pytest.fixture(params=["python", "yaml"])
def facts(request: pytest.FixtureRequest) -> Facts:
    return load_design(SOURCE if request.param == "python" else SAME_AS_TEXT, VOCABULARY)


@pytest.mark.parametrize(
    ("pointer", "value", "same_as"),
    [
        ("/machines/0/kind", "physical", changed(machines_0={"kind": "physical"})),
        ("/machines/0/kind", UNKNOWN, changed(machines_0={"kind": "unknown"})),
        ("/machines/0/kind", None, changed(machines_0={"kind": None})),
        ("/machines/0/host", NONE, changed(machines_0={"host": "none"})),
        ("/machines/1/site", UNKNOWN, changed(machines_1={"site": "unknown"})),
        ("/machines/1/site", NONE, changed(machines_1={"site": "none"})),
        ("/machines/1/kind", "virtual", changed(machines_1={"kind": "virtual"})),
        ("/machines/1/cores", 4, changed(machines_1={"cores": 4})),
        (
            "/machines/1/os",
            VOCABULARY.ladders["windows-server"].product(),
            changed(machines_1={"os": "Windows Server"}),
        ),
        ("/machines/0/tags", UNKNOWN, changed(machines_0={"tags": ["..."]})),
        ("/machines/0/tags", NONE, changed(machines_0={"tags": []})),
        ("/machines/0/tags", OPEN, changed(machines_0={"tags": ["x", "..."]})),
        ("/machines/1/tags", OPEN, changed(machines_1={"tags": ["..."]})),
        ("/machines", OPEN, changed(machines=[*SOURCE["machines"], "..."])),
        ("/workloads", OPEN, changed(workloads=["..."])),
        ("/workloads", [], changed(workloads=[])),
        ("/hosted", True, changed(hosted=True)),
        ("/clusters", None, {key: value for key, value in SOURCE.items() if key != "clusters"}),
        ("/clusters/0/nodes/1", None, changed(clusters_0={"nodes": ["a"]})),
        ("/clusters/0/nodes/1", "...", changed(clusters_0={"nodes": ["a", "..."]})),
        (
            "/machines/0/os/edition",
            "enterprise",
            changed(machines_0={"os": {"name": "windows-server", "release": "2008", "edition": "enterprise"}}),
        ),
        ("/machines/1/os/name", "sql-server", changed(machines_1={"os": {"name": "sql-server"}})),
        ("/clusters/0/validation/outcome", "passed", changed(clusters_0={"validation": {"outcome": "passed"}})),
    ],
)
def test_a_changed_value_reads_like_a_design_that_says_so(
    facts: Facts, pointer: str, value: Any, same_as: dict[str, Any]
) -> None:
    before = facts.digest
    assert with_value(facts, pointer, value).digest == load_design(same_as, VOCABULARY).digest
    source = SAME_AS_TEXT.root if facts.document else SOURCE
    assert load_design(source, VOCABULARY).digest == before  # type: ignore[arg-type]


def test_changes_can_follow_one_another(facts: Facts) -> None:
    both = with_value(with_value(facts, "/machines", OPEN), "/machines", OPEN)
    assert both.digest == with_value(facts, "/machines", OPEN).digest
    back = with_value(with_value(facts, "/machines/1/kind", "virtual"), "/machines/1/kind", None)
    assert back.digest == facts.digest


def test_places_in_the_file_stay_where_they_are() -> None:
    text = "machines:\n- {id: a, kind: virtual, site: x}\n"
    facts = with_value(load_design(read_text(text, "d.yaml"), VOCABULARY), "/machines/0/cores", 2)
    assert facts.origin("/machines/0/site") == Origin("d.yaml", 2, 32)
    assert facts.origin("/machines/0/cores") == Origin("d.yaml", 2, 3)


def test_a_value_that_does_not_fit_is_a_design_error(facts: Facts) -> None:
    with pytest.raises(DesignError, match="SUP523"):
        with_value(facts, "/machines/0/kind", "virtal")


@pytest.mark.parametrize("pointer", ["/machines/7/kind", "/machines/x", "/machines/-/kind"])
def test_a_place_that_is_not_there_is_a_usage_error(facts: Facts, pointer: str) -> None:
    with pytest.raises(UsageError, match="SUP540"):
        with_value(facts, pointer, "x")


def test_a_pointer_that_is_none_and_a_list_that_is_none_are_usage_errors(facts: Facts) -> None:
    with pytest.raises(UsageError, match="SUP540"):
        with_value(facts, "machines/0/kind", "x")
    with pytest.raises(UsageError, match="SUP540"):
        with_value(facts, "/machines/0/tags", EMPTY)


def test_a_design_that_was_read_leniently_stays_readable() -> None:
    facts = load_design({"machines": [{"id": "a", "extra": 1}]}, VOCABULARY, lenient=True)
    assert with_value(facts, "/machines/0/kind", "virtual").row("machine/a").kind == "virtual"
