"""The terms that packs explain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.finding import there
from supportable_api.library import library_of
from supportable_api.library.article_models import EntriesShown, GlossaryShown
from supportable_api.library.models import TermShown
from supportable_api.paging import CursorGiven, Limit, Words, page_after

router = APIRouter(prefix="/v1/glossary", tags=["glossary"], dependencies=[Depends(caller("read"))])


def _key(term: TermShown) -> str:
    return f"{term.term.casefold()}\n{term.pack}"


@router.get("", response_model=GlossaryShown, summary="List the terms")
def list_terms(request: Request, q: Words = "", limit: Limit = 100, cursor: CursorGiven = "") -> Response:
    """Every term that a pack explains, by name; with `q`, those that a search for it finds."""
    library = library_of(request)
    items = library.terms()
    if q.strip():
        found = {(entry.id, entry.pack) for entry in library.index().find(q, frozenset({"term"}))}
        items = [each for each in items if (each.term, each.pack) in found]
    page, following = page_after(items, _key, limit, cursor)
    return answered(request, GlossaryShown(items=list(page), next=following))


# A term may hold a slash, however it is escaped.
@router.get("/{term:path}", response_model=EntriesShown, summary="A term")
def term(
    request: Request, term: Annotated[str, Path(description="The term, in any case", examples=["HAVM"])]
) -> Response:
    """A term with its entry in every pack that explains it."""
    with there():
        return answered(request, library_of(request).term(term))
