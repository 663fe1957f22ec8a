"""Every call as a value, made without a connection: what is sent, and how its answer is read. Both clients are thin
over these."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

import httpx

from supportable.client.errors import unreadable
from supportable.client.model import (
    BatchLine,
    Design,
    DesignText,
    Evaluation,
    File,
    StoredDesign,
)
from supportable.client.reading import Page, evaluation_in, json_in, line_in, page_in, tag_of, type_of
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
from supportable.client.wire import (
    JSON,
    Day,
    Query,
    as_bytes,
    as_day,
    as_file,
    as_json,
    as_moment,
    as_part,
    as_step,
    as_utf8,
    as_word,
    asked,
    chosen,
    given,
    if_match,
    text_of,
)

Files = Mapping[str, tuple[str, bytes]] | Sequence[tuple[str, tuple[str, bytes]]]
"""The parts of a form by name, each with the name and the bytes of a file. In a sequence a name may come again."""

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

NDJSON: Final = "application/x-ndjson"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Final = {"html": "text/html", "markdown": "text/markdown", "sarif": "application/sarif+json"}
"""The reports that an evaluation can be had as."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T_co]):
    """One request, and what to make of its answer.

    `read` is given an answer below 400. `repeatable` calls may be sent again where no answer came; `once` ones carry an
    idempotency key, by which the service does them once however often they come.
    """

    method: str
    path: str
    read: Callable[[httpx.Response], T_co]
    query: Query = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    files: Files | None = None
    once: bool = False
    key: str = ""
    """The idempotency key of a `once` call; "" for one of its own."""
    changes: bool = True
    """Whether a call that is no GET leaves anything behind."""

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice does what sending it once does."""
        return self.once or self.method == "GET" or not self.changes


# -- evaluations ------------------------------------------------------------------------------------------------------


def evaluate(
    design: Design, *, as_of: Day, packs: Iterable[str] | None, name: str, record: bool, key: str
) -> Call[Evaluation]:
    """Judge a design."""
    text = text_of(design)
    query = (*asked(as_of, packs), *given(name=name), ("record", as_word(record)))
    headers = {"Content-Type": text.media_type, "Accept": JSON}
    return Call("POST", "/v1/evaluations", evaluation_in, query, headers, as_bytes(text), once=True, key=key)


def report(design: Design, *, form: str, as_of: Day, packs: Iterable[str] | None) -> Call[str]:
    """A report on a design, of which nothing is recorded."""
    text = text_of(design)
    headers = {"Content-Type": text.media_type, "Accept": FORMS[form]}
    query = (*asked(as_of, packs), ("record", "false"))
    return Call("POST", "/v1/evaluations", lambda answer: answer.text, query, headers, as_bytes(text), once=True)


def evaluation(id: str) -> Call[Recorded]:
    """A recorded evaluation."""
    return _get(f"/v1/evaluations/{as_step(id)}")


def evaluations(
    *,
    status: str,
    as_of: Day,
    name: str,
    since: datetime | str | None,
    until: datetime | str | None,
    design: str,
    limit: int,
    cursor: str | None,
) -> Call[Page[Entry]]:
    """A page of recorded evaluations."""
    query = given(
        status=status,
        as_of=as_day(as_of),
        name=name,
        since=as_moment(since),
        until=as_moment(until),
        design=design,
        limit=str(limit),
        cursor=cursor or "",
    )
    return Call("GET", "/v1/evaluations", page_in, query)


def batch(
    lines: Sequence[tuple[int, bytes]], *, as_of: Day, packs: Iterable[str] | None, record: bool
) -> Call[list[BatchLine]]:
    """Some lines of a batch, each with its number in the whole of it."""
    numbers = [number for number, _ in lines]

    def read(answer: httpx.Response) -> list[BatchLine]:
        try:
            told = [json.loads(line) for line in answer.content.splitlines() if line.strip()]
            found = [line_in(numbers[each["line"] - 1], each, answer) for each in told]
        except (ValueError, KeyError, IndexError, TypeError):
            raise unreadable(answer) from None
        if [each.line for each in found] != numbers:
            raise unreadable(answer)
        return found

    content = b"\n".join(line for _, line in lines) + b"\n"
    headers = {"Content-Type": NDJSON, "Accept": NDJSON}
    query = (*asked(as_of, packs), ("record", as_word(record)))
    # What is streamed is not remembered under a key: what may have been recorded is not sent again.
    return Call("POST", "/v1/evaluations:batch", read, query, headers, content, changes=record)


# -- files, time, truth -----------------------------------------------------------------------------------------------


def bom(
    file: File,
    *,
    as_of: Day,
    packs: Iterable[str] | None,
    design: Design | None,
    mapping: Mapping[str, str] | None,
    profile: File | None,
) -> Call[JudgedBill]:
    """Judge a bill of materials."""
    files = _bill(file, design, mapping, profile)
    return Call("POST", "/v1/boms", json_in, asked(as_of, packs), {"Accept": JSON}, files=files, once=True)


def bom_workbook(
    file: File,
    *,
    as_of: Day,
    packs: Iterable[str] | None,
    design: Design | None,
    mapping: Mapping[str, str] | None,
    profile: File | None,
) -> Call[bytes]:
    """A bill of materials as a workbook, judged in columns of its own."""
    files = _bill(file, design, mapping, profile)
    query = asked(as_of, packs)
    return Call("POST", "/v1/boms", lambda answer: answer.content, query, {"Accept": XLSX}, files=files, once=True)


def _bill(
    file: File, design: Design | None, mapping: Mapping[str, str] | None, profile: File | None
) -> dict[str, tuple[str, bytes]]:
    files = {"file": as_file(file)}
    if design is not None:
        files["design"] = as_part(design)
    if mapping is not None:
        files["mapping"] = ("mapping.json", as_json(mapping))
    if profile is not None:
        files["profile"] = as_file(profile)
    return files


def evidence(file: File, *, design: Design | None, cluster: str) -> Call[Evidence]:
    """Read a validation report."""
    files = {"file": as_file(file)}
    if design is not None:
        files["design"] = as_part(design)
    if cluster:
        files["cluster"] = ("cluster", as_utf8("the cluster's id", cluster))
    return Call("POST", "/v1/evidence", json_in, files=files, once=True)


def timeline(design: Design, *, first: Day, last: Day, packs: Iterable[str] | None) -> Call[Timeline]:
    """A design through time."""
    text = text_of(design)
    query = (*given(**{"from": as_day(first), "to": as_day(last)}), *chosen(packs))
    return Call("POST", "/v1/timeline", json_in, query, {"Content-Type": text.media_type}, as_bytes(text), once=True)


def verify(
    verdict: Mapping[str, Any],
    design: Design,
    *,
    independent: bool,
    evidence: Iterable[File],
    clusters: Mapping[str, str] | None,
) -> Call[Verified]:
    """Check a verdict."""
    query = (("independent", as_word(independent)),)
    reports = [("evidence", as_file(each)) for each in evidence]
    if reports or clusters:
        files = [("verdict", ("verdict.json", as_json(verdict))), ("design", as_part(design)), *reports]
        if clusters:
            files.append(("clusters", ("clusters.json", as_json(clusters))))
        return Call("POST", "/v1/verify", json_in, query, files=files, once=True)
    body: dict[str, Any] = {"verdict": verdict}
    if isinstance(design, Mapping):
        body["design"] = design
    else:
        text = text_of(design)
        body |= {"design": as_bytes(text).decode(), "design_media_type": text.media_type}
    return Call("POST", "/v1/verify", json_in, query, {"Content-Type": JSON}, as_json(body), once=True)


# -- what packs say ---------------------------------------------------------------------------------------------------


def packs() -> Call[Packs]:
    """All packs."""
    return _get("/v1/packs")


def pack(name: str, version: str) -> Call[Pack]:
    """A pack."""
    return _get(f"/v1/packs/{as_step(name)}/{as_step(version)}")


def versions(name: str) -> Call[tuple[str, ...]]:
    """The versions of a pack that are held."""

    def read(answer: httpx.Response) -> tuple[str, ...]:
        return tuple(each["version"] for each in json_in(answer)["versions"])

    return Call("GET", f"/v1/packs/{as_step(name)}", read)


def rule(pack: str, version: str, id: str) -> Call[Rule]:
    """A rule."""
    return _get(f"/v1/packs/{as_step(pack)}/{as_step(version)}/rules/{as_step(id)}")


def references(q: str, limit: int, cursor: str | None) -> Call[Page[ReferenceLine]]:
    """A page of articles."""
    return Call("GET", "/v1/references", page_in, given(q=q, limit=str(limit), cursor=cursor or ""))


def reference(id: str) -> Call[Reference]:
    """An article."""
    return _get(f"/v1/references/{as_step(id)}")


def terms(q: str, limit: int, cursor: str | None) -> Call[Page[Term]]:
    """A page of glossary terms."""
    return Call("GET", "/v1/glossary", page_in, given(q=q, limit=str(limit), cursor=cursor or ""))


def search(q: str, *, kinds: Iterable[str], limit: int) -> Call[Hits]:
    """A search."""
    return _get("/v1/search", (("q", q), *(("kind", kind) for kind in kinds), ("limit", str(limit))))


def vocabulary() -> Call[dict[str, Any]]:
    """The vocabulary."""
    return _get("/v1/vocabulary")


def schema(kind: str) -> Call[dict[str, Any]]:
    """A JSON Schema."""
    return _get(f"/v1/schema/{as_step(kind)}")


def examples() -> Call[list[Example]]:
    """The shipped designs."""
    return _get("/v1/examples")


def example(name: str) -> Call[DesignText]:
    """A shipped design."""
    return Call("GET", f"/v1/examples/{as_step(name)}", lambda answer: DesignText(answer.content, type_of(answer)))


# -- stored designs ---------------------------------------------------------------------------------------------------


def designs(limit: int, cursor: str | None) -> Call[Page[DesignLine]]:
    """A page of stored designs."""
    return Call("GET", "/v1/designs", page_in, given(limit=str(limit), cursor=cursor or ""))


def design(name: str, version: int | None) -> Call[StoredDesign]:
    """A stored design, the current version or another."""
    path = f"/v1/designs/{as_step(name)}" + ("" if version is None else f"/versions/{version}")

    def read(answer: httpx.Response) -> StoredDesign:
        number = answer.headers.get("supportable-design-version", "0")
        return StoredDesign(name, answer.content, type_of(answer), tag_of(answer), int(number))

    return Call("GET", path, read)


def put_design(name: str, design: Design, *, replaces: str, new: bool) -> Call[KeptDesign]:
    """Store a design: over the version of that tag, or where there is none yet."""
    text = text_of(design)
    headers = {"Content-Type": text.media_type, **if_match(replaces)}
    if new:
        headers["If-None-Match"] = "*"
    return Call("PUT", f"/v1/designs/{as_step(name)}", json_in, (), headers, as_bytes(text))


def delete_design(name: str, *, etag: str) -> Call[None]:
    """Delete a stored design."""
    return Call("DELETE", f"/v1/designs/{as_step(name)}", lambda _: None, (), if_match(etag))


def design_history(name: str) -> Call[Page[DesignLine]]:
    """The versions of a stored design."""
    return Call("GET", f"/v1/designs/{as_step(name)}/history", page_in)


def evaluate_design(
    name: str, *, version: int | None, as_of: Day, packs: Iterable[str] | None, record: bool
) -> Call[Evaluation]:
    """Judge a stored design."""
    query = (
        *asked(as_of, packs),
        *given(version="" if version is None else str(version)),
        ("record", as_word(record)),
    )
    path = f"/v1/designs/{as_step(name)}/evaluations"
    return Call("POST", path, evaluation_in, query, {"Accept": JSON}, once=True)


# -- the service ------------------------------------------------------------------------------------------------------


def reload(*, removing: bool) -> Call[Reloaded]:
    """Load the packs anew."""
    return Call("POST", "/v1/packs:reload", json_in, (("removing", as_word(removing)),), changes=False)


def ready() -> Call[dict[str, Any]]:
    """Whether the service can answer."""
    return _get("/readyz")


def _get(path: str, query: Query = ()) -> Call[Any]:
    return Call("GET", path, json_in, query)
