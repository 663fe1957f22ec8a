"""Every call as a value, made without a connection: what is sent, and how its answer is read. Both clients are thin
over these."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote

import httpx

from supportable.client.errors import ApiError, problem_of, unreadable
from supportable.client.model import (
    BatchItem,
    BatchLine,
    Design,
    DesignText,
    Evaluation,
    File,
    StoredDesign,
    Upload,
)
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
    Verdict,
    Verified,
)
from supportable.errors import Problem, UsageError

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

Day = date | str | None
Query = tuple[tuple[str, str], ...]

JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN_SUFFIX: Final = "SUP787"
_BY_SUFFIX: Final = {
    ".json": JSON,
    ".toml": "application/toml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
FORMS: Final = {"html": "text/html", "markdown": "text/markdown", "sarif": "application/sarif+json"}
"""The reports that an evaluation can be had as."""

CHUNK: Final = 64 * 1024
"""How much of a batch is sent at a time, in bytes: no more than a server takes in while nobody reads its answers."""


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
    files: Mapping[str, tuple[str, bytes]] | None = None
    once: bool = False
    key: str = ""
    """The idempotency key of a `once` call; "" for one of its own."""
    changes: bool = True
    """Whether a call that is no GET leaves anything behind."""

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice does what sending it once does."""
        return self.once or self.method == "GET" or not self.changes


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and the cursor of the next, None for the last."""

    items: tuple[T, ...]
    next: str | None


# -- evaluations ------------------------------------------------------------------------------------------------------


def evaluate(
    design: Design, *, as_of: Day, packs: Iterable[str] | None, name: str, record: bool, key: str
) -> Call[Evaluation]:
    """Judge a design."""
    text = text_of(design)
    query = (*_asked(as_of, packs), *_given(name=name), ("record", _word(record)))
    headers = {"Content-Type": text.media_type, "Accept": JSON}
    return Call("POST", "/v1/evaluations", _evaluation, query, headers, _bytes(text), once=True, key=key)


def report(design: Design, *, form: str, as_of: Day, packs: Iterable[str] | None) -> Call[str]:
    """A report on a design, of which nothing is recorded."""
    text = text_of(design)
    headers = {"Content-Type": text.media_type, "Accept": FORMS[form]}
    query = (*_asked(as_of, packs), ("record", "false"))
    return Call("POST", "/v1/evaluations", lambda answer: answer.text, query, headers, _bytes(text), once=True)


def evaluation(id: str) -> Call[Recorded]:
    """A recorded evaluation."""
    return _get(f"/v1/evaluations/{_step(id)}")


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
    query = _given(
        status=status,
        as_of=_day(as_of),
        name=name,
        since=_moment(since),
        until=_moment(until),
        design=design,
        limit=str(limit),
        cursor=cursor or "",
    )
    return Call("GET", "/v1/evaluations", _page, query)


def batch(
    lines: Sequence[tuple[int, bytes]], *, as_of: Day, packs: Iterable[str] | None, record: bool
) -> Call[list[BatchLine]]:
    """Some lines of a batch, each with its number in the whole of it."""
    numbers = [number for number, _ in lines]

    def read(answer: httpx.Response) -> list[BatchLine]:
        try:
            told = [json.loads(line) for line in answer.content.splitlines() if line.strip()]
            found = [_batch_line(numbers[each["line"] - 1], each, answer) for each in told]
        except (ValueError, KeyError, IndexError, TypeError):
            raise unreadable(answer) from None
        if [each.line for each in found] != numbers:
            raise unreadable(answer)
        return found

    content = b"\n".join(line for _, line in lines) + b"\n"
    headers = {"Content-Type": NDJSON, "Accept": NDJSON}
    query = (*_asked(as_of, packs), ("record", _word(record)))
    # What is streamed is not remembered under a key: what may have been recorded is not sent again.
    return Call("POST", "/v1/evaluations:batch", read, query, headers, content, changes=record)


def batch_line(item: BatchItem | Mapping[str, Any]) -> bytes:
    """A design of a batch as the line that is sent."""
    if not isinstance(item, BatchItem):
        item = BatchItem(item)
    wrapped = {"id": item.id, "design": item.design, **({"as_of": item.as_of} if item.as_of else {})}
    return _json(wrapped)


def _batch_line(number: int, told: dict[str, Any], answer: httpx.Response) -> BatchLine:
    if "verdict" in told:
        verdict: Verdict = told["verdict"]
        return BatchLine(number, told["id"], told["evaluation"], verdict, None)
    document = told["problem"]
    error = ApiError(
        [problem_of(each) for each in document["problems"]],
        status=int(document["status"]),
        title=str(document["title"]),
        request_id=answer.headers.get("x-request-id", ""),
    )
    return BatchLine(number, told["id"], None, None, error)


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
    return Call("POST", "/v1/boms", _json_of, _asked(as_of, packs), {"Accept": JSON}, files=files, once=True)


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
    query = _asked(as_of, packs)
    return Call("POST", "/v1/boms", lambda answer: answer.content, query, {"Accept": XLSX}, files=files, once=True)


def _bill(
    file: File, design: Design | None, mapping: Mapping[str, str] | None, profile: File | None
) -> dict[str, tuple[str, bytes]]:
    files = {"file": _file(file)}
    if design is not None:
        files["design"] = _part(design)
    if mapping is not None:
        files["mapping"] = ("mapping.json", _json(mapping))
    if profile is not None:
        files["profile"] = _file(profile)
    return files


def evidence(file: File, *, design: Design | None, cluster: str) -> Call[Evidence]:
    """Read a validation report."""
    files = {"file": _file(file)}
    if design is not None:
        files["design"] = _part(design)
    if cluster:
        files["cluster"] = ("cluster", cluster.encode())
    return Call("POST", "/v1/evidence", _json_of, files=files, once=True)


def timeline(design: Design, *, first: Day, last: Day, packs: Iterable[str] | None) -> Call[Timeline]:
    """A design through time."""
    text = text_of(design)
    query = (*_given(**{"from": _day(first), "to": _day(last)}), *_packs(packs))
    return Call("POST", "/v1/timeline", _json_of, query, {"Content-Type": text.media_type}, _bytes(text), once=True)


def verify(verdict: Mapping[str, Any], design: Design, *, independent: bool) -> Call[Verified]:
    """Check a verdict."""
    body: dict[str, Any] = {"verdict": verdict}
    if isinstance(design, Mapping):
        body["design"] = design
    else:
        text = text_of(design)
        body |= {"design": _bytes(text).decode(), "design_media_type": text.media_type}
    query = (("independent", _word(independent)),)
    return Call("POST", "/v1/verify", _json_of, query, {"Content-Type": JSON}, _json(body), once=True)


# -- what packs say ---------------------------------------------------------------------------------------------------


def packs() -> Call[Packs]:
    """All packs."""
    return _get("/v1/packs")


def pack(name: str, version: str) -> Call[Pack]:
    """A pack."""
    return _get(f"/v1/packs/{_step(name)}/{_step(version)}")


def versions(name: str) -> Call[tuple[str, ...]]:
    """The versions of a pack that are held."""

    def read(answer: httpx.Response) -> tuple[str, ...]:
        return tuple(each["version"] for each in _json_of(answer)["versions"])

    return Call("GET", f"/v1/packs/{_step(name)}", read)


def rule(pack: str, version: str, id: str) -> Call[Rule]:
    """A rule."""
    return _get(f"/v1/packs/{_step(pack)}/{_step(version)}/rules/{_step(id)}")


def references(q: str, limit: int, cursor: str | None) -> Call[Page[ReferenceLine]]:
    """A page of articles."""
    return Call("GET", "/v1/references", _page, _given(q=q, limit=str(limit), cursor=cursor or ""))


def reference(id: str) -> Call[Reference]:
    """An article."""
    return _get(f"/v1/references/{_step(id)}")


def terms(q: str, limit: int, cursor: str | None) -> Call[Page[Term]]:
    """A page of glossary terms."""
    return Call("GET", "/v1/glossary", _page, _given(q=q, limit=str(limit), cursor=cursor or ""))


def search(q: str, *, kinds: Iterable[str], limit: int) -> Call[Hits]:
    """A search."""
    return _get("/v1/search", (("q", q), *(("kind", kind) for kind in kinds), ("limit", str(limit))))


def vocabulary() -> Call[dict[str, Any]]:
    """The vocabulary."""
    return _get("/v1/vocabulary")


def schema(kind: str) -> Call[dict[str, Any]]:
    """A JSON Schema."""
    return _get(f"/v1/schema/{_step(kind)}")


def examples() -> Call[list[Example]]:
    """The shipped designs."""
    return _get("/v1/examples")


def example(name: str) -> Call[DesignText]:
    """A shipped design."""
    return Call("GET", f"/v1/examples/{_step(name)}", lambda answer: DesignText(answer.content, _type_of(answer)))


# -- stored designs ---------------------------------------------------------------------------------------------------


def designs(limit: int, cursor: str | None) -> Call[Page[DesignLine]]:
    """A page of stored designs."""
    return Call("GET", "/v1/designs", _page, _given(limit=str(limit), cursor=cursor or ""))


def design(name: str, version: int | None) -> Call[StoredDesign]:
    """A stored design, the current version or another."""
    path = f"/v1/designs/{_step(name)}" + ("" if version is None else f"/versions/{version}")

    def read(answer: httpx.Response) -> StoredDesign:
        number = answer.headers.get("supportable-design-version", "0")
        return StoredDesign(name, answer.content, _type_of(answer), _tag_of(answer), int(number))

    return Call("GET", path, read)


def put_design(name: str, design: Design, *, replaces: str, new: bool) -> Call[KeptDesign]:
    """Store a design: over the version of that tag, or where there is none yet."""
    text = text_of(design)
    headers = {"Content-Type": text.media_type, **_condition(replaces)}
    if new:
        headers["If-None-Match"] = "*"
    return Call("PUT", f"/v1/designs/{_step(name)}", _json_of, (), headers, _bytes(text))


def delete_design(name: str, *, etag: str) -> Call[None]:
    """Delete a stored design."""
    return Call("DELETE", f"/v1/designs/{_step(name)}", lambda _: None, (), _condition(etag))


def design_history(name: str) -> Call[Page[DesignLine]]:
    """The versions of a stored design."""
    return Call("GET", f"/v1/designs/{_step(name)}/history", _page)


def evaluate_design(
    name: str, *, version: int | None, as_of: Day, packs: Iterable[str] | None, record: bool
) -> Call[Evaluation]:
    """Judge a stored design."""
    query = (
        *_asked(as_of, packs),
        *_given(version="" if version is None else str(version)),
        ("record", _word(record)),
    )
    path = f"/v1/designs/{_step(name)}/evaluations"
    return Call("POST", path, _evaluation, query, {"Accept": JSON}, once=True)


# -- the service ------------------------------------------------------------------------------------------------------


def reload(*, removing: bool) -> Call[Reloaded]:
    """Load the packs anew."""
    return Call("POST", "/v1/packs:reload", _json_of, (("removing", _word(removing)),), changes=False)


def ready() -> Call[dict[str, Any]]:
    """Whether the service can answer."""
    return _get("/readyz")


# -- what is sent -----------------------------------------------------------------------------------------------------


def text_of(design: Design) -> DesignText:
    """A design as it is sent: a mapping as JSON, a file byte for byte. Raises UsageError for a file of another kind,
    OSError for one that cannot be read."""
    if isinstance(design, DesignText):
        return design
    if isinstance(design, Mapping):
        return DesignText(_json(design), JSON)
    path = Path(design)
    media_type = _BY_SUFFIX.get(path.suffix.casefold())
    if media_type is None:
        message = f"{path} is no file of a design: {', '.join(_BY_SUFFIX)}"
        raise UsageError([Problem(UNKNOWN_SUFFIX, message, hint="give its text: DesignText(text, media_type)")])
    return DesignText(path.read_bytes(), media_type)


def _bytes(text: DesignText) -> bytes:
    return text.text.encode() if isinstance(text.text, str) else text.text


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _part(design: Design) -> tuple[str, bytes]:
    text = text_of(design)
    suffix = next(suffix for suffix, known in _BY_SUFFIX.items() if known == text.media_type)
    return f"design{suffix}", _bytes(text)


def _file(file: File) -> tuple[str, bytes]:
    if isinstance(file, Upload):
        return file.name, file.content
    assert isinstance(file, (str, PathLike))
    path = Path(fspath(file))
    return path.name, path.read_bytes()


def _asked(as_of: Day, packs: Iterable[str] | None) -> Query:
    return (*_given(as_of=_day(as_of)), *_packs(packs))


def _packs(packs: Iterable[str] | None) -> Query:
    return tuple(("pack", name) for name in packs or ())


def _given(**values: str) -> Query:
    """The parameters that have a value."""
    return tuple((name, value) for name, value in values.items() if value)


def _day(day: Day) -> str:
    return day.isoformat() if isinstance(day, date) else day or ""


def _moment(moment: datetime | str | None) -> str:
    return moment.isoformat() if isinstance(moment, datetime) else moment or ""


def _word(truth: bool) -> str:  # noqa: FBT001  a word for it is the point
    return "true" if truth else "false"


def _step(name: str) -> str:
    """A name as a step of a path: whatever is in it, it stays one step."""
    return quote(name, safe="")


def _condition(etag: str) -> dict[str, str]:
    """If-Match, for a tag with its quotation marks or without."""
    if not etag:
        return {}
    return {"If-Match": etag if etag == "*" or etag.startswith('"') else f'"{etag}"'}


# -- what comes back --------------------------------------------------------------------------------------------------


def _get(path: str, query: Query = ()) -> Call[Any]:
    return Call("GET", path, _json_of, query)


def _json_of(answer: httpx.Response) -> Any:
    try:
        return json.loads(answer.content)
    except ValueError:
        raise unreadable(answer) from None


def _page(answer: httpx.Response) -> Page[Any]:
    told = _json_of(answer)
    try:
        return Page(tuple(told["items"]), told["next"])
    except (KeyError, TypeError):
        raise unreadable(answer) from None


def _evaluation(answer: httpx.Response) -> Evaluation:
    told = _json_of(answer)
    replayed = answer.headers.get("idempotent-replayed", "") == "true"
    try:
        return Evaluation(told["id"], told["verdict"], _tag_of(answer), replayed)
    except (KeyError, TypeError):
        raise unreadable(answer) from None


def _tag_of(answer: httpx.Response) -> str:
    """The tag of what is held, whichever way it was packed on its way here."""
    tag = str(answer.headers.get("etag", "")).removeprefix("W/").strip('"')
    return tag.removesuffix("-gzip") if answer.headers.get("content-encoding") == "gzip" else tag


def _type_of(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip()
