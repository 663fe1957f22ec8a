"""What a reader would miss: citations, names of offenders, titles that tell rules apart, questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supportable.errors import Problem
from supportable.language.ir import Attr, Node, Var, walk
from supportable.origin import Origin
from supportable.packs.lint import codes
from supportable.packs.model import Pack, Revision, Rule, Template
from supportable.packs.packset import PackSet
from supportable.vocabulary.model import Vocabulary


def lint_texts(packs: PackSet, names: Sequence[str]) -> list[Problem]:
    """What the texts of these packs leave out."""
    found: list[Problem] = []
    asked: set[tuple[str, str]] = set()
    for name in names:
        pack = packs.pack(name)
        found += _uncited(pack)
        titles: dict[str, Rule] = {}
        for rule in pack.rules:
            first = titles.setdefault(rule.title.casefold(), rule)
            if first is not rule:
                message = f"{rule.id} has the title of {first.id}"
                found.append(_note(codes.SAME_RULE_TITLE, message, rule.origin, "say what tells them apart"))
            for revision in rule.revisions:
                found += _nameless(rule, revision)
                found += _unasked(packs.vocabulary, revision, asked)
    return found


def _note(code: str, message: str, origin: Origin, hint: str) -> Problem:
    return Problem(code, message, origin, hint, "author")


def _uncited(pack: Pack) -> Iterator[Problem]:
    for derivation in pack.derive:
        for reading in derivation.readings:
            dated = reading.effective.since is not None or reading.effective.until is not None
            if dated and not reading.cite:
                message = f"{derivation.fact} changes with time and cites nothing"
                yield _note(codes.NOTHING_CITED, message, reading.origin, "add cite: [{ref: …}]")
    for term in pack.glossary:
        if not term.cite:
            message = f"the term “{term.term}” cites nothing"
            yield _note(codes.NOTHING_CITED, message, term.origin, "add cite: [{ref: …}]")


def _nameless(rule: Rule, revision: Revision) -> Iterator[Problem]:
    needed = rule.subject if revision.each is None else revision.each.var
    for alternative in revision.otherwise:
        message = alternative.message or revision.message
        if message is None or alternative.outcome == "advisory":
            continue
        if needed not in _variables(message):
            words = f"{rule.id}: the message does not name who is concerned"
            yield _note(codes.MESSAGE_NAMES_NOBODY, words, revision.origin, f"put {{{{ {needed}.id }}}} into it")
            return


def _variables(text: Template) -> set[str]:
    nodes = [node for part in text.parts if isinstance(part, Node) for node in walk(part)]
    return {node.name for node in nodes if isinstance(node, Var)}


def _unasked(vocabulary: Vocabulary, revision: Revision, asked: set[tuple[str, str]]) -> Iterator[Problem]:
    """Facts without a question: an open finding on them could ask nothing. Each is noted once."""
    for condition in (revision.when, revision.require):
        for node in walk(condition):
            if not isinstance(node, Attr) or node.derived or not node.entity or (node.entity, node.name) in asked:
                continue
            asked.add((node.entity, node.name))
            entity = vocabulary.entities.get(node.entity)
            attribute = entity.attributes.get(node.name) if entity is not None else None
            if attribute is None or attribute.ask or attribute.inverse_of is not None or node.name == "count":
                continue
            message = f"{node.entity}.{node.name} is used and the vocabulary has no question for it"
            yield _note(codes.NO_QUESTION, message, attribute.origin, "add ask: …")
