"""Catalogues as generated code asks them."""

from __future__ import annotations

from typing import Any

from supportable.facts import Members
from supportable.vocabulary.lookups import Catalogue
from supportable.vocabulary.products import NONE_PRODUCT
from supportable.vocabulary.unknown import NONE


class Finder:
    """One use of a catalogue: what its rows say for a key, remembered by the identity of the key's values.

    `column` is what is looked up, None for `listed`; `unknown` and `none` stand for the column's absent values.
    """

    __slots__ = ("_as_of", "_catalogue", "_column", "_kept", "_missing", "_none")
    MOST = 4096

    def __init__(self, catalogue: Catalogue, as_of: int, column: str | None, unknown: Any, none: Any) -> None:
        self._catalogue = catalogue
        self._as_of = as_of
        self._column = column
        self._none = none
        self._missing = none if catalogue.complete else unknown
        self._kept: dict[tuple[int, ...], tuple[tuple[Any, ...], Any]] = {}

    def found(self, *key: Any) -> tuple[Any, ...]:
        """The values that the column can have; truths for `listed`."""
        asked = tuple(map(id, key))
        kept = self._kept.get(asked)
        if kept is not None:
            # The key is kept with its answer, so that no other value can have its identity.
            values: tuple[Any, ...] = kept[1]
            return values
        values = self._values(key)
        if len(self._kept) >= self.MOST:
            self._kept.clear()
        self._kept[asked] = (key, values)
        return values

    def _values(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        if any(value is NONE or value is NONE_PRODUCT for value in key):
            return (self._none,)
        rows = self._catalogue.candidates(key, self._as_of)
        if self._column is None:
            return tuple({self._missing if row is None else 2 for row in rows})
        values = tuple(self._missing if row is None else row.values[self._column] for row in rows)
        if any(isinstance(value, Members) for value in values):
            return values
        # Many rows say the same; what is compared with them need not be compared with each.
        return tuple(dict.fromkeys(values))

    def truth(self, *key: Any) -> int:
        """The truth of `listed`."""
        truths: tuple[int, ...] = self.found(*key)
        if len(truths) == 1:
            return truths[0]
        return truths[0] if len(set(truths)) == 1 else 1
