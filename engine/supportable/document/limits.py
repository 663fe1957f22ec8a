"""How much one document may ask of the reader."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one document; every bound is inclusive: a document that just meets it is read.

    They are what keeps a hostile file from costing more than a moment and a bounded amount of memory.
    """

    max_bytes: int = 8 * MIB
    """Length of the file in bytes, as stored, byte order mark included."""

    max_depth: int = 64
    """Maps and lists inside one another; the outermost counts as 1."""

    max_scalar: int = MIB
    """Characters in one scalar, keys included, after unfolding and unescaping."""

    max_nodes: int = 500_000
    """Maps, lists and scalars together, keys included. They are what memory goes to: some 300 bytes each with its
    place, 400 for an empty map, so that this default stays below 200 MB.
    """

    max_problems: int = 100
    """Problems that are collected before reading stops."""


STANDARD_LIMITS = Limits()
"""What is read unless the caller says otherwise."""
