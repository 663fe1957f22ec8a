"""Idempotency keys: of two requests with one key, one runs; the other is told what the first was."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from supportable.ledger import Claim, Ledger, Remembered, open_ledger

ANSWER = Remembered("digest", 201, {"Location": "/v1/evaluations/1", "X": "ä"}, b'{"id": 1}\0\xff')


def test_the_first_runs_and_the_second_waits(ledger: Ledger) -> None:
    assert ledger.claim("acme", "key", "digest") == Claim("yours")
    assert ledger.claim("acme", "key", "digest") == Claim("running")
    assert ledger.claim("acme", "key", "another") == Claim("other")
    assert ledger.recall("acme", "key") is None


def test_what_was_answered_is_answered_again(ledger: Ledger) -> None:
    ledger.claim("acme", "key", "digest")
    ledger.remember("acme", "key", ANSWER)
    assert ledger.claim("acme", "key", "digest") == Claim("done", ANSWER)
    assert ledger.claim("acme", "key", "another") == Claim("other")
    assert ledger.recall("acme", "key") == ANSWER


def test_keys_of_different_tenants_are_different_keys(ledger: Ledger) -> None:
    ledger.claim("acme", "key", "digest")
    ledger.remember("acme", "key", ANSWER)
    assert ledger.recall("other", "key") is None
    assert ledger.claim("other", "key", "another") == Claim("yours")


def test_a_released_key_is_free(ledger: Ledger) -> None:
    ledger.claim("acme", "key", "digest")
    ledger.release("acme", "key")
    assert ledger.claim("acme", "key", "another") == Claim("yours")


def test_an_answered_key_is_not_released(ledger: Ledger) -> None:
    ledger.claim("acme", "key", "digest")
    ledger.remember("acme", "key", ANSWER)
    ledger.release("acme", "key")
    assert ledger.recall("acme", "key") == ANSWER


def test_claims_and_answers_are_over_at_their_time(address: str) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    times = [start]
    moment = timedelta(microseconds=1)
    with open_ledger(address, clock=lambda: times[0]) as ledger:
        ledger.claim("acme", "key", "digest", lease=timedelta(seconds=5))
        times[0] = start + timedelta(seconds=5) - moment
        assert ledger.claim("acme", "key", "digest") == Claim("running")
        # The process that claimed it died.
        times[0] = start + timedelta(seconds=5)
        assert ledger.claim("acme", "key", "digest") == Claim("yours")
        ledger.remember("acme", "key", ANSWER, ttl=timedelta(hours=24))
        times[0] += timedelta(hours=24) - moment
        assert ledger.recall("acme", "key") == ANSWER
        assert ledger.forget_requests() == 0
        times[0] += moment
        assert ledger.recall("acme", "key") is None
        assert ledger.forget_requests() == 1
        assert ledger.claim("acme", "key", "another") == Claim("yours")


def test_of_many_at_once_on_two_servers_one_runs(address: str) -> None:
    states: list[str] = []
    with open_ledger(address) as one, open_ledger(address) as two:
        start = threading.Barrier(10)

        def claim(ledger: Ledger) -> None:
            start.wait()
            states.append(ledger.claim("acme", "key", "digest").state)

        threads = [threading.Thread(target=claim, args=((one, two)[place % 2],)) for place in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(states) == ["running"] * 9 + ["yours"]
