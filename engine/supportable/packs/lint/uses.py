"""What is there and used by nobody: articles, definitions, required packs; and packs that state nothing.

A catalogue that no rule looks up may serve another part of the software, such as the reading of bills.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportable.errors import Problem
from supportable.language.ir import Attr, Node, Satisfies, walk
from supportable.origin import Origin
from supportable.packs.dependencies import expressions_of
from supportable.packs.lint import codes
from supportable.packs.model import Pack, Rule
from supportable.packs.packset import PackSet
from supportable.vocabulary.references import Citation


def lint_uses(packs: PackSet, names: Sequence[str]) -> list[Problem]:
    """What these packs carry without need. Articles are looked at only where all packs are."""
    found: list[Problem] = []

    def note(code: str, message: str, origin: Origin, hint: str) -> None:
        found.append(Problem(code, message, origin, hint, "author"))

    nodes = {pack.name: list(_nodes(pack)) for pack in packs.packs}
    used = {(node.entity, node.name) for held in nodes.values() for node in held if isinstance(node, Attr)}
    owners = {(each.entity, each.name): pack.name for pack in packs.packs for each in pack.derive}
    for name in names:
        pack = packs.pack(name)
        for subject, rule in _unstated(packs, pack).items():
            message = f"{name} judges each {subject}, and no rule of any pack states support for one"
            hint = "give the pack a rule with covers: true, for what its publisher says is supported"
            note(codes.NOTHING_STATES_SUPPORT, message, rule.origin, hint)
        for derivation in pack.derive:
            if (derivation.entity, derivation.name) not in used:
                message = f"the definition {derivation.fact} is used nowhere"
                note(codes.UNUSED_DEFINITION, message, derivation.origin, "use it, or take it out")
        needed = {owners.get((node.entity, node.name), "") for node in nodes[name] if isinstance(node, Attr)}
        needed |= {node.pack for node in nodes[name] if isinstance(node, Satisfies)}
        for required in pack.requires:
            if required.pack not in needed:
                message = f"{name} requires {required.pack} and uses nothing of it"
                origin = pack.rules[0].origin if pack.rules else Origin(name)
                note(codes.UNUSED_PACK, message, origin, "take it out of requires")
    if set(names) >= {pack.name for pack in packs.packs}:
        cited = {citation.ref for citation in citations_of(packs)}
        for ref, article in packs.references.items():
            if ref not in cited:
                note(codes.UNUSED_ARTICLE, f"no rule cites {ref}", article.origin, "cite it, or take it out")
    return found


def _unstated(packs: PackSet, pack: Pack) -> dict[str, Rule]:
    """The types of subject for which no pack states support, each with the first rule of this pack that judges it."""
    stated = {rule.subject for each in packs.packs for rule in each.rules if any(r.covers for r in rule.revisions)}
    found: dict[str, Rule] = {}
    for rule in pack.rules:
        if rule.subject not in stated and not all(revision.advisory for revision in rule.revisions):
            found.setdefault(rule.subject, rule)
    return found


def citations_of(packs: PackSet) -> Iterator[Citation]:
    """Every citation of rules, definitions, terms and catalogue rows."""
    for pack in packs.packs:
        yield from citations_of_pack(pack)
    for catalogue in packs.catalogues.values():
        for row in catalogue.rows:
            yield from (Citation(each.ref, each.section, each.revision) for each in row.cite)


def citations_of_pack(pack: Pack) -> Iterator[Citation]:
    """Every citation of a pack's rules, definitions and terms."""
    for derivation in pack.derive:
        for reading in derivation.readings:
            yield from reading.cite
    for term in pack.glossary:
        yield from term.cite
    for rule in pack.rules:
        yield from citations_of_rule(rule)


def citations_of_rule(rule: Rule) -> Iterator[Citation]:
    """Every citation of a rule, in all its texts: beside its own, those of exemptions, outcomes and disputes."""
    for revision in rule.revisions:
        yield from revision.cite
        yield from (cite for exemption in revision.unless for cite in exemption.cite)
        yield from (cite for alternative in revision.otherwise for cite in alternative.cite)
        yield from (dispute.cite for dispute in revision.disputed)


def _nodes(pack: Pack) -> Iterator[Node]:
    for derivation in pack.derive:
        for reading in derivation.readings:
            yield from walk(reading.value)
    for rule in pack.rules:
        for revision in rule.revisions:
            for node in expressions_of(revision):
                yield from walk(node)
