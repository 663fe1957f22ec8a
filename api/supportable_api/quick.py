"""The usual request for an evaluation, without FastAPI's resolution of parameters: that costs more than the answer.

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

from supportable_api.auth.caller import Allowed, authenticated
from supportable_api.idempotency import OnceRoute

_QUERY: Final = re.compile(rb"(?:as_of=([0-9]{4}-[0-9]{2}-[0-9]{2}))?(?:(?:^|&)record=(true|false))?")
_EVALUATING: Final = Allowed(("evaluate",))

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Usual:
    """The parameters of a usual request."""

    as_of: date | None
    record: bool


def usual(request: Request) -> Usual | None:
    """The parameters, None if anything about them is unusual."""
    found = _QUERY.fullmatch(request.scope["query_string"])
    if found is None or any(name == b"idempotency-key" for name, _ in request.scope["headers"]):
        return None
    try:
        as_of = None if found[1] is None else date.fromisoformat(found[1].decode())
    except ValueError:
        return None
    return Usual(as_of, found[2] != b"false")


class QuickRoute(OnceRoute):
    """A route whose endpoint takes a request, who asks, `as_of` and `record`, and for usual requests nothing else."""

    def get_route_handler(self) -> Handler:
        """The handler that FastAPI makes, behind one that answers usual requests."""
        careful = super().get_route_handler()
        endpoint: Callable[..., Coroutine[Any, Any, Response]] = self.endpoint

        async def handler(request: Request) -> Response:
            parameters = usual(request)
            if parameters is None:
                return await careful(request)
            who = await authenticated(request)
            _EVALUATING.check(who)
            return await endpoint(request, who, as_of=parameters.as_of, record=parameters.record)

        return handler
