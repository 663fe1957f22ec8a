"""A design's status over time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.errors import UsageError
from supportable.packs import PackSet, load_packs
from supportable.verdict import evaluate
from supportable.verdict.timeline import Period, timeline
from tests.packs.acme import HEAD, SHARED, shelf

RULES = """\
rules:
  - id: stated
    title: A mirrored array is supported
    subject: array
    covers: true
    require: array.mirrored
    otherwise: unsupported
    message: "{{ array.id }} is not mirrored"
    remedies: [Mirror it]
    revisions:
      - effective: {from: 2010-01-01, last_seen: 2012-03-04}
        cite: [{ref: ACME-100, revision: first}]
      - effective: {from: 2013-05-06}
        require: array.mirrored && array.model == "B"
        cite: [{ref: ACME-100, revision: second}]
  - id: warranty
    title: The warranty has not run out
    subject: server
    covers: true
    require: as_of <= server.delivered + 1000
    otherwise: limited
    message: "{{ server.id }} is old"
    remedies: [Replace it]
    cite: [{ref: ACME-200}]
"""
DESIGN = {"arrays": [{"id": "a", "model": "A", "mirrored": True, "bays": []}], "servers": []}
SERVER = {"servers": [{"id": "s", "delivered": "2014-02-03", "array": "none"}]}


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> PackSet:
    folder = shelf(
        tmp_path_factory.mktemp("acme"), SHARED, {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/r.yaml": RULES}
    )
    loaded = load_packs([folder], discover=False)
    assert loaded.broken == ()
    return loaded


def spans(periods: tuple[Period, ...]) -> list[tuple[str, str, str]]:
    return [(period.first, period.last, period.status) for period in periods]


FIRST, LAST = date(2009, 1, 1), date(2020, 1, 1)


def test_a_status_changes_on_the_days_on_which_texts_do(packs: PackSet) -> None:
    found = timeline(DESIGN, packs, first=FIRST, last=LAST)
    assert spans(found.periods) == [
        ("2009-01-01", "2009-12-31", "not_covered"),
        ("2010-01-01", "2012-03-04", "supported"),
        ("2012-03-05", "2013-05-05", "undetermined"),
        ("2013-05-06", "2020-01-01", "unsupported"),
    ]
    turns = [[(turn.before, turn.after, [one.revision for one in turn.citations]) for turn in period.turns]
             for period in found.periods]  # fmt: skip
    assert turns == [
        [],
        [("", "satisfied", ["first"])],
        [("satisfied", "open", ["first", "second"])],
        [("open", "violated", ["second"])],
    ]


def test_a_day_that_a_condition_computes_is_found(packs: PackSet) -> None:
    runs_out = date(2014, 2, 3) + timedelta(days=1000)
    found = timeline(SERVER, packs, first=FIRST, last=LAST)
    assert spans(found.periods) == [
        ("2009-01-01", runs_out.isoformat(), "supported"),
        ((runs_out + timedelta(days=1)).isoformat(), "2020-01-01", "limited"),
    ]


def test_every_day_has_the_status_of_its_period(packs: PackSet) -> None:
    design = {**DESIGN, **SERVER}
    periods = timeline(design, packs, first=FIRST, last=LAST).periods

    @settings(max_examples=200, deadline=None)
    @given(day=st.dates(FIRST, LAST))
    def holds(day: date) -> None:
        period = next(each for each in periods if each.first <= day.isoformat() <= each.last)
        verdict = evaluate(design, packs, as_of=day)
        assert (period.status, period.at_worst, period.at_best) == (verdict.status, verdict.at_worst, verdict.at_best)
        assert [(one.subject, one.status) for one in period.subjects] == [
            (one.subject, one.status) for one in verdict.subjects
        ]

    holds()


def test_periods_lie_end_to_end(packs: PackSet) -> None:
    periods = timeline({**DESIGN, **SERVER}, packs, first=FIRST, last=LAST).periods
    for before, after in pairwise(periods):
        assert date.fromisoformat(before.last) + timedelta(days=1) == date.fromisoformat(after.first)
        assert before.status != after.status or before.subjects != after.subjects or before.at_best != after.at_best
    assert (periods[0].first, periods[-1].last) == (FIRST.isoformat(), LAST.isoformat())


def test_a_span_of_one_day_is_one_period(packs: PackSet) -> None:
    found = timeline(DESIGN, packs, first=FIRST, last=FIRST)
    assert spans(found.periods) == [("2009-01-01", "2009-01-01", "not_covered")]


def test_a_span_that_ends_before_it_begins_is_refused(packs: PackSet) -> None:
    with pytest.raises(UsageError, match="ends"):
        timeline(DESIGN, packs, first=LAST, last=FIRST)
