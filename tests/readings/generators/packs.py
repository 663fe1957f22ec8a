"""Packs of definitions and rules with everything a rule can say, and plans of them."""

from __future__ import annotations

from dataclasses import replace

from supportable.language.ir import Const, Node, Satisfies, Var
from supportable.packs.model import (
    ALWAYS,
    Alternative,
    Derivation,
    Dispute,
    Each,
    Effective,
    Exemption,
    Pack,
    Reading,
    Revision,
    Rule,
)
from supportable.packs.packset import PackSet
from supportable.plan.build import plan
from supportable.plan.model import Plan
from supportable.vocabulary.lookups import Catalogue
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.references import Citation
from supportable.vocabulary.types import BOOL, INT, TEXT, ListType, ProductType, RefType, Type
from tests.readings.generators.choices import Choices
from tests.readings.generators.expressions import Expressions, Scope
from tests.readings.generators.values import TODAY
from tests.readings.generators.vocabularies import ENTITIES

GAP = (Effective(last_seen=TODAY - 5), Effective(since=TODAY + 5))
CHANGED = (Effective(until=TODAY - 5), Effective(since=TODAY - 5))
TIMES = (ALWAYS, ALWAYS, ALWAYS, Effective(since=TODAY), Effective(until=TODAY), Effective(until=TODAY + 1))
OUTCOMES = ("unsupported", "limited", "conditional")
DERIVED: tuple[Type, ...] = (BOOL, BOOL, BOOL, INT, TEXT, ProductType())


def packset(choices: Choices, vocabulary: Vocabulary, catalogues: dict[str, Catalogue]) -> PackSet:
    """One to three packs, of which later ones may ask about earlier ones."""
    made = Expressions(choices, vocabulary, catalogues)
    packs: list[Pack] = []
    for place in range(choices.number(1, 3)):
        name = f"acme.p{place}"
        derive = tuple(_derivation(made, name, f"d{place}_{each}") for each in range(choices.number(0, 2)))
        # Where nothing is ever supported, nobody sees what `satisfies` makes of it: some packs ask for little.
        easy = choices.chance(50)
        rules = tuple(_rule(made, name, f"r{each}", easy=easy) for each in range(choices.number(1, 4)))
        packs.append(Pack(name, "1.0.0", name, "acme", "", (), derive, rules, (), name))
        made.packs = (*made.packs, name)
    return PackSet(vocabulary, {}, catalogues, tuple(packs))


def definitions(choices: Choices, vocabulary: Vocabulary, catalogues: dict[str, Catalogue]) -> PackSet:
    """One pack of many definitions and no rules: expressions as densely as they can be tried."""
    made = Expressions(choices, vocabulary, catalogues)
    derive = tuple(_derivation(made, "acme.p0", f"d{place}") for place in range(choices.number(1, 24)))
    return PackSet(vocabulary, {}, catalogues, (Pack("acme.p0", "1.0.0", "", "acme", "", (), derive, (), (), "p0"),))


def planned(packs: PackSet) -> Plan:
    """The plan of all packs for today."""
    return plan(packs, TODAY)


def _derivation(made: Expressions, pack: str, name: str) -> Derivation:
    choices = made.choices
    entity = choices.pick(ENTITIES)
    scope = Scope({entity: RefType(entity)})
    value = _defined(made, scope)
    readings = [Reading(choices.pick(TIMES), value)]
    if choices.chance(15) and not isinstance(value.type, ListType | RefType):
        other = made.truth(scope, 1) if value.type == BOOL else made.value(value.type, scope, 1)
        times = choices.pick((GAP, CHANGED))
        readings = [Reading(times[0], value), Reading(times[1], other)]
    made.derived[entity, name] = value.type
    return Derivation(pack, entity, name, value.type, name, tuple(readings))


def _defined(made: Expressions, scope: Scope) -> Node:
    choices = made.choices
    if choices.chance(20):
        listing = made.listing(scope, 2)
        if listing is not None:
            return listing
    if choices.chance(15):
        paths = [path for entity in ENTITIES for path in made.paths(scope, RefType(entity))]
        return choices.pick(paths)
    type_ = choices.pick(DERIVED)
    return made.truth(scope, 3) if type_ == BOOL else made.value(type_, scope, 2)


def _rule(made: Expressions, pack: str, id_: str, *, easy: bool) -> Rule:
    choices = made.choices
    subject = choices.pick((*ENTITIES, *ENTITIES, "design"))
    if easy and choices.chance(60):
        return Rule(pack, id_, id_, subject, (_permission(made, subject),))
    # A rule is an advisory in all of its revisions, or in none.
    advisory = choices.chance(10)
    if choices.chance(80):
        texts = [_revision(made, subject, choices.pick(TIMES), advisory=advisory)]
    else:
        times = choices.pick((GAP, GAP, CHANGED))
        first, second = (_revision(made, subject, time, advisory=advisory) for time in times)
        if choices.chance(50):
            second = replace(second, when=first.when)
        texts = [first, second]
    return Rule(pack, id_, id_, subject, tuple(texts))


def _permission(made: Expressions, subject: str) -> Revision:
    """A text that states support and asks for next to nothing."""
    scope = Scope({subject: RefType(subject)})
    require = made.truth(scope, 0) if made.choices.chance(40) else Const(BOOL, True)
    return Revision(
        effective=ALWAYS,
        when=Const(BOOL, True),
        require=require,
        each=None,
        unless=(),
        otherwise=(Alternative(made.choices.pick(OUTCOMES)),),
        disputed=(),
        message=None,
        remedies=(),
        cite=(CITATION,),
        covers=True,
        title="",
    )


def _revision(made: Expressions, subject: str, effective: Effective, *, advisory: bool) -> Revision:
    choices = made.choices
    scope = Scope({subject: RefType(subject)})
    when = made.truth(scope, 2) if choices.chance(70) else Const(BOOL, True)
    each, inner = None, scope
    if choices.chance(35):
        over = made.listing(scope, 2)
        if over is not None and isinstance(over.type, ListType):
            each = Each("e", over)
            inner = Scope({**scope.variables, "e": over.type.of})
    require = made.truth(inner, 3) if choices.chance(85) else Const(BOOL, True)
    otherwise = (Alternative("advisory"),) if advisory else _otherwise(made, inner)
    asked = [Var(RefType(subject), subject)] if subject != "design" else []
    asked += [path for entity in ENTITIES for path in made.paths(inner, RefType(entity))]  # type: ignore[misc]
    hands_on = bool(made.packs and asked and not advisory and choices.chance(30))
    if hands_on:
        require = Satisfies(BOOL, choices.pick(asked), choices.pick(made.packs))
        otherwise = (Alternative("same"),)
    return Revision(
        effective=effective,
        when=when,
        require=require,
        each=each,
        unless=tuple(
            Exemption(made.truth(inner, 1), choices.pick(TIMES), (CITATION,))
            for _ in range(choices.number(0, 2) if choices.chance(30) else 0)
        ),
        otherwise=otherwise,
        # What hands on the status of something else has no text of its own that another could be stricter than.
        disputed=(Dispute(made.truth(inner, 2), CITATION),) if not hands_on and choices.chance(15) else (),
        message=None,
        remedies=(),
        cite=(CITATION,),
        covers=choices.chance(50) and not advisory,
        title="",
    )


CITATION = Citation("KB1")


def _otherwise(made: Expressions, scope: Scope) -> tuple[Alternative, ...]:
    choices = made.choices
    last = Alternative(choices.pick(OUTCOMES))
    if choices.chance(65):
        return (last,)
    graded = (Alternative(choices.pick(OUTCOMES), made.truth(scope, 1)) for _ in range(choices.number(1, 2)))
    return (*graded, last)
