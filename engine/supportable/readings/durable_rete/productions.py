"""Productions: what the engine is given. Positive joins on equal keys and nothing else.

A fact is a name and one or two numbers: `name(e)` says that something holds in frame `e`, `name(e, f)` that frame `f`
belongs to frame `e`. A production gives such a fact for every way in which its patterns match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from supportable.errors import EvaluationError, Problem

BEYOND_LIMITS = "SUP621"

MOST_PATTERNS = 12
"""Patterns of one production. The engine takes 16; longer conjunctions are built from shorter ones."""
MOST_TESTS = 400
"""Distinct names tested by one ruleset. The engine loops for ever at 512."""
MOST_SHARING = 200
"""Productions of one ruleset that test the same name. The engine crashes at 256."""
MOST_PRODUCTIONS = 250
"""Productions of one ruleset; no limit of the engine's, but what keeps one ruleset small."""


@dataclass(frozen=True, slots=True)
class Production:
    """`gives(e)`, or with `keeps` `gives(e, f)`, for each fact `first(e, f)` and each of `rest` that goes with it.

    Each of `rest` is a name and the key of the first fact by which it is joined: `("t7", "f")` asks for `t7` in the
    first fact's frame `f`.
    """

    gives: str
    first: str
    rest: tuple[tuple[str, Literal["e", "f"]], ...] = ()
    keeps: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names it tests, in order."""
        return (self.first, *(name for name, _ in self.rest))

    def as_plain(self) -> dict[str, object]:
        """For JSON."""
        return {"gives": self.gives, "first": self.first, "rest": [list(one) for one in self.rest], "keeps": self.keeps}


def conjunction(gives: str, names: Iterable[str], fresh: Iterable[str]) -> list[Production]:
    """Productions for `gives(e)` where all of `names` hold in `e`; at least one name. `fresh` yields unused names."""
    left, made, new = list(dict.fromkeys(names)), [], iter(fresh)
    while len(left) > MOST_PATTERNS:
        part, left = left[:MOST_PATTERNS], left[MOST_PATTERNS:]
        between = next(new)
        made.append(_all_of(between, part))
        left.append(between)
    made.append(_all_of(gives, left))
    return made


def _all_of(gives: str, names: list[str]) -> Production:
    return Production(gives, names[0], tuple((name, "e") for name in names[1:]))


def rulesets(stratum: str, productions: Iterable[Production]) -> dict[str, tuple[Production, ...]]:
    """The productions of one stratum as rulesets that the engine can hold, named after the stratum."""
    made: list[list[Production]] = []
    tested: Counter[str] = Counter()
    for production in productions:
        names = set(production.names)
        full = made and (
            len(made[-1]) >= MOST_PRODUCTIONS
            or len(names.union(tested)) > MOST_TESTS
            or any(tested[name] >= MOST_SHARING for name in names)
        )
        if full or not made:
            made.append([])
            tested.clear()
        made[-1].append(production)
        tested.update(names)
    found = {f"{stratum}_{place}": tuple(held) for place, held in enumerate(made)}
    for name, held in found.items():
        refuse_beyond_limits(name, held)
    return found


def refuse_beyond_limits(name: str, productions: tuple[Production, ...]) -> None:
    """Raises EvaluationError for a ruleset on which the engine would loop or crash."""
    tested = Counter(test for production in productions for test in set(production.names))
    longest = max((len(production.names) for production in productions), default=0)
    found = {
        f"{longest} patterns in one production, at most {MOST_PATTERNS} are safe": longest > MOST_PATTERNS,
        f"{len(tested)} names tested, at most {MOST_TESTS} are safe": len(tested) > MOST_TESTS,
        f"a name tested by {max(tested.values(), default=0)} productions, at most {MOST_SHARING} are safe": max(
            tested.values(), default=0
        )
        > MOST_SHARING,
    }
    problems = [
        Problem(BEYOND_LIMITS, f"the ruleset {name} has {what}", hint="judge by another reading", move="us")
        for what, beyond in found.items()
        if beyond
    ]
    if problems:
        raise EvaluationError(problems)
