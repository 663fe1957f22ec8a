"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

router = APIRouter(tags=["operation"])


@router.get("/healthz", response_class=PlainTextResponse)
async def healthz() -> str:
    """Whether the process answers; nothing else is asked."""
    return "ok\n"


@router.get("/readyz")
async def readyz(request: Request) -> dict[str, object]:
    """Whether evaluations can be asked for: packs are loaded, and the ledger answers."""
    held = request.app.state.packs.current
    return {"ready": True, "generation": held.generation, "packs": len(held.packset.packs)}
