"""What both clients do alike: how they connect, and what becomes of one answer."""

from __future__ import annotations

from typing import Final, TypeVar
from uuid import uuid4

import httpx

from supportable.client.calls import Call
from supportable.client.errors import no_answer, refusal, unreadable
from supportable.client.retrying import Retries
from supportable.client.wire import as_header, as_utf8
from supportable.version import __version__

T = TypeVar("T")

_CALLED: Final = {"Content-Type": "media type", "If-Match": "entity tag"}
"""What callers call what stands in a header."""

TIMEOUT: Final = 60.0
CONNECTING: Final = 5.0


def timeouts(seconds: float) -> httpx.Timeout:
    """So long to wait for each piece of an answer, and to send one; less to connect."""
    return httpx.Timeout(seconds, connect=min(CONNECTING, seconds))


def headers_of(credential: str) -> dict[str, str]:
    """What goes along with every request. A credential is an API key or a token, "" for none. Raises UsageError for one
    that no header can hold."""
    headers = {"User-Agent": f"supportable/{__version__}", "Accept": "application/json"}
    return headers | {"Authorization": f"Bearer {as_header('credential', credential)}"} if credential else headers


def request_of(http: httpx.Client | httpx.AsyncClient, call: Call[T]) -> httpx.Request:
    """The request, all of it in memory: tried again it is the same to the byte, key included. Raises UsageError for
    what cannot be sent."""
    headers = {name: as_header(_CALLED.get(name, name), value) for name, value in call.headers.items()}
    if call.once:
        headers["Idempotency-Key"] = as_header("idempotency key", call.key) or str(uuid4())
    for name, value in call.query:
        as_utf8(f"the parameter “{name}”", value)
    request = http.build_request(
        call.method, call.path, params=call.query, headers=headers, content=call.content, files=call.files
    )
    request.read()
    return request


def wait_after(retries: Retries, answer: httpx.Response, tried: int) -> float | None:
    """None for an answer that is one, else how long to wait before the next try. Raises ApiError, NoAnswerError."""
    if answer.is_success:
        return None
    if answer.status_code < 400:
        raise unreadable(answer)
    wait = retries.wait_after(answer, tried)
    if wait is None:
        raise refusal(answer)
    return wait


def wait_after_silence(call: Call[T], retries: Retries, error: httpx.RequestError, address: str, tried: int) -> float:
    """How long to wait before the next try. Raises NoAnswerError where there is none."""
    wait = retries.wait_after_silence(call, tried)
    if wait is None:
        raise no_answer(error, address) from error
    return wait
