"""The durable reading: the rules as productions of durable-rules, a second engine to check the first by.

This is the only module that imports `durable`, and it does so in a worker process alone: `serve` is that process's
main loop. The process that asks is never at risk of what the engine may do.

The engine is used within the part of it that was measured to be sound (docs/decisions/0012-durable.md): positive joins
on equal small numbers, facts with keys of their own and none given twice, no negation, no arithmetic, actions that only
note what fired. New facts go back in from outside, never from within an action.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any, Final, TextIO

from supportable.errors import Problem, UsageError
from supportable.facts import Facts
from supportable.plan.model import Plan
from supportable.readings.durable_rete import judging
from supportable.readings.durable_rete.worker import shared_worker
from supportable.readings.findings import Findings

__all__ = ["judge", "require_installed", "serve"]

NOT_INSTALLED: Final = "SUP620"

Fact = tuple[str, int, int]
"""A name and two frames; the second is 0 where there is one only."""

BATCH: Final = 500
"""Facts handed over in one call."""


def judge(plan: Plan, facts: Facts) -> Findings:
    """All findings of a design under a plan, from a worker process that is kept for the next.

    Raises UsageError where durable-rules is not installed, EvaluationError where the worker failed.
    """
    require_installed()
    return judging.judge(plan, facts, shared_worker())


def require_installed() -> None:
    """Raises UsageError, saying how to get it, where durable-rules is not installed."""
    if find_spec("durable") is not None and find_spec("durable_rules_engine") is not None:
        return
    if sys.version_info >= (3, 13):
        hint = "durable-rules runs on Python 3.11 and 3.12 only; the other readings need nothing of it"
    else:
        hint = 'pip install "supportable[durable]"; it is compiled on the spot, with a C compiler and Python\'s headers'
    raise UsageError(
        [Problem(NOT_INSTALLED, "the durable reading needs durable-rules, which is not installed", hint=hint)]
    )


class Session:
    """The rulesets of one plan in the engine, and the facts of one design at a time, in several runs side by side."""

    def __init__(self, rulesets: dict[str, list[dict[str, Any]]]) -> None:
        self.host = _quiet_host()
        self.fired: list[Fact] = []
        self.failed: list[str] = []
        self.readers: dict[str, list[str]] = {}
        self.begun: set[tuple[str, int]] = set()
        self.seen: list[set[Fact]] = []
        self.given = 0
        for name, productions in rulesets.items():
            definition: dict[str, Any] = {"begin": {"all": [{"m": {"n": "begin"}}], "run": _nothing}}
            for place, production in enumerate(productions):
                definition[f"r{place}"] = self._rule(production)
                for tested in (production["first"], *(one for one, _ in production["rest"])):
                    if name not in self.readers.setdefault(tested, []):
                        self.readers[tested].append(name)
            self.host.register_rulesets({name: definition})

    def _rule(self, production: dict[str, Any]) -> dict[str, Any]:
        gives, keeps = production["gives"], production["keeps"]
        fired, failed = self.fired, self.failed

        def note(closure: Any) -> None:
            # The engine swallows what an action raises: so it is kept here, and told by whoever asked.
            try:
                first = closure._m["a"]
                fired.append((gives, first["e"], first["f"] if keeps else 0))
            except Exception as error:  # noqa: BLE001  the edge between the engine and us
                failed.append(f"{type(error).__name__}: {error}")

        patterns: list[dict[str, Any]] = [{"a": {"n": production["first"]}}]
        for place, (name, key) in enumerate(production["rest"]):
            # The last test of a joined pattern must hold whenever it is asked: else the engine reads beyond its end.
            joined = [{"n": name}, {"e": {"a": key}}, {"w": {"a": "w"}}]
            patterns.append({f"b{place}": {"$and": joined}})
        return {"all": patterns, "run": note}

    def give(self, runs: Iterable[Iterable[Fact]]) -> list[list[Fact]]:
        """What the productions make of these facts and all given before, run by run; each fact once."""
        return [self._run(run, [tuple(fact) for fact in facts]) for run, facts in enumerate(runs)]  # type: ignore[misc]

    def _run(self, run: int, facts: list[Fact]) -> list[Fact]:
        while len(self.seen) <= run:
            self.seen.append(set())
        seen, derived, waiting = self.seen[run], [], facts
        while waiting:
            batches: dict[str, list[dict[str, Any]]] = {}
            for fact in waiting:
                if fact in seen:
                    continue
                seen.add(fact)
                name, frame, inner = fact
                for ruleset in self.readers.get(name, ()):
                    self.given += 1
                    batches.setdefault(ruleset, []).append(
                        {"id": self.given, "sid": f"s{run}", "n": name, "e": frame, "f": inner, "w": 1}
                    )
            for ruleset, batch in batches.items():
                self._begin(ruleset, run)
                for start in range(0, len(batch), BATCH):
                    self.host.assert_facts(ruleset, batch[start : start + BATCH])
            if self.failed:
                raise RuntimeError(f"an action failed: {self.failed[0]}")
            waiting = [fact for fact in dict.fromkeys(self.fired) if fact not in seen]
            self.fired.clear()
            derived += waiting
        return derived

    def _begin(self, ruleset: str, run: int) -> None:
        if (ruleset, run) not in self.begun:
            self.begun.add((ruleset, run))
            self.given += 1
            self.host.assert_fact(ruleset, {"id": self.given, "sid": f"s{run}", "n": "begin", "w": 1})

    def end(self) -> None:
        """Forgets the design."""
        for ruleset, run in sorted(self.begun):
            self.host.delete_state(ruleset, f"s{run}")
        self.begun.clear()
        self.seen.clear()
        self.fired.clear()
        self.failed.clear()
        self.given = 0


def _nothing(_closure: Any) -> None:
    """The action of `begin`: a session must have seen a rule fire before it can be deleted."""


def _quiet_host() -> Any:
    from durable import engine  # noqa: PLC0415  only where it runs, which is never the process that asks

    class Host(engine.Host):  # type: ignore[misc]
        """The engine's host without the two threads that poll it: they end the process when a state is deleted."""

        def _run(self) -> None:
            pass

    return Host()


def serve(requests: TextIO, answers: TextIO, memory: int) -> None:
    """Answers requests, a JSON object a line, until there are no more. `memory` is this process's limit in bytes.

    `load` gives the rulesets of a plan a name, `open` begins a design, `give` adds facts and answers what follows from
    them, `close` forgets the design. What goes wrong is answered as `error`; the asker ends the process then.
    """
    import resource  # noqa: PLC0415  some systems do not have it, and none needs it to import this module

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    plans: dict[str, Session] = {}
    session: Session | None = None
    for line in requests:
        request = json.loads(line)
        answer: dict[str, Any] = {}
        try:
            match request["do"]:
                case "load":
                    plans[request["plan"]] = Session(request["rulesets"])
                case "open":
                    session = plans[request["plan"]]
                case "give":
                    assert session is not None
                    answer["derived"] = session.give(request["facts"])
                case "close":
                    assert session is not None
                    session.end()
        except Exception as error:  # noqa: BLE001  the process's edge: whatever went wrong is told to the asker
            answer = {"error": f"{type(error).__name__}: {error}"[:2000]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
