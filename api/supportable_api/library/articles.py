"""Articles as answers: what each is, how far it was read, and all that rests on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from supportable.packs import PackSet
from supportable.packs.lint.uses import citations_of_rule
from supportable.packs.model import Pack, Rule
from supportable.verdict.words import iso
from supportable.vocabulary.references import Citation, Reference
from supportable_api.library.article_models import CitingRule, ReferenceShown, ReferenceSummary, RevisionShown


class Citing:
    """Who cites what: made once for a set of packs, as asking every rule for every article would take long."""

    def __init__(self, packs: PackSet) -> None:
        self.rules: dict[str, list[tuple[Pack, Rule, list[Citation]]]] = defaultdict(list)
        self.definitions: dict[str, list[str]] = defaultdict(list)
        self.terms: dict[str, list[str]] = defaultdict(list)
        self.catalogues: dict[str, list[str]] = defaultdict(list)
        self.sections: dict[str, set[str]] = defaultdict(set)
        for pack in packs.packs:
            for rule in pack.rules:
                for ref, citations in self._by_article(citations_of_rule(rule)).items():
                    self.rules[ref].append((pack, rule, citations))
            for derived in pack.derive:
                for ref in self._by_article(cite for reading in derived.readings for cite in reading.cite):
                    self.definitions[ref].append(derived.fact)
            for term in pack.glossary:
                for ref in self._by_article(term.cite):
                    self.terms[ref].append(term.term)
        for name, catalogue in packs.catalogues.items():
            for ref in self._by_article(cite for row in catalogue.rows for cite in row.cite):
                self.catalogues[ref].append(name)

    def _by_article(self, citations: Iterable[Citation]) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = defaultdict(list)
        for each in citations:
            found[each.ref].append(each)
            if each.section:
                self.sections[each.ref].add(each.section)
        return found


def summary_of(article: Reference, citing: Citing) -> ReferenceSummary:
    """An article in a line."""
    return ReferenceSummary(
        id=article.id,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        kind=article.kind,
        confidence=article.confidence,
        cited_by=len(citing.rules.get(article.id, ())),
    )


def reference_shown(article: Reference, citing: Citing) -> ReferenceShown:
    """An article with everything that cites it."""
    ref = article.id
    return ReferenceShown(
        id=ref,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        kind=article.kind,
        confidence=article.confidence,
        seen=article.seen,
        revisions=[
            RevisionShown(id=each.id, date=iso(each.date), note=each.note, confidence=each.confidence)
            for each in article.revisions
        ],
        sections=sorted(citing.sections.get(ref, ())),
        rules=[
            CitingRule(
                rule=rule.name,
                pack=pack.name,
                version=pack.version,
                title=rule.title,
                sections=sorted({each.section for each in citations if each.section}),
                revisions=sorted({each.revision for each in citations if each.revision}),
            )
            for pack, rule, citations in citing.rules.get(ref, ())
        ],
        definitions=sorted(set(citing.definitions.get(ref, ()))),
        terms=sorted(set(citing.terms.get(ref, ()))),
        catalogues=sorted(set(citing.catalogues.get(ref, ()))),
    )
