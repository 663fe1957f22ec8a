"""Stage 3: packs found, read, shaped, judged and locked."""

from supportable.packs.load import load_packs
from supportable.packs.packset import BrokenPack, PackSet

__all__ = ["BrokenPack", "PackSet", "load_packs"]
