"""Which text is in force: on each side of each date, and in the gap where nobody knows."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.language.ir import Const, IfElse
from supportable.packs.expressions import TRUE
from supportable.packs.model import Alternative, Effective, Exemption, Reading, Revision, Rule
from supportable.plan.choose import in_force, readings_of, rule_changes
from supportable.vocabulary.references import Citation
from supportable.vocabulary.types import BOOL, INT
from supportable.vocabulary.unknown import UNKNOWN


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


def text(number: int, since: str = "", until: str = "", last_seen: str = "") -> Reading:
    days = [day(each) if each else None for each in (since, until, last_seen)]
    return Reading(Effective(*days), Const(INT, number))


def numbers(texts: tuple[Reading, ...], on: str) -> list[object]:
    return [reading.value.value for reading in in_force(texts, day(on)) if isinstance(reading.value, Const)]


CHANGED = (text(1, until="2009-05-20"), text(2, since="2009-05-20", last_seen="2009-05-26"))
GAP = (
    text(1, last_seen="2010-03-01"),
    text(2, since="2010-06-01", until="2011-01-01", last_seen="2010-07-01"),
    text(3, since="2012-01-01", until="2013-01-01"),
    text(4, since="2013-01-01", last_seen="2014-01-01"),
)


@pytest.mark.parametrize(
    ("texts", "on", "expected"),
    [
        (CHANGED, "0001-01-01", [1]),
        (CHANGED, "2009-05-19", [1]),
        (CHANGED, "2009-05-20", [2]),
        (CHANGED, "2009-05-27", [2]),
        (CHANGED, "9999-12-31", [2]),
        (GAP, "2010-03-01", [1]),
        (GAP, "2010-03-02", [1, 2]),
        (GAP, "2010-05-31", [1, 2]),
        (GAP, "2010-06-01", [2]),
        (GAP, "2010-07-01", [2]),
        (GAP, "2010-07-02", [2, 3]),
        (GAP, "2010-12-31", [2, 3]),
        (GAP, "2011-01-01", []),
        (GAP, "2011-12-31", []),
        (GAP, "2012-01-01", [3]),
        (GAP, "2012-12-31", [3]),
        (GAP, "2013-01-01", [4]),
        (GAP, "2020-01-01", [4]),
        ((text(1, since="2010-01-01"),), "2009-12-31", []),
        ((text(1, since="2010-01-01", until="2011-01-01"),), "2010-12-31", [1]),
        ((text(1, since="2010-01-01", until="2011-01-01"),), "2011-01-01", []),
        ((text(1), text(2, since="2010-01-01")), "2009-12-31", [1]),
        ((text(1), text(2, since="2010-01-01")), "2010-01-01", [2]),
    ],
)
def test_the_text_in_force(texts: tuple[Reading, ...], on: str, expected: list[int]) -> None:
    assert numbers(texts, on) == expected


def rule_of(*effectives: Effective, unless: tuple[Effective, ...] = ()) -> Rule:
    exemptions = tuple(Exemption(TRUE, effective, (Citation("R"),)) for effective in unless)
    revisions = tuple(
        Revision(
            effective=effective,
            when=TRUE,
            require=TRUE,
            each=None,
            unless=exemptions,
            otherwise=(Alternative("unsupported"),),
            disputed=(),
            message=None,
            remedies=(),
            cite=(Citation("R"),),
            covers=False,
            title="T",
        )
        for effective in effectives
    )
    return Rule("p", "r", "T", "thing", revisions)


def test_only_exceptions_in_force_are_left() -> None:
    early, late, always = Effective(until=10), Effective(since=10), Effective()
    rule = rule_of(Effective(), unless=(early, late, always))
    (before,), (after,) = readings_of(rule, 9), readings_of(rule, 10)
    assert [each.effective for each in before.unless] == [early, always]
    assert [each.effective for each in after.unless] == [late, always]
    assert replace(before, unless=()) == replace(after, unless=())


def test_the_days_of_change_are_those_of_the_rule_its_gaps_and_its_exceptions() -> None:
    rule = rule_of(
        Effective(until=10, last_seen=4),
        Effective(since=10, until=20, last_seen=19),
        Effective(since=30, last_seen=39),
        Effective(since=40, last_seen=50),
        unless=(Effective(since=7, until=60),),
    )
    assert rule_changes(rule) == (5, 7, 10, 20, 30, 40, 60)


@st.composite
def times(draw: st.DrawFn) -> list[Effective]:
    """Revisions as loading lets them pass: in order, not overlapping, seen only while they stand."""
    starts = sorted(draw(st.sets(st.integers(1, 60), min_size=1, max_size=5)))
    made = []
    for place, start in enumerate(starts):
        following = starts[place + 1] if place + 1 < len(starts) else 70
        since = None if place == 0 and draw(st.booleans()) else start
        until = draw(st.none() | st.integers(start + 1, following)) if following > start + 1 else None
        ends = following if until is None else until
        last_seen = draw(st.none() | st.integers(start, ends - 1))
        made.append(Effective(since, until, last_seen))
    return made


@given(times(), st.lists(st.tuples(st.integers(1, 70), st.integers(1, 70)), max_size=2))
def test_a_rule_reads_alike_on_all_days_between_two_days_of_change(
    effectives: list[Effective], spans: list[tuple[int, int]]
) -> None:
    unless = tuple(Effective(since=min(span), until=max(span) + 1) for span in spans)
    rule = rule_of(*effectives, unless=unless)
    changes = set(rule_changes(rule))
    for today in range(2, 80):
        if readings_of(rule, today) != readings_of(rule, today - 1):
            assert today in changes


@given(times(), st.integers(1, 80))
def test_two_texts_are_in_force_only_beyond_a_last_sight_and_before_the_next(
    effectives: list[Effective], today: int
) -> None:
    found = readings_of(rule_of(*effectives), today)
    assert len(found) <= 2
    if len(found) == 2:
        first, second = (each.effective for each in found)
        assert first.last_seen is not None
        assert second.since is not None
        assert first.last_seen < today < second.since
        assert effectives.index(second) == effectives.index(first) + 1


def test_an_exception_last_seen_before_its_end_is_in_doubt_between_the_two() -> None:
    exemption = Exemption(TRUE, Effective(since=10, until=50, last_seen=20), (Citation("R"),))
    rule = rule_of(Effective(), unless=(exemption.effective,))
    conditions = {day: [each.condition for each in readings_of(rule, day)[0].unless] for day in (9, 10, 20, 21, 49, 50)}
    doubted = IfElse(BOOL, Const(BOOL, UNKNOWN), TRUE, Const(BOOL, False))
    assert conditions == {9: [], 10: [TRUE], 20: [TRUE], 21: [doubted], 49: [doubted], 50: []}
    assert rule_changes(rule) == (10, 21, 50)
