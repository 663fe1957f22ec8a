"""What comes back: answers below 400, as values. What cannot be read raises NoAnswerError."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import httpx

from supportable.client.errors import ApiError, problem_of, unreadable
from supportable.client.model import BatchLine, Evaluation
from supportable.client.shapes import Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and the cursor of the next, None for the last."""

    items: tuple[T, ...]
    next: str | None


def json_in(answer: httpx.Response) -> Any:
    """An answer in JSON."""
    try:
        return json.loads(answer.content)
    except ValueError:
        raise unreadable(answer) from None


def page_in(answer: httpx.Response) -> Page[Any]:
    """A page of a list."""
    told = json_in(answer)
    try:
        return Page(tuple(told["items"]), told["next"])
    except (KeyError, TypeError):
        raise unreadable(answer) from None


def evaluation_in(answer: httpx.Response) -> Evaluation:
    """A verdict with the id and the tag that came with it."""
    told = json_in(answer)
    replayed = answer.headers.get("idempotent-replayed", "") == "true"
    try:
        return Evaluation(told["id"], told["verdict"], tag_of(answer), replayed)
    except (KeyError, TypeError):
        raise unreadable(answer) from None


def tag_of(answer: httpx.Response) -> str:
    """The tag of what is held, whichever way it was packed on its way here."""
    tag = str(answer.headers.get("etag", "")).removeprefix("W/").strip('"')
    return tag.removesuffix("-gzip") if answer.headers.get("content-encoding") == "gzip" else tag


def type_of(answer: httpx.Response) -> str:
    """The media type of what came, bare."""
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip()


def line_in(number: int, told: dict[str, Any], answer: httpx.Response) -> BatchLine:
    """One line of a batch's answer, by its number in the whole batch. Raises KeyError, ValueError for what is none."""
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
