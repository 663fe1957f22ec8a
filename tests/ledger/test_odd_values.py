"""Texts that are none and numbers that are too large: the caller is told so, by whatever database it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from supportable.errors import UsageError
from supportable.ledger import Filter, Ledger
from tests.ledger.evaluations import evaluation

HALF = "\ud800"

ASKED: dict[str, Callable[[Ledger], object]] = {
    "tenant": lambda ledger: ledger.entries(HALF),
    "name": lambda ledger: ledger.entries("acme", Filter(name=HALF)),
    "entry": lambda ledger: ledger.entry("acme", HALF),
    "head": lambda ledger: ledger.head(HALF),
    "design": lambda ledger: ledger.design("acme", HALF),
    "version": lambda ledger: ledger.design("acme", "sql", 1 << 63),
    "version beyond all": lambda ledger: ledger.design("acme", "sql", 10**30),
    "key": lambda ledger: ledger.revoke_key(None, HALF),
    "request": lambda ledger: ledger.recall("acme", HALF),
    "status": lambda ledger: ledger.append("acme", evaluation(status=HALF)),
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_no_database_can_be_asked_is_the_callers_slip(ledger: Ledger, asked: str) -> None:
    with pytest.raises(UsageError) as caught:
        ASKED[asked](ledger)
    assert [problem.code for problem in caught.value.problems] == ["SUP734"]
    assert HALF not in str(caught.value)
    assert ledger.verify() == []


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_nor_a_text_that_this_database_cannot_hold(ledger: Ledger) -> None:
    with pytest.raises(UsageError) as caught:
        ledger.entries("acme", Filter(name="a\0b"))
    assert [problem.code for problem in caught.value.problems] == ["SUP734"]
