"""A client whose calls are awaited: the same as the other, method by method."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Literal, TypeVar

import anyio
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


class AsyncClient:
    """A connection to a service, to be closed, or used with `async with`. For one event loop, and any number of
    tasks in it.

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
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._address = address
        self._retries = retries or Retries()
        self._http = httpx.AsyncClient(
            base_url=address, headers=headers_of(credential), timeout=timeouts(timeout), transport=transport
        )

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def send(self, call: Call[T]) -> T:
        """What the answer to a call comes to. Raises ApiError, NoAnswerError."""
        request = request_of(self._http, call)
        tried = 0
        while True:
            tried += 1
            try:
                answer = await self._http.send(request)
            except httpx.RequestError as error:
                await anyio.sleep(wait_after_silence(call, self._retries, error, self._address, tried))
                continue
            wait = wait_after(self._retries, answer, tried)
            if wait is None:
                return call.read(answer)
            await anyio.sleep(wait)

    # -- evaluations --------------------------------------------------------------------------------------------------

    async def evaluate(
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
        return await self.send(
            calls.evaluate(design, as_of=as_of, packs=packs, name=name, record=record, key=idempotency_key)
        )

    async def report(
        self,
        design: Design,
        form: Literal["html", "markdown", "sarif"] = "html",
        *,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
    ) -> str:
        """A report on a design; nothing is recorded."""
        return await self.send(calls.report(design, form=form, as_of=as_of, packs=packs))

    async def evaluation(self, id: str) -> Recorded:
        """A recorded evaluation, whole."""
        return await self.send(calls.evaluation(id))

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
    ) -> AsyncIterator[Entry]:
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

    async def batch(
        self,
        designs: Iterable[BatchItem | Mapping[str, Any]] | AsyncIterable[BatchItem | Mapping[str, Any]],
        *,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
        record: bool = True,
    ) -> AsyncIterator[BatchLine]:
        """What becomes of each design, in order, however many there are: they are taken as their answers are asked
        for, some at a time. A bad one is answered with its error and stops no other."""
        chosen = None if packs is None else tuple(packs)
        batching = Batching()
        if isinstance(designs, AsyncIterable):
            async for item in designs:
                for line in await self._batch(batching.add(item), as_of, chosen, record=record):
                    yield line
        else:
            for item in designs:
                for line in await self._batch(batching.add(item), as_of, chosen, record=record):
                    yield line
        for line in await self._batch(batching.rest(), as_of, chosen, record=record):
            yield line

    async def _batch(self, lines: Lines, as_of: Day, packs: tuple[str, ...] | None, *, record: bool) -> list[BatchLine]:
        return await self.send(calls.batch(lines, as_of=as_of, packs=packs, record=record)) if lines else []

    # -- files, time, truth -------------------------------------------------------------------------------------------

    async def bom(
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
        return await self.send(
            calls.bom(file, as_of=as_of, packs=packs, design=design, mapping=mapping, profile=profile)
        )

    async def bom_workbook(
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
        return await self.send(
            calls.bom_workbook(file, as_of=as_of, packs=packs, design=design, mapping=mapping, profile=profile)
        )

    async def evidence(self, file: File, *, design: Design | None = None, cluster: str = "") -> Evidence:
        """What a validation report says; with a design, that design with the report attached."""
        return await self.send(calls.evidence(file, design=design, cluster=cluster))

    async def timeline(
        self, design: Design, *, first: Day = None, last: Day = None, packs: Iterable[str] | None = None
    ) -> Timeline:
        """A design's status from `first` to `last`, both inclusive; from 2003 and until today if left out."""
        return await self.send(calls.timeline(design, first=first, last=last, packs=packs))

    async def verify(
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
        return await self.send(
            calls.verify(verdict, design, independent=independent, evidence=evidence, clusters=clusters)
        )

    # -- what packs say -----------------------------------------------------------------------------------------------

    async def packs(self) -> Packs:
        """All packs in a line each."""
        return await self.send(calls.packs())

    async def pack(self, name: str, version: str = "") -> Pack:
        """A pack; the version that is held if left out."""
        return await self.send(calls.pack(name, version or await self._held(name)))

    async def rule(self, name: str, version: str = "") -> Rule:
        """A rule by its full name, "pack/id", in the version that is held if left out."""
        pack, _, id = name.partition("/")
        return await self.send(calls.rule(pack, version or await self._held(pack), id))

    async def _held(self, pack: str) -> str:
        return (await self.send(calls.versions(pack)))[-1]

    def references(self, q: str = "", *, page_size: int = 100) -> AsyncIterator[ReferenceLine]:
        """Articles by id, all or those that a search for `q` finds."""
        return self._items(lambda cursor: calls.references(q, page_size, cursor))

    async def reference(self, id: str) -> Reference:
        """An article, and what rests on it."""
        return await self.send(calls.reference(id))

    def terms(self, q: str = "", *, page_size: int = 100) -> AsyncIterator[Term]:
        """Glossary terms by name, all or those that a search for `q` finds."""
        return self._items(lambda cursor: calls.terms(q, page_size, cursor))

    async def search(self, q: str, *, kinds: Iterable[str] = (), limit: int = 20) -> Hits:
        """Rules, articles, terms, definitions and attributes, best first."""
        return await self.send(calls.search(q, kinds=kinds, limit=limit))

    async def vocabulary(self) -> dict[str, Any]:
        """Everything that a design may speak of."""
        return await self.send(calls.vocabulary())

    async def schema(self, kind: Literal["design", "pack", "problem", "verdict"]) -> dict[str, Any]:
        """A JSON Schema."""
        return await self.send(calls.schema(kind))

    async def examples(self) -> list[Example]:
        """The shipped designs."""
        return await self.send(calls.examples())

    async def example(self, name: str) -> DesignText:
        """A shipped design, ready to be judged."""
        return await self.send(calls.example(name))

    # -- stored designs -----------------------------------------------------------------------------------------------

    def designs(self, *, page_size: int = 100) -> AsyncIterator[DesignLine]:
        """The stored designs by name."""
        return self._items(lambda cursor: calls.designs(page_size, cursor))

    async def design(self, name: str, version: int | None = None) -> StoredDesign:
        """A stored design with its tag; the current version if none is named."""
        return await self.send(calls.design(name, version))

    async def put_design(self, name: str, design: Design, *, replaces: str = "", new: bool = False) -> KeptDesign:
        """Store a design. `replaces` is the tag of the version that it comes after: if another came between, that is
        refused (412). `new` stores only what is not there yet."""
        return await self.send(calls.put_design(name, design, replaces=replaces, new=new))

    async def delete_design(self, name: str, *, etag: str) -> None:
        """Delete a stored design if it still is the version of that tag; "*" deletes any."""
        return await self.send(calls.delete_design(name, etag=etag))

    async def design_history(self, name: str) -> tuple[DesignLine, ...]:
        """All versions, newest first."""
        return (await self.send(calls.design_history(name))).items

    async def evaluate_design(
        self,
        name: str,
        *,
        version: int | None = None,
        as_of: Day = None,
        packs: Iterable[str] | None = None,
        record: bool = True,
    ) -> Evaluation:
        """The verdict on a stored design."""
        return await self.send(calls.evaluate_design(name, version=version, as_of=as_of, packs=packs, record=record))

    # -- the service --------------------------------------------------------------------------------------------------

    async def reload(self, *, removing: bool = False) -> Reloaded:
        """Use the packs that are there now; refused, with what is wrong, if they cannot be used. `removing` says
        whether packs that are in use may be gone."""
        return await self.send(calls.reload(removing=removing))

    async def ready(self) -> dict[str, Any]:
        """Whether the service can answer, and what it holds."""
        return await self.send(calls.ready())

    async def _items(self, page_at: Callable[[str | None], Call[Page[T]]]) -> AsyncIterator[T]:
        cursor: str | None = None
        while True:
            page = await self.send(page_at(cursor))
            for item in page.items:
                yield item
            cursor = page.next
            if cursor is None:
                return
