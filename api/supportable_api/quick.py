"""The usual request for an evaluation, past FastAPI's routing and its resolution of parameters: they cost more than an
answer that is at hand.

Only what is plainly right is taken this way. Everything else, and everything that is wrong, goes the long way, which
knows how to say so; either way the same function answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from supportable_api.auth.caller import Allowed, authenticated
from supportable_api.problems import KNOWN, response_to

_QUERY: Final = re.compile(rb"(?:as_of=([0-9]{4}-[0-9]{2}-[0-9]{2}))?(?:(?:^|&)record=(true|false))?")
_EVALUATING: Final = Allowed(("evaluate",))

Endpoint = Callable[..., Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Usual:
    """The parameters of a usual request."""

    as_of: date | None
    record: bool


def usual(scope: Scope) -> Usual | None:
    """The parameters, None if anything about them is unusual."""
    found = _QUERY.fullmatch(scope["query_string"])
    if found is None or any(name == b"idempotency-key" for name, _ in scope["headers"]):
        return None
    try:
        as_of = None if found[1] is None else date.fromisoformat(found[1].decode())
    except ValueError:
        return None
    return Usual(as_of, found[2] != b"false")


class QuickEvaluations:
    """An application before which the usual requests to `route` are answered, by the route's own endpoint: that takes a
    request, who asks, `as_of` and `record`."""

    def __init__(self, app: ASGIApp, *, route: APIRoute) -> None:
        self._app = app
        self._route = route
        self._path = route.path
        self._endpoint: Endpoint = route.endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application do it."""
        parameters = None
        if scope["type"] == "http" and scope["path"] == self._path and scope["method"] == "POST":
            parameters = usual(scope)
        if parameters is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = self._route
        request = Request(scope, receive)
        try:
            who = await authenticated(request)
            _EVALUATING.check(who)
            response = await self._endpoint(request, who, as_of=parameters.as_of, record=parameters.record)
        except KNOWN as error:
            response = response_to(error)
        await response(scope, receive, send)
