"""One search over everything that packs say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.library import library_of
from supportable_api.library.article_models import Hit, HitsShown
from supportable_api.library.searching import Kind

router = APIRouter(prefix="/v1/search", tags=["search"], dependencies=[Depends(caller("read"))])


@router.get("", response_model=HitsShown, summary="Search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="Words; the last may be the beginning of one")],
    kind: Annotated[list[Kind] | None, Query(description="Only these kinds; may be repeated", max_length=10)] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most")] = 20,
) -> Response:
    """Rules, articles, terms, definitions and attributes with all of the words, best first; where nothing has them
    all, those with some. A word that nothing has stands for the one most like it."""
    found = library_of(request).index().find(q, frozenset(kind) if kind else None)
    items = [
        Hit(kind=each.kind, id=each.id, title=each.title, pack=each.pack, excerpt=each.excerpt, href=each.href)
        for each in found[:limit]
    ]
    return answered(request, HitsShown(query=q, total=len(found), items=items))
