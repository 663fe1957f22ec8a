"""The shipped designs, to begin with."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request, Response

from supportable.cli.examples import Example, find_examples
from supportable.errors import Problem, UsageError, did_you_mean
from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.finding import there
from supportable_api.library import Page, codes
from supportable_api.library.article_models import ExampleShown
from supportable_api.library.held import etag_of

router = APIRouter(prefix="/v1/examples", tags=["examples"], dependencies=[Depends(caller("read"))])

MEDIA_TYPE: Final = "application/yaml"
AS_OF: Final = "Supportable-As-Of"
"""The header with the day on which an example is worth judging."""


@cache
def _examples() -> dict[str, tuple[ExampleShown, Page]]:
    """The examples by name. They come with the package, and are read once."""
    return {example.path.stem: (_shown(example), _text(example)) for example in find_examples()}


def _shown(example: Example) -> ExampleShown:
    days = [day.isoformat() for day in example.days]
    return ExampleShown(
        name=example.path.stem,
        title=example.about,
        as_of=days[-1],
        days=days,
        statuses=list(example.expected),
        media_type=MEDIA_TYPE,
    )


def _text(example: Example) -> Page:
    body = example.path.read_bytes()
    return Page(body, etag_of(body))


@router.get("", response_model=list[ExampleShown], summary="List the example designs")
def list_examples(request: Request) -> Response:
    """Every example design by name, the days on which it is worth judging, and what it is on each."""
    return answered(request, [shown.model_dump(mode="json") for shown, _ in _examples().values()])


@router.get(
    "/{name}",
    summary="An example design",
    response_class=Response,
    responses={
        200: {
            "content": {MEDIA_TYPE: {"schema": {"type": "object"}}},
            "headers": {
                AS_OF: {"description": "The day to judge it by", "schema": {"type": "string", "format": "date"}}
            },
        }
    },
)
def example(
    request: Request, name: Annotated[str, Path(description="Its name", examples=["sql-guest-cluster"])]
) -> Response:
    """The design as its author wrote it, comments included; the header says which day to judge it by."""
    with there():
        found = _examples().get(name)
        if found is None:
            hint = did_you_mean(name, _examples())
            raise UsageError([Problem(codes.NO_SUCH_EXAMPLE, f"there is no example “{name}”", hint=hint)])
        shown, page = found
    return answered(request, page, media_type=MEDIA_TYPE, headers={AS_OF: shown.as_of})
