"""Packs anew, without a restart."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from supportable_api.auth import caller
from supportable_api.signals import reload_packs

router = APIRouter(tags=["operation"])


class Reloaded(BaseModel):
    """The packs in use from now on."""

    generation: int = Field(description="Sets of packs since the start, this one included.")
    digest: str = Field(description="Identifies everything that verdicts depend on.", examples=["sha256:9f86d0…"])
    packs: list[str] = Field(description="Their names and versions.", examples=[["microsoft.hyper-v 1.0.0"]])


@router.post("/v1/packs:reload", summary="Load the packs anew", dependencies=[Depends(caller("admin"))])
async def reload(
    request: Request,
    removing: Annotated[bool, Query(description="Whether packs that are in use may be gone.")] = False,
) -> Reloaded:
    """Loads and judges the packs that are there now, and then uses them. A set that is not in order is refused with
    everything that is wrong with it (422), and the old one stays in use. Requests under way end as they began."""
    held = await asyncio.to_thread(reload_packs, request.app.state.packs, request.app.state.metrics, removing=removing)
    return Reloaded(
        generation=held.generation,
        digest=f"sha256:{held.packset.digest}",
        packs=[f"{pack.name} {pack.version}" for pack in held.packset.packs],
    )
