from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.vocabulary.scales import decimal_of, in_steps, in_units, int_type, number_type
from supportable.vocabulary.types import IntType, NumberType

PLACES = st.integers(0, 18)
STEPS = st.integers(-(2**63), 2**63 - 1)


@pytest.mark.parametrize(
    ("notation", "type"),
    [
        ("", NumberType("", 3)),
        ("GiB", NumberType("GiB", 3)),
        ("GiB, 0..1000000, 0.001", NumberType("GiB", 3, 0, 1_000_000_000)),
        ("GiB, 0..1e6", NumberType("GiB", 3, 0, 1_000_000_000)),
        ("percent, 0..100, 1", NumberType("percent", 0, 0, 100)),
        ("percent, -0.5..0.5, 0.1", NumberType("percent", 1, -5, 5)),
        ("0.., 0.01", NumberType("", 2, 0, None)),
        ("MB/s, ..7", NumberType("MB/s", 3, None, 7000)),
        ("0.1", NumberType("", 1)),
        ("%", NumberType("%", 3)),
        (" GiB ,0 .. 1 , 0.10 ", NumberType("GiB", 1, 0, 10)),
    ],
)
def test_unit_range_and_step_may_each_be_left_out(notation: str, type: NumberType) -> None:
    assert number_type(notation) == type


@pytest.mark.parametrize(
    ("notation", "type"),
    [("0..64", IntType(0, 64)), ("1..", IntType(1, None)), ("..9", IntType(None, 9)), ("-1..1e3", IntType(-1, 1000))],
)
def test_a_range_of_whole_numbers_has_inclusive_ends(notation: str, type: IntType) -> None:
    assert int_type(notation) == type


@given(STEPS, PLACES)
def test_steps_written_in_units_read_back_the_same(steps: int, places: int) -> None:
    exact = decimal_of(in_units(steps, places))
    assert exact is not None
    assert in_steps(exact, places) == steps


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9), PLACES)
def test_steps_are_exact_or_there_are_none(value: Decimal, places: int) -> None:
    exact = value.as_integer_ratio()
    whole, rest = divmod(exact[0] * 10**places, exact[1])
    assert in_steps(value, places) == (None if rest else whole)


@pytest.mark.parametrize("text", ["1e999", "1e99", "-1e999", "9e20"])
def test_what_is_far_beyond_64_bits_costs_nothing_and_stays_beyond(text: str) -> None:
    exact = decimal_of(text)
    assert exact is not None
    steps = in_steps(exact, 3)
    assert steps is not None
    assert abs(steps) >= 2**63
    assert (steps < 0) == text.startswith("-")


@pytest.mark.parametrize("text", ["", "1,5", "1_000", "0x10", "nan", "inf", "1e", "--1", ".", "1e9999", "١", "1 "])
def test_what_is_no_decimal_literal_has_no_value(text: str) -> None:
    assert decimal_of(text) is None
