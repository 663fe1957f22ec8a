"""What goes into a ledger and what comes out: plain frozen values.

Digests are 64 hexadecimal digits of SHA-256. Times are aware datetimes in UTC, to the microsecond.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from supportable.ledger.pack_contents import PackContents

EVALUATION: Final = "evaluation"
DESIGN: Final = "design"
DESIGN_DELETED: Final = "design-deleted"
PRUNING: Final = "pruning"
KEY: Final = "key"

DOCUMENT_NAMES: Final = {
    "application/json": "design.json",
    "application/toml": "design.toml",
    "application/x-yaml": "design.yaml",
    "application/yaml": "design.yaml",
    "text/x-yaml": "design.yaml",
    "text/yaml": "design.yaml",
}
"""The name under which a design of each media type is read; positions in its verdict are told under it."""


def document_name(media_type: str) -> str:
    """The name under which a design of that media type is read: design.json, design.toml or design.yaml."""
    return DOCUMENT_NAMES.get(media_type.partition(";")[0].strip().lower(), "design.yaml")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One design as it was judged, with all that it takes to judge it again.

    `design` and `verdict` are the very bytes; the design was read under `document_name(media_type)`. `only` names the
    packs that judged, None for all of `packs`. `by` says who asked, `engine` which version judged. `packs` of None says
    that they are not kept: such an entry cannot be replayed.
    """

    design: bytes
    media_type: str
    name: str
    as_of: date
    only: tuple[str, ...] | None
    verdict: bytes
    status: str
    at_worst: str
    at_best: str
    packs: PackContents | None
    by: str
    engine: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a tenant's chain. `sequence` counts from 1 without gaps and is the order; `recorded_at` is what the
    clock said, which may go back.

    `kind` is "evaluation", "design", "design-deleted", "pruning" or "key"; fields that a kind has no use for are "" or
    None. `design`, `verdict` and `packs` are digests of contents. A pruned entry has lost its contents, `name` and
    `by`; `pruned_by` is then the sequence of the entry that says so, else None. `details` is canonical JSON, "" for
    none.
    """

    tenant: str
    sequence: int
    id: str
    kind: str
    recorded_at: datetime
    by: str
    name: str
    media_type: str
    design: str
    verdict: str
    packs: str
    as_of: date | None
    only: tuple[str, ...] | None
    status: str
    at_worst: str
    at_best: str
    engine: str
    version: int | None
    details: str
    pruned_by: int | None
    previous: str
    hash: str

    @property
    def pruned(self) -> bool:
        """Whether the contents are gone by retention."""
        return self.pruned_by is not None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which evaluations to list; what is None does not matter. `since` is inclusive, `until` exclusive."""

    status: str | None = None
    as_of: date | None = None
    name: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    design: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first. `next` is the cursor for those that follow, None after the last."""

    items: tuple[Entry, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a tenant's chain: how many entries it has, and the hash of the last. The hash is the anchor."""

    tenant: str
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class DesignVersion:
    """One version of a stored design. Versions count from 1; one that was `deleted` has no content and `media_type` "".

    `etag` differs between any two versions of a name. `digest` is that of the content, "" for a deleted one.
    """

    name: str
    version: int
    etag: str
    digest: str
    media_type: str
    by: str
    at: datetime
    deleted: bool
    id: str


@dataclass(frozen=True, slots=True)
class DesignPage:
    """Some designs, the current version of each, by name. `next` is the cursor for those that follow."""

    items: tuple[DesignVersion, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """An API key without its secret. `prefix` is the part of it that may be shown, and names it within the ledger.

    Who made and who revoked it is what the chain says of that; "" where it says nothing, or was not asked, as where a
    key is found by its secret.
    """

    tenant: str
    prefix: str
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    created_by: str = field(default="", compare=False)
    revoked_by: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The answer to a request that had an idempotency key."""

    request_digest: str
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """What became of claiming an idempotency key.

    `state` is "yours": run the request, then `remember` or `release`; "done": `answer` has what was said before;
    "running": another request with this key is under way; "other": the key was used for another request.
    """

    state: Literal["yours", "done", "running", "other"]
    answer: Remembered | None = None


class Expectation:
    """What a caller expects of a stored design beside an ETag; the only two are ABSENT and PRESENT."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


ABSENT: Final = Expectation("ABSENT")
"""There is no design of that name, or it was deleted (If-None-Match: *)."""
PRESENT: Final = Expectation("PRESENT")
"""There is a design of that name (If-Match: *)."""
