"""What `verify` finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["altered", "removed", "inserted", "moved", "content", "anchor", "database"]


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
