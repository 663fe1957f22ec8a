"""Packs and rules as answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from supportable.language.ir import Const, Node
from supportable.origin import Origin
from supportable.packs import PackSet
from supportable.packs.lint.uses import citations_of_pack
from supportable.packs.model import Alternative, Derivation, Effective, Pack, Revision, Rule, Template, Term
from supportable.plan.choose import rule_changes
from supportable.testing.model import Case
from supportable.testing.naming import expectation_on, said
from supportable.verdict.words import iso
from supportable_api.library.citing import citations_shown, place_of
from supportable_api.library.models import (
    BrokenPackShown,
    CaseShown,
    Condition,
    DefinitionShown,
    DefinitionText,
    DisputeShown,
    EachShown,
    ExemptionShown,
    OutcomeShown,
    PackShown,
    PacksShown,
    PackSummary,
    Place,
    Requires,
    RuleShown,
    RuleSummary,
    StatementShown,
    TermShown,
    TextShown,
)

MOST_BROKEN = 20
"""How many problems of a broken pack are told."""


def packs_shown(packs: PackSet) -> PacksShown:
    """All packs in a line each, and those that do not load."""
    items = [
        PackSummary(
            name=pack.name,
            version=pack.version,
            title=pack.title,
            publisher=pack.publisher,
            rules=len(pack.rules),
            digest=f"sha256:{pack.digest}",
        )
        for pack in packs.packs
    ]
    # Without places: a pack that does not load may be known by the folder it is in, which is nobody's business here.
    broken = [
        BrokenPackShown(
            name=Path(one.name).name, problems=[f"{each.code} {each.message}" for each in one.problems[:MOST_BROKEN]]
        )
        for one in packs.broken
    ]
    return PacksShown(items=items, broken=broken, digest=f"sha256:{packs.digest}")


def pack_shown(packs: PackSet, pack: Pack) -> PackShown:
    """One pack with everything in it, rules in a line each."""
    return PackShown(
        name=pack.name,
        version=pack.version,
        title=pack.title,
        publisher=pack.publisher,
        description=_line(pack.description),
        digest=f"sha256:{pack.digest}",
        requires=[Requires(pack=each.pack, versions=each.versions) for each in pack.requires],
        rules=[_summary(rule) for rule in pack.rules],
        definitions=[_definition(packs, each) for each in pack.derive],
        terms=[term_shown(packs, pack, term) for term in pack.glossary],
        references=sorted({citation.ref for citation in citations_of_pack(pack)}),
    )


def term_shown(packs: PackSet, pack: Pack, term: Term) -> TermShown:
    """A glossary entry."""
    return TermShown(
        term=term.term,
        text=_line(term.text),
        pack=pack.name,
        citations=citations_shown(packs, term.cite),
        at=place_of(term.origin),
    )


def rule_shown(
    packs: PackSet, pack: Pack, rule: Rule, statements: Mapping[str, StatementShown], cases: Iterable[Case]
) -> RuleShown:
    """One rule. `statements` are those of all sources, by the tag that names them; `cases` those of its pack."""
    texts = [_text(packs, rule, *pair) for pair in zip_longest(rule.revisions, rule.revisions[1:])]
    return RuleShown(
        rule=rule.name,
        id=rule.id,
        pack=pack.name,
        version=pack.version,
        title=rule.title,
        subject=rule.subject,
        notes=_line(rule.notes),
        tags=list(rule.tags),
        statements=[statements[tag] for tag in rule.tags if tag in statements],
        changes_on=_changes(rule),
        texts=texts,
        cases=list(_cases(pack, rule, cases)),
        at=place_of(rule.origin),
    )


def _changes(rule: Rule) -> list[str]:
    return [iso(day) or "" for day in rule_changes(rule)]


def _summary(rule: Rule) -> RuleSummary:
    outcomes: dict[str, None] = {}
    for revision in rule.revisions:
        if revision.covers:
            outcomes["supported"] = None
        if _asks(revision):
            outcomes |= dict.fromkeys(alternative.outcome for alternative in revision.otherwise)
    return RuleSummary(
        rule=rule.name,
        id=rule.id,
        title=rule.title,
        subject=rule.subject,
        outcomes=list(outcomes),
        changes_on=_changes(rule),
    )


def _asks(revision: Revision) -> bool:
    """Whether the text requires anything: a plain permission does not."""
    return not _is(revision.require, truth=True) or bool(revision.disputed)


def _definition(packs: PackSet, derived: Derivation) -> DefinitionShown:
    texts = [
        DefinitionText(
            **_span(reading.effective),
            value=_line(reading.value.text),
            citations=citations_shown(packs, reading.cite),
            at=place_of(reading.origin),
        )
        for reading in derived.readings
    ]
    return DefinitionShown(
        fact=derived.fact, title=derived.title, type=str(derived.type), texts=texts, at=place_of(derived.origin)
    )


def _text(packs: PackSet, rule: Rule, revision: Revision, following: Revision | None) -> TextShown:
    span = _span(revision.effective)
    since = None if following is None else following.effective.since
    seen = revision.effective.last_seen
    return TextShown(
        since=span["since"],
        until=span["until"] or iso(since),
        last_seen=span["last_seen"],
        doubtful=seen is not None and since is not None and seen + 1 < since,
        title=revision.title or rule.title,
        states_support=revision.covers and not _is(revision.require, truth=False),
        advisory=revision.advisory,
        when=_condition(revision.when),
        each=None if revision.each is None else EachShown(name=revision.each.var, over=_line(revision.each.over.text)),
        require=_condition(revision.require),
        unless=[
            ExemptionShown(
                title=each.title,
                condition=_written(each.condition),
                since=iso(each.effective.since),
                until=iso(each.effective.until),
                citations=citations_shown(packs, each.cite),
            )
            for each in revision.unless
        ],
        disputed=[
            DisputeShown(require=_written(each.require), citation=citations_shown(packs, [each.cite])[0])
            for each in revision.disputed
        ],
        outcomes=[_outcome(packs, each) for each in revision.otherwise] if _asks(revision) else [],
        message=_words(revision.message),
        remedies=_all_words(revision.remedies),
        citations=citations_shown(packs, revision.cite),
        at=place_of(revision.origin),
    )


def _outcome(packs: PackSet, alternative: Alternative) -> OutcomeShown:
    return OutcomeShown.model_validate(
        {
            "outcome": alternative.outcome,
            "refused": alternative.refused,
            "when": None if alternative.condition is None else _condition(alternative.condition),
            "message": _words(alternative.message),
            "remedies": _all_words(alternative.remedies),
            "citations": citations_shown(packs, alternative.cite),
        }
    )


def _span(effective: Effective) -> dict[str, str | None]:
    return {
        "since": iso(effective.since),
        "until": iso(effective.until),
        "last_seen": iso(effective.last_seen),
    }


def _is(node: Node, *, truth: bool) -> bool:
    return isinstance(node, Const) and node.value is truth


def _condition(node: Node) -> Condition | None:
    """The condition, or None for one that always holds."""
    return None if _is(node, truth=True) else _written(node)


def _written(node: Node) -> Condition:
    return Condition(text=_line(node.text), at=place_of(node.origin))


def _words(template: Template | None) -> str:
    return "" if template is None else template.plain


def _all_words(templates: Sequence[Template]) -> list[str]:
    return [template.plain for template in templates]


def _line(text: str) -> str:
    return " ".join(text.split())


def _cases(pack: Pack, rule: Rule, cases: Iterable[Case]) -> Iterable[CaseShown]:
    for case in cases:
        expectation = expectation_on(rule.name, case)
        if expectation is not None:
            yield CaseShown(
                title=case.title,
                as_of=case.as_of.isoformat(),
                subject=expectation.subject,
                expected=said(expectation),
                at=_within(pack, case.origin),
            )


def _within(pack: Pack, origin: Origin) -> Place:
    """The place of a case, named from its pack's folder: where that folder is, is nobody's business."""
    path = Path(origin.file).resolve()
    folder = Path(pack.folder).resolve()
    file = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
    return Place(file=file, line=origin.line, column=origin.column)
