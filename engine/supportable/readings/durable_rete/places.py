"""Where expressions stand: scopes bind variables, sites are truths in a scope, lists and rules are lowered to steps.

All of this belongs to a plan. What belongs to a design (frames, truths) is in `judging`.

The schedule is a sequence of rounds. A step is taken at the start of its round; then the engine draws all conclusions;
then what the round concludes is complete. So whatever says that something does not hold stands in a later round than
what could have said that it does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from supportable.language import ir
from supportable.packs.model import Revision
from supportable.plan.model import PlannedDerivation, PlannedRule


@dataclass(frozen=True, slots=True)
class Same(ir.Satisfies):
    """The `satisfies` of a rule with `otherwise: same`: true only where the dependency is supported for certain."""


@dataclass(slots=True, eq=False)
class Scope:
    """The variables that an expression can see. `available` is the round in which its frames are there.

    The frames of scopes with the same `frames` number are the same, whatever the variables are called.
    """

    index: int
    names: tuple[str, ...]
    available: int
    frames: int
    root: bool = True


Kind = Literal["atom", "all", "exists", "choices", "link", "derived"]


@dataclass(slots=True, eq=False)
class Site:
    """A truth in a scope. `round` is that after which it is complete.

    `holds` and `fails` name the facts that say that it is true, that it is false; two runs make of them what is so for
    certain and what is possible. They are "" where nobody asks.
    """

    index: int
    scope: Scope
    node: ir.Node
    kind: Kind
    round: int = 0
    holds: str = ""
    fails: str = ""
    over: ListPlace | None = None
    """The list that a quantifier goes over."""


@dataclass(slots=True, eq=False)
class ListPlace:
    """A list expression in a scope, down to its base: `filters` are the names of the facts that say which of the base's
    members belong, one for each `where`, innermost first.

    `belongs` names the facts of the outermost, `more` those that say that there may be more members; `frames` is the
    number of the members' frames. `base_round` is that in which the base's members are known, `round` that after which
    it is known which of them belong.
    """

    scope: Scope
    base: ir.Node
    frames: int
    base_round: int
    round: int
    belongs: str
    more: str
    filters: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class RulePlace:
    """One reading of a rule. `key` tells it from all others; `scope` is that of its text, `inner` that of an element.

    `violates` names facts that some element certainly or possibly fails, `inhabited` that there is an element; both are
    "" without `each`. `differs` names facts that the texts of a dispute differ, "" without one. `outcomes` pairs the
    place of each alternative with the facts that say it may apply, "" for one that always does.
    """

    key: int
    rule: PlannedRule
    revision: Revision
    when: Site
    scope: Scope
    inner: Scope
    over: ListPlace | None
    require: Site
    same: Same | None
    violates: str = ""
    inhabited: str = ""
    differs: str = ""
    outcomes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EnterTables:
    """Step: every row of a type gets its frame in a scope."""

    scope: Scope
    entity: str


@dataclass(frozen=True, slots=True)
class EnterRule:
    """Step: the rows to which a rule may apply get their frames in its scope."""

    rule: RulePlace


@dataclass(frozen=True, slots=True)
class Assume:
    """Step: the truth of an atom is computed and given as facts, or the row that a link leads to."""

    site: Site


@dataclass(frozen=True, slots=True)
class Enumerate:
    """Step: the members of a list get their frames."""

    place: ListPlace


@dataclass(frozen=True, slots=True)
class Choose:
    """Step: the ways of choosing members get their frames. `inner` is the scope of the body."""

    site: Site
    inner: Scope


@dataclass(frozen=True, slots=True)
class Complete:
    """Step: what no counterexample, or no witness, was found for is given as facts."""

    site: Site


@dataclass(frozen=True, slots=True)
class Store:
    """Step: a definition's values are kept."""

    derivation: PlannedDerivation
    scope: Scope


@dataclass(frozen=True, slots=True)
class Judge:
    """Step: the rules of a stratum come to their findings."""

    rules: tuple[RulePlace, ...]


Step = EnterTables | EnterRule | Assume | Enumerate | Choose | Complete | Store | Judge


@dataclass(slots=True)
class Lowered:
    """A plan as productions and a schedule: `rounds` holds the steps of each round, each after those it needs."""

    rounds: dict[int, list[Step]] = field(default_factory=dict)
    rulesets: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    tested: frozenset[str] = frozenset()
    """The names that some production tests: no other facts need be given."""
    sites: dict[tuple[int, int], Site] = field(default_factory=dict)
    """By scope and node identity."""
    lists: dict[tuple[int, int], ListPlace] = field(default_factory=dict)
    inner: dict[tuple[int, int], Scope] = field(default_factory=dict)
    """The scopes of bodies, by the scope and node that binds their variable."""
    kept: list[object] = field(default_factory=list)
    """What the identities above belong to, so that they stay theirs."""
