"""What generated code calls agrees with the meaning, operation by operation, at the edges above all."""

from __future__ import annotations

from itertools import product as tuples
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.readings import values
from supportable.readings.compiled import runtime
from supportable.readings.findings import Decision, merge
from supportable.vocabulary.types import NEVER
from supportable.vocabulary.unknown import NONE, UNKNOWN

WHOLE = (0, 1, -1, 2, 7, 2**63 - 1, -(2**63), 2**62, UNKNOWN, NONE)
DAYS = (1, 2, 737425, NEVER - 1, NEVER, UNKNOWN, NONE)
TEXTS = ("", "x", "xy", "yx", UNKNOWN, NONE)


@pytest.mark.parametrize("op", ["add", "sub", "mul", "div"])
def test_arithmetic_on_numbers(op: str) -> None:
    calculate = runtime.arithmetic(op, dates=False, gives_date=False)
    for left, right in tuples(WHOLE, WHOLE):
        assert calculate(left, right) is values.calculate(op, left, right) or calculate(
            left, right
        ) == values.calculate(op, left, right), (left, right)


@pytest.mark.parametrize("op", ["add", "sub"])
@pytest.mark.parametrize("gives_date", [True, False])
def test_arithmetic_on_dates_never_counts_from_never(op: str, gives_date: bool) -> None:
    calculate = runtime.arithmetic(op, dates=True, gives_date=gives_date)
    for left, right in tuples(DAYS, (*DAYS, 0, -1, 5)):
        expected = values.calculate(op, left, right, dates=True, gives_date=gives_date)
        assert calculate(left, right) == expected, (left, right)
    assert calculate(NEVER, 1) is UNKNOWN


@pytest.mark.parametrize("op", ["contains", "containsAny", "startsWith", "endsWith"])
def test_text_functions(op: str) -> None:
    test = runtime.text_test(op)
    for left, right in tuples(TEXTS, TEXTS):
        assert test(left, right) == values.test_text(op, left, right), (left, right)


WEIGHTED = st.lists(
    st.tuples(st.sampled_from((0, 1, 2, -3, 2**62, 2**63 - 1, NONE, UNKNOWN)), st.integers(1, 3)), max_size=5
)


@given(
    st.sampled_from(("sum", "min", "max", "smallest", "largest")),
    WEIGHTED,
    st.sampled_from((0, 1, 2, 4, -1, NONE, UNKNOWN)),
)
def test_aggregates(op: str, found: list[tuple[Any, int]], k: Any) -> None:
    used = k if op in ("smallest", "largest") else None
    assert runtime.aggregation(op)(list(found), used) == values.aggregate(op, list(found), used)


BOUNDS = st.tuples(st.integers(0, 3), st.integers(0, 2) | st.none()).map(
    lambda drawn: (drawn[0], None if drawn[1] is None else drawn[0] + drawn[1])
)


@given(st.sampled_from(("eq", "lt", "le")), BOUNDS, BOUNDS)
def test_intervals(op: str, left: tuple[int, int | None], right: tuple[int, int | None]) -> None:
    ends = [inf if end is None else end for end in (*left, *right)]
    assert runtime.interval_comparison(op)(*ends) == values.compare_intervals(op, left, right)


DECISIONS = st.builds(
    Decision,
    st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip


@given(DECISIONS, DECISIONS)
def test_what_two_texts_say_together(first: Decision, second: Decision) -> None:
    assert runtime.merge(tuple(first), tuple(second)) == tuple(merge(first, second))
