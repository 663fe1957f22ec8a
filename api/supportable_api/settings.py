"""What a service is started with: one frozen value, from SUPPORTABLE_* variables and the options of `serve`."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, get_type_hints

from supportable.errors import Problem, UsageError
from supportable.origin import Origin
from supportable_api import codes

MIB: Final = 1024 * 1024
PREFIX: Final = "SUPPORTABLE_"
NO_DATABASE: Final = "none"
"""As `database`: nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set. Times are seconds, sizes bytes; every bound is inclusive.

    Each field is read from the variable of its name in capitals behind SUPPORTABLE_; a tuple is written with commas.
    """

    host: str = "127.0.0.1"
    port: int = 8000

    database: str = ""
    """The address of the ledger's database, such as sqlite:////var/lib/ledger.db or postgresql://user@host/name; “none”
    to keep nothing. If left out, a SQLite file in the user's data folder."""

    packs: tuple[str, ...] = ()
    """Shelves of packs beside the installed ones."""

    installed: bool = True
    """Whether the packs of installed packages take part."""

    tolerant: bool = False
    """Whether to start, and to reload, without the packs that are broken; otherwise they are refused."""

    max_body: int = 4 * MIB
    """Of one request, or of one line of a batch."""

    max_file: int = 20 * MIB
    """Of one request that uploads a file: bills of materials, validation reports."""

    max_entities: int = 20_000
    """Entries of all sections of a design together."""

    deadline: float = 10.0
    """What one evaluation may take, once it is begun."""

    concurrency: int = field(default_factory=lambda: os.cpu_count() or 1)
    """How many evaluations run at a time, each in a thread."""

    queue: int = 64
    """How many requests may wait for a thread; those beyond are answered 429."""

    cache: int = 64 * MIB
    """What verdicts are kept for the next request that asks the same; 0 keeps none."""

    header_timeout: float = 10.0
    """From the first byte of a request, or from the connection, to the end of its headers."""

    body_timeout: float = 30.0
    """From the headers to the end of the body; in a batch, from one piece to the next."""

    send_timeout: float = 30.0
    """What a client may take to read one piece of an answer."""

    keep_alive: float = 15.0
    """How long a connection without a request is kept."""

    grace: float = 20.0
    """How long requests under way may go on once the service is told to end."""

    cors_origins: tuple[str, ...] = ()
    """Origins whose pages may call; none, unless they are named."""

    log_format: str = "text"
    """“text” or “json”, one line a request either way."""

    auth: str = "auto"
    """Whether callers must say who they are: “on”, “off”, or “auto”, which is on as soon as there is an API key in the
    database or a provider of tokens. Off is possible on loopback only."""

    oidc_issuer: str = ""
    """The issuer whose tokens are accepted; "" accepts none."""

    oidc_audience: str = ""
    """What tokens must be meant for."""

    oidc_jwks: str = ""
    """Where the issuer's keys are; "" asks the issuer's discovery document."""

    oidc_algorithms: tuple[str, ...] = ("RS256", "ES256")
    """All that a token may be signed with."""

    oidc_leeway: float = 30.0
    """By how much the clocks of issuer and service may differ."""

    oidc_scope_claim: str = "scope"
    """Where a token says what its holder may do; a path with dots leads into nested claims."""

    oidc_scope_prefix: str = ""
    """What stands before “read”, “evaluate” and “admin” there."""

    oidc_tenant_claim: str = ""
    """Where a token says whose rows its holder works on; "" puts every holder into `oidc_tenant`."""

    oidc_tenant: str = "default"

    oidc_subject_claim: str = "sub"
    """Where a token says who its holder is, as what is recorded names them."""

    def __post_init__(self) -> None:
        problems = [
            _problem(name, f"must be {least} at least, not {value}")
            for name, least in _LEAST.items()
            if not (value := getattr(self, name)) >= least
        ]
        if self.log_format not in ("text", "json"):
            problems.append(_problem("log_format", f"must be “text” or “json”, not “{self.log_format}”"))
        if self.auth not in ("auto", "on", "off"):
            problems.append(_problem("auth", f"must be “auto”, “on” or “off”, not “{self.auth}”"))
        if problems:
            raise UsageError(problems)

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def with_options(self, **given: object) -> Settings:
        """The same with these fields, those that are None left as they are."""
        return replace(self, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


_LEAST: Final = {
    "port": 0,
    "max_body": 1,
    "max_file": 1,
    "max_entities": 1,
    "deadline": 0.001,
    "concurrency": 1,
    "queue": 0,
    "cache": 0,
    "header_timeout": 0.001,
    "body_timeout": 0.001,
    "send_timeout": 0.001,
    "keep_alive": 0.0,
    "grace": 0.0,
    "oidc_leeway": 0.0,
}


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings that SUPPORTABLE_* variables give. Raises UsageError, with every variable that is wrong."""
    kinds = get_type_hints(Settings)
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for each in fields(Settings):
        text = environ.get(PREFIX + each.name.upper(), "")
        if not text:
            continue
        try:
            given[each.name] = _READERS[kinds[each.name]](text)
        except ValueError as error:
            problems.append(_problem(each.name, str(error)))
    if problems:
        raise UsageError(problems)
    return Settings(**given)


def _truth(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.casefold() not in known:
        raise ValueError(f"must be “true” or “false”, not “{text}”")
    return known[text.casefold()]


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"must be a whole number, not “{text}”") from None


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"must be a number, not “{text}”") from None


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


_READERS: Final[dict[Any, Any]] = {
    str: str,
    int: _whole,
    float: _seconds,
    bool: _truth,
    tuple[str, ...]: _several,
}


def _problem(name: str, message: str) -> Problem:
    return Problem(codes.BAD_SETTING, f"{PREFIX}{name.upper()} {message}", Origin("<settings>"), "see docs/api.md")


def shelves_of(settings: Settings) -> list[Path]:
    """The folders in which packs are looked for beside the installed ones."""
    return [Path(each) for each in settings.packs]
