"""Lines and statements of a long bill told together where the same is to be said of them, so that it can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from supportable.bom.model import NOT_AN_ITEM, UNRECOGNISED, JudgedLine, Statement
from supportable.verdict.model import STATUS_ORDER, Cited

MOST_PLACES: Final = 4
"""How many places of one name are told; the others are counted."""

MOST_REASONS: Final = 4
"""How many reasons are told; lines and statements that differ in later ones only are alike."""

_Key = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A status, reasons and the names of articles."""

_ORDER: Final = (*STATUS_ORDER, UNRECOGNISED, NOT_AN_ITEM)
_WITHIN: Final = "it is part of "
_UNKNOWN: Final = "” is not recognised"


@dataclass(frozen=True, slots=True)
class Alike:
    """Lines of which the same is to be said. `refs` name articles; `names` are what the lines are, each with its lines,
    the most frequent first."""

    status: str
    reasons: tuple[str, ...]
    refs: tuple[str, ...]
    names: tuple[tuple[str, tuple[JudgedLine, ...]], ...]

    @property
    def count(self) -> int:
        """How many lines they are."""
        return sum(len(lines) for _, lines in self.names)


def lines_alike(lines: Iterable[JudgedLine]) -> tuple[Alike, ...]:
    """The items among the lines, put together: the worst status first, then the most lines."""
    groups: dict[_Key, dict[str, list[JudgedLine]]] = {}
    for line in lines:
        if line.status != NOT_AN_ITEM:
            names = groups.setdefault((line.status, _said(line), refs_of(line.citations)), {})
            names.setdefault(name_of(line), []).append(line)
    found = [
        Alike(
            status,
            reasons,
            refs,
            tuple((name, tuple(held)) for name, held in sorted(names.items(), key=lambda pair: -len(pair[1]))),
        )
        for (status, reasons, refs), names in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.status), -one.count)))


def name_of(judged: JudgedLine) -> str:
    """What a line is, or else what it says."""
    line = judged.line
    if judged.recognised is not None:
        return judged.recognised.title
    return line.description or line.part or " | ".join(line.text.values())


def _said(judged: JudgedLine) -> tuple[str, ...]:
    """The reasons, without what only names the line itself or the machine it is part of."""
    own = [reason for reason in judged.reasons if not reason.startswith(_WITHIN)]
    if judged.status == UNRECOGNISED and own:
        own[0] = own[0].rpartition(_UNKNOWN)[2].removeprefix(": ")
    return tuple(filter(None, own))[:MOST_REASONS]


def refs_of(citations: Iterable[Cited]) -> tuple[str, ...]:
    """What articles are called, each once."""
    return tuple(dict.fromkeys(one.ref for one in citations))


def statements_alike(said: Iterable[Statement]) -> tuple[tuple[Statement, ...], ...]:
    """Statements with the same status, reasons and articles together, in the order in which each kind is first told."""
    groups: dict[_Key, list[Statement]] = {}
    for one in said:
        groups.setdefault((one.status, one.reasons[:MOST_REASONS], refs_of(one.citations)), []).append(one)
    return tuple(tuple(group) for group in groups.values())


def places(named: Iterable[str], most: int = MOST_PLACES) -> str:
    """The first places of several, and how many more there are."""
    held = list(named)
    more = f" and {len(held) - most} more" if len(held) > most else ""
    return ", ".join(held[:most]) + more
