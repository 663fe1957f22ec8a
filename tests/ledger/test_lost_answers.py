"""A connection that is lost after the database stored something and before it said so: nothing is stored twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from supportable.errors import LedgerError, Problem
from supportable.ledger import Entry, Ledger, LedgerUnavailable, LedgerUncertain, appending, open_ledger
from supportable.ledger.codes import DATABASE_BUSY, DATABASE_FULL, DATABASE_READ_ONLY, DATABASE_UNREACHABLE
from supportable.ledger.database import Database
from tests.ledger.evaluations import evaluation


class Line:
    """Loses so many answers to what was written, after it was written; or so many before anything was written. Once
    none is to be lost any more, whoever wants to write is told `then`."""

    def __init__(self) -> None:
        self.losing = 0
        self.losing_early = 0
        self.then: LedgerError | None = None


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    writing = Database.writing
    dead = LedgerUnavailable([Problem(DATABASE_UNREACHABLE, "the line went dead")])

    @contextmanager
    def losing(self: Database) -> Iterator[Connection]:
        if made.then is not None and not made.losing:
            raise made.then
        with writing(self) as connection:
            yield connection
            if made.losing_early:
                made.losing_early -= 1
                raise dead
        if made.losing:
            made.losing -= 1
            raise dead

    monkeypatch.setattr(Database, "writing", losing)
    return made


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    with open_ledger(address, patience=0.2) as opened:
        yield opened


def test_what_was_stored_is_found_to_be_stored(ledger: Ledger, line: Line) -> None:
    line.losing = 1
    entry = ledger.append("acme", evaluation())
    assert ledger.entries("acme").items == (entry,)
    line.losing = 2
    version = ledger.put_design("acme", "sql", b"{}", "application/json", by="me")
    assert ledger.history("acme", "sql") == (version,)
    line.losing = 1
    info, secret = ledger.create_key("acme", "ci", ("read",))
    assert ledger.list_keys("acme") == (info,)
    line.losing = 1
    assert ledger.revoke_key("acme", info.prefix) == ledger.list_keys("acme")[0]
    assert ledger.find_key(secret) is None
    assert ledger.verify() == []


def test_where_nobody_answers_any_more_it_is_said_that_nobody_knows(ledger: Ledger, line: Line) -> None:
    line.losing = 1000
    with pytest.raises(LedgerUncertain) as caught:
        ledger.append("acme", evaluation())
    assert [problem.code for problem in caught.value.problems] == ["SUP749"]
    line.losing = 0
    assert len(ledger.entries("acme").items) == 1


@pytest.mark.parametrize("code", [DATABASE_BUSY, DATABASE_FULL, DATABASE_READ_ONLY])
def test_whatever_keeps_from_looking_afterwards_nobody_knows(ledger: Ledger, line: Line, code: str) -> None:
    line.losing = 1
    line.then = LedgerUnavailable([Problem(code, "not now")])
    with pytest.raises(LedgerUncertain) as caught:
        ledger.append("acme", evaluation())
    assert [problem.code for problem in caught.value.problems] == ["SUP749"]
    line.then = None
    assert len(ledger.entries("acme").items) == 1


def test_what_was_found_not_to_be_stored_is_not_called_uncertain(
    ledger: Ledger, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append("acme", evaluation("before"))
    full = LedgerUnavailable([Problem(DATABASE_FULL, "no room")])
    add, tried = appending.add, []

    def no_room_the_second_time(*given: Any) -> list[Entry]:
        tried.append(given)
        if len(tried) > 1:
            raise full
        return add(*given)

    monkeypatch.setattr(appending, "add", no_room_the_second_time)
    line.losing_early = 1
    with pytest.raises(LedgerUnavailable) as caught:
        ledger.append("acme", evaluation())
    assert (caught.value, len(tried)) == (full, 2)
    assert [each.name for each in ledger.entries("acme").items] == ["before"]


def test_of_a_key_that_may_be_revoked_it_is_not_said_that_it_is_not(
    ledger: Ledger, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    info, _ = ledger.create_key("acme", "ci", ("read",))
    lock, taken = appending.lock, []

    def busy_the_second_time(*given: Any) -> Any:
        taken.append(given)
        if len(taken) > 1:
            raise LedgerUnavailable([Problem(DATABASE_BUSY, "another has it")])
        return lock(*given)

    monkeypatch.setattr("supportable.ledger.keys.lock", busy_the_second_time)
    line.losing = 1
    with pytest.raises(LedgerUncertain):
        ledger.revoke_key("acme", info.prefix)
    assert ledger.list_keys("acme")[0].revoked_at is not None


def test_what_may_be_stored_is_not_tried_one_by_one(ledger: Ledger, line: Line) -> None:
    line.losing = 1000
    made = ledger.append_all([("acme", evaluation(name)) for name in ("one", "two")])
    assert [type(each) for each in made] == [LedgerUncertain, LedgerUncertain]
    line.losing = 0
    assert sorted(each.name for each in ledger.entries("acme").items) == ["one", "two"]
    assert ledger.verify() == []


def test_many_whose_answers_are_lost_are_stored_once_each(ledger: Ledger, line: Line) -> None:
    line.losing = 3
    made: list[Entry] = []
    threads = [
        threading.Thread(target=lambda name=f"{number}": made.append(ledger.append("acme", evaluation(name))))
        for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(ledger.entries("acme").items) == set(made)
    assert len(made) == 12
    assert ledger.verify() == []
