"""What a caller is told who is not let in, or not to everything: a status, one coded problem, and headers.

Nothing here says why a credential was not accepted beyond what its holder could read off it: whether a key exists,
has run out or was revoked is the operator's to know, and stands in the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from supportable.errors import Problem
from supportable_api.auth import codes

REALM: Final = 'Bearer realm="supportable"'


class Refused(Exception):
    """A request that is answered with `status` and `problem` instead; `headers` go with the answer."""

    def __init__(self, status: int, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.problem = problem
        self.headers: Mapping[str, str] = headers or {}
        super().__init__(f"{status}: {problem.code} {problem.message}")


def nobody() -> Refused:
    """401 for a request without credentials."""
    return Refused(
        401,
        Problem(
            codes.NO_CREDENTIALS,
            "this needs an API key or a token",
            hint="send “Authorization: Bearer …”, or an API key as “X-API-Key: spk_…”",
        ),
        {"WWW-Authenticate": REALM},
    )


def unaccepted() -> Refused:
    """401 for credentials that are not accepted: wrong, unknown, expired, revoked. Always these very words."""
    return Refused(
        401,
        Problem(
            codes.CREDENTIALS_NOT_ACCEPTED,
            "the credentials are not accepted",
            hint="a key may have expired or been revoked; ask who runs this service",
        ),
        {"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
    )


def lacking(scope: str) -> Refused:
    """403 for a caller who is known but may not do this."""
    return Refused(
        403,
        Problem(
            codes.SCOPE_MISSING,
            f"this needs the scope “{scope}”",
            hint="ask who runs this service for a key or a role that has it",
        ),
        {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'},
    )


def provider_silent() -> Refused:
    """503 where the keys of the OIDC provider cannot be had: the caller may well be right."""
    return Refused(
        503,
        Problem(
            codes.PROVIDER_SILENT,
            "tokens cannot be checked now: the identity provider does not answer",
            hint="try again shortly; API keys are not affected",
            move="us",
        ),
        {"Retry-After": "5"},
    )


def no_tenant(claim: str) -> Refused:
    """403 for the holder of a good token in which nothing, or nothing usable, says whose rows are theirs."""
    return Refused(
        403,
        Problem(
            codes.TENANT_MISSING,
            f"the token names no tenant: its claim “{claim}” is missing or cannot be used",
            hint="ask who runs the identity provider to give you one",
        ),
    )


def two_credentials() -> Refused:
    """400 for a request that says twice who is calling: which of the two is meant is not for us to guess."""
    return Refused(400, Problem(codes.TWO_CREDENTIALS, "there are two credentials", hint="send one of them only"))


def from_elsewhere() -> Refused:
    """403 for a request that a browser sends on behalf of another site, or under a name that is not this machine's."""
    return Refused(
        403,
        Problem(
            codes.ELSEWHERE,
            "without authentication, this answers to this machine only",
            hint="open it as http://127.0.0.1 or http://localhost; to be reached otherwise it needs keys or a provider",
        ),
    )
