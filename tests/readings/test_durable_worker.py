"""What the production engine may do in its process: hang, crash, eat memory. The asker is told, and goes on."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from supportable.errors import EvaluationError, UsageError
from supportable.readings import durable, reference
from supportable.readings.durable_rete.judging import FactGiven, judge
from supportable.readings.durable_rete.places import Lowered
from supportable.readings.durable_rete.productions import Production
from supportable.readings.durable_rete.worker import Limits, Worker
from tests.readings.generators.choices import Rolled
from tests.readings.strategies import world

CHAIN = Lowered(
    rulesets={
        "s": [
            Production("c", "a", (("b", "e"),)).as_plain(),
            Production("d", "m", (("c", "f"),), keeps=True).as_plain(),
        ]
    }
)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(Limits(seconds=20, memory=1 << 30))
    yield made
    made.stop()


def code_of(caught: pytest.ExceptionInfo[EvaluationError]) -> str:
    return caught.value.problems[0].code


def give(worker: Worker, *facts: FactGiven) -> list[FactGiven]:
    [found] = worker.give([list(facts)])
    return found


@pytest.mark.durable
def test_conclusions_follow_from_all_that_was_given_and_each_is_told_once(worker: Worker) -> None:
    worker.open(CHAIN)
    assert give(worker, ("a", 1, 0), ("a", 2, 0), ("b", 3, 0)) == []
    assert give(worker, ("b", 1, 0)) == [("c", 1, 0)]
    assert give(worker, ("b", 1, 0), ("m", 7, 1), ("m", 8, 2)) == [("d", 7, 1)]
    worker.close()


@pytest.mark.durable
def test_runs_do_not_see_each_other(worker: Worker) -> None:
    worker.open(CHAIN)
    assert worker.give([[("a", 1, 0)], [("b", 1, 0)]]) == [[], []]
    assert worker.give([[], [("a", 1, 0)]]) == [[], [("c", 1, 0)]]
    worker.close()


@pytest.mark.durable
def test_nothing_of_a_design_is_left_for_the_next(worker: Worker) -> None:
    worker.open(CHAIN)
    give(worker, ("a", 1, 0), ("m", 7, 1))
    worker.close()
    process = worker.pid
    worker.open(CHAIN)
    assert give(worker, ("b", 1, 0)) == []
    assert give(worker, ("a", 1, 0)) == [("c", 1, 0)]
    worker.close()
    assert worker.pid == process


@pytest.mark.durable
def test_thousands_of_frames_join_only_with_themselves(worker: Worker) -> None:
    worker.open(CHAIN)
    frames = range(1, 6001)
    facts = [("a", frame, 0) for frame in frames if frame % 2] + [("b", frame, 0) for frame in frames if frame % 3]
    assert sorted(give(worker, *facts)) == [("c", frame, 0) for frame in frames if frame % 2 and frame % 3]
    worker.close()


@pytest.mark.durable
def test_a_worker_killed_in_the_middle_is_reported_and_the_next_design_gets_another(worker: Worker) -> None:
    worker.open(CHAIN)
    killed = worker.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(EvaluationError) as caught:
        give(worker, ("a", 1, 0))
    assert code_of(caught) == "SUP623"
    assert "signal 9" in str(caught.value)
    worker.abandon()
    worker.open(CHAIN)
    assert worker.pid not in (None, killed)
    assert give(worker, ("a", 1, 0), ("b", 1, 0)) == [("c", 1, 0)]
    worker.close()


@pytest.mark.durable
def test_a_worker_killed_between_designs_is_reported_once() -> None:
    worker = Worker()
    any_world = world(Rolled(3))
    expected = reference.judge(any_world.plan, any_world.facts)
    assert judge(any_world.plan, any_world.facts, worker).items == expected.items
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(EvaluationError):
        judge(any_world.plan, any_world.facts, worker)
    assert judge(any_world.plan, any_world.facts, worker).items == expected.items
    worker.stop()


@pytest.mark.durable
def test_a_worker_that_takes_too_long_is_ended() -> None:
    worker = Worker(Limits(seconds=1.0))
    worker.open(CHAIN)
    hanging = worker.pid
    assert hanging is not None
    os.kill(hanging, signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises(EvaluationError) as caught:
        give(worker, ("a", 1, 0))
    assert code_of(caught) == "SUP622"
    assert time.monotonic() - begun < 60
    worker.abandon()
    with pytest.raises(ProcessLookupError):
        os.kill(hanging, 0)


@pytest.mark.durable
def test_a_request_larger_than_the_pipe_does_not_outlive_the_deadline() -> None:
    worker = Worker(Limits(seconds=1.0))
    worker.open(CHAIN)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(EvaluationError) as caught:
        give(worker, *(("a", frame, 0) for frame in range(1, 50000)))
    assert code_of(caught) == "SUP622"
    worker.abandon()


@pytest.mark.durable
def test_a_worker_gets_no_more_memory_than_its_limit() -> None:
    worker = Worker(Limits(seconds=60, memory=200 << 20))
    worker.open(CHAIN)

    def fill() -> None:
        for start in range(1, 4_000_000, 100_000):
            give(worker, *(("a", frame, 0) for frame in range(start, start + 100_000)))

    with pytest.raises(EvaluationError) as caught:
        fill()
    assert code_of(caught) in ("SUP623", "SUP624")
    worker.abandon()
    worker.open(CHAIN)
    assert give(worker, ("a", 1, 0), ("b", 1, 0)) == [("c", 1, 0)]
    worker.close()
    worker.stop()


@pytest.mark.durable
def test_what_goes_wrong_in_the_engine_is_told_not_swallowed(worker: Worker) -> None:
    worker.open(CHAIN)
    with pytest.raises(EvaluationError) as caught:
        give(worker, ("a", {"no": "number"}, 0))  # type: ignore[arg-type]
    assert code_of(caught) == "SUP624"
    worker.abandon()


@pytest.mark.durable
def test_a_worker_gives_way_to_a_new_one_after_its_time() -> None:
    worker = Worker(Limits(designs=2))
    seen = []
    for _ in range(4):
        worker.open(CHAIN)
        seen.append(worker.pid)
        worker.close()
    worker.stop()
    assert seen[0] == seen[1] != seen[2] == seen[3]


@pytest.mark.durable
def test_a_worker_ends_when_nobody_asks_any_more(worker: Worker) -> None:
    worker.open(CHAIN)
    process = worker._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=10) == 0
    worker.abandon()


@pytest.mark.durable
def test_the_engine_is_never_loaded_by_the_asker() -> None:
    any_world = world(Rolled(5))
    durable.judge(any_world.plan, any_world.facts)
    assert "durable_rules_engine" not in sys.modules


def test_where_it_is_not_installed_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "find_spec", lambda _name: None)
    any_world = world(Rolled(5))
    with pytest.raises(UsageError) as caught:
        durable.judge(any_world.plan, any_world.facts)
    [problem] = caught.value.problems
    assert problem.code == "SUP620"
    if sys.version_info < (3, 13):
        assert 'pip install "supportable[durable]"' in problem.hint
    else:
        assert "3.12" in problem.hint
