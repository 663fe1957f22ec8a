"""Small evaluations to record; the ledger does not look into them."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from supportable.ledger import Evaluation, PackContents, PackFile

PACKS = PackContents(
    "f" * 64, (PackFile(0, "vocabulary/machines.yaml", b"machines"), PackFile(0, "acme/storage/pack.yaml", b"storage"))
)
LATER_PACKS = PackContents("e" * 64, (PACKS.files[0], PackFile(0, "acme/storage/pack.yaml", b"storage, later")))


def evaluation(
    name: str = "cluster",
    *,
    status: str = "supported",
    as_of: date = date(2009, 7, 1),
    verdict: str = "",
    packs: PackContents | None = PACKS,
    by: str = "key:abc",
    size: int = 0,
) -> Evaluation:
    """An evaluation of a design of that name; `size` bytes of random-looking letters are added to the design."""
    design = {"design": name, "more": hash_letters(name, size)}
    return Evaluation(
        design=json.dumps(design).encode(),
        media_type="application/json",
        name=name,
        as_of=as_of,
        only=None,
        verdict=json.dumps({"status": status, "of": verdict or name}).encode(),
        status=status,
        at_worst=status,
        at_best="supported",
        packs=packs,
        by=by,
        engine="1.2.3",
    )


def hash_letters(seed: str, size: int) -> str:
    """As many letters as asked, which compress badly."""

    return hashlib.shake_256(seed.encode()).hexdigest(size // 2) if size else ""
