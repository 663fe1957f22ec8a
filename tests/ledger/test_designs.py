"""Stored designs: every version kept, replaced only by those who saw the last."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from supportable.errors import UsageError
from supportable.ledger import ABSENT, PRESENT, DesignChanged, DesignVersion, Expectation, Ledger

JSON = "application/json"


def put(ledger: Ledger, content: bytes, expect: str | Expectation | None = None, name: str = "sql") -> DesignVersion:
    return ledger.put_design("acme", name, content, JSON, by="me", expect=expect)


def test_versions_count_from_one_and_are_all_kept(ledger: Ledger) -> None:
    made = [put(ledger, content) for content in (b"1", b"2", b"1")]
    assert [version.version for version in made] == [1, 2, 3]
    assert len({version.etag for version in made}) == 3
    assert ledger.design("acme", "sql") == made[2]
    assert ledger.history("acme", "sql") == tuple(reversed(made))
    assert ledger.design("acme", "sql", 2) == made[1]
    assert ledger.content("acme", made[1].digest) == b"2"


def test_what_is_stored_already_is_no_new_version(ledger: Ledger) -> None:
    first = put(ledger, b"1")
    assert put(ledger, b"1") == first
    assert put(ledger, b"1", expect=first.etag) == first
    again = ledger.put_design("acme", "sql", b"1", "application/yaml", by="me")
    assert again.version == 2


def test_there_is_nothing_under_a_name_that_was_never_used(ledger: Ledger) -> None:
    assert ledger.design("acme", "sql") is None
    assert ledger.design("acme", "sql", 1) is None
    assert ledger.history("acme", "sql") == ()


@pytest.mark.parametrize("deleted", [False, True])
def test_absent_is_met_by_none_and_by_a_deleted_one(ledger: Ledger, deleted: bool) -> None:
    if deleted:
        put(ledger, b"1")
        ledger.delete_design("acme", "sql", by="me")
    stored = put(ledger, b"2", expect=ABSENT)
    assert stored.version == (3 if deleted else 1)
    with pytest.raises(DesignChanged) as caught:
        put(ledger, b"3", expect=ABSENT)
    assert caught.value.current == stored.etag


@pytest.mark.parametrize("deleted", [False, True])
def test_present_is_not_met_by_none_nor_by_a_deleted_one(ledger: Ledger, deleted: bool) -> None:
    if deleted:
        put(ledger, b"1")
        ledger.delete_design("acme", "sql", by="me")
    with pytest.raises(DesignChanged) as replaced:
        put(ledger, b"2", expect=PRESENT)
    with pytest.raises(DesignChanged) as removed:
        ledger.delete_design("acme", "sql", by="me")
    assert (replaced.value.current, removed.value.current) == (None, None)


def test_an_etag_is_met_by_the_version_it_names_only(ledger: Ledger) -> None:
    first = put(ledger, b"1")
    second = put(ledger, b"2", expect=first.etag)
    # The content is the first's again; the version is not.
    third = put(ledger, b"1", expect=second.etag)
    for etag in (first.etag, second.etag, "", "PRESENT", "*"):
        with pytest.raises(DesignChanged) as caught:
            put(ledger, b"4", expect=etag)
        assert caught.value.current == third.etag
    assert ledger.design("acme", "sql") == third


def test_a_deleted_design_is_a_version_without_content(ledger: Ledger) -> None:
    first = put(ledger, b"1")
    gone = ledger.delete_design("acme", "sql", by="you", expect=first.etag)
    assert gone == DesignVersion("sql", 2, gone.etag, "", "", "you", gone.at, deleted=True, id=gone.id)
    assert ledger.design("acme", "sql") == gone
    assert ledger.history("acme", "sql") == (gone, first)


def test_the_list_holds_the_current_version_of_what_is_not_deleted(ledger: Ledger) -> None:
    for name in ("b", "ä", "a", "B", "gone"):
        put(ledger, b"1", name=name)
    put(ledger, b"2", name="a")
    ledger.delete_design("acme", "gone", by="me")
    listed = ledger.designs("acme")
    assert [(version.name, version.version) for version in listed.items] == [("B", 1), ("a", 2), ("b", 1), ("ä", 1)]
    assert listed.next is None


def test_pages_of_the_list_hold_everything_once(ledger: Ledger) -> None:
    names = ["B", "a", "b", "z", "ä"]
    for name in reversed(names):
        put(ledger, b"1", name=name)
    seen, cursor = [], None
    while True:
        page = ledger.designs("acme", limit=2, cursor=cursor)
        seen += [version.name for version in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == names


@pytest.mark.parametrize("cursor", ["", "e5", "d\0"])
def test_a_cursor_that_is_not_ours_is_refused(ledger: Ledger, cursor: str) -> None:
    with pytest.raises(UsageError) as caught:
        ledger.designs("acme", cursor=cursor)
    assert caught.value.problems[0].code == "SUP733"


def test_designs_of_others_are_not_there(ledger: Ledger) -> None:
    mine = put(ledger, b"1")
    assert ledger.design("other", "sql") is None
    assert ledger.history("other", "sql") == ()
    assert ledger.designs("other").items == ()
    assert ledger.content("other", mine.digest) is None
    other = ledger.put_design("other", "sql", b"1", JSON, by="me", expect=ABSENT)
    assert other.version == 1


def test_of_many_who_replace_the_same_version_one_wins(ledger: Ledger) -> None:
    first = put(ledger, b"1")
    outcomes: list[str] = []

    def replace(thread: int) -> None:
        try:
            put(ledger, b"by %d" % thread, expect=first.etag)
        except DesignChanged:
            outcomes.append("changed")
        else:
            outcomes.append("won")

    threads = [threading.Thread(target=replace, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed"] * 7 + ["won"]
    assert len(ledger.history("acme", "sql")) == 2
    assert ledger.verify() == []


def test_versions_stand_in_the_chain(ledger: Ledger) -> None:
    put(ledger, b"1")
    ledger.delete_design("acme", "sql", by="me")
    head = ledger.head("acme")
    assert head is not None
    assert head.sequence == 2
    assert ledger.verify() == []


def test_retention_leaves_the_current_version(ledger: Ledger) -> None:
    old, current = put(ledger, b"1"), put(ledger, b"2")
    put(ledger, b"3", name="gone")
    ledger.delete_design("acme", "gone", by="me")
    later = datetime.now(UTC) + timedelta(days=1)
    assert ledger.prune("acme", before=later, reason="over", by="me").entries == 0
    assert ledger.prune("acme", before=later, reason="over", by="me", designs=True).entries == 3
    assert ledger.history("acme", "sql") == (current,)
    assert ledger.history("acme", "gone") == ()
    assert ledger.content("acme", current.digest) == b"2"
    assert ledger.content("acme", old.digest) is None
    assert ledger.verify() == []
