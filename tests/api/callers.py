"""A service that wants to know who calls, and callers of several tenants with keys of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from supportable.ledger import open_ledger
from supportable_api import Settings, create_app
from supportable_api.auth import SCOPES
from tests.api.in_process import serving


@dataclass(frozen=True, slots=True)
class Keyring:
    """Makes keys in the database of a service."""

    database: str

    def key(self, tenant: str, *scopes: str, **more: Any) -> str:
        with open_ledger(self.database) as ledger:
            return ledger.create_key(tenant, "test", scopes or SCOPES, **more)[1]

    def bearer(self, tenant: str, *scopes: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key(tenant, *scopes)}"}


def keyring(folder: Path) -> Keyring:
    """A new database with one key, so that a service on it asks for keys."""
    made = Keyring(f"sqlite:///{folder / 'ledger.db'}")
    made.key("nobody", "read")
    return made


def guarded(made: Keyring, **settings: Any) -> FastAPI:
    """A service on that database; it has no packs of its own but the installed ones."""
    return create_app(Settings(database=made.database, **settings))


@contextmanager
def called(made: Keyring, **settings: Any) -> Iterator[httpx.Client]:
    """A client of such a service, without credentials."""
    with serving(guarded(made, **settings)) as client:
        yield client


def all_routes(app: FastAPI) -> set[tuple[str, str]]:
    """Every method and path that the application answers, told by its router."""
    found: set[tuple[str, str]] = set()
    for route in iter_route_contexts(app.routes):
        assert route.path is not None, f"{route} has no path: say in this function what it answers"
        found.update((method, route.path) for method in route.methods or {"ANY"})
    return found


def described(app: FastAPI) -> set[tuple[str, str]]:
    """Every method and path that OpenAPI tells of."""
    paths: Mapping[str, Mapping[str, Any]] = app.openapi()["paths"]
    return {(method.upper(), path) for path, methods in paths.items() for method in methods}
