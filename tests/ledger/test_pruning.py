"""Retention: what was judged is erased, that it was judged is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from supportable.ledger import Entry, Ledger, Pruned, open_ledger, pruning
from tests.ledger.evaluations import LATER_PACKS, PACKS, evaluation

START = datetime(2026, 1, 1, tzinfo=UTC)


class Days:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def day(self, number: int) -> datetime:
        self.now = START + timedelta(days=number)
        return self.now


@pytest.fixture
def clock() -> Days:
    return Days()


@pytest.fixture
def ledger(address: str, clock: Days) -> Iterator[Ledger]:
    with open_ledger(address, clock=clock) as opened:
        yield opened


def record(ledger: Ledger, clock: Days, days: range) -> list[Entry]:
    made = []
    for day in days:
        clock.day(day)
        made.append(ledger.append("acme", evaluation(f"d{day}", by=f"key:{day}")))
    return made


def test_what_is_older_loses_its_contents_and_who_asked(ledger: Ledger, clock: Days) -> None:
    made = record(ledger, clock, range(4))
    pruned = ledger.prune("acme", before=START + timedelta(days=2), reason="retention of 2 days", by="me")
    assert pruned == Pruned(entries=2, contents=4, held_back=0)
    for entry in made[:2]:
        left = ledger.entry("acme", entry.id)
        assert left is not None
        assert left.pruned
        assert (left.name, left.by) == ("", "")
        assert (left.sequence, left.hash, left.design, left.verdict, left.status) == (
            entry.sequence,
            entry.hash,
            entry.design,
            entry.verdict,
            entry.status,
        )
        assert ledger.content("acme", entry.design) is None
        assert ledger.content("acme", entry.verdict) is None
    for entry in made[2:]:
        assert ledger.entry("acme", entry.id) == entry
        assert ledger.content("acme", entry.design) is not None


def test_the_chain_stays_valid_and_goes_on(ledger: Ledger, clock: Days) -> None:
    record(ledger, clock, range(3))
    anchor = ledger.head("acme")
    assert anchor is not None
    ledger.prune("acme", before=clock.now, reason="over", by="me")
    assert ledger.verify(expect=[anchor.hash]) == []
    record(ledger, clock, range(3, 5))
    assert ledger.verify(expect=[anchor.hash]) == []


def test_a_time_is_exclusive(ledger: Ledger, clock: Days) -> None:
    (entry,) = record(ledger, clock, range(1))
    assert ledger.prune("acme", before=entry.recorded_at, reason="over", by="me").entries == 0
    later = entry.recorded_at + timedelta(microseconds=1)
    assert ledger.prune("acme", before=later, reason="over", by="me").entries == 1


def test_the_chain_says_what_was_erased_when_why_and_by_whom(ledger: Ledger, clock: Days) -> None:
    record(ledger, clock, range(3))
    ledger.put_design("acme", "kept", b"{}", "application/json", by="me")
    ledger.append("acme", evaluation("last"))
    now = clock.day(9)
    ledger.prune("acme", before=now, reason="retention of 2 days", by="root")
    head = ledger.head("acme")
    assert head is not None
    tombstone = ledger.entry("acme", _id_of(ledger, head.sequence))
    assert tombstone is not None
    assert (tombstone.kind, tombstone.by, tombstone.recorded_at) == ("pruning", "root", now)
    assert json.loads(tombstone.details) == {
        "before": "2026-01-10T00:00:00.000000Z",
        "contents": 4 * 2 + 3,
        "entries": 4,
        "ranges": [[1, 3], [5, 5]],
        "reason": "retention of 2 days",
    }


def _id_of(ledger: Ledger, sequence: int) -> str:
    from sqlalchemy import select  # noqa: PLC0415  the interface finds evaluations, not what is said of them

    from supportable.ledger.tables import entries  # noqa: PLC0415

    database = ledger._database
    found = select(entries.c.id).where(entries.c.sequence == sequence)
    return str(database.read(lambda connection: connection.scalar(found)))


def test_what_others_need_is_kept(ledger: Ledger, clock: Days) -> None:
    clock.day(0)
    first = ledger.append("acme", evaluation("same"))
    clock.day(5)
    second = ledger.append("acme", evaluation("same"))
    pruned = ledger.prune("acme", before=clock.now, reason="over", by="me")
    assert pruned == Pruned(entries=1, contents=0)
    assert ledger.content("acme", second.design) is not None
    left = ledger.entry("acme", first.id)
    assert left is not None
    assert left.pruned
    assert ledger.verify() == []


def test_packs_go_with_the_last_entry_that_was_judged_by_them(ledger: Ledger, clock: Days) -> None:
    clock.day(0)
    old = ledger.append("acme", evaluation("a"))
    clock.day(5)
    new = ledger.append("acme", evaluation("b", packs=LATER_PACKS))
    assert ledger.prune("acme", before=clock.now, reason="over", by="me") == Pruned(entries=1, contents=4)
    assert ledger.content("acme", old.packs) is None
    kept = LATER_PACKS.contents()
    assert {digest: ledger.content("acme", digest) for digest in kept} == kept
    gone = set(PACKS.contents()) - set(kept)
    assert [ledger.content("acme", digest) for digest in gone] == [None, None]
    assert new.packs == LATER_PACKS.digest
    assert ledger.verify() == []


def test_packs_that_are_gone_come_back_with_the_next_entry(ledger: Ledger, clock: Days) -> None:
    record(ledger, clock, range(1))
    clock.day(1)
    ledger.prune("acme", before=clock.now, reason="over", by="me")
    ledger.append("acme", evaluation("again"))
    assert ledger.content("acme", PACKS.digest) == PACKS.manifest
    assert ledger.verify() == []


def test_pruning_twice_is_pruning_once(ledger: Ledger, clock: Days) -> None:
    record(ledger, clock, range(2))
    clock.day(5)
    assert ledger.prune("acme", before=clock.now, reason="over", by="me").entries == 2
    head = ledger.head("acme")
    assert ledger.prune("acme", before=clock.now, reason="over", by="me") == Pruned(0, 0)
    assert ledger.head("acme") == head
    assert ledger.prune("nobody", before=clock.now, reason="over", by="me") == Pruned(0, 0)
    assert ledger.verify() == []


def test_a_clock_that_once_stood_in_the_past_erases_nothing_early(ledger: Ledger, clock: Days) -> None:
    record(ledger, clock, range(100, 102))
    wrong = record(ledger, clock, range(-20_000, -19_999))
    record(ledger, clock, range(103, 104))
    pruned = ledger.prune("acme", before=START + timedelta(days=50), reason="over", by="me")
    assert pruned == Pruned(entries=0, contents=0, held_back=1)
    assert ledger.entry("acme", wrong[0].id) == wrong[0]


def test_many_are_pruned_in_several_transactions(ledger: Ledger, clock: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "_AT_ONCE", 3)
    record(ledger, clock, range(8))
    clock.day(9)
    assert ledger.prune("acme", before=clock.now, reason="over", by="me").entries == 8
    head = ledger.head("acme")
    assert head is not None
    assert head.sequence == 8 + 3
    assert ledger.verify() == []


def test_pruned_entries_are_still_listed(ledger: Ledger, clock: Days) -> None:
    made = record(ledger, clock, range(2))
    clock.day(5)
    ledger.prune("acme", before=clock.now, reason="over", by="me")
    assert [entry.id for entry in ledger.entries("acme").items] == [made[1].id, made[0].id]


def test_nothing_that_was_erased_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    clock = Days()
    with open_ledger(f"sqlite:///{path}", clock=clock) as ledger:
        for number in range(30):
            ledger.append("acme", evaluation(f"secret-name-{number}", by="someone-known"))
        clock.day(5)
        ledger.prune("acme", before=clock.now, reason="over", by="me")
    content = path.read_bytes()
    assert b"secret-name" not in content
    assert b"someone-known" not in content
