"""How this service makes out its callers: by keys and tokens, or, on loopback, not at all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from supportable.errors import Problem, UsageError
from supportable.ledger import Ledger
from supportable_api import codes as service_codes
from supportable_api.auth import codes
from supportable_api.auth.caller import LOCAL, Caller
from supportable_api.auth.keyring import PREFIX, KeyRing
from supportable_api.auth.refusals import from_elsewhere, nobody, two_credentials, unaccepted
from supportable_api.auth.settings import is_loopback, provider_of
from supportable_api.auth.tokens import Tokens
from supportable_api.settings import Settings

SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS"))


class Open:
    """No authentication: everyone on this machine is the local caller.

    A browser on this machine also runs pages of other sites. What they send is told by its `Origin` and refused,
    unless that is one of `origins`; so is every name but this machine's own, as any name can be made to lead here.
    """

    required: Final = False

    def __init__(self, origins: Collection[str] = ()) -> None:
        self._origins = frozenset(origins)

    async def caller(self, request: Request) -> Caller:
        """The local caller. Raises Refused (403) for what comes from elsewhere."""
        if not is_loopback(_host(f"//{request.headers.get('host', '')}")):
            raise from_elsewhere()
        origin = request.headers.get("origin")
        if origin is not None and origin not in self._origins and not is_loopback(_host(origin)):
            raise from_elsewhere()
        return LOCAL


class Closed:
    """Every caller has an API key or a token of the provider."""

    required: Final = True

    def __init__(self, *, keys: KeyRing | None, tokens: Tokens | None) -> None:
        self._keys = keys
        self._tokens = tokens

    async def caller(self, request: Request) -> Caller:
        """Who sends this. Raises Refused: 401 without good credentials, 400 with two, 503 if none can be checked."""
        given = [_bearer(value) for value in request.headers.getlist("authorization")]
        given += request.headers.getlist("x-api-key")
        credentials = [value for value in given if value]
        if not credentials:
            raise nobody()
        if len(credentials) > 1:
            raise two_credentials()
        (credential,) = credentials
        if credential.startswith(PREFIX) and self._keys is not None:
            return await self._keys.caller(credential)
        if not credential.startswith(PREFIX) and self._tokens is not None and "x-api-key" not in request.headers:
            return await self._tokens.caller(credential)
        raise unaccepted()


Authentication = Open | Closed


def authentication(settings: Settings, ledger: Ledger | None) -> Authentication:
    """What is to stand at `app.state.auth`. Raises UsageError if that would let in everyone from outside, or nobody."""
    oidc = provider_of(settings)
    ready = oidc is not None or (ledger is not None and ledger.has_keys())
    if settings.auth == "off" or (settings.auth == "auto" and not ready):
        if not settings.on_loopback:
            raise UsageError([_open_to_all(settings)])
        return Open(settings.cors_origins)
    if not ready:
        raise UsageError([_nobody_could(ledger)])
    return Closed(keys=None if ledger is None else KeyRing(ledger), tokens=None if oidc is None else Tokens(oidc))


def _open_to_all(settings: Settings) -> Problem:
    why = "authentication is off" if settings.auth == "off" else "there is no API key and no OIDC provider"
    return Problem(
        codes.OPEN_TO_THE_NETWORK,
        f"on {settings.host} this would answer to everyone who can reach it: {why}",
        hint="make a key with `supportable keys create`, or name a provider; or listen on 127.0.0.1",
    )


def _nobody_could(ledger: Ledger | None) -> Problem:
    return Problem(
        service_codes.BAD_SETTING,
        "authentication is on, and nobody could pass it: there is no API key and no OIDC provider",
        hint="make a key with `supportable keys create`"
        if ledger is not None
        else "without a database there are no API keys: name a provider, or a database",
    )


def _bearer(value: str) -> str:
    """The credential in an Authorization header; empty for other schemes, which say nothing to us."""
    scheme, _, credential = value.strip().partition(" ")
    return credential.strip() if scheme.casefold() == "bearer" else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
