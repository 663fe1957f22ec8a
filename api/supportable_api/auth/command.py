"""`supportable keys`: API keys for those who call the service."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final

import typer

from supportable.cli.options import Form, Format
from supportable.cli.problems import command, refusing, say, write_json
from supportable.cli.user import user
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.ledger import KeyInfo, Ledger, default_database, open_ledger
from supportable.ledger.times import written
from supportable.report import console_for
from supportable_api.auth import codes
from supportable_api.auth.caller import SCOPES
from supportable_api.auth.settings import TENANT
from supportable_api.settings import NO_DATABASE, settings_from

NEVER: Final = "never"
_SPAN: Final = re.compile(r"([1-9][0-9]{0,5})\s*([hd])")

keys_app = typer.Typer(help="API keys for those who call the service.", no_args_is_help=True)

Database = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="The database of the service; that of `serve` if left out."),
]


@keys_app.callback()
def _group() -> None:
    """API keys for those who call the service."""


@keys_app.command("create")
@command
def create(
    label: Annotated[str, typer.Argument(help="What the key is for, such as the name of a program or a team.")],
    tenant: Annotated[str, typer.Option("--tenant", metavar="NAME", help="Whose rows it works on.")] = "default",
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="SCOPE", help="read, evaluate or admin; read and evaluate if left out."),
    ] = None,
    expires: Annotated[
        str,
        typer.Option("--expires", metavar="WHEN", help="After so many days (90d) or hours (12h), on a day, or never."),
    ] = "365d",
    database: Database = None,
    format: Form = Format.text,
) -> None:
    """Make a key. Its secret stands alone on stdout, this once: only a digest of it is kept.

    Exit codes: 0 made; 3 something is wrong with the options or the database.
    """
    with refusing(format), _opened(database, make=True) as ledger:
        scopes = _scopes(scope or ["read", "evaluate"])
        until = _expiry(expires, datetime.now(UTC))
        info, secret = ledger.create_key(_tenant(tenant), label, scopes, until, by=user())
    if format is Format.json:
        write_json({**_as_json(info), "secret": secret})
        return
    good = "without end" if info.expires_at is None else f"until {_minute(info.expires_at)}"
    say(f"key {info.prefix} of tenant {info.tenant}, may {', '.join(info.scopes)}, good {good}")
    say("the secret is shown this once:")
    typer.echo(secret)


@keys_app.command("list")
@command
def list_(
    tenant: Annotated[str | None, typer.Option("--tenant", metavar="NAME", help="Of this tenant only.")] = None,
    database: Database = None,
    format: Form = Format.text,
) -> None:
    """List the keys, oldest first, also those that are over. Secrets are not known to anybody here.

    Exit codes: 0 listed; 3 something is wrong with the database.
    """
    with refusing(format), _opened(database) as ledger:
        found = ledger.list_keys(tenant)
    if format is Format.json:
        write_json([_as_json(info) for info in found])
        return
    now = datetime.now(UTC)
    rows = [("key", "tenant", "label", "scopes", "made", "by", "state")]
    rows += [
        (
            info.prefix,
            info.tenant,
            info.label,
            " ".join(info.scopes),
            _minute(info.created_at),
            info.created_by or "-",
            _state(info, now),
        )
        for info in found
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    console = console_for(sys.stdout)
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)]
        console.print("  ".join(cells).rstrip(), markup=False, highlight=False, soft_wrap=True)


@keys_app.command("revoke")
@command
def revoke(
    key: Annotated[str, typer.Argument(help="The key as `list` shows it.")],
    tenant: Annotated[str | None, typer.Option("--tenant", metavar="NAME", help="Only if it is this tenant's.")] = None,
    database: Database = None,
    format: Form = Format.text,
) -> None:
    """Revoke a key. Servers that are running notice within five seconds. What is revoked stays so.

    Exit codes: 0 revoked, now or before; 3 there is no such key, or something is wrong with the database.
    """
    with refusing(format), _opened(database) as ledger:
        info = ledger.revoke_key(tenant, key, by=user())
        if info is None:
            # Whoever pastes a whole secret here must not see it again in a log.
            shown = "of that name" if len(key) > 12 else f"“{key}”"
            raise UsageError(
                [Problem(codes.NO_SUCH_KEY, f"there is no key {shown}", hint="see: supportable keys list")]
            )
    if format is Format.json:
        write_json(_as_json(info))
    else:
        since = _minute(info.revoked_at or info.created_at)
        typer.echo(f"{info.prefix} ({info.label}) is revoked since {since}{_by(info.revoked_by)}")


@contextmanager
def _opened(database: str | None, *, make: bool = False) -> Iterator[Ledger]:
    """The ledger of the service. Without `make` its database must be there: who looks at the wrong place is told so."""
    url = database or settings_from(os.environ).database or default_database()
    if url == NO_DATABASE:
        message = "there is no database to keep keys in"
        raise UsageError([Problem(codes.BAD_KEY_OPTION, message, hint="name one with --database")])
    with open_ledger(url, migrate=make) as ledger:
        yield ledger


def _scopes(given: list[str]) -> tuple[str, ...]:
    problems = [
        Problem(codes.BAD_KEY_OPTION, f"there is no scope “{scope}”", hint=did_you_mean(scope, SCOPES))
        for scope in given
        if scope not in SCOPES
    ]
    if problems:
        raise UsageError(problems)
    return tuple(scope for scope in SCOPES if scope in given)


def _tenant(name: str) -> str:
    if not TENANT.fullmatch(name):
        hint = "letters, digits and . _ : @ / - , a letter or digit first, 100 at most"
        raise UsageError([Problem(codes.BAD_KEY_OPTION, f"“{name}” cannot be the name of a tenant", hint=hint)])
    return name


def _expiry(text: str, now: datetime) -> datetime | None:
    """When a key is no longer good; a day is over when it begins, in UTC."""
    if text == NEVER:
        return None
    span = _SPAN.fullmatch(text)
    try:
        if span is not None:
            return now + (timedelta(hours=int(span[1])) if span[2] == "h" else timedelta(days=int(span[1])))
        day = datetime.combine(date.fromisoformat(text), time(), UTC)
    except (ValueError, OverflowError):
        hint = "write 90d, 12h, 2027-01-31 or never"
        raise UsageError([Problem(codes.BAD_KEY_OPTION, f"“{text}” is no time to end", hint=hint)]) from None
    if day <= now:
        raise UsageError([Problem(codes.BAD_KEY_OPTION, f"{text} is over", hint="name a day to come")])
    return day


def _state(info: KeyInfo, now: datetime) -> str:
    if info.revoked_at is not None:
        return f"revoked {_minute(info.revoked_at)}{_by(info.revoked_by)}"
    if info.expires_at is None:
        return "good without end"
    return f"{'over since' if info.expires_at <= now else 'good until'} {_minute(info.expires_at)}"


def _by(who: str) -> str:
    return f" by {who}" if who else ""


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ")


def _as_json(info: KeyInfo) -> dict[str, Any]:
    return {
        "key": info.prefix,
        "tenant": info.tenant,
        "label": info.label,
        "scopes": list(info.scopes),
        "created_at": written(info.created_at),
        "expires_at": None if info.expires_at is None else written(info.expires_at),
        "revoked_at": None if info.revoked_at is None else written(info.revoked_at),
        "created_by": info.created_by,
        "revoked_by": info.revoked_by,
    }
