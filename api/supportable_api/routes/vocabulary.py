"""The vocabulary: everything that a design may say."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.library import library_of
from supportable_api.library.vocabulary_models import VocabularyShown

router = APIRouter(prefix="/v1/vocabulary", tags=["vocabulary"], dependencies=[Depends(caller("read"))])


@router.get("", response_model=VocabularyShown, summary="The vocabulary")
def vocabulary(request: Request) -> Response:
    """Entity types with their attributes, questions and readings of silence; products with their releases."""
    return answered(request, library_of(request).vocabulary())
