"""From packs and a day to a plan, pass by pass: choose the texts in force, bind the day, put everything in order."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace

from supportable.errors import Problem, UsageError
from supportable.language.ir import Satisfies, walk
from supportable.packs.dependencies import expressions_of
from supportable.packs.packset import PackSet, references_digest
from supportable.plan.bind import bind_derivation, bind_revision
from supportable.plan.choose import derivation_changes, readings_of, rule_changes
from supportable.plan.model import Plan, PlannedDerivation, PlannedRule, Stratum
from supportable.plan.order import layers
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.types import ListType, RefType

NO_SUCH_DAY = "SUP711"


def plan(packset: PackSet, as_of: datetime.date | int, packs: Collection[str] | None = None) -> Plan:
    """What is to be judged on that day by these packs and those they require; by all, where none are named.

    `as_of` is a date or its ordinal. The same content gives the same plan, in whatever order it was found. Raises
    UsageError for a pack that is not there and for a number that is no day.
    """
    day = as_of.toordinal() if isinstance(as_of, datetime.date) else as_of
    if not 1 <= day <= datetime.date.max.toordinal():
        raise UsageError([Problem(NO_SUCH_DAY, f"{day} is not the ordinal of a day", hint="1 is 0001-01-01")])
    if packs is not None:
        packset = packset.select(packs)
    rules, silent = [], []
    for rule in (rule for pack in packset.packs for rule in pack.rules):
        readings = tuple(bind_revision(revision, day) for revision in readings_of(rule, day))
        if readings:
            rules.append(PlannedRule(0, rule, readings, rule_changes(rule)))
        else:
            silent.append(rule)
    derivations = [bind_derivation(derivation, day) for pack in packset.packs for derivation in pack.derive]
    strata = _numbered(layers(derivations, rules))
    return Plan(
        as_of=day,
        vocabulary=packset.vocabulary,
        packs=packset.packs,
        catalogues=packset.catalogues,
        references=packset.references,
        references_digest=references_digest(packset.references),
        derivations=tuple(each for stratum in strata for each in stratum.derivations),
        rules=tuple(each for stratum in strata for each in stratum.rules),
        strata=strata,
        not_in_force=tuple(sorted(silent, key=lambda rule: (rule.pack, rule.id))),
        asked=_asked(packset.vocabulary, derivations, rules),
        digest=_digest(packset, day),
    )


def changes_on(packset: PackSet) -> tuple[int, ...]:
    """Every day, ascending, on which rules, definitions or catalogue rows begin to read otherwise.

    What an expression computes from `as_of` itself may change on any day, and is not among these.
    """
    days: set[int] = set()
    for pack in packset.packs:
        days.update(day for rule in pack.rules for day in rule_changes(rule))
        days.update(day for derivation in pack.derive for day in derivation_changes(derivation))
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


def _asked(
    vocabulary: Vocabulary, derivations: Iterable[PlannedDerivation], rules: Iterable[PlannedRule]
) -> dict[str, tuple[str, ...]]:
    """The packs that are asked about, sorted, with the entity types they are asked for, sorted."""
    nodes = [derivation.value for derivation in derivations]
    nodes += [node for rule in rules for revision in rule.readings for node in expressions_of(revision)]
    asked: dict[str, set[str]] = {}
    for node in (inner for outer in nodes for inner in walk(outer)):
        if isinstance(node, Satisfies) and isinstance(node.of.type, RefType):
            entity = node.of.type.entity
            asked.setdefault(node.pack, set()).update((entity, *parts_of(vocabulary, entity)))
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
