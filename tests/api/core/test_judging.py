"""Evaluations off the event loop: bounded in number and time, made once for all who ask the same."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.packs import PackSet
from supportable.verdict import to_bytes
from supportable_api import Settings, create_app, judging
from supportable_api.auth import Refused
from supportable_api.judged import Asked, judge
from supportable_api.judging import Judging
from supportable_api.metrics import Metrics
from supportable_api.packs_held import Held
from supportable_api.verdict_cache import Judgement, verdict_cache
from tests.api.core.asking import DAY, GUESTS, YAML, codes_of, judged
from tests.api.in_process import serving

T = TypeVar("T")
AS_OF = date.fromisoformat(DAY)
ASKED = Asked(GUESTS, "application/yaml", AS_OF, None)


def within(settings: Settings, work: Callable[[Judging], Awaitable[T]]) -> T:
    async def run() -> T:
        made = Judging(settings, Metrics())
        try:
            return await work(made)
        finally:
            made.close()

    return asyncio.run(run())


def test_the_same_question_asked_at_once_is_judged_once(packs: PackSet, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*given: object) -> Judgement:
        calls.append(given)
        return judge(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "judge", counted)
    held = Held(packs, None, 1)

    async def asked(judging: Judging) -> list[Judgement]:
        first = await asyncio.gather(*(judging.judgement(ASKED, held) for _ in range(20)))
        return [*first, await judging.judgement(ASKED, held)]

    found = within(Settings(), asked)
    assert len(calls) == 1
    assert {each.verdict for each in found} == {to_bytes(judged(GUESTS, packs))}


def test_without_a_cache_the_bytes_are_the_same(packs: PackSet) -> None:
    held = Held(packs, None, 1)

    async def twice(judging: Judging) -> list[Judgement]:
        return [await judging.judgement(ASKED, held) for _ in range(2)]

    kept, made = within(Settings(cache=1 << 24), twice), within(Settings(cache=0), twice)
    assert kept[0] is kept[1]
    assert made[0] is not made[1]
    assert {each.verdict for each in (*kept, *made)} == {to_bytes(judged(GUESTS, packs))}


def test_every_part_of_a_question_tells_answers_apart(packs: PackSet) -> None:
    asked = [
        ASKED,
        Asked(GUESTS + b"\n", "application/yaml", AS_OF, None),
        Asked(GUESTS, "application/yaml", date(2009, 5, 1), None),
        Asked(GUESTS, "application/yaml", AS_OF, ("microsoft.lifecycle",)),
        Asked(GUESTS, "application/yaml", AS_OF, None, "text/markdown"),
    ]

    async def run(judging: Judging) -> int:
        for each in asked:
            await judging.judgement(each, Held(packs, None, 1))
        await judging.judgement(ASKED, Held(packs, None, 2))
        return judging.cache.misses

    assert within(Settings(), run) == len(asked) + 1


def test_who_comes_when_too_many_wait_is_told_to_try_again() -> None:
    gate = threading.Event()

    async def crowded(judging: Judging) -> tuple[Refused, list[bool]]:
        waiting = [asyncio.create_task(judging.run(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await judging.run(gate.wait)
        patient = asyncio.create_task(judging.run_when_free(gate.wait))
        await asyncio.sleep(0)
        gate.set()
        return refused.value, await asyncio.gather(*waiting, patient)

    refused, done = within(Settings(concurrency=1, queue=1), crowded)
    assert (refused.status, refused.problem.code, refused.headers) == (429, "SUP723", {"Retry-After": "1"})
    assert done == [True, True, True]


def test_who_goes_away_keeps_the_thread_until_its_work_is_done() -> None:
    gate, begun = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return gate.wait()

    async def left(judging: Judging) -> tuple[bool, bool]:
        gone = asyncio.create_task(judging.run(work))
        await asyncio.to_thread(begun.wait)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        follower = asyncio.create_task(judging.run(work))
        begun.clear()
        await asyncio.sleep(0.05)
        early = begun.is_set()
        gate.set()
        return early, await follower

    assert within(Settings(concurrency=1), left) == (False, True)


def test_an_evaluation_that_takes_too_long_is_stopped() -> None:
    with serving(create_app(Settings(database="none", deadline=0.001))) as client:
        answer = client.post("/v1/evaluations", params={"as_of": DAY}, content=GUESTS, headers=YAML)
    assert (answer.status_code, codes_of(answer.json())) == (503, ["SUP601"])
    assert answer.headers["Retry-After"] == "1"


def test_more_entities_than_may_be_are_refused() -> None:
    with serving(create_app(Settings(database="none", max_entities=2))) as client:
        answer = client.post("/v1/evaluations", params={"as_of": DAY}, content=GUESTS, headers=YAML)
    assert (answer.status_code, answer.json()["title"]) == (422, "The design does not fit the vocabulary")


def judgement(size: int) -> Judgement:
    content = b"x" * size
    return Judgement("d", AS_OF, "supported", "supported", "supported", content, "", content)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4000)), max_size=60))
def test_what_is_kept_never_exceeds_its_bound(asked: list[tuple[int, int]]) -> None:
    cache = verdict_cache(8192)
    for key, size in asked:
        if cache.get(key) is None:
            cache.put(key, judgement(size))
        assert 0 <= cache.bytes <= 8192
        assert (cache.bytes == 0) == (len(cache) == 0)
    cache.clear()
    assert (cache.bytes, len(cache)) == (0, 0)


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    # Four of them fit.
    cache = verdict_cache(4 * 1324 + 1200)
    for key in "abcd":
        cache.put(key, judgement(300))
    cache.get("a")
    cache.put("e", judgement(300))
    assert [cache.get(key) is not None for key in "abcde"] == [True, False, True, True, True]


def test_one_that_would_drive_out_most_others_is_not_kept() -> None:
    cache = verdict_cache(8192)
    cache.put("a", judgement(300))
    cache.put("b", judgement(2000))
    assert [cache.get(key) is not None for key in "ab"] == [True, False]
