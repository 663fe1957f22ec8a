"""Who calls, and the dependency by which a route says what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from supportable_api.auth.refusals import lacking

Scope = Literal["read", "evaluate", "admin"]
SCOPES: Final[tuple[Scope, ...]] = ("read", "evaluate", "admin")
"""What a caller may be allowed, each by itself: none of them brings another along."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: whose rows are seen and written (`tenant`), who it is within (`subject`), and what is allowed."""

    tenant: str
    subject: str
    scopes: frozenset[Scope]


LOCAL: Final = Caller("local", "local", frozenset(SCOPES))
"""The caller where authentication is off, which is on loopback only."""

_BEARER: Final = HTTPBearer(
    auto_error=False, scheme_name="bearer", description="An API key (`spk_…`) or a token of the OIDC provider."
)
_API_KEY: Final = APIKeyHeader(
    name="X-API-Key", auto_error=False, scheme_name="key", description="An API key, for what cannot set Authorization."
)


async def _authenticated(
    request: Request,
    _bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    _key: Annotated[str | None, Depends(_API_KEY)],
) -> Caller:
    """The caller of this request, made out once; the two schemes stand here so that OpenAPI tells of them."""
    # There is no default: an app that was put together without authentication must fail, not let everyone in.
    caller: Caller = await request.app.state.auth.caller(request)
    request.state.caller = caller
    return caller


@dataclass(frozen=True, slots=True)
class Allowed:
    """The dependency of a route: its caller, who must have `scope`. 401 without credentials, 403 without the scope."""

    scope: Scope

    async def __call__(self, who: Annotated[Caller, Depends(_authenticated)]) -> Caller:
        """The caller of the request, who may do this."""
        if self.scope not in who.scopes:
            raise lacking(self.scope)
        return who


def caller(scope: Scope) -> Allowed:
    """What a route writes: `who: Annotated[Caller, Depends(caller("read"))]`."""
    return Allowed(scope)
