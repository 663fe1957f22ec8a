"""The articles that rules rest on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.finding import there
from supportable_api.library import library_of
from supportable_api.library.article_models import ReferenceShown, ReferencesShown
from supportable_api.paging import CursorGiven, Limit, Words, page_after

router = APIRouter(prefix="/v1/references", tags=["references"], dependencies=[Depends(caller("read"))])


@router.get("", response_model=ReferencesShown, summary="List the articles")
def list_references(request: Request, q: Words = "", limit: Limit = 100, cursor: CursorGiven = "") -> Response:
    """Every article that may be cited, by id; with `q`, those that a search for it finds."""
    library = library_of(request)
    items = library.references()
    if q.strip():
        found = {entry.id for entry in library.index().find(q, frozenset({"article"}))}
        items = [each for each in items if each.id in found]
    page, following = page_after(items, lambda each: each.id, limit, cursor)
    return answered(request, ReferencesShown(items=list(page), next=following))


@router.get("/{id}", response_model=ReferenceShown, summary="An article")
def reference(
    request: Request, id: Annotated[str, Path(description="The article's id", examples=["KB956893"])]
) -> Response:
    """What an article is called and where it stands, its editions, how far it was read, and all that cites it."""
    with there():
        return answered(request, library_of(request).reference(id))
