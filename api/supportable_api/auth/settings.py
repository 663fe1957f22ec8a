"""How callers are told apart: what an operator sets, checked before the service starts."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from supportable.errors import Problem, UsageError
from supportable_api import codes
from supportable_api.settings import Settings

TENANT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}")
"""What a tenant can be called, by a claim or when a key is made."""

SIGNING: Final = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
)
"""What a token may be signed with at most: with a private key that the provider alone has, never a shared secret."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """One OIDC provider whose access tokens are accepted.

    - `issuer` is compared with `iss` letter by letter; its keys are found by discovery unless `jwks_url` says where.
    - `audience` must be in `aud`.
    - `algorithms` is all that a token may be signed with, out of `SIGNING`.
    - `leeway` (seconds) is how far clocks may differ in `exp`, `nbf` and `iat`.
    - `scope_claim` holds scopes as a list or as words in one text; `scope_prefix` stands before ours there. Claims
      are given by name or, in nested ones, by a path with dots (`realm_access.roles`).
    - `tenant_claim` names the tenant; where it is empty, everyone belongs to `tenant`.
    - `subject_claim` names the caller in what is stored.
    - `timeout` (seconds) is all the time the provider has to answer; its keys are asked for again after `refresh`
      seconds, and used for `stale` seconds at most while it is silent.
    """

    issuer: str
    audience: str
    jwks_url: str = ""
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    leeway: float = 30.0
    scope_claim: str = "scope"
    scope_prefix: str = ""
    tenant_claim: str = ""
    tenant: str = "default"
    subject_claim: str = "sub"
    timeout: float = 5.0
    refresh: float = 300.0
    stale: float = 3600.0


def provider_of(settings: Settings) -> OidcSettings | None:
    """The provider that a service is set up with, or None. Raises UsageError with all that is wrong with it."""
    if not settings.oidc_issuer:
        return None
    oidc = OidcSettings(
        issuer=settings.oidc_issuer,
        audience=settings.oidc_audience,
        jwks_url=settings.oidc_jwks,
        algorithms=settings.oidc_algorithms,
        leeway=settings.oidc_leeway,
        scope_claim=settings.oidc_scope_claim,
        scope_prefix=settings.oidc_scope_prefix,
        tenant_claim=settings.oidc_tenant_claim,
        tenant=settings.oidc_tenant,
        subject_claim=settings.oidc_subject_claim,
    )
    problems = list(_faults(oidc))
    if problems:
        raise UsageError(problems)
    return oidc


def is_loopback(host: str) -> bool:
    """Whether what listens on `host`, a name or an address, is reached from this machine only."""
    if host.rstrip(".").casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _faults(oidc: OidcSettings) -> Iterator[Problem]:
    yield from (_wrong("issuer", reason) for reason in check_url(oidc.issuer))
    if oidc.jwks_url:
        yield from (_wrong("jwks", reason) for reason in check_url(oidc.jwks_url))
    if not oidc.audience:
        yield _wrong("audience", "is missing: tokens that are meant for others would be accepted")
    if not oidc.algorithms:
        yield _wrong("algorithms", "names none")
    for name in oidc.algorithms:
        if name not in SIGNING:
            yield _wrong("algorithms", f"names “{name}”, which is not one of {', '.join(sorted(SIGNING))}")
    if not oidc.tenant_claim and not TENANT.fullmatch(oidc.tenant):
        yield _wrong("tenant", f"is no name of a tenant: “{oidc.tenant}”")


def check_url(url: str) -> list[str]:
    """What is wrong with an address that keys are fetched from; nothing, if it is https or on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return [f"is no address: “{url}”"]
    if parts.scheme not in {"http", "https"} or not host:
        return [f"is no https address: “{url}”"]
    if parts.scheme == "http" and not is_loopback(host):
        return [f"is not https, so that whoever is in between could sign tokens: “{url}”"]
    return []


def _wrong(name: str, reason: str) -> Problem:
    return Problem(codes.BAD_SETTING, f"SUPPORTABLE_OIDC_{name.upper()} {reason}", hint="see docs/auth.md")
