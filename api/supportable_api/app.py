"""The application: settings in, a FastAPI out, with everything that its routes need on `app.state`.

On `app.state`: `settings`, `packs` (PacksHeld), `judging` (Judging), `ledger` (a Ledger, or None where nothing is
recorded) and `auth` (who callers are).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from supportable.ledger import Ledger, default_database, open_ledger
from supportable.version import __version__
from supportable_api.auth.authentication import authentication
from supportable_api.compression import Compression
from supportable_api.heads import Heads
from supportable_api.judging import Judging
from supportable_api.metrics import Metrics, tell_packs
from supportable_api.openapi import describe
from supportable_api.packs_held import PacksHeld, warm
from supportable_api.problems import add_handlers
from supportable_api.quick import QuickEvaluations
from supportable_api.routes import routers
from supportable_api.routes.evaluations import evaluate
from supportable_api.safety.bodies import BodyLimits
from supportable_api.safety.headers import SecurityHeaders
from supportable_api.safety.last_resort import LastResort
from supportable_api.settings import NO_DATABASE, Settings, shelves_of
from supportable_api.storing import Storing
from supportable_api.telling import Telling

WARMING: Final = timedelta(minutes=5)
"""How long before a day its plan is made."""

EXPOSED: Final = (
    "ETag",
    "Idempotent-Replayed",
    "Location",
    "Retry-After",
    "Supportable-Design-Version",
    "Supportable-Evaluation",
    "Supportable-Status",
    "WWW-Authenticate",
    "X-Request-Id",
)
"""Headers that pages of other origins may read, where any may call."""


def create_app(settings: Settings) -> FastAPI:
    """The service as an ASGI application. Its lifespan loads the packs, opens the ledger, and closes it at the end."""
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        state = app.state
        # In a thread: loading packs and opening a database wait for disks, and others live on this event loop.
        state.packs = await asyncio.to_thread(
            PacksHeld, shelves_of(settings), installed=settings.installed, tolerant=settings.tolerant
        )
        tell_packs(metrics, state.packs.current)
        state.judging = Judging(settings, metrics)
        state.ledger = await asyncio.to_thread(_ledger, settings)
        state.storing = None if state.ledger is None else Storing(state.ledger, metrics)
        try:
            state.auth = await asyncio.to_thread(authentication, settings, state.ledger)
            days = asyncio.create_task(_keep_warm(state.packs))
            try:
                yield
            finally:
                days.cancel()
        finally:
            state.judging.close()
            if state.storing is not None:
                state.storing.close()
                await asyncio.to_thread(state.ledger.close)

    app = FastAPI(
        title="supportable",
        summary="Is this design supported, why, what is missing, and what would fix it?",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,  # a route of ours, which keeps its bytes
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.metrics = metrics
    ours = tuple(routers())
    add_handlers(app, [route for router in ours for route in router.routes])
    # The last that is added stands outermost.
    app.add_middleware(QuickEvaluations, route=_evaluating(ours))
    app.add_middleware(LastResort)
    app.add_middleware(BodyLimits, settings=settings)
    app.add_middleware(Compression)
    app.add_middleware(Heads)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=EXPOSED,
            max_age=600,
        )
    app.add_middleware(SecurityHeaders, cross_origin=bool(settings.cors_origins))
    app.add_middleware(Telling, metrics=metrics)
    for router in ours:
        app.include_router(router)
    describe(app)
    return app


def _evaluating(routers: Sequence[APIRouter]) -> APIRoute:
    """The route that judges one design."""
    return next(
        route
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and route.endpoint is evaluate
    )


def _ledger(settings: Settings) -> Ledger | None:
    return None if settings.database == NO_DATABASE else open_ledger(settings.database or default_database())


async def _keep_warm(packs: PacksHeld) -> None:
    """Make the plan of a day shortly before it begins, so that its first request does not wait for that."""
    while True:
        soon = datetime.now(UTC) + WARMING
        next_day = datetime.combine(soon.date() + timedelta(days=1), time(), UTC)
        await asyncio.sleep((next_day - soon).total_seconds())
        await asyncio.to_thread(warm, packs.current.packset, next_day.date())
