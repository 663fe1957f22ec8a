"""A plan: what is to be judged on one day, in an order in which every fact stands before it is used."""

from __future__ import annotations

from dataclasses import dataclass, field

from supportable.language.ir import Node
from supportable.packs.model import Pack, Revision, Rule
from supportable.vocabulary.catalogues import Catalogue
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.references import Citation, Reference
from supportable.vocabulary.types import Type


@dataclass(frozen=True, slots=True)
class PlannedDerivation:
    """A definition as it reads on the plan's day. `index` is its place in `Plan.derivations`.

    In a gap between two readings `value` is an `IfElse` with an unknown condition: their common value, else unknown.
    """

    index: int
    pack: str
    entity: str
    name: str
    type: Type
    title: str
    value: Node
    cite: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRule:
    """A rule as it reads on the plan's day. `index` is its place in `Plan.rules`.

    `readings` holds the revision in force or, in a gap, the two between which the change lies: a finding is then
    decided only where both agree. Their `unless` are only those in force. `changes_on` are the days, as ordinals and
    ascending, on which the rule begins to read otherwise.
    """

    index: int
    rule: Rule
    readings: tuple[Revision, ...]
    changes_on: tuple[int, ...]

    @property
    def in_gap(self) -> bool:
        """Whether the text of that day is not known."""
        return len(self.readings) > 1


@dataclass(frozen=True, slots=True)
class Stratum:
    """Definitions in an order in which each uses only earlier ones, then the rules that use no later ones."""

    derivations: tuple[PlannedDerivation, ...]
    rules: tuple[PlannedRule, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a reading needs beside the facts.

    `rules` and `derivations` are in evaluation order, the same as in the strata; their order is fixed by names, never
    by the order in which packs were given. `not_in_force` are the rules that say nothing on this day. `asked` are the
    packs some `satisfies` asks about, with the entity types it asks for (the subject's and its parts').
    """

    as_of: int
    vocabulary: Vocabulary
    packs: tuple[Pack, ...]
    catalogues: dict[str, Catalogue]
    references: dict[str, Reference]
    references_digest: str
    derivations: tuple[PlannedDerivation, ...]
    rules: tuple[PlannedRule, ...]
    strata: tuple[Stratum, ...]
    not_in_force: tuple[Rule, ...]
    asked: dict[str, tuple[str, ...]]
    digest: str
    _memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """Compiled forms, filled by readings; a cache, never part of the meaning."""

    def derivation(self, entity: str, name: str) -> PlannedDerivation:
        """The definition of that attribute; KeyError if there is none on this day."""
        for found in self.derivations:
            if found.entity == entity and found.name == name:
                return found
        raise KeyError(f"{entity}.{name}")
