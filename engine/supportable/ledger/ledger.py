"""The ledger: one value through which everything is stored and found again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from types import TracebackType

from supportable.errors import SupportableError
from supportable.ledger import designs, idempotency, keys, listing, pruning, verifying
from supportable.ledger import migrate as migrating
from supportable.ledger.appending import Appender
from supportable.ledger.database import Database
from supportable.ledger.faults import Fault
from supportable.ledger.model import (
    Claim,
    DesignPage,
    DesignVersion,
    Entry,
    Evaluation,
    Expectation,
    Filter,
    Head,
    KeyInfo,
    Page,
    Remembered,
)
from supportable.ledger.pruning import Pruned
from supportable.ledger.times import Clock, utc_now

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Ledger:
    """Evaluations, designs and keys in a database; safe to use from several threads, and beside other processes.

    What returns is durable. Every method raises LedgerUnavailable where the database cannot do it now, and then nothing
    was stored, unless it is the LedgerUncertain among them. All rows belong to a tenant; no method shows one tenant's
    rows to another.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._appender = Appender(database)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({self._database.shown!r})"

    @property
    def database(self) -> str:
        """The address of the database, without its password."""
        return self._database.shown

    def close(self) -> None:
        """Close all connections. The ledger can be used again, and opens new ones then."""
        self._database.close()

    def ping(self) -> None:
        """Raises LedgerUnavailable if the database does not answer."""
        self._database.read(lambda connection: connection.exec_driver_sql("SELECT 1").scalar())

    # Evaluations.

    def append(self, tenant: str, evaluation: Evaluation) -> Entry:
        """Record an evaluation; its entry, once it is durable. Raises UsageError for texts that cannot be stored."""
        return self._appender.append(tenant, evaluation)

    def append_all(self, asked: Sequence[tuple[str, Evaluation]]) -> list[Entry | SupportableError]:
        """Record evaluations, each for its tenant: what became of each, its entry or why there is none. Never raises
        for one of them."""
        return self._appender.append_all(asked)

    def entry(self, tenant: str, id: str) -> Entry | None:
        """The tenant's entry of that id; None if there is none."""
        return listing.entry(self._database, tenant, id)

    def content(self, tenant: str, digest: str) -> bytes | None:
        """The design, verdict, manifest or pack file of that digest; None if the tenant has none, or it was pruned.

        Raises LedgerError if it is not what was stored.
        """
        return listing.content(self._database, tenant, digest)

    def entries(self, tenant: str, filter: Filter | None = None, *, limit: int = 50, cursor: str | None = None) -> Page:
        """The tenant's evaluations, newest first, `limit` of them at most. Raises UsageError for a cursor not ours."""
        return listing.entries_page(self._database, tenant, filter or Filter(), limit=limit, cursor=cursor)

    # The chain.

    def head(self, tenant: str) -> Head | None:
        """The end of the tenant's chain; None if it has no entry."""
        return listing.head(self._database, tenant)

    def heads(self) -> tuple[Head, ...]:
        """The ends of all chains, by tenant."""
        return listing.all_heads(self._database)

    def verify(self, tenant: str | None = None, *, expect: Collection[str] = ()) -> list[Fault]:
        """What is not as it was written: of one tenant, or of all and of what belongs to none; empty if all is well.

        `expect` are hashes that were the end of a chain once (`head`): they must still be in it.
        """
        return verifying.verify(self._database, tenant, expect=expect)

    def prune(self, tenant: str, *, before: datetime, reason: str, by: str, designs: bool = False) -> Pruned:
        """Erase what evaluations recorded before a time hold: designs, verdicts, names. With `designs`, also old
        versions of stored designs. The chain remains whole, and says what was erased, when, why and by whom."""
        return pruning.prune(self._database, tenant, before=before, reason=reason, by=by, designs=designs)

    # Stored designs.

    def put_design(
        self,
        tenant: str,
        name: str,
        content: bytes,
        media_type: str,
        *,
        by: str,
        expect: str | Expectation | None = None,
    ) -> DesignVersion:
        """Store a version. `expect` is the ETag it replaces, ABSENT, PRESENT, or None for whatever there is.

        What is stored already is not stored as another version. Raises DesignChanged if it is not as expected.
        """
        return designs.put(self._database, tenant, name, content, media_type, by=by, expect=expect)

    def delete_design(
        self, tenant: str, name: str, *, by: str, expect: str | Expectation | None = None
    ) -> DesignVersion:
        """Mark a design deleted, by a version without content. Raises DesignChanged if it is not as expected, or not
        there."""
        return designs.delete(self._database, tenant, name, by=by, expect=expect)

    def design(self, tenant: str, name: str, version: int | None = None) -> DesignVersion | None:
        """The current version, or the one of that number; None if there is none. A deleted one is `deleted`."""
        return designs.find(self._database, tenant, name, version)

    def history(self, tenant: str, name: str) -> tuple[DesignVersion, ...]:
        """All versions of a design, newest first; empty if there never was one of that name."""
        return designs.history(self._database, tenant, name)

    def designs(self, tenant: str, *, limit: int = 50, cursor: str | None = None) -> DesignPage:
        """The current versions of all designs that are not deleted, by name."""
        return designs.current(self._database, tenant, limit=limit, cursor=cursor)

    # API keys.

    def create_key(
        self, tenant: str, label: str, scopes: tuple[str, ...], expires: datetime | None = None, *, by: str = ""
    ) -> tuple[KeyInfo, str]:
        """A new key and its secret, which is not stored and never shown again. `by` says who made it, if known."""
        return keys.create(self._database, tenant, label, scopes, expires=expires, by=by)

    def find_key(self, secret: str) -> KeyInfo | None:
        """The key with that secret; None if there is none, or it was revoked, or has expired."""
        return keys.find(self._database, secret)

    def has_keys(self) -> bool:
        """Whether any tenant has a key that is neither revoked nor expired."""
        return keys.any_valid(self._database)

    def list_keys(self, tenant: str | None = None) -> tuple[KeyInfo, ...]:
        """All keys of a tenant, or of all, oldest first, revoked and expired ones too."""
        return keys.listed(self._database, tenant)

    def revoke_key(self, tenant: str | None, prefix: str, *, by: str = "") -> KeyInfo | None:
        """Revoke a key, of that tenant or, with None, of any; None if there is no such. What is revoked stays so."""
        return keys.revoke(self._database, tenant, prefix, by=by)

    # Requests.

    def claim(self, tenant: str, key: str, request_digest: str, *, lease: timedelta = MINUTE) -> Claim:
        """Claim an idempotency key, so that of two requests at once only one runs. An unanswered claim lapses after
        `lease`, should its process have died."""
        return idempotency.claim(self._database, tenant, key, request_digest, lease=lease)

    def remember(self, tenant: str, key: str, answer: Remembered, *, ttl: timedelta = DAY) -> None:
        """Keep the answer to a claimed request for `ttl`."""
        idempotency.remember(self._database, tenant, key, answer, ttl)

    def recall(self, tenant: str, key: str) -> Remembered | None:
        """The answer kept under a key; None if there is none, or no more."""
        return idempotency.recall(self._database, tenant, key)

    def release(self, tenant: str, key: str) -> None:
        """Give a claimed key back unanswered, so that the request can be made again."""
        idempotency.release(self._database, tenant, key)

    def forget_requests(self) -> int:
        """Drop the answers whose time is over, and say how many."""
        return idempotency.forget(self._database)


def open_ledger(url: str, *, migrate: bool = True, clock: Clock = utc_now, patience: float = 5.0) -> Ledger:
    """The ledger in the database at `url`: `sqlite:///path` or `postgresql://…`.

    With `migrate` its tables are made, or brought to this version; without, they must be at it. `patience` is for
    how many seconds work is tried again when the connection to the database is lost. Raises UsageError if `url` names
    no database, LedgerError if it cannot be used.
    """
    database = Database(url, clock=clock, patience=patience, make=migrate)
    try:
        if migrate:
            migrating.migrate(database)
        else:
            migrating.check_step(database)
    except BaseException:
        database.close()
        raise
    return Ledger(database)


__all__ = ["Ledger", "open_ledger"]
