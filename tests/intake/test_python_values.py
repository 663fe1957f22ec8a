"""Designs handed over by Python code: whatever it holds, the answer is facts or a DesignError."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.errors import DesignError
from supportable.intake import load_design
from tests.intake.example import VOCABULARY

HUGE = 10**5000


def codes(source: Any) -> list[str]:
    with pytest.raises(DesignError) as raised:
        load_design(source, VOCABULARY)
    for problem in raised.value.problems:
        str(problem).encode()
    return [problem.code for problem in raised.value.problems]


@pytest.mark.parametrize("name", sorted(VOCABULARY.entity("machine").attributes))
@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        HUGE,
        -HUGE,
        "\ud800",
        "a\0b",
        b"x",
        object(),
        {1: 2},
        {"\udfff": 1},
        [[]],
        Decimal("NaN"),
        ...,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_no_attribute_can_hold_is_a_problem(name: str, value: object) -> None:
    assert codes({"machines": [{"id": "m", name: value}]})


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("hosted", True, True),
        ("memory", 2, 2000),
        ("memory", 0.5, 500),
        ("memory", Decimal("0.125"), 125),
        ("cores", 8, 8),
        ("date", datetime.date(2009, 7, 1), 733589),
        ("date", "2009-07-01", 733589),
    ],
)
def test_python_values_are_typed_already(name: str, value: object, read: object) -> None:
    source: dict[str, Any] = {"machines": [{"id": "m"}], "changes": [{"id": "c"}]}
    home = source if name == "hosted" else source["changes" if name == "date" else "machines"][0]
    home[name] = value
    facts = load_design(source, VOCABULARY)
    row = facts.design if name == "hosted" else facts.row("change/c" if name == "date" else "machine/m")
    assert getattr(row, name) == read
    assert type(getattr(row, name)) is type(read)


@pytest.mark.parametrize("order", [(1, True), (True, 1)])
def test_true_is_not_one_whichever_was_read_first(order: tuple[object, object]) -> None:
    for value in order:
        if value is True:
            assert codes({"machines": [{"id": "m", "cores": value}]}) == ["SUP521"]
            assert load_design({"hosted": value}, VOCABULARY).design.hosted is True
        else:
            assert codes({"hosted": value}) == ["SUP521"]
            assert load_design({"machines": [{"id": "m", "cores": value}]}, VOCABULARY).row("machine/m").cores == 1


def test_a_number_where_a_text_is_due_is_to_be_quoted() -> None:
    with pytest.raises(DesignError) as raised:
        load_design({"design": 7, "machines": [{"id": 2008, "site": 5}]}, VOCABULARY)
    assert [(each.code, each.hint) for each in raised.value.problems] == [
        ("SUP502", "put it in quotes: '7'"),
        ("SUP512", "put it in quotes: '2008'"),
        ("SUP521", 'write "5"'),
    ]


def test_keys_are_texts() -> None:
    assert codes({1: []}) == ["SUP505"]
    assert codes({"machines": [{"id": "m", None: 1, (): 2}]}) == ["SUP505", "SUP505"]


def test_a_record_inside_itself_ends() -> None:
    validation: dict[str, Any] = {}
    validation["tests"] = [validation]
    assert codes({"clusters": [{"id": "c", "validation": validation}]}) == ["SUP520"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["none", "unknown", "...", "m"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text() | st.sampled_from(["id", "name", "release", "tests", "host"]), inner, max_size=4)
    ),
    max_leaves=12,
)
KEYS = sorted({name for entity in VOCABULARY.entities.values() for name in entity.attributes})


@given(
    st.dictionaries(
        st.sampled_from(KEYS),
        JSON | st.lists(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6), max_size=3),
        max_size=4,
    )
)
def test_whatever_is_given_it_is_facts_or_a_design_error(source: dict[str, Any]) -> None:
    try:
        said = load_design(source, VOCABULARY).digest
    except DesignError as error:
        said = str(error)
    assert said.encode()
