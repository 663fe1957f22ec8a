"""The packs that are held, and what is in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from supportable_api.auth import caller
from supportable_api.conditional import answered
from supportable_api.finding import there
from supportable_api.library import library_of
from supportable_api.library.models import PackShown, PacksShown, PackVersions, RuleShown

router = APIRouter(prefix="/v1/packs", tags=["packs"], dependencies=[Depends(caller("read"))])

Name = Annotated[str, Path(description="The pack's name", examples=["microsoft.failover-clustering"])]
Version = Annotated[str, Path(description="A version that is held", examples=["1.0.0"])]
RuleId = Annotated[str, Path(description="The rule's id within its pack")]


@router.get("", response_model=PacksShown, summary="List the packs")
def list_packs(request: Request) -> Response:
    """Every pack in a line, sorted by name, and those that do not load with the reasons."""
    return answered(request, library_of(request).all_packs())


@router.get("/{name}", response_model=PackVersions, summary="The versions of a pack")
def pack_versions(request: Request, name: Name) -> Response:
    """Which versions of a pack are held: the one that judges."""
    with there():
        return answered(request, library_of(request).versions(name))


@router.get("/{name}/{version}", response_model=PackShown, summary="A pack")
def pack(request: Request, name: Name, version: Version) -> Response:
    """A pack with its rules in a line each, its definitions, its glossary, and the articles it cites."""
    with there():
        return answered(request, library_of(request).pack(name, version))


@router.get("/{name}/{version}/rules/{rule}", response_model=RuleShown, summary="A rule")
def rule(request: Request, name: Name, version: Version, rule: RuleId) -> Response:
    """A rule: what it says and has said, since when, its conditions in their authors' words, the articles behind it,
    what to do about it, and the cases that show it at work."""
    with there():
        return answered(request, library_of(request).rule(name, version, rule))
