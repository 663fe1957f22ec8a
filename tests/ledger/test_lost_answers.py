"""A connection that is lost after the database stored something and before it said so: nothing is stored twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.engine import Connection

from supportable.errors import Problem
from supportable.ledger import Entry, Ledger, LedgerUnavailable, LedgerUncertain, open_ledger
from supportable.ledger.codes import DATABASE_UNREACHABLE
from supportable.ledger.database import Database
from tests.ledger.evaluations import evaluation


class Line:
    """Loses so many answers to what was written, after it was written."""

    def __init__(self) -> None:
        self.losing = 0


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    writing = Database.writing

    @contextmanager
    def losing(self: Database) -> Iterator[Connection]:
        with writing(self) as connection:
            yield connection
        if made.losing:
            made.losing -= 1
            raise LedgerUnavailable([Problem(DATABASE_UNREACHABLE, "the line went dead")])

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
