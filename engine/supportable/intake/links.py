"""Inverse lists, computed from the forward references of all rows."""

from __future__ import annotations

from typing import Any, Final

from supportable.facts import EMPTY, OPEN, Members
from supportable.intake.layout import DESIGN, Inverse, Layout

# From here on, the possible members of each list are worked out when they are asked for: stored, they would take memory
# by the square of the design's size.
_MANY: Final = 64


class OpenElsewhere(Members):
    """A list whose possible members are the rows of `pool` that do not name it for certain already."""

    __slots__ = ("_named", "_pool")

    def __init__(self, sure: tuple[Any, ...], pool: tuple[Any, ...], *, open: bool) -> None:
        self.sure = sure
        self.open = open
        self._pool = pool
        self._named = frozenset(sure)

    def __getattr__(self, name: str) -> Any:
        # Reached for `maybe` only: its slot is never filled.
        if name != "maybe":
            raise AttributeError(name)
        return tuple(row for row in self._pool if row not in self._named)


def link(layout: Layout, rows: dict[str, list[Any]]) -> None:
    """Fill every inverse list of `rows`.

    A row is a possible member where its forward reference is unknown, or its list open without naming the other; the
    inverse list is open where the owners' section is: there may be owners that the design does not give.
    """
    design = rows[DESIGN][2]
    for name, each in layout.types.items():
        if len(rows[name]) > 2:
            for inverse in each.inverses:
                section: Members = getattr(design, inverse.section_slot)
                _fill(inverse, rows[name], rows[inverse.owner], more=section.open)


def _fill(inverse: Inverse, targets: list[Any], owners: list[Any], *, more: bool) -> None:
    named: dict[int, list[Any]] = {}
    pool: list[Any] = []
    slot = inverse.owner_slot
    if inverse.of_list:
        for owner in owners[2:]:
            held: Members = getattr(owner, slot)
            for member in held.sure:
                named.setdefault(member.i, []).append(owner)
            if held.open:
                pool.append(owner)
    else:
        for owner in owners[2:]:
            i = getattr(owner, slot).i
            if i > 1:
                named.setdefault(i, []).append(owner)
            elif i == 0:
                pool.append(owner)
    if not (named or pool or more):
        return
    possible = tuple(pool)
    unnamed = Members((), possible, open=more) if possible else OPEN if more else EMPTY
    for target in targets[2:]:
        found = named.get(target.i)
        setattr(target, inverse.slot, unnamed if found is None else _listed(tuple(found), possible, inverse, more=more))


def _listed(sure: tuple[Any, ...], possible: tuple[Any, ...], inverse: Inverse, *, more: bool) -> Members:
    if not (inverse.of_list and possible):
        return Members(sure, possible, open=more)
    if len(possible) > _MANY:
        return OpenElsewhere(sure, possible, open=more)
    named = frozenset(sure)
    return Members(sure, tuple(row for row in possible if row not in named), open=more)
