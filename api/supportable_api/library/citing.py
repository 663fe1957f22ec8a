"""Citations and places as answers."""

from __future__ import annotations

from collections.abc import Iterable

from supportable.origin import Origin
from supportable.packs import PackSet
from supportable.vocabulary.references import Citation
from supportable_api.library.models import CitationShown, Place


def citations_shown(packs: PackSet, citations: Iterable[Citation]) -> list[CitationShown]:
    """Each citation with what its article is called and where it is, in the order given, none twice."""
    return [_shown(packs, each) for each in dict.fromkeys(citations)]


def _shown(packs: PackSet, citation: Citation) -> CitationShown:
    article = packs.references[citation.ref]
    return CitationShown(
        ref=citation.ref,
        title=article.title,
        url=article.url,
        section=citation.section,
        revision=citation.revision,
        confidence=article.confidence_in(citation.revision),
    )


def place_of(origin: Origin) -> Place:
    """An origin as a place; the file is named as it is on its shelf."""
    return Place(file=origin.file, line=origin.line, column=origin.column)
