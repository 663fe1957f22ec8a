"""The signing keys of an OIDC provider: fetched, kept for a while, and fetched again when a new one is used."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final

from supportable_api.auth.refusals import provider_silent
from supportable_api.auth.settings import OidcSettings, check_url

MOST_BYTES: Final = 256 * 1024
"""Of one document of a provider; real ones have a few thousand."""

PAUSE: Final = 5.0
"""Seconds between two calls to the provider at least, however many unknown keys callers name."""

Jwk = Mapping[str, Any]


class NoKeysError(Exception):
    """A provider that does not answer, or not with keys."""


def fetch(oidc: OidcSettings) -> dict[str | None, Jwk]:
    """The provider's signing keys by their id, as it gives them now. Blocks; raises NoKeysError."""
    address = oidc.jwks_url
    if not address:
        told = _document(oidc.issuer.rstrip("/") + "/.well-known/openid-configuration", oidc.timeout)
        address = told.get("jwks_uri", "")
        if told.get("issuer") != oidc.issuer or not isinstance(address, str) or check_url(address):
            raise NoKeysError("the discovery document is another issuer's, or says nothing of keys")
    listed = _document(address, oidc.timeout).get("keys")
    if not isinstance(listed, list):
        raise NoKeysError("the document of keys has no list of keys")
    return {jwk.get("kid"): jwk for jwk in listed if isinstance(jwk, dict) and _signs(jwk)}


def _signs(jwk: Jwk) -> bool:
    """Whether a key is there to check signatures with; shared secrets (`oct`) are not taken from anywhere."""
    operations = jwk.get("key_ops")
    return (
        jwk.get("kty") in {"RSA", "EC", "OKP"}
        and jwk.get("use") in {None, "sig"}
        and (operations is None or (isinstance(operations, list) and "verify" in operations))
        and isinstance(jwk.get("kid", ""), str)
    )


def _document(url: str, timeout: float) -> dict[str, Any]:
    # Put together by hand: what urllib builds by itself also follows redirections and opens files.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"Accept": "application/json", "User-Agent": "supportable"})
    try:
        with opener.open(request, timeout=timeout) as answer:
            text = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise NoKeysError(f"{url}: {error.code}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoKeysError(f"{url}: {error}") from error
    if len(text) > MOST_BYTES:
        raise NoKeysError(f"{url}: more than {MOST_BYTES} bytes")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoKeysError(f"{url}: not JSON") from error
    if not isinstance(value, dict):
        raise NoKeysError(f"{url}: not an object")
    return value


class SigningKeys:
    """The keys of one provider, kept in memory.

    They are fetched when first needed, again after `refresh` seconds, and when a token names one that is not there (a
    rotation), never more often than every `PAUSE` seconds. While the provider is silent, those it gave last stay good
    for `stale` seconds. For use on one event loop.
    """

    def __init__(
        self,
        oidc: OidcSettings,
        *,
        fetch: Callable[[OidcSettings], dict[str | None, Jwk]] = fetch,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._oidc = oidc
        self._fetch = fetch
        self._clock = clock
        self._held: dict[str | None, Jwk] = {}
        self._given: float | None = None
        self._tried: float | None = None
        self._silent = False
        self._asking = asyncio.Lock()

    async def find(self, kid: str | None) -> Jwk | None:
        """The key of that id, or None where the provider has no such key.

        A token without an id is taken to mean the only key there is. Raises Refused (503) if that cannot be said
        because the provider does not answer.
        """
        found = self._pick(kid)
        due = self._given is None or self._clock() - self._given > self._oidc.refresh
        # One request at most waits for a provider that is slow to renew a key we have.
        if due and not (found and self._asking.locked()):
            await self._ask()
            found = self._pick(kid)
        if found is None:
            await self._ask()
            found = self._pick(kid)
        if found is None and self._silent:
            raise provider_silent()
        return found

    def _pick(self, kid: str | None) -> Jwk | None:
        if self._given is None or self._clock() - self._given > self._oidc.refresh + self._oidc.stale:
            return None
        if kid is None and len(self._held) == 1:
            return next(iter(self._held.values()))
        return self._held.get(kid)

    async def _ask(self) -> None:
        """Ask the provider, unless it was asked just now; whoever comes meanwhile waits for the same answer."""
        async with self._asking:
            if self._tried is not None and self._clock() - self._tried < PAUSE:
                return
            try:
                # Each step on the wire has its own time; the whole must not take longer either.
                self._held = await asyncio.wait_for(asyncio.to_thread(self._fetch, self._oidc), self._oidc.timeout)
            except (NoKeysError, TimeoutError):
                self._silent = True
            else:
                self._silent = False
                self._given = self._clock()
            self._tried = self._clock()
