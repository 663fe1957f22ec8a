"""What is recorded is found again, by its tenant, as it was."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from supportable.errors import UsageError
from supportable.ledger import Entry, Filter, Ledger, open_ledger
from tests.ledger.evaluations import LATER_PACKS, PACKS, evaluation


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_an_entry_says_what_was_recorded(address: str) -> None:
    now = datetime(2026, 11, 23, 8, 30, 15, 42, tzinfo=UTC)
    given = replace(evaluation("sql", status="limited"), only=("acme.storage",))
    with open_ledger(address, clock=lambda: now) as ledger:
        entry = ledger.append("acme", given)
    assert entry == Entry(
        tenant="acme",
        sequence=1,
        id=entry.id,
        kind="evaluation",
        recorded_at=now,
        by="key:abc",
        name="sql",
        media_type="application/json",
        design=sha256(given.design),
        verdict=sha256(given.verdict),
        packs=PACKS.digest,
        as_of=date(2009, 7, 1),
        only=("acme.storage",),
        status="limited",
        at_worst="limited",
        at_best="supported",
        engine="1.2.3",
        version=None,
        details="",
        pruned_by=None,
        previous="0" * 64,
        hash=entry.hash,
    )
    assert len(entry.id) == 36
    assert len(entry.hash) == 64


def test_what_append_answers_is_what_is_found(ledger: Ledger) -> None:
    entry = ledger.append("acme", evaluation())
    assert ledger.entry("acme", entry.id) == entry


def test_contents_are_the_very_bytes(ledger: Ledger) -> None:
    given = evaluation()
    entry = ledger.append("acme", given)
    assert ledger.content("acme", entry.design) == given.design
    assert ledger.content("acme", entry.verdict) == given.verdict
    assert ledger.content("acme", entry.packs) == PACKS.manifest
    for file in PACKS.files:
        assert ledger.content("acme", sha256(file.content)) == file.content


@pytest.mark.parametrize("content", [b"", b"\0" * 100_000, bytes(range(256)) * 300])
def test_any_bytes_can_be_a_content(ledger: Ledger, content: bytes) -> None:
    entry = ledger.append("acme", replace(evaluation(), design=content))
    assert ledger.content("acme", entry.design) == content


def test_each_entry_follows_the_one_before(ledger: Ledger) -> None:
    made = [ledger.append("acme", evaluation(f"design {number}")) for number in range(3)]
    assert [entry.sequence for entry in made] == [1, 2, 3]
    assert [entry.previous for entry in made] == ["0" * 64, made[0].hash, made[1].hash]
    head = ledger.head("acme")
    assert head is not None
    assert (head.sequence, head.hash) == (3, made[2].hash)


def test_the_same_evaluation_twice_is_two_entries_and_one_content(ledger: Ledger) -> None:
    first, second = ledger.append("acme", evaluation()), ledger.append("acme", evaluation())
    assert first.id != second.id
    assert first.hash != second.hash
    assert (first.design, first.verdict, first.packs) == (second.design, second.verdict, second.packs)


def test_new_packs_bring_only_what_is_new(ledger: Ledger) -> None:
    ledger.append("acme", evaluation())
    later = ledger.append("acme", evaluation(packs=LATER_PACKS))
    assert ledger.content("acme", later.packs) == LATER_PACKS.manifest
    assert ledger.verify() == []


def test_an_evaluation_may_come_without_its_packs(ledger: Ledger) -> None:
    assert ledger.append("acme", evaluation(packs=None)).packs == ""
    assert ledger.verify() == []


class TestTenants:
    """No one sees what is another's, not by id, not by digest, not in lists."""

    def test_entries_and_contents_are_not_shared(self, ledger: Ledger) -> None:
        entry = ledger.append("acme", evaluation())
        assert ledger.entry("other", entry.id) is None
        for digest in (entry.design, entry.verdict, entry.packs):
            assert ledger.content("other", digest) is None
        assert ledger.entries("other").items == ()
        assert ledger.head("other") is None

    def test_each_has_a_chain_of_its_own(self, ledger: Ledger) -> None:
        mine, other = ledger.append("acme", evaluation()), ledger.append("other", evaluation())
        assert (mine.sequence, other.sequence) == (1, 1)
        assert mine.hash != other.hash
        assert [head.tenant for head in ledger.heads()] == ["acme", "other"]

    def test_a_tenant_does_not_lean_on_what_another_stored(self, ledger: Ledger) -> None:
        ledger.append("acme", evaluation())
        entry = ledger.append("other", evaluation())
        ledger.prune("acme", before=datetime.now(UTC) + timedelta(days=1), reason="over", by="me")
        assert ledger.content("other", entry.design) is not None
        assert ledger.content("other", entry.packs) is not None
        assert ledger.verify() == []

    def test_names_may_hold_what_sql_and_like_give_a_meaning(self, ledger: Ledger) -> None:
        for tenant in ("%", "a'b", "_", "ä", "a b"):
            ledger.append(tenant, evaluation("it's 100 %"))
            assert [entry.name for entry in ledger.entries(tenant).items] == ["it's 100 %"]


class TestLists:
    """Evaluations, newest first, filtered, page by page."""

    @pytest.fixture
    def made(self, ledger: Ledger) -> list[Entry]:
        statuses = ["supported", "limited", "unsupported", "limited", "supported"]
        days = [date(2009, 7, day) for day in (1, 1, 2, 2, 3)]
        return [
            ledger.append("acme", evaluation(f"d{place % 2}", status=status, as_of=day, verdict=str(place)))
            for place, (status, day) in enumerate(zip(statuses, days, strict=True))
        ]

    def test_newest_first(self, ledger: Ledger, made: list[Entry]) -> None:
        assert list(ledger.entries("acme").items) == made[::-1]

    @pytest.mark.parametrize(
        ("chosen", "places"),
        [
            (Filter(), [4, 3, 2, 1, 0]),
            (Filter(status="limited"), [3, 1]),
            (Filter(as_of=date(2009, 7, 2)), [3, 2]),
            (Filter(name="d1"), [3, 1]),
            (Filter(name="d0", status="supported"), [4, 0]),
            (Filter(status="conditional"), []),
        ],
    )
    def test_filters(self, ledger: Ledger, made: list[Entry], chosen: Filter, places: list[int]) -> None:
        assert list(ledger.entries("acme", chosen).items) == [made[place] for place in places]

    def test_since_is_inclusive_and_until_exclusive(self, ledger: Ledger, made: list[Entry]) -> None:
        found = ledger.entries("acme", Filter(since=made[1].recorded_at, until=made[3].recorded_at))
        assert list(found.items) == [made[2], made[1]]

    def test_by_design(self, ledger: Ledger, made: list[Entry]) -> None:
        assert list(ledger.entries("acme", Filter(design=made[1].design)).items) == [made[3], made[1]]

    def test_pages_hold_everything_once(self, ledger: Ledger, made: list[Entry]) -> None:
        seen: list[Entry] = []
        cursor: str | None = None
        sizes = []
        while True:
            page = ledger.entries("acme", limit=2, cursor=cursor)
            seen += page.items
            sizes.append(len(page.items))
            cursor = page.next
            if cursor is None:
                break
        assert seen == made[::-1]
        assert sizes == [2, 2, 1]

    def test_a_page_is_not_moved_by_what_is_recorded_meanwhile(self, ledger: Ledger, made: list[Entry]) -> None:
        first = ledger.entries("acme", limit=2)
        ledger.append("acme", evaluation("newer"))
        assert list(ledger.entries("acme", limit=2, cursor=first.next).items) == [made[2], made[1]]

    @pytest.mark.parametrize("cursor", ["", "5", "e", "e-1", "e1.5", "e٣", "e" + "9" * 40, "d5", "e1; DROP"])
    def test_a_cursor_that_is_not_ours_is_refused(self, ledger: Ledger, cursor: str) -> None:
        with pytest.raises(UsageError) as caught:
            ledger.entries("acme", cursor=cursor)
        assert [problem.code for problem in caught.value.problems] == ["SUP733"]

    def test_stored_designs_are_no_evaluations(self, ledger: Ledger, made: list[Entry]) -> None:
        ledger.put_design("acme", "d", b"{}", "application/json", by="me")
        assert list(ledger.entries("acme").items) == made[::-1]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(evaluation(), by=""),
        replace(evaluation(), by="a\0b"),
        replace(evaluation(), name="a\nb"),
        replace(evaluation(), name="\ud800"),
        replace(evaluation(), name="x" * 201),
        replace(evaluation(), media_type="text/html"),
    ],
)
def test_what_no_database_could_keep_is_refused(ledger: Ledger, wrong: object) -> None:
    with pytest.raises(UsageError) as caught:
        ledger.append("acme", wrong)  # type: ignore[arg-type]
    assert [problem.code for problem in caught.value.problems] == ["SUP734"]
    assert ledger.head("acme") is None


def test_many_threads_append_at_once_and_lose_nothing(ledger: Ledger) -> None:
    made: list[Entry] = []

    def some(thread: int) -> None:
        for number in range(12):
            made.append(ledger.append(f"t{thread % 3}", evaluation(f"{thread} {number}")))

    threads = [threading.Thread(target=some, args=(thread,)) for thread in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for tenant in ("t0", "t1", "t2"):
        stored = ledger.entries(tenant, limit=100).items
        assert sorted(entry.sequence for entry in stored) == list(range(1, 37))
        assert set(stored) == {entry for entry in made if entry.tenant == tenant}
    # One thread's entries stand in the order in which it appended them.
    by_sequence = sorted((entry for entry in made if entry.name.startswith("4 ")), key=lambda entry: entry.sequence)
    assert [entry.name for entry in by_sequence] == [f"4 {number}" for number in range(12)]
    assert ledger.verify() == []


def test_a_clock_that_goes_back_changes_no_order(address: str) -> None:
    times = [datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=400 * step) for step in range(6)]
    waiting = iter([time for time in times for _ in range(2)])
    with open_ledger(address, clock=lambda: next(waiting)) as ledger:
        made = [ledger.append("acme", evaluation(f"{step}")) for step in range(6)]
        assert [entry.recorded_at for entry in made] == times
        assert list(ledger.entries("acme").items) == made[::-1]
        first = ledger.entries("acme", limit=4)
        assert list(ledger.entries("acme", cursor=first.next).items) == made[1::-1]
        assert ledger.verify() == []
