"""What is counted and timed, in a registry of the application's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from supportable.version import __version__
from supportable_api.packs_held import Held
from supportable_api.verdict_cache import ByteCache, Judgement

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_FAST: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """All metrics of one application; their names begin with `supportable_`."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._answered: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        build = Gauge("supportable_build_info", "1, with the engine's version", ["version"], registry=registry)
        build.labels(__version__).set(1)
        self.requests = Counter(
            "supportable_requests", "Requests, by route", ["method", "route", "status"], registry=registry
        )
        self.request_seconds = Histogram(
            "supportable_request_seconds",
            "From the headers of a request to the end of its answer",
            ["route"],
            buckets=_FAST,
            registry=registry,
        )
        self.evaluations = Counter(
            "supportable_evaluations", "Designs judged, by status; “refused” where one could not be", ["status"],
            registry=registry,
        )  # fmt: skip
        self.evaluation_seconds = Histogram(
            "supportable_evaluation_seconds", "What judging took in its thread", buckets=_FAST, registry=registry
        )
        self.busy = Counter("supportable_busy", "Requests that were answered 429", registry=registry)
        self.packs = Gauge("supportable_packs_loaded", "Packs in use", registry=registry)
        self.rules = Gauge("supportable_rules_loaded", "Rules of the packs in use", registry=registry)
        self.generation = Gauge("supportable_packs_generation", "Sets of packs since the start", registry=registry)
        self.reloads = Counter(
            "supportable_packs_reloads", "Reloads of packs: taken or refused", ["outcome"], registry=registry
        )
        self.ledger_writes = Counter(
            "supportable_ledger_writes", "Entries written to the ledger: done or failed", ["outcome"], registry=registry
        )
        self.ledger_seconds = Histogram(
            "supportable_ledger_write_seconds", "Until an entry was durable", buckets=_FAST, registry=registry
        )
        self._running = Gauge("supportable_evaluations_running", "Evaluations in a thread", registry=registry)
        self._waiting = Gauge("supportable_evaluations_waiting", "Evaluations that wait for one", registry=registry)
        self._hits = Gauge("supportable_verdict_cache_hits", "Verdicts that were kept", registry=registry)
        self._misses = Gauge("supportable_verdict_cache_misses", "Verdicts that had to be made", registry=registry)
        self._kept = Gauge("supportable_verdict_cache_bytes", "What is kept", registry=registry)
        self._entries = Gauge("supportable_verdict_cache_entries", "How many are kept", registry=registry)

    def watch(self, cache: ByteCache[Judgement], running: Callable[[], int], waiting: Callable[[], int]) -> None:
        """Read these when metrics are asked for."""
        self._hits.set_function(lambda: cache.hits)
        self._misses.set_function(lambda: cache.misses)
        self._kept.set_function(lambda: cache.bytes)
        self._entries.set_function(lambda: len(cache))
        self._running.set_function(running)
        self._waiting.set_function(waiting)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count and time a request."""
        key = (method, route, status)
        known = self._answered.get(key)
        if known is None:
            known = self.requests.labels(method, route, str(status)), self.request_seconds.labels(route)
            self._answered[key] = known
        known[0].inc()
        known[1].observe(seconds)

    @contextmanager
    def evaluating(self) -> Iterator[None]:
        """Time what is done inside."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.evaluation_seconds.observe(perf_counter() - begun)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Time and count a write to the ledger."""
        begun = perf_counter()
        outcome = "failed"
        try:
            yield
            outcome = "done"
        finally:
            self.ledger_seconds.observe(perf_counter() - begun)
            self.ledger_writes.labels(outcome).inc()

    def exposed(self) -> bytes:
        """All of it in the text format of Prometheus."""
        return generate_latest(self.registry)


def tell_packs(metrics: Metrics, held: Held) -> None:
    """Say which packs are in use."""
    metrics.packs.set(len(held.packset.packs))
    metrics.rules.set(sum(len(pack.rules) for pack in held.packset.packs))
    metrics.generation.set(held.generation)
