"""Names of inventories as ids of a design: each once, and none that means something else there."""

from __future__ import annotations

from collections.abc import Iterable

from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.names import Recognised
from supportable.vocabulary.products import Product

_LONGEST = 190


class Ids:
    """The ids given so far in one section."""

    def __init__(self) -> None:
        self._taken: set[str] = {"none", "unknown", "..."}
        self._last: dict[str, int] = {}

    def give(self, name: str, otherwise: str) -> str:
        """An id for what is called `name`: the name itself where it can be one and is free, else with a number behind
        it; `otherwise` where the name cannot be an id at all."""
        plain = " ".join("".join(each if each.isprintable() else " " for each in name).split())[:_LONGEST]
        if not plain or plain in ("none", "unknown", "..."):
            plain = otherwise
        found, number = plain, self._last.get(plain, 1)
        while found in self._taken:
            number += 1
            found = f"{plain}#{number}"
        self._last[plain] = number
        self._taken.add(found)
        return found


def recognised(texts: Iterable[str], vocabulary: Vocabulary) -> tuple[str, Product] | None:
    """The first of the texts that names one product, with that product; None if none does."""
    for text in texts:
        match = vocabulary.names.match(text, None)
        if isinstance(match, Recognised):
            return text, match.product
    return None
