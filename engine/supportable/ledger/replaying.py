"""Judging once more what was judged before, from nothing but what the ledger holds."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from supportable.document import Limits, read_text
from supportable.errors import LedgerError, Problem, UsageError
from supportable.intake import DesignLimits, load_design
from supportable.ledger import codes
from supportable.ledger.ledger import Ledger
from supportable.ledger.listing import altered
from supportable.ledger.model import EVALUATION, Entry, document_name
from supportable.ledger.pack_contents import Manifest, read_manifest, write_shelves
from supportable.packs import PackSet
from supportable.packs.assemble import assemble
from supportable.packs.find import find_shelves
from supportable.verdict import Verdict, evaluate, to_bytes
from supportable.version import __version__

_LIMITS: Final = Limits(max_bytes=1 << 30, max_nodes=1 << 28, max_scalar=1 << 30)
"""What was judged was within the limits of its day, whatever they were."""


@dataclass(frozen=True, slots=True)
class Replay:
    """An evaluation, judged again. `recorded` and `again` are the verdicts' bytes, `verdict` is the second as a value;
    `packs_same` tells whether the pack files still make the set they made then, which a later engine may see
    differently."""

    entry: Entry
    recorded: bytes
    again: bytes
    verdict: Verdict
    packs_same: bool
    engine_now: str = __version__

    @property
    def same(self) -> bool:
        """Whether the verdicts are equal, byte by byte."""
        return self.recorded == self.again

    @property
    def engine_same(self) -> bool:
        """Whether the same version of the engine judged both times."""
        return self.entry.engine == self.engine_now


def replay(ledger: Ledger, tenant: str, id: str, *, deadline: float | None = None) -> Replay:
    """Judge an evaluation again by the design and the packs that the ledger kept.

    Raises UsageError if there is no such evaluation; LedgerError if it was pruned, was recorded without its packs, or
    is not what was written; EvaluationError when the time is up. A design or pack that a later engine refuses is
    raised as what that engine says of it.
    """
    entry = ledger.entry(tenant, id)
    if entry is None or entry.kind != EVALUATION:
        message = f"there is no evaluation {id}"
        hint = "see: supportable ledger list; each tenant has its own"
        raise UsageError([Problem(codes.NO_SUCH_ENTRY, message, hint=hint)])
    if entry.pruned:
        message = f"the evaluation {id} was erased by retention; its hash and digests are what is left"
        raise LedgerError([Problem(codes.CONTENT_PRUNED, message)])
    if not entry.packs:
        message = f"the evaluation {id} was recorded without its packs"
        raise LedgerError([Problem(codes.CONTENT_PRUNED, message, hint="it cannot be judged again")])
    recorded = _content(ledger, tenant, entry.verdict)
    manifest = read_manifest(_content(ledger, tenant, entry.packs))
    packset = _packs(ledger, tenant, manifest)
    document = read_text(_content(ledger, tenant, entry.design), document_name(entry.media_type), limits=_LIMITS)
    facts = load_design(document, packset.vocabulary, limits=DesignLimits(max_entities=1 << 28, document=_LIMITS))
    reading = json.loads(recorded)["engine"]["reading"]
    verdict = evaluate(facts, packset, as_of=entry.as_of, only=entry.only, reading=reading, deadline=deadline)
    return Replay(entry, recorded, to_bytes(verdict), verdict, packset.digest == manifest.packset)


def _packs(ledger: Ledger, tenant: str, manifest: Manifest) -> PackSet:
    """The set of packs, loaded from files that are there for that long only."""
    contents = {digest: _content(ledger, tenant, digest) for _, _, digest in manifest.files}
    with tempfile.TemporaryDirectory(prefix="supportable-replay-") as folder:
        found = find_shelves(write_shelves(manifest, contents, Path(folder)), discover=False)
        read = {source.path: source.path.read_bytes() for _, source in found.sources()}
        # Not by `load_packs`, which would keep what nobody asks for again in the cache.
        return assemble(found, read, {}, Limits(max_bytes=1 << 30))


def _content(ledger: Ledger, tenant: str, digest: str) -> bytes:
    content = ledger.content(tenant, digest)
    if content is None:
        raise altered(f"the content {digest} is missing")
    return content
