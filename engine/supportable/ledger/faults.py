"""What `verify` finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["altered", "removed", "inserted", "moved", "content", "anchor", "database"]

MEANING: Final[dict[Kind, str]] = {
    "altered": "what a row says is not what was written",
    "removed": "rows are missing: within the chain or at its end",
    "inserted": "there is something that was never written",
    "moved": "an entry does not follow the one before it",
    "content": "a design, verdict or pack file is missing or not what was stored",
    "anchor": "the chain does not contain a hash that it once ended with",
    "database": "the database itself finds its file damaged",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written. `sequence` is the entry's, None where it is about no single one."""

    tenant: str
    sequence: int | None
    kind: Kind
    message: str

    def __str__(self) -> str:
        place = self.tenant if self.sequence is None else f"{self.tenant} {self.sequence}"
        return f"{place or '(database)'}: {self.kind}: {self.message}"
