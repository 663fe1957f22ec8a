"""Derived values as a reading answers them: columns, worked out when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from supportable.readings.compiled.runtime import BOOL_OF_TRUTH
from supportable.vocabulary.unknown import NONE

if TYPE_CHECKING:
    from supportable.readings.compiled.program import Run

Define = Callable[..., Any]
"""A definition as a function of the run, its memory, and a row."""


class Column(NamedTuple):
    """A definition as a function, and where its values are remembered."""

    define: Define
    table: str
    entity: int
    place: int
    is_truth: bool

    def values(self, run: Run) -> tuple[Any, ...]:
        """Its values for all rows of its entity type."""
        rows, memory, define = run.tables[self.table].rows, run.memory, self.define
        found = [memory[self.entity][row.i][self.place] for row in rows]
        found = [define(run, memory, row) if value is None else value for row, value in zip(rows, found, strict=True)]
        if self.is_truth:
            found = [BOOL_OF_TRUTH[truth] for truth in found]
            found[1] = NONE
        return tuple(found)


class Columns(Sequence[tuple[Any, ...]]):
    """The derived values of a design, worked out when somebody looks at them; equal to the tuple of all columns."""

    __slots__ = ("_columns", "_known", "_run")

    def __init__(self, columns: tuple[Column, ...], run: Run) -> None:
        self._columns = columns
        self._run = run
        self._known: tuple[tuple[Any, ...], ...] | None = None

    def _all(self) -> tuple[tuple[Any, ...], ...]:
        if self._known is None:
            self._known = tuple(column.values(self._run) for column in self._columns)
        return self._known

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, place: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[Any, ...], ...]: ...
    def __getitem__(self, place: int | slice) -> tuple[Any, ...]:
        return self._all()[place]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Columns) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[type[tuple[Any, ...]], tuple[Any, ...]]:
        return tuple, (self._all(),)
