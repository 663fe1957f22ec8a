"""Our packs are what their lock says: content that differs at the same version does not pass unseen."""

from __future__ import annotations

from pathlib import Path

from supportable.packs import load_packs
from supportable.packs.lock import check_lock, read_lock

SHELF = Path(__file__).parents[2] / "policies" / "supportable_policies"


def test_our_packs_are_what_their_lock_says() -> None:
    packs = load_packs([SHELF], discover=False)
    assert check_lock(packs, read_lock(SHELF / "packs.lock")) == ()
