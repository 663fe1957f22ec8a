"""Group commit: everyone is answered, whatever becomes of the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest

from supportable.errors import LedgerError, Problem, UsageError
from supportable.ledger import LedgerUnavailable, LedgerUncertain
from supportable.ledger.group import MOST_AT_ONCE, Group


class Store:
    """Keeps batches; those with an item that `refuses` names fail as a whole. Each waits at the gate, once closed."""

    def __init__(self, refuses: Callable[[int], BaseException | None] = lambda _: None) -> None:
        self.batches: list[list[int]] = []
        self.refuses = refuses
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()

    def __call__(self, items: Sequence[int]) -> list[str]:
        self.entered.set()
        assert self.gate.wait(10)
        for item in items:
            error = self.refuses(item)
            if error is not None:
                raise error
        self.batches.append(list(items))
        return [f"stored {item}" for item in items]


def outcomes_of(group: Group[int, str], store: Store, first: int, others: Sequence[int]) -> dict[int, str]:
    """What each was told, where the others came while the first was being stored."""
    outcomes: dict[int, str] = {}

    def put(item: int) -> None:
        try:
            outcomes[item] = group.put(item)
        except Exception as error:  # noqa: BLE001  whatever it is, it is what this item was told
            outcomes[item] = f"{type(error).__name__}"

    threads = [threading.Thread(target=put, args=(item,)) for item in (first, *others)]
    store.gate.clear()
    threads[0].start()
    assert store.entered.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(group._queue) < len(others):
        threading.Event().wait(0.001)
    store.gate.set()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def test_what_comes_meanwhile_is_stored_together() -> None:
    store = Store()
    group = Group(store)
    outcomes = outcomes_of(group, store, 0, range(1, 20))
    assert outcomes == {item: f"stored {item}" for item in range(20)}
    assert [sorted(batch) for batch in store.batches] == [[0], list(range(1, 20))]


def test_no_batch_is_larger_than_the_most() -> None:
    store = Store()
    outcomes = outcomes_of(Group(store), store, 0, range(1, MOST_AT_ONCE + 12))
    assert len(outcomes) == MOST_AT_ONCE + 12
    assert [len(batch) for batch in store.batches] == [1, MOST_AT_ONCE, 11]


def test_an_item_that_is_refused_takes_no_other_with_it() -> None:
    full = LedgerError([Problem("SUP741", "no room")])
    store = Store(lambda item: full if item % 3 == 1 else None)
    outcomes = outcomes_of(Group(store), store, 0, range(1, 10))
    assert outcomes == {item: "LedgerError" if item % 3 == 1 else f"stored {item}" for item in range(10)}


def test_an_item_that_cannot_be_kept_at_all_takes_no_other_with_it() -> None:
    odd = UsageError([Problem("SUP734", "no text")])
    store = Store(lambda item: odd if item == 5 else None)
    outcomes = outcomes_of(Group(store), store, 0, range(1, 10))
    assert outcomes == {item: "UsageError" if item == 5 else f"stored {item}" for item in range(10)}


@pytest.mark.parametrize(
    "error",
    [
        LedgerUnavailable([Problem("SUP740", "nobody answers")]),
        LedgerUnavailable([Problem("SUP742", "busy")]),
        LedgerUncertain([Problem("SUP749", "who knows")]),
    ],
    ids=["unreachable", "busy", "uncertain"],
)
def test_what_would_meet_each_by_itself_is_not_tried_again_for_each(error: LedgerError) -> None:
    store = Store()
    tried: list[int] = []

    def refuses(item: int) -> LedgerError | None:
        tried.append(item)
        return error if item else None

    store.refuses = refuses
    outcomes = outcomes_of(Group(store), store, 0, range(1, 10))
    assert outcomes == {0: "stored 0", **dict.fromkeys(range(1, 10), type(error).__name__)}
    # Once, by the first of them.
    assert len(tried) == 2


@pytest.mark.parametrize("first", [0, 99])
def test_a_defect_is_told_to_those_it_met_and_the_others_go_on(first: int) -> None:
    store = Store(lambda item: TypeError("defect") if item == 99 else None)
    group = Group(store)
    others = [*range(1, 6), *([99] if first != 99 else [])]
    outcomes = outcomes_of(group, store, first, others)
    met = {99} if first == 99 else {*range(1, 6), 99}
    assert outcomes == {item: "TypeError" if item in met else f"stored {item}" for item in (first, *others)}
    # Nobody is left leading, and nothing is left behind.
    assert group.put(7) == "stored 7"


def test_whoever_is_interrupted_while_waiting_takes_its_item_along() -> None:
    store = Store()
    group = Group(store)
    original = threading.Event.wait

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            del timeout
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        store.gate.clear()
        leader = threading.Thread(target=group.put, args=(0,))
        leader.start()
        assert original(store.entered, 10)
        patch.setattr("supportable.ledger.group.threading.Event", Interrupted)
        with pytest.raises(KeyboardInterrupt):
            group.put(1)
    store.gate.set()
    leader.join(10)
    assert group.put(2) == "stored 2"
    assert store.batches == [[0], [2]]
