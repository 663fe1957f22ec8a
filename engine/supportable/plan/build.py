"""From packs and a day to a plan, pass by pass: choose the texts in force, bind the day, put everything in order."""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from supportable.errors import Problem, UsageError
from supportable.packs.dependencies import Thing, expressions_of
from supportable.packs.model import Derivation, Revision, Rule
from supportable.packs.packset import PackSet
from supportable.plan.bind import bind_derivation, bind_revision
from supportable.plan.choose import in_force, readings_of, rule_changes
from supportable.plan.model import Plan, PlannedDerivation, PlannedRule, Stratum
from supportable.plan.order import layers
from supportable.plan.walks import Walks, walks_of
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.types import ListType, RefType

NO_SUCH_DAY = "SUP711"
MOST_EPOCHS: Final = 512
"""Epochs that a set of packs keeps, a tenth of a megabyte each: all of those of twenty years, for a few choices."""


def plan(packset: PackSet, as_of: datetime.date | int, packs: Collection[str] | None = None) -> Plan:
    """What is to be judged on that day by these packs and those they require; by all, where none are named.

    `as_of` is a date or its ordinal. The same content gives the same plan, in whatever order it was found. Raises
    UsageError for a pack that is not there and for a number that is no day.
    """
    day = as_of.toordinal() if isinstance(as_of, datetime.date) else as_of
    if not 1 <= day <= datetime.date.max.toordinal():
        raise UsageError([Problem(NO_SUCH_DAY, f"{day} is not the ordinal of a day", hint="1 is 0001-01-01")])
    epoch = _epoch(packset, day, None if packs is None else tuple(sorted(set(packs))))
    strata = tuple(epoch.on(stratum, day) for stratum in epoch.strata)
    return Plan(
        as_of=day,
        vocabulary=packset.vocabulary,
        packs=epoch.packset.packs,
        catalogues=packset.catalogues,
        references=packset.references,
        references_digest=walks_of(packset).references,
        derivations=tuple(each for stratum in strata for each in stratum.derivations),
        rules=tuple(each for stratum in strata for each in stratum.rules),
        strata=strata,
        not_in_force=epoch.not_in_force,
        asked=epoch.asked,
        digest=_digest(epoch.packset, day),
    )


class _Epoch(NamedTuple):
    """What the plans of neighbouring days have in common on which the same texts are in force: all but what speaks of
    the day itself. Of that, `moving_rules` and `moving_derivations` hold the texts in which the day is still to be put,
    by name."""

    packset: PackSet
    strata: tuple[Stratum, ...]
    not_in_force: tuple[Rule, ...]
    asked: dict[str, tuple[str, ...]]
    moving_rules: dict[str, tuple[Revision, ...]]
    moving_derivations: dict[tuple[str, str], Derivation]

    def on(self, stratum: Stratum, day: int) -> Stratum:
        """The stratum as it reads on that day."""
        return Stratum(
            tuple(self._derivation(each, day) for each in stratum.derivations),
            tuple(self._rule(each, day) for each in stratum.rules),
        )

    def _derivation(self, planned: PlannedDerivation, day: int) -> PlannedDerivation:
        moving = self.moving_derivations.get((planned.entity, planned.name))
        return planned if moving is None else replace(bind_derivation(moving, day), index=planned.index)

    def _rule(self, planned: PlannedRule, day: int) -> PlannedRule:
        moving = self.moving_rules.get(planned.rule.name)
        if moving is None:
            return planned
        return replace(planned, readings=tuple(bind_revision(revision, day) for revision in moving))


def _epoch(packset: PackSet, day: int, names: tuple[str, ...] | None) -> _Epoch:
    """The epoch that the day lies in, made on first use. Raises UsageError for a pack that is not there."""
    walks = walks_of(packset)
    key = (bisect_right(walks.changes, day), names)
    known = walks.epochs.get(key)
    if not isinstance(known, _Epoch):
        if len(walks.epochs) >= MOST_EPOCHS:
            walks.epochs.clear()
        chosen = packset if names is None else packset.select(names)
        known = walks.epochs[key] = _Making(walks, chosen, day).epoch()
    return known


class _Making:
    """The rules and definitions of one day, each with what it uses, and all that they ask about other packs."""

    def __init__(self, walks: Walks, packset: PackSet, day: int) -> None:
        self.walks, self.packset, self.day = walks, packset, day
        self.asks: set[tuple[str, str]] = set()
        self.moving_rules: dict[str, tuple[Revision, ...]] = {}
        self.moving_derivations: dict[tuple[str, str], Derivation] = {}

    def epoch(self) -> _Epoch:
        """What the day has in common with those around it."""
        rules, silent = [], []
        for rule in (rule for pack in self.packset.packs for rule in pack.rules):
            readings = readings_of(rule, self.day)
            if readings:
                rules.append((PlannedRule(0, rule, readings, rule_changes(rule)), self._rule_uses(rule, readings)))
            else:
                silent.append(rule)
        derivations = [
            (bind_derivation(derivation, self.day), self._derivation_uses(derivation))
            for pack in self.packset.packs
            for derivation in pack.derive
        ]
        return _Epoch(
            self.packset,
            _numbered(layers(derivations, rules)),
            tuple(sorted(silent, key=lambda rule: (rule.pack, rule.id))),
            _asked(self.packset.vocabulary, self.asks),
            self.moving_rules,
            self.moving_derivations,
        )

    def _rule_uses(self, rule: Rule, readings: tuple[Revision, ...]) -> frozenset[Thing]:
        for revision in rule.revisions:
            self.walks.learn(revision)
        found = self.walks.of(node for revision in readings for node in expressions_of(revision))
        self.asks |= found.asks
        if not found.timeless:
            self.moving_rules[rule.name] = readings
        return found.uses

    def _derivation_uses(self, derivation: Derivation) -> frozenset[Thing]:
        for reading in derivation.readings:
            self.walks.learn(reading)
        found = self.walks.of(text.value for text in in_force(derivation.readings, self.day))
        self.asks |= found.asks
        if not found.timeless:
            self.moving_derivations[derivation.entity, derivation.name] = derivation
        return found.uses


def changes_on(packset: PackSet) -> tuple[int, ...]:
    """Every day, ascending, on which rules, definitions or catalogue rows begin to read otherwise.

    What an expression computes from `as_of` itself may change on any day, and is not among these.
    """
    days = set(walks_of(packset).changes)
    for catalogue in packset.catalogues.values():
        days.update(day for row in catalogue.rows for day in (row.since, row.until) if day is not None)
    return tuple(sorted(days))


def _numbered(made: Iterable[tuple[list[PlannedDerivation], list[PlannedRule]]]) -> tuple[Stratum, ...]:
    strata = []
    derivation_index = rule_index = 0
    for derivations, rules in made:
        strata.append(
            Stratum(
                tuple(replace(each, index=index) for index, each in enumerate(derivations, derivation_index)),
                tuple(replace(each, index=index) for index, each in enumerate(rules, rule_index)),
            )
        )
        derivation_index += len(derivations)
        rule_index += len(rules)
    return tuple(strata)


def _asked(vocabulary: Vocabulary, asks: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The packs that are asked about, sorted, with the entity types they are asked for, sorted."""
    asked: dict[str, set[str]] = {}
    for pack, entity in asks:
        asked.setdefault(pack, set()).update((entity, *parts_of(vocabulary, entity)))
    return {pack: tuple(sorted(asked[pack])) for pack in sorted(asked)}


def parts_of(vocabulary: Vocabulary, entity: str) -> tuple[str, ...]:
    """The entity types that make up one of this type, sorted."""
    found = set()
    for attribute in vocabulary.entities[entity].attributes.values():
        member = attribute.type.of if isinstance(attribute.type, ListType) else attribute.type
        if attribute.part and isinstance(member, RefType):
            found.add(member.entity)
    return tuple(sorted(found))


def _digest(packset: PackSet, day: int) -> str:
    summed = hashlib.sha256(f"as of {day}\nvocabulary {packset.vocabulary.digest}\n".encode())
    for pack in packset.packs:
        summed.update(f"pack {pack.name} {pack.version} {pack.digest}\n".encode())
    for name in sorted(packset.catalogues):
        summed.update(f"catalogue {name} {packset.catalogues[name].digest}\n".encode())
    return summed.hexdigest()
