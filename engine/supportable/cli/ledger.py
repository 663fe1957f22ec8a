"""`supportable ledger`: what was judged, whether it is still what was written, and how long it is kept."""

from __future__ import annotations

import codecs
import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from supportable.cli import codes
from supportable.cli.exits import FAILED, FINE
from supportable.cli.ledger_options import LOCAL, AnyTenant, Database, Tenant, address_of, opened
from supportable.cli.ledger_shown import entry_as_json, entry_as_text, fault_as_json, head_as_json
from supportable.cli.options import HERE, Form, Format, day_of
from supportable.cli.problems import command, refusing, say, write_json
from supportable.cli.user import user
from supportable.errors import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supportable.ledger import Filter, Head

MOST_DAYS: Final = 100_000
"""The oldest that can be asked for, inclusive: more than there have been computers."""

ledger_app = typer.Typer(
    help="What was judged: list it, verify it, erase what is old enough.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@ledger_app.command("verify")
@command
def verify(
    tenant: AnyTenant = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            "--expect",
            metavar="HASH",
            help="A hash that `ledger head` showed once: it must still be in the chain. May be repeated.",
        ),
    ] = None,
    expect_from: Annotated[
        Path | None,
        typer.Option("--expect-from", metavar="FILE", help="The same, of a file that `ledger head` wrote."),
    ] = None,
    database: Database = None,
    format: Form = Format.text,
) -> None:
    """Read every row and make every hash again: is the ledger still what was written?

    Exit codes: 0 it is; 1 it is not, and every fault is named; 3 it cannot be read.
    """
    with refusing(format):
        hashes = [*(expect or ()), *_hashes_in(expect_from)]
        with opened(database) as ledger:
            heads = [head for head in ledger.heads() if tenant in (None, head.tenant)]
            faults = ledger.verify(tenant, expect=hashes)
            if not faults:
                _refuse_none(tenant, heads)
    if format is Format.json:
        shown = [fault_as_json(fault) for fault in faults]
        write_json({"holds": not faults, "heads": [head_as_json(head) for head in heads], "faults": shown})
    else:
        for fault in faults:
            say(str(fault))
        for head in heads:
            typer.echo(f"{head.tenant}  {head.sequence} entries  {head.hash}")
        typer.echo(f"{len(faults)} faults" if faults else "the ledger is what was written")
    raise typer.Exit(FAILED if faults else FINE)


def _hashes_in(path: Path | None) -> list[str]:
    """The hash of each line, so that what `ledger head` writes can be kept as it is. Raises UsageError if there is
    none, DocumentError for a file that cannot be read."""
    if path is None:
        return []
    from supportable.document import read_bytes

    content = read_bytes(path)
    # Some shells write what a command says as UTF-16.
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    lines = content.decode("utf-16" if wide else "utf-8-sig", errors="replace").splitlines()
    hashes = [_hash_in(line) for line in lines if line.strip()]
    if not hashes:
        # Nothing to hold the ledger to would pass for a ledger that holds.
        message = f"{path} has no hash in it"
        raise UsageError([Problem(codes.COMMAND_LINE, message, HERE, "take a file that `ledger head` wrote")])
    return hashes


def _hash_in(line: str) -> str:
    """The hash in a line of either format; what is no such line is expected as it is, and will not be found."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    held = said.get("hash") if isinstance(said, dict) else None
    return held if isinstance(held, str) else line.rsplit(maxsplit=1)[-1]


def _refuse_none(tenant: str | None, heads: Sequence[Head]) -> None:
    """Raises UsageError for a tenant of whom there is nothing: that is no ledger that is whole."""
    if tenant is not None and not heads:
        hint = "`supportable ledger head` names all of them"
        raise UsageError([Problem(codes.COMMAND_LINE, f"the ledger has no tenant “{tenant}”", HERE, hint)])


@ledger_app.command("head")
@command
def head(tenant: AnyTenant = None, database: Database = None, format: Form = Format.text) -> None:
    """Show the end of each chain: tenant, number of entries, hash. Kept elsewhere, the hash is an anchor."""
    with refusing(format), opened(database) as ledger:
        heads = [head for head in ledger.heads() if tenant in (None, head.tenant)]
        _refuse_none(tenant, heads)
    for each in heads:
        if format is Format.json:
            write_json(head_as_json(each))
        else:
            typer.echo(f"{each.tenant} {each.sequence} {each.hash}")


@ledger_app.command("list")
@command
def list_(
    tenant: Tenant = LOCAL,
    status: Annotated[str | None, typer.Option("--status", help="With this status only.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Of designs of this name only.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Judged by this day only.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Recorded on this day (UTC) or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Recorded before this day (UTC).")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 50,
    cursor: Annotated[str | None, typer.Option("--cursor", help="Go on where a list ended.")] = None,
    database: Database = None,
    format: Form = Format.text,
) -> None:
    """List evaluations, newest first."""
    with refusing(format):
        chosen = _filter(status, name, as_of, since=since, until=until)
        with opened(database) as ledger:
            page = ledger.entries(tenant, chosen, limit=limit, cursor=cursor)
    for entry in page.items:
        if format is Format.json:
            write_json(entry_as_json(entry))
        else:
            typer.echo(entry_as_text(entry))
    if page.next is not None:
        say(f"there are more: --cursor {page.next}")


def _filter(status: str | None, name: str | None, as_of: str | None, *, since: str | None, until: str | None) -> Filter:
    first, last, day = day_of(since), day_of(until), day_of(as_of)
    # The address is looked at before: without the extra there is no filter either.
    address_of(None)
    from supportable.ledger import Filter

    return Filter(
        status=status,
        as_of=day,
        name=name,
        since=None if first is None else datetime.combine(first, time(), UTC),
        until=None if last is None else datetime.combine(last, time(), UTC),
    )


@ledger_app.command("prune")
@command
def prune(
    reason: Annotated[str, typer.Option("--reason", help="Why; it is written into the chain.")],
    tenant: Tenant = LOCAL,
    before: Annotated[
        str | None, typer.Option("--before", metavar="DATE", help="Erase what was recorded before this day (UTC).")
    ] = None,
    older_than: Annotated[
        int | None,
        typer.Option(
            "--older-than", metavar="DAYS", min=1, max=MOST_DAYS, help="Erase what is older than so many days."
        ),
    ] = None,
    designs: Annotated[
        bool, typer.Option("--designs", help="Also versions of stored designs that were replaced or deleted.")
    ] = False,
    database: Database = None,
    format: Form = Format.text,
) -> None:
    """Erase old designs and verdicts, and who asked. Their places in the chain, and the chain's hashes, stay.

    It cannot be undone. An entry is added that says what was erased, when, by whom and why.
    """
    with refusing(format):
        day = day_of(before)
        if (day is None) == (older_than is None):
            message = "how old must it be? give either --before or --older-than"
            raise UsageError([Problem(codes.COMMAND_LINE, message, HERE)])
        now = datetime.now(UTC)
        limit = now - timedelta(days=older_than or 0) if day is None else datetime.combine(day, time(), UTC)
        with opened(database) as ledger:
            heads = ledger.heads()
            if heads:
                # Where nothing was recorded yet there is nothing to erase either, whoever's it will be.
                _refuse_none(tenant, [head for head in heads if head.tenant == tenant])
            pruned = ledger.prune(tenant, before=limit, reason=reason, by=user(), designs=designs)
    if format is Format.json:
        told = {"entries": pruned.entries, "contents": pruned.contents, "held_back": pruned.held_back}
        write_json({"tenant": tenant, "before": limit.isoformat(), **told})
        return
    typer.echo(f"erased {pruned.contents} contents of {pruned.entries} entries")
    if pruned.held_back:
        say(
            f"{pruned.held_back} older entries were left, as they stand behind younger ones: some clock was wrong when "
            "they were recorded"
        )


@ledger_app.command("upgrade")
@command
def upgrade(database: Database = None) -> None:
    """Make the tables, or bring them to this version, as opening the service would do. Back up first."""
    with refusing("text"):
        address = address_of(database)
        from supportable.ledger import open_ledger

        with open_ledger(address) as ledger:
            typer.echo(f"{ledger.database} is ready")
