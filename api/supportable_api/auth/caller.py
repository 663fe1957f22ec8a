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


async def authenticated(request: Request) -> Caller:
    """The caller of this request, made out once. Raises Refused."""
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        # There is no default: an app that was put together without authentication must fail, not let everyone in.
        known = await request.app.state.auth.caller(request)
        request.state.caller = known
    return known


async def _declared(
    request: Request,
    _bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    _key: Annotated[str | None, Depends(_API_KEY)],
) -> Caller:
    """The caller; the two schemes stand here so that OpenAPI tells of them."""
    return await authenticated(request)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The dependency of a route: its caller, who must have all of `scopes`. 401 without credentials, 403 without one
    of the scopes."""

    scopes: tuple[Scope, ...]

    def check(self, who: Caller) -> None:
        """Raise Refused (403), naming the first scope that `who` lacks."""
        for scope in self.scopes:
            if scope not in who.scopes:
                raise lacking(scope)

    async def __call__(self, who: Annotated[Caller, Depends(_declared)]) -> Caller:
        """The caller of the request, who may do this."""
        self.check(who)
        return who


def caller(*scopes: Scope) -> Allowed:
    """What a route writes: `who: Annotated[Caller, Depends(caller("read"))]`."""
    return Allowed(scopes)
