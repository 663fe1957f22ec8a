"""A plan is settled by content and day alone, and puts every fact before its use."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportable.errors import UsageError
from supportable.language.ir import Cmp, Const, IfElse, Var, walk
from supportable.packs.dependencies import expressions_of
from supportable.packs.load import load_packs
from supportable.packs.packset import PackSet
from supportable.plan.build import changes_on, plan
from supportable.plan.model import Plan
from supportable.plan.walks import walks_of
from supportable.vocabulary.types import BOOL, DATE
from supportable.vocabulary.unknown import UNKNOWN
from tests.packs.acme import SHARED, derive, head, rule, shelf

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2024, 1, 1)


@pytest.fixture(autouse=True)
def without_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTABLE_NO_CACHE", "1")


LAYERED = {
    "a/pack.yaml": head("acme.a"),
    "a/rules/1.yaml": derive("array.z", "array.mirrored"),
    "a/rules/2.yaml": derive("array.m", "array.z"),
    "a/rules/3.yaml": derive("array.a", "array.m || array.z"),
    "a/rules/4.yaml": rule("zero", "array", require="array.mirrored"),
    "a/rules/5.yaml": rule("reads", "array", require="array.a"),
    "b/pack.yaml": head("acme.b", "acme.a"),
    "b/rules/1.yaml": rule("asks", "server", require='satisfies(server.array, "acme.a")'),
    "b/rules/2.yaml": derive("server.good", 'satisfies(server.array, "acme.a")'),
    "b/rules/3.yaml": rule("plain", "server", require="server.spare"),
    "c/pack.yaml": head("acme.c", "acme.b"),
    "c/rules/1.yaml": rule("asks", "server", require='satisfies(server, "acme.b") && server.good'),
    "d/pack.yaml": head("acme.d"),
    "d/rules/1.yaml": rule("alone", "array", require="array.mirrored"),
}


def loaded(folder: Path, *files: dict[str, str]) -> PackSet:
    packset = load_packs([shelf(folder, SHARED, *files)], discover=False)
    assert packset.broken == ()
    return packset


def shown(made: Plan) -> list[tuple[list[str], list[str]]]:
    return [
        ([f"{each.entity}.{each.name}" for each in stratum.derivations], [each.rule.name for each in stratum.rules])
        for stratum in made.strata
    ]


def test_everything_stands_as_low_as_it_can_and_otherwise_by_name(tmp_path: Path) -> None:
    made = plan(loaded(tmp_path, LAYERED), TODAY)
    assert shown(made) == [
        (["array.z", "array.m", "array.a"], ["acme.a/reads", "acme.a/zero", "acme.b/plain", "acme.d/alone"]),
        (["server.good"], ["acme.b/asks"]),
        ([], ["acme.c/asks"]),
    ]
    assert [each.index for each in made.rules] == list(range(6))
    assert [each.index for each in made.derivations] == list(range(4))
    assert made.rules == tuple(each for stratum in made.strata for each in stratum.rules)
    assert made.asked == {"acme.a": ("array", "bay"), "acme.b": ("server",)}
    assert made.not_in_force == ()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_the_order_of_shelves_and_the_names_of_files_change_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("shelves")
    expected = plan(loaded(base / "whole", LAYERED), TODAY)
    order = data.draw(st.permutations(["a", "b", "c", "d"]))
    paths = [shelf(base / "shared", SHARED)]
    for name in order:
        sources = [key for key in LAYERED if key.startswith(f"{name}/rules")]
        renamed = dict(zip(data.draw(st.permutations(sources)), sources, strict=True))
        files = {renamed.get(key, key): text for key, text in LAYERED.items() if key.startswith(f"{name}/")}
        paths.append(shelf(base / f"shelf-{name}", files))
    made = plan(load_packs(data.draw(st.permutations(paths)), discover=False), TODAY)
    assert shown(made) == shown(expected)
    assert [each.readings[0].require for each in made.rules] == [each.readings[0].require for each in expected.rules]
    assert [each.value for each in made.derivations] == [each.value for each in expected.derivations]
    assert made.asked == expected.asked


def test_the_digest_follows_the_day_and_the_content(tmp_path: Path) -> None:
    packset = loaded(tmp_path / "one", LAYERED)
    made = plan(packset, TODAY)
    assert plan(packset, TODAY.toordinal()) == made
    assert plan(loaded(tmp_path / "two", LAYERED), TODAY).digest == made.digest
    others = [
        plan(packset, TODAY + datetime.timedelta(1)),
        plan(packset, TODAY, ["acme.a"]),
        plan(loaded(tmp_path / "three", {**LAYERED, "d/pack.yaml": head("acme.d", version="1.0.1")}), TODAY),
    ]
    assert len({made.digest, *(each.digest for each in others)}) == 4


def test_packs_that_are_named_bring_those_they_require(tmp_path: Path) -> None:
    made = plan(loaded(tmp_path, LAYERED), TODAY, ["acme.b"])
    assert [pack.name for pack in made.packs] == ["acme.a", "acme.b"]
    with pytest.raises(UsageError):
        plan(loaded(tmp_path, LAYERED), TODAY, ["acme.x"])


def test_the_day_takes_the_place_of_as_of(tmp_path: Path) -> None:
    files = {
        "a/pack.yaml": head("acme.a"),
        "a/rules/1.yaml": derive("server.old", "server.delivered < as_of - 100"),
        "a/rules/2.yaml": rule(
            "old", "server", require="server.delivered < as_of", when="server.delivered + 1 <= as_of"
        ),
    }
    made = plan(loaded(tmp_path, files), TODAY)
    nodes = [node for each in made.derivations for node in walk(each.value)]
    nodes += [
        node
        for each in made.rules
        for revision in each.readings
        for root in expressions_of(revision)
        for node in walk(root)
    ]
    assert not [node for node in nodes if isinstance(node, Var) and node.name == "as_of"]
    days = [node for node in nodes if isinstance(node, Const) and node.type == DATE]
    assert [(each.value, each.text) for each in days] == [(TODAY.toordinal(), "as_of")] * 3


DATED = {
    "a/pack.yaml": head("acme.a"),
    "a/rules/1.yaml": """\
        derive:
          - fact: array.good
            title: Good
            cite: [{ref: ACME-200}]
            revisions:
              - {effective: {from: 2010-01-01, last_seen: 2010-06-01}, value: array.mirrored}
              - {effective: {from: 2011-01-01, until: 2012-01-01}, value: array.model == "A"}
        """,
    "a/rules/2.yaml": """\
        rules:
          - id: changes
            title: It changes
            subject: array
            require: array.good
            otherwise: unsupported
            message: It does not hold
            remedies: [Mend it]
            cite: [{ref: ACME-100}]
            revisions:
              - {effective: {from: 2010-01-01, last_seen: 2010-03-01}}
              - {effective: {from: 2010-09-01, until: 2015-01-01}, require: array.mirrored}
        """,
}


@pytest.mark.parametrize(
    ("on", "readings", "silent"),
    [
        ("2009-12-31", [], ["acme.a/changes"]),
        ("2010-01-01", ["array.good"], []),
        ("2010-03-01", ["array.good"], []),
        ("2010-03-02", ["array.good", "array.mirrored"], []),
        ("2010-08-31", ["array.good", "array.mirrored"], []),
        ("2010-09-01", ["array.mirrored"], []),
        ("2014-12-31", ["array.mirrored"], []),
        ("2015-01-01", [], ["acme.a/changes"]),
    ],
)
def test_rules_read_as_they_did_on_the_day(on: str, readings: list[str], silent: list[str], tmp_path: Path) -> None:
    made = plan(loaded(tmp_path, DATED), datetime.date.fromisoformat(on))
    assert [revision.require.text for each in made.rules for revision in each.readings] == readings
    assert [each.name for each in made.not_in_force] == silent
    assert [each.in_gap for each in made.rules] == ([len(readings) == 2] if readings else [])


def test_definitions_are_unknown_where_they_say_nothing_and_doubtful_in_a_gap(tmp_path: Path) -> None:
    packset = loaded(tmp_path, DATED)

    def value(on: str) -> object:
        return plan(packset, datetime.date.fromisoformat(on)).derivation("array", "good").value

    first, second = value("2010-01-01"), value("2011-01-01")
    assert first != second
    assert isinstance(second, Cmp)
    assert value("2009-12-31") == value("2012-01-01") == Const(BOOL, UNKNOWN)
    assert value("2010-06-01") == first
    assert value("2010-06-02") == value("2010-12-31") == IfElse(BOOL, Const(BOOL, UNKNOWN), first, second)  # type: ignore[arg-type]
    assert value("2011-12-31") == second


def test_the_days_on_which_plans_change_are_those_of_rules_and_definitions(tmp_path: Path) -> None:
    packset = loaded(tmp_path, DATED)
    expected = [
        "2010-01-01",
        "2010-03-02",
        "2010-06-02",
        "2010-09-01",
        "2011-01-01",
        "2012-01-01",
        "2015-01-01",
    ]
    assert [datetime.date.fromordinal(each).isoformat() for each in changes_on(packset)] == expected


@pytest.mark.parametrize("number", [0, -5, 3652060])
def test_a_number_that_is_no_day_is_refused(number: int, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        plan(loaded(tmp_path, LAYERED), number)


def shipped_days(packset: PackSet) -> list[int]:
    """Days at which texts begin to read otherwise, those beside them, and some between."""
    texts = [day for change in walks_of(packset).changes for day in (change - 1, change)]
    assert len(texts) > 20
    return [*texts, *changes_on(packset)[::20], *range(731000, 739500, 700)]


@pytest.mark.parametrize("only", [None, ("microsoft.lifecycle",), ("microsoft.sql-server-virtualization",)])
def test_what_was_planned_before_does_not_show(only: tuple[str, ...] | None) -> None:
    """Neighbouring days share what their plans have in common; each is still the plan that is made alone."""
    shipped = load_packs([ROOT / "policies" / "supportable_policies"], discover=False)
    assert shipped.broken == ()
    days = shipped_days(shipped)
    for day in [*days, *reversed(days)]:
        assert plan(shipped, day, only) == plan(replace(shipped, plans={}), day, only), day


def test_a_set_made_of_another_does_not_take_its_plans(tmp_path: Path) -> None:
    packset = loaded(tmp_path, LAYERED)
    plan(packset, TODAY)
    fewer = replace(packset, packs=tuple(each for each in packset.packs if each.name == "acme.d"))
    assert [each.rule.name for each in plan(fewer, TODAY).rules] == ["acme.d/alone"]
    assert len(plan(packset, TODAY).rules) > 1
