"""A client that waits for its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from time import sleep
from types import TracebackType
from typing import Any, Literal, TypeVar

import httpx

from supportable.client import calls
from supportable.client.batching import Batching, Lines
from supportable.client.calls import Call
from supportable.client.model import (
    BatchItem,
    BatchLine,
    Design,
    DesignText,
    Evaluation,
    File,
    StoredDesign,
)
from supportable.client.reading import Page
from supportable.client.retrying import Retries
from supportable.client.sending import TIMEOUT, headers_of, request_of, timeouts, wait_after, wait_after_silence
from supportable.client.shapes import (
    DesignLine,
    Entry,
    Evidence,
    Example,
    Hits,
    JudgedBill,
    KeptDesign,
    Pack,
    Packs,
    Recorded,
    Reference,
    ReferenceLine,
    Reloaded,
    Rule,
    Term,
    Timeline,
    Verified,
)
from supportable.client.wire import Day

T = TypeVar("T")


class Client:
    """A connection to a service, to be closed, or used with `with`. Safe to share between threads.

    `address` is where the service is, such as `https://support.example.org`; `credential` an API key or a token, left
    out where none is asked for. `timeout` is how many seconds to wait for a piece of an answer. What is refused raises
    ApiError, with all problems; where no answer comes, NoAnswerError. What was refused because the service had too
    much to do is tried again as `retries` says; a POST carries an idempotency key, so that it is done once.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        credential: str = "",
        *,
        timeout: float = TIMEOUT,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._address = address
        self._retries = retries or Retries()
        self._http = httpx.Client(
            base_url=address, headers=headers_of(credential), timeout=timeouts(timeout), transport=transport
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def send(self, call: Call[T]) -> T:
        """What the answer to a call comes to. Raises ApiError, NoAnswerError."""
        request = request_of(self._http, call)
        tried = 0
        while True:
            tried += 1
            try:
                answer = self._http.send(request)
            except httpx.RequestError as error:
                sleep(wait_after_silence(call, self._retries, error, self._address, tried))
                continue
            wait = wait_after(self._retries, answer, tried)
            if wait is None:
                return call.read(answer)
            sleep(wait)

    # -- evaluations --------------------------------------------------------------------------------------------------

    def evaluate(
        self,
        design: Design,
        *,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
        name: str = "",
        record: bool = True,
        idempotency_key: str = "",
    ) -> Evaluation:
        """The verdict on a design, recorded under `name`, or the design's own name. An `idempotency_key` of the
        caller's own makes the call safe to repeat from another process."""
        return self.send(
            calls.evaluate(design, as_of=as_of, packs=packs, name=name, record=record, key=idempotency_key)
        )

    def report(
        self,
        design: Design,
        form: Literal["html", "markdown", "sarif"] = "html",
        *,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
    ) -> str:
        """A report on a design; nothing is recorded."""
        return self.send(calls.report(design, form=form, as_of=as_of, packs=packs))

    def evaluation(self, id: str) -> Recorded:
        """A recorded evaluation, whole."""
        return self.send(calls.evaluation(id))

    def evaluations(
        self,
        *,
        status: str = "",
        as_of: Day = None,
        name: str = "",
        since: datetime | str | None = None,
        until: datetime | str | None = None,
        design: str = "",
        page_size: int = 100,
    ) -> Iterator[Entry]:
        """Recorded evaluations, newest first, fetched page by page as they are asked for. `since` is inclusive,
        `until` exclusive; `design` is a digest."""
        return self._items(
            lambda cursor: calls.evaluations(
                status=status,
                as_of=as_of,
                name=name,
                since=since,
                until=until,
                design=design,
                limit=page_size,
                cursor=cursor,
            )
        )

    def batch(
        self,
        designs: Iterable[BatchItem | Mapping[str, Any]],
        *,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
        record: bool = True,
    ) -> Iterator[BatchLine]:
        """What becomes of each design, in order, however many there are: they are taken as their answers are asked
        for, some at a time. A bad one is answered with its error and stops no other."""
        chosen = None if packs is None else tuple(packs)
        batching = Batching()
        for item in designs:
            yield from self._batch(batching.add(item), as_of, chosen, record=record)
        yield from self._batch(batching.rest(), as_of, chosen, record=record)

    def _batch(self, lines: Lines, as_of: Day, packs: tuple[str, ...] | None, *, record: bool) -> list[BatchLine]:
        return self.send(calls.batch(lines, as_of=as_of, packs=packs, record=record)) if lines else []

    # -- files, time, truth -------------------------------------------------------------------------------------------

    def bom(
        self,
        file: File,
        *,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
        design: Design | None = None,
        mapping: Mapping[str, str] | None = None,
        profile: File | None = None,
    ) -> JudgedBill:
        """A bill of materials, judged; `mapping` names its columns, as in {"qty": "Menge", "part": "#3"}."""
        return self.send(calls.bom(file, as_of=as_of, packs=packs, design=design, mapping=mapping, profile=profile))

    def bom_workbook(
        self,
        file: File,
        *,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
        design: Design | None = None,
        mapping: Mapping[str, str] | None = None,
        profile: File | None = None,
    ) -> bytes:
        """The bill as an .xlsx file, with what was found in columns of its own."""
        return self.send(
            calls.bom_workbook(file, as_of=as_of, packs=packs, design=design, mapping=mapping, profile=profile)
        )

    def evidence(self, file: File, *, design: Design | None = None, cluster: str = "") -> Evidence:
        """What a validation report says; with a design, that design with the report attached."""
        return self.send(calls.evidence(file, design=design, cluster=cluster))

    def timeline(
        self, design: Design, *, first: Day = None, last: Day = None, packs: Iterable[str] | None = None
    ) -> Timeline:
        """A design's status from `first` to `last`, both inclusive; from 2003 and until today if left out."""
        return self.send(calls.timeline(design, first=first, last=last, packs=packs))

    def verify(
        self,
        verdict: Mapping[str, Any],
        design: Design,
        *,
        independent: bool = False,
        evidence: Iterable[File] = (),
        clusters: Mapping[str, str] | None = None,
    ) -> Verified:
        """Whether a verdict holds for a design. As a mapping, the design says nothing of lines: those are not
        checked then.

        `evidence` are the reports that were judged with the design, whose text it has to be then; `clusters` says by
        the names of their files which cluster each is about, where that cannot be told from it."""
        return self.send(calls.verify(verdict, design, independent=independent, evidence=evidence, clusters=clusters))

    # -- what packs say -----------------------------------------------------------------------------------------------

    def packs(self) -> Packs:
        """All packs in a line each."""
        return self.send(calls.packs())

    def pack(self, name: str, version: str = "") -> Pack:
        """A pack; the version that is held if left out."""
        return self.send(calls.pack(name, version or self._held(name)))

    def rule(self, name: str, version: str = "") -> Rule:
        """A rule by its full name, "pack/id", in the version that is held if left out."""
        pack, _, id = name.partition("/")
        return self.send(calls.rule(pack, version or self._held(pack), id))

    def _held(self, pack: str) -> str:
        return self.send(calls.versions(pack))[-1]

    def references(self, q: str = "", *, page_size: int = 100) -> Iterator[ReferenceLine]:
        """Articles by id, all or those that a search for `q` finds."""
        return self._items(lambda cursor: calls.references(q, page_size, cursor))

    def reference(self, id: str) -> Reference:
        """An article, and what rests on it."""
        return self.send(calls.reference(id))

    def terms(self, q: str = "", *, page_size: int = 100) -> Iterator[Term]:
        """Glossary terms by name, all or those that a search for `q` finds."""
        return self._items(lambda cursor: calls.terms(q, page_size, cursor))

    def search(self, q: str, *, kinds: Iterable[str] = (), limit: int = 20) -> Hits:
        """Rules, articles, terms, definitions and attributes, best first."""
        return self.send(calls.search(q, kinds=kinds, limit=limit))

    def vocabulary(self) -> dict[str, Any]:
        """Everything that a design may speak of."""
        return self.send(calls.vocabulary())

    def schema(self, kind: Literal["design", "pack", "problem", "verdict"]) -> dict[str, Any]:
        """A JSON Schema."""
        return self.send(calls.schema(kind))

    def examples(self) -> list[Example]:
        """The shipped designs."""
        return self.send(calls.examples())

    def example(self, name: str) -> DesignText:
        """A shipped design, ready to be judged."""
        return self.send(calls.example(name))

    # -- stored designs -----------------------------------------------------------------------------------------------

    def designs(self, *, page_size: int = 100) -> Iterator[DesignLine]:
        """The stored designs by name."""
        return self._items(lambda cursor: calls.designs(page_size, cursor))

    def design(self, name: str, version: int | None = None) -> StoredDesign:
        """A stored design with its tag; the current version if none is named."""
        return self.send(calls.design(name, version))

    def put_design(self, name: str, design: Design, *, replaces: str = "", new: bool = False) -> KeptDesign:
        """Store a design. `replaces` is the tag of the version that it comes after: if another came between, that is
        refused (412). `new` stores only what is not there yet."""
        return self.send(calls.put_design(name, design, replaces=replaces, new=new))

    def delete_design(self, name: str, *, etag: str) -> None:
        """Delete a stored design if it still is the version of that tag; "*" deletes any."""
        return self.send(calls.delete_design(name, etag=etag))

    def design_history(self, name: str) -> tuple[DesignLine, ...]:
        """All versions, newest first."""
        return self.send(calls.design_history(name)).items

    def evaluate_design(
        self,
        name: str,
        *,
        version: int | None = None,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
        record: bool = True,
    ) -> Evaluation:
        """The verdict on a stored design."""
        return self.send(calls.evaluate_design(name, version=version, as_of=as_of, packs=packs, record=record))

    # -- the service --------------------------------------------------------------------------------------------------

    def reload(self, *, removing: bool = False) -> Reloaded:
        """Use the packs that are there now; refused, with what is wrong, if they cannot be used. `removing` says
        whether packs that are in use may be gone."""
        return self.send(calls.reload(removing=removing))

    def ready(self) -> dict[str, Any]:
        """Whether the service can answer, and what it holds."""
        return self.send(calls.ready())

    def _items(self, page_at: Callable[[str | None], Call[Page[T]]]) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self.send(page_at(cursor))
            yield from page.items
            cursor = page.next
            if cursor is None:
                return
