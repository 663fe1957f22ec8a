"""Completions: what is not known filled in, of a design, of catalogues, and of the text of policies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from supportable.facts import Facts, Members, Row, value_of
from supportable.language.ir import Const, IfElse, Node
from supportable.plan.model import Plan, PlannedDerivation, PlannedRule, Stratum
from supportable.vocabulary.model import Attribute
from supportable.vocabulary.products import UNKNOWN_PRODUCT
from supportable.vocabulary.types import ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import UNKNOWN
from tests.readings.generators.catalogues import completed_catalogue
from tests.readings.generators.choices import Choices
from tests.readings.generators.designs import Maker, stored
from tests.readings.generators.values import completed_product, known_value, written


def completed_design(choices: Choices, facts: Facts) -> dict[str, Any]:
    """A design that says all that `facts` say, readings of absence included, and some of what they leave open.

    Entities are added only to sections that are open, members only to lists that are.
    """
    vocabulary = facts.vocabulary
    ids: dict[str, list[str]] = {}
    new: dict[str, list[str]] = {}
    for section, entity in vocabulary.sections.items():
        held: Members = value_of(facts.design, section)
        ids[entity] = [row.id for row in facts.tables[entity].own()]
        new[entity] = [f"{entity}-new{place}" for place in range(choices.number(0, 2) if held.open else 0)]
        ids[entity] += new[entity]
    filler = _Filler(choices, facts, Maker(choices, vocabulary, ids))
    design: dict[str, Any] = {"design": facts.name, **filler.attributes(facts.design)}
    for section, entity in vocabulary.sections.items():
        held = value_of(facts.design, section)
        entries: list[Any] = [filler.entity(row) for row in facts.tables[entity].own()]
        entries += [filler.maker.entity(entity, id_) for id_ in new[entity]]
        design[section] = [*entries, "..."] if held.open and choices.chance(25) else entries
    return design


class _Filler:
    """Writes rows with what is not known of them filled in. `maker` knows the entities of the completion."""

    def __init__(self, choices: Choices, facts: Facts, maker: Maker) -> None:
        self.choices = choices
        self.facts = facts
        self.maker = maker

    def entity(self, row: Row) -> dict[str, Any]:
        """An entry of a section."""
        return {"id": row.id, "count": row.count, **self.attributes(row)}

    def attributes(self, row: Row) -> dict[str, Any]:
        """All attributes of a row, each of them said outright."""
        entity = self.facts.vocabulary.entities[row.type]
        return {each.name: self._attribute(row, each) for each in stored(entity)}

    def _attribute(self, row: Row, attribute: Attribute) -> Any:
        return self._value(value_of(row, attribute.name), attribute.type)

    def _value(self, value: Any, type_: Type) -> Any:
        choices, maker = self.choices, self.maker
        leave = choices.chance(20)
        match type_:
            case ListType():
                return self._members(value, type_)
            case RefType():
                if value.i > 1:
                    return value.id
                if value.i == 1 or leave:
                    return "none" if value.i else "unknown"
                return choices.pick((*maker.ids[type_.entity], "none"))
            case RecordType():
                if value.i > 1:
                    return self.attributes(value)
                if value.i == 1 or leave:
                    return "none" if value.i else "unknown"
                if choices.chance(25):
                    return "none"
                return maker.attributes(self.facts.vocabulary.entities[type_.record])
            case ProductType():
                if not leave:
                    value = completed_product(choices, value, type_, self.facts.vocabulary)
                return written(value, type_)
        if value is UNKNOWN and not leave:
            if choices.chance(20):
                return "none"
            value = known_value(choices, type_, self.facts.vocabulary)
        return written(value, type_)

    def _members(self, held: Members, type_: ListType) -> Any:
        members = [self._member(member, type_.of) for member in held.sure]
        if isinstance(type_.of, ProductType):
            members = _apart(members, held.sure)
        if not held.open:
            return members
        if self.choices.chance(20):
            return [*members, "..."]
        return self.maker.members(type_, members)

    def _member(self, member: Any, of: Type) -> Any:
        if isinstance(of, RefType):
            return member.id
        if isinstance(of, RecordType):
            return self.attributes(member)
        if isinstance(of, ProductType) and member is not UNKNOWN_PRODUCT:
            return written(completed_product(self.choices, member, of, self.facts.vocabulary), of)
        return written(member, of)


def _apart(members: list[Any], before: tuple[Any, ...]) -> list[Any]:
    """The members of a product list, those left as they were that would have become one with another."""
    kept: list[Any] = []
    for place, member in enumerate(members):
        others = [*kept, *members[place + 1 :], *(product.as_given() for product in before[place + 1 :])]
        kept.append(before[place].as_given() if member in others else member)
    return kept


def completed_policy(choices: Choices, plan: Plan) -> Plan:
    """The same plan where one of two texts turned out to be in force, and catalogues say more."""
    derivations = {one.index: _settled(choices, one) for one in plan.derivations}
    rules = {one.index: _in_force(choices, one) for one in plan.rules}
    strata = tuple(
        Stratum(
            tuple(derivations[one.index] for one in stratum.derivations),
            tuple(rules[one.index] for one in stratum.rules),
        )
        for stratum in plan.strata
    )
    catalogues = {
        name: completed_catalogue(choices, catalogue, plan.vocabulary) for name, catalogue in plan.catalogues.items()
    }
    return replace(
        plan,
        derivations=tuple(derivations.values()),
        rules=tuple(rules.values()),
        strata=strata,
        catalogues=catalogues,
        _memo=type(plan._memo)(),
    )


def _settled(choices: Choices, derivation: PlannedDerivation) -> PlannedDerivation:
    value: Node = derivation.value
    if isinstance(value, IfElse) and isinstance(value.cond, Const) and value.cond.value is UNKNOWN:
        return replace(derivation, value=choices.pick((value.then, value.other)))
    return derivation


def _in_force(choices: Choices, rule: PlannedRule) -> PlannedRule:
    return replace(rule, readings=(choices.pick(rule.readings),))
