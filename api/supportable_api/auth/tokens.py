"""Bearer tokens of an OIDC provider: checked, and read as a caller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

import jwt

from supportable_api.auth.caller import Caller, Scope
from supportable_api.auth.jwks import SigningKeys
from supportable_api.auth.refusals import no_tenant, unaccepted
from supportable_api.auth.settings import TENANT, OidcSettings

MOST_CHARACTERS: Final = 16 * 1024
"""Of a token; more than that no server takes in one header anyhow."""


class Tokens:
    """What is accepted of one provider."""

    def __init__(self, oidc: OidcSettings, keys: SigningKeys | None = None) -> None:
        self._oidc = oidc
        self._keys = keys or SigningKeys(oidc)

    async def caller(self, token: str) -> Caller:
        """Who holds this token. Raises Refused: 401 if it is not accepted, 403 if it names no tenant, 503 if the
        provider's keys cannot be had."""
        return self._caller(await self._claims(token))

    async def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > MOST_CHARACTERS:
            raise unaccepted()
        try:
            header = jwt.get_unverified_header(token)
            algorithm, kid = header.get("alg"), header.get("kid")
            # The list is the operator's, whatever the token says; the header only picks from it.
            if algorithm not in self._oidc.algorithms:
                raise unaccepted()
            jwk = await self._keys.find(kid)
            if jwk is None or jwk.get("alg") not in {None, algorithm}:
                raise unaccepted()
            claims: dict[str, Any] = jwt.decode(
                token,
                jwt.PyJWK(dict(jwk), algorithm=algorithm),
                algorithms=[algorithm],
                audience=self._oidc.audience,
                issuer=self._oidc.issuer,
                leeway=self._oidc.leeway,
                options={"require": ["exp", "iss", "aud"], "enforce_minimum_key_length": True},
            )
        except (jwt.PyJWTError, RecursionError, OverflowError) as error:
            raise unaccepted() from error
        return claims

    def _caller(self, claims: Mapping[str, Any]) -> Caller:
        subject = claim(claims, self._oidc.subject_claim)
        if not isinstance(subject, str) or not subject:
            raise unaccepted()
        tenant = claim(claims, self._oidc.tenant_claim) if self._oidc.tenant_claim else self._oidc.tenant
        if not isinstance(tenant, str) or not TENANT.fullmatch(tenant):
            raise no_tenant(self._oidc.tenant_claim)
        return Caller(tenant, subject, self._scopes(claims))

    def _scopes(self, claims: Mapping[str, Any]) -> frozenset[Scope]:
        given = claim(claims, self._oidc.scope_claim)
        words = given.split() if isinstance(given, str) else given if isinstance(given, list) else []
        return frozenset(scope for scope in get_args(Scope) if self._oidc.scope_prefix + scope in words)


def claim(claims: Mapping[str, Any], path: str) -> object:
    """The claim of that name; or, where there is none, what a path with dots leads to; or None."""
    if path in claims:
        return claims[path]
    value: object = claims
    for step in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value
