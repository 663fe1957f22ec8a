"""Idempotency-Key: a POST that is sent twice is done once (draft-ietf-httpapi-idempotency-key-header).

A key belongs to its tenant and to one request: method, path, query, types and body. The answer of a request that
succeeded is kept for a day and given again, marked `Idempotent-Replayed: true`. What failed stored nothing, so that
its key is free again; where nobody knows whether it did, its key stays claimed until the claim lapses. Where nothing is
recorded the header means nothing: doing it twice changes nothing either.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from supportable.errors import LedgerError, Problem
from supportable.ledger import Ledger, LedgerUncertain, Remembered
from supportable_api.auth import Refused, codes
from supportable_api.auth.caller import Allowed, authenticated
from supportable_api.media import media_type_of
from supportable_api.storing import Storing

KEPT: Final = timedelta(hours=24)
"""How long an answer is given again."""

LEASE: Final = timedelta(minutes=2)
"""How long beyond its deadline a key is held for a request that never ends: its server was killed."""

SWEEPING = "00"
"""How the digest of a request begins that also clears away what is over: one in 256."""

REPLAYED: Final = "Idempotent-Replayed"
_KEY: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")
_BOUNDARY: Final = re.compile(rb'boundary="?([^";,]+)"?', re.IGNORECASE)
_NOT_KEPT: Final = frozenset(("content-length", "transfer-encoding"))

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


async def _declared(
    _idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="Any text of up to 255 characters: a repetition of this request is answered, not done again",
        ),
    ] = None,
) -> None:
    """Stands in the route, so that OpenAPI tells of the header; `OnceRoute` reads it."""


class OnceRoute(APIRoute):
    """A route whose POSTs heed Idempotency-Key: `APIRouter(route_class=OnceRoute)`."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if "POST" in (options.get("methods") or ()):
            options["dependencies"] = [*(options.get("dependencies") or ()), Depends(_declared)]
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """The handler that FastAPI makes, behind one that answers repetitions."""
        run = super().get_route_handler()

        async def once(request: Request) -> Response:
            storing: Storing | None = request.app.state.storing
            if request.method != "POST" or storing is None or "idempotency-key" not in request.headers:
                return await run(request)
            # Before anything is looked up: what was answered to one caller is not for another.
            who = await authenticated(request)
            for allowed in _allowed(self):
                allowed.check(who)
            key = _key(request)
            return await _once(request, run, request.app.state.ledger, who.tenant, key)

        return once


async def _once(request: Request, run: Handler, ledger: Ledger, tenant: str, key: str) -> Response:
    storing: Storing = request.app.state.storing
    digest = _digest(request, await request.body())
    lease = LEASE + timedelta(seconds=request.app.state.settings.deadline)
    claim = await storing.run(ledger.claim, tenant, key, digest, lease=lease)
    if claim.state == "running":
        raise _refused(409, codes.KEY_IN_USE, "a request with this idempotency key is under way", {"Retry-After": "1"})
    if claim.state == "other":
        raise _refused(422, codes.KEY_OF_ANOTHER, "this idempotency key was used for another request")
    if claim.answer is not None:
        return Response(claim.answer.body, claim.answer.status, {**claim.answer.headers, REPLAYED: "true"})
    done = may_be_done = False
    try:
        response = await run(request)
        done = response.status_code < 300
    except (LedgerUncertain, asyncio.CancelledError):
        # Who asks again under a key that is free would have it done twice: it stays claimed for a while.
        may_be_done = True
        raise
    finally:
        if not (done or may_be_done):
            # Where this fails too, the claim lapses by itself.
            with suppress(LedgerError):
                await storing.run(ledger.release, tenant, key)
    if done:
        body = await _whole(response)
        headers = {name: value for name, value in response.headers.items() if name not in _NOT_KEPT}
        answer = Remembered(digest, response.status_code, headers, body)
        # It is done and has its answer. One that cannot be kept stays claimed for a while: better refused than twice.
        with suppress(LedgerError):
            await storing.run(ledger.remember, tenant, key, answer, ttl=KEPT)
            if digest.startswith(SWEEPING):
                await storing.run(ledger.forget_requests)
    return response


async def _whole(response: Response) -> bytes:
    """The body of an answer; one that would be sent in pieces is put together first."""
    if isinstance(response, StreamingResponse):
        pieces = [piece async for piece in response.body_iterator]
        response.body_iterator = _again(pieces)
        return b"".join(piece.encode() if isinstance(piece, str) else bytes(piece) for piece in pieces)
    return bytes(response.body)


async def _again(pieces: Sequence[Any]) -> AsyncIterator[Any]:
    for piece in pieces:
        yield piece


def _allowed(route: APIRoute) -> list[Allowed]:
    waiting, found = [route.dependant], []
    while waiting:
        dependant = waiting.pop()
        waiting.extend(dependant.dependencies)
        if isinstance(dependant.call, Allowed):
            found.append(dependant.call)
    return found


def _key(request: Request) -> str:
    """The key, with or without the quotation marks that the draft asks for."""
    given = request.headers.getlist("idempotency-key")
    text = given[0].strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if len(given) > 1 or not _KEY.fullmatch(text):
        raise _refused(400, codes.BAD_KEY, "an idempotency key is one text of 1 to 255 printable ASCII characters")
    return text


def _digest(request: Request, body: bytes) -> str:
    """What makes two requests the same. The boundary of a form is not part of it: clients draw a new one each time."""
    content_type = request.headers.get("content-type", "")
    kind, charset = media_type_of(content_type)
    boundary = _BOUNDARY.search(content_type.encode()) if kind.startswith("multipart/") else None
    if boundary is not None:
        body = body.replace(b"--" + boundary[1].strip(), b"--")
    parts = (
        request.method.encode(),
        request.scope["path"].encode(),
        request.scope["query_string"],
        kind.encode(),
        charset.encode(),
        request.headers.get("accept", "").encode(),
        body,
    )
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _refused(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Refused:
    hint = "make a new key for every new request" if status != 409 else "wait for its answer, or ask again shortly"
    return Refused(status, Problem(code, message, hint=hint), headers)
