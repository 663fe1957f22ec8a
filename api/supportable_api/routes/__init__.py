"""The routes, a module for each kind of thing; every module has a `router`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from fastapi import APIRouter

MODULES: Final = (
    "evaluations",
    "batch",
    "boms",
    "evidence",
    "timeline",
    "verify",
    "designs",
    "packs",
    "references",
    "search",
    "vocabulary",
    "glossary",
    "schema",
    "examples",
    "reload",
    "health",
    "openapi",
    "page",
)
"""In the order in which OpenAPI tells of them, and in which a path is looked for."""


def routers() -> Iterator[APIRouter]:
    """The router of every module."""
    for name in MODULES:
        router: APIRouter = import_module(f"{__name__}.{name}").router
        yield router
