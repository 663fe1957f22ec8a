"""The application: settings in, a FastAPI out, with everything that its routes need on `app.state`.

On `app.state`: `settings`, `packs` (PacksHeld), `judging` (Judging), `ledger` (a Ledger, or None where nothing is
recorded) and `auth` (who callers are).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from supportable.version import __version__
from supportable_api.auth import LOCAL, Caller
from supportable_api.judging import Judging
from supportable_api.packs_held import PacksHeld
from supportable_api.problems import add_handlers
from supportable_api.routes import routers
from supportable_api.settings import NO_DATABASE, Settings, shelves_of


class LocalOnly:
    """Authentication that is off: every caller is the local one."""

    async def caller(self, _headers: Mapping[str, str]) -> Caller:
        """The local caller, whatever the headers say."""
        return LOCAL


def create_app(settings: Settings) -> FastAPI:
    """The service as an ASGI application. Its lifespan loads the packs, opens the ledger, and closes it at the end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.packs = PacksHeld(shelves_of(settings), installed=settings.installed)
        app.state.judging = Judging(settings)
        app.state.ledger = _ledger(settings)
        app.state.auth = LocalOnly()
        yield
        app.state.judging.close()
        if app.state.ledger is not None:
            app.state.ledger.close()

    app = FastAPI(
        title="supportable",
        summary="Is this design supported, why, what is missing, and what would fix it?",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    add_handlers(app)
    for router in routers():
        app.include_router(router)
    return app


def _ledger(settings: Settings) -> Any:
    if settings.database == NO_DATABASE:
        return None
    return None
