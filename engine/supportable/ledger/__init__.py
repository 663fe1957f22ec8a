"""Stage 11: a ledger of what was judged, by which packs, and why; and of the designs and keys of those who ask.

Kept in SQLite or PostgreSQL; needs the extra `ledger`. Whatever is appended is durable when the call returns, stands
in a chain of hashes (one for each tenant), and can be judged again, bit for bit, from the ledger alone.
"""

from supportable.ledger.errors import DesignChanged, LedgerUnavailable, LedgerUncertain
from supportable.ledger.faults import Fault
from supportable.ledger.ledger import Ledger, open_ledger
from supportable.ledger.model import (
    ABSENT,
    DOCUMENT_NAMES,
    PRESENT,
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
    document_name,
)
from supportable.ledger.pack_contents import PackContents, PackFile, load_packs_to_record
from supportable.ledger.pruning import Pruned
from supportable.ledger.replaying import Replay, replay
from supportable.ledger.urls import default_database

__all__ = [
    "ABSENT",
    "DOCUMENT_NAMES",
    "PRESENT",
    "Claim",
    "DesignChanged",
    "DesignPage",
    "DesignVersion",
    "Entry",
    "Evaluation",
    "Expectation",
    "Fault",
    "Filter",
    "Head",
    "KeyInfo",
    "Ledger",
    "LedgerUnavailable",
    "LedgerUncertain",
    "PackContents",
    "PackFile",
    "Page",
    "Pruned",
    "Remembered",
    "Replay",
    "default_database",
    "document_name",
    "load_packs_to_record",
    "open_ledger",
    "replay",
]
