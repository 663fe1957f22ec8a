"""What can be found by a search, taken from packs, articles and vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from supportable.packs import PackSet
from supportable.packs.model import Pack, Rule
from supportable_api.library.searching import Entry, excerpt_of


def entries_of(packs: PackSet) -> Iterator[Entry]:
    """Everything, in order of kind."""
    for pack in packs.packs:
        yield from (_rule(pack, rule) for rule in pack.rules)
    for article in packs.references.values():
        yield Entry(
            kind="article",
            id=article.id,
            title=article.title,
            pack="",
            href=f"/v1/references/{quote(article.id, safe='')}",
            named=(article.id,),
            text=(article.publisher, article.kind, *(revision.note for revision in article.revisions)),
            excerpt=article.url,
        )
    for pack in packs.packs:
        for term in pack.glossary:
            href = f"/v1/glossary/{quote(term.term, safe='')}"
            excerpt = excerpt_of(term.text)
            yield Entry("term", term.term, term.term, pack.name, href, (term.term,), (term.text,), excerpt)
        for derived in pack.derive:
            texts = tuple(reading.value.text for reading in derived.readings)
            excerpt = excerpt_of(texts[-1]) if texts else ""
            href = _pack_href(pack)
            yield Entry("definition", derived.fact, derived.title, pack.name, href, (derived.fact,), texts, excerpt)
    derived_facts = {derived.fact for pack in packs.packs for derived in pack.derive}
    for entity in packs.vocabulary.entities.values():
        for attribute in entity.attributes.values():
            name = f"{entity.name}.{attribute.name}"
            if name not in derived_facts and not attribute.section:
                text = (attribute.ask, *attribute.answers)
                excerpt = excerpt_of(attribute.ask)
                yield Entry("attribute", name, attribute.title or name, "", "/v1/vocabulary", (name,), text, excerpt)


def _rule(pack: Pack, rule: Rule) -> Entry:
    texts: dict[str, None] = {rule.notes: None}
    for revision in rule.revisions:
        texts[revision.title] = None
        for template in (revision.message, *revision.remedies):
            texts["" if template is None else template.plain] = None
        for alternative in revision.otherwise:
            for template in (alternative.message, *alternative.remedies):
                texts["" if template is None else template.plain] = None
        texts |= dict.fromkeys(f"{cite.ref} {cite.section}" for cite in revision.cite)
        texts[revision.require.text] = texts[revision.when.text] = None
    message = next((each.message.plain for each in reversed(rule.revisions) if each.message is not None), "")
    return Entry(
        kind="rule",
        id=rule.name,
        title=rule.title,
        pack=pack.name,
        href=f"{_pack_href(pack)}/rules/{quote(rule.id, safe='')}",
        named=(rule.id, rule.subject, *rule.tags),
        text=(pack.title, *texts),
        excerpt=excerpt_of(message or rule.notes or rule.title),
    )


def _pack_href(pack: Pack) -> str:
    return f"/v1/packs/{quote(pack.name, safe='')}/{quote(pack.version, safe='')}"
