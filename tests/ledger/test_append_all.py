"""Many evaluations at once: each has its own end, and none takes others with it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy.engine import Connection

from supportable.errors import LedgerError, Problem, UsageError
from supportable.ledger import Entry, Ledger, LedgerUnavailable, appending, open_ledger
from supportable.ledger.times import Clock
from tests.ledger.evaluations import evaluation


def test_each_is_recorded_in_its_place_for_its_tenant(ledger: Ledger) -> None:
    asked = [("acme", evaluation("one")), ("other", evaluation("two")), ("acme", evaluation("three"))]
    made = ledger.append_all(asked)
    assert [(each.tenant, each.sequence, each.name) for each in made if isinstance(each, Entry)] == [
        ("acme", 1, "one"),
        ("other", 1, "two"),
        ("acme", 2, "three"),
    ]
    assert [ledger.entry("acme", each.id) for each in made if isinstance(each, Entry)] == [made[0], None, made[2]]
    assert ledger.verify() == []


def test_one_that_cannot_be_recorded_takes_no_other_with_it(ledger: Ledger) -> None:
    asked = [("acme", evaluation("one")), ("", evaluation("two")), ("acme", evaluation("three"))]
    made = ledger.append_all(asked)
    assert [type(each) for each in made] == [Entry, UsageError, Entry]
    assert [each.name for each in ledger.entries("acme").items] == ["three", "one"]
    assert ledger.append_all([]) == []


def test_where_all_cannot_be_recorded_at_once_each_is_by_itself(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = appending.add

    def of_one_only(connection: Connection, clock: Clock, records: Sequence[appending.Record]) -> list[Entry]:
        if len(records) > 1 or records[0].name == "bad":
            raise LedgerError([Problem("SUP741", "the disk is full")])
        return add(connection, clock, records)

    monkeypatch.setattr(appending, "add", of_one_only)
    made = ledger.append_all([("acme", evaluation(name)) for name in ("one", "bad", "two")])
    assert [type(each) for each in made] == [Entry, LedgerError, Entry]
    assert [each.name for each in ledger.entries("acme").items] == ["two", "one"]
    assert ledger.verify() == []


def test_what_no_database_can_keep_takes_no_other_with_it(ledger: Ledger) -> None:
    made = ledger.append_all([("acme", evaluation("one")), ("acme", evaluation("two", status="\ud800"))])
    assert [type(each) for each in made] == [Entry, UsageError]
    assert [each.name for each in ledger.entries("acme").items] == ["one"]
    assert ledger.verify() == []


def test_a_database_that_is_away_is_asked_once_and_not_for_each(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def away(_connection: Connection, _clock: Clock, records: Sequence[appending.Record]) -> list[Entry]:
        tried.append(len(records))
        raise LedgerUnavailable([Problem("SUP742", "another process holds it")])

    monkeypatch.setattr(appending, "add", away)
    with open_ledger(address, patience=0) as ledger:
        made = ledger.append_all([("acme", evaluation(name)) for name in ("one", "two", "three")])
    assert ([type(each) for each in made], tried) == ([LedgerUnavailable] * 3, [3])
