"""Uploads: the parts of a multipart/form-data body, in memory, none of them unknown and none of them twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from fastapi import Request, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from supportable.errors import did_you_mean
from supportable_api import codes as service_codes
from supportable_api.idempotency import Handler, OnceRoute
from supportable_api.library import codes
from supportable_api.media import DESIGNS, UTF_8, media_type_of
from supportable_api.problems import refused

FORM: Final = "multipart/form-data"
_SUFFIXES: Final = {".json": "design.json", ".toml": "design.toml", ".yaml": "design.yaml", ".yml": "design.yaml"}


AT_A_TIME: Final = 4
"""How many uploads may be held in memory at a time, for each thread that judges."""


MOST_REPEATED: Final = 32
"""How many more parts a form may have where some may be repeated."""


class UploadRoute(OnceRoute):
    """A route whose forms are held in memory whole: those beyond `AT_A_TIME` are answered 429, and not read."""

    def get_route_handler(self) -> Handler:
        """The handler of the route, while there is room for one more."""
        run = super().get_route_handler()

        async def where_there_is_room(request: Request) -> Response:
            if media_type_of(request.headers.get("content-type", ""))[0] != FORM:
                return await run(request)
            state = request.app.state
            # On the event loop only, so that nothing comes between looking and counting.
            held: int = getattr(state, "uploads", 0)
            if held >= AT_A_TIME * state.settings.concurrency:
                what = "too many files are being uploaded"
                raise refused(429, service_codes.TOO_BUSY, what, hint="try again", headers={"Retry-After": "1"})
            state.uploads = held + 1
            try:
                return await run(request)
            finally:
                state.uploads -= 1

        return where_there_is_room


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its bytes, the name of the file it came from ("" for none), and its media type ("" for none)."""

    content: bytes
    filename: str
    media_type: str

    @property
    def read_as(self) -> str:
        """The name that a design in this part is read under: by its media type, else by its file's name, else YAML."""
        return DESIGNS.get(self.media_type) or _SUFFIXES.get(PurePosixPath(self.filename).suffix.lower(), "design.yaml")


class _InMemory(MultiPartParser):
    """The parser of Starlette, which would keep what is larger than a mebibyte in a file."""

    spool_max_size = 1 << 40


async def parts_of(request: Request, *, required: Collection[str], optional: Collection[str]) -> Mapping[str, Part]:
    """The parts by name. Raises Refused: 415 for another media type, 400 for a body that is no form, for a part that
    is missing, unknown or there twice."""
    found = await all_parts_of(request, required=required, optional=optional, repeated=())
    return {name: part for name, (part,) in found.items()}


async def all_parts_of(
    request: Request, *, required: Collection[str], optional: Collection[str], repeated: Collection[str]
) -> Mapping[str, Sequence[Part]]:
    """The same where some parts may be there more than once, or not at all: in the order in which they were sent.
    None of the lists is empty."""
    known = (*required, *optional, *repeated)
    most = len(known) + (MOST_REPEATED if repeated else 0)
    bare, charset = media_type_of(request.headers.get("content-type", ""))
    if bare != FORM:
        what = f"a body of type “{bare}” is not read here" if bare else "the body has no Content-Type"
        raise refused(415, service_codes.MEDIA_TYPE_NOT_READ, what, hint=f"send {FORM}", headers={"Accept": FORM})
    if charset not in UTF_8:
        # Starlette would read names and texts by it, whatever Python knows under that name.
        what = f"the charset “{charset[:80]}” is not read here"
        raise refused(415, service_codes.MEDIA_TYPE_NOT_READ, what, hint="send UTF-8", headers={"Accept": FORM})
    parser = _InMemory(
        request.headers,
        request.stream(),
        max_files=most,
        max_fields=most,
        max_part_size=request.app.state.settings.max_body,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise refused(400, codes.BAD_FORM, f"the form cannot be read: {error.message}") from None
    try:
        found: dict[str, list[Part]] = {}
        for name, held in form.multi_items():
            if name not in known:
                raise refused(
                    400, codes.NO_SUCH_PART, f"there is no part “{name[:80]}”", hint=did_you_mean(name, known)
                )
            if name in found and name not in repeated:
                raise refused(400, codes.BAD_FORM, f"the part “{name}” is there twice", hint="send it once")
            found.setdefault(name, []).append(await _part(held))
    finally:
        await form.close()
    for name in required:
        if name not in found:
            raise refused(400, codes.PART_MISSING, f"the part “{name}” is missing", hint=f"send -F {name}=@FILE")
    return found


async def _part(held: UploadFile | str) -> Part:
    if isinstance(held, str):
        return Part(held.encode("utf-8", "replace"), "", "")
    return Part(await held.read(), _name(held.filename or ""), media_type_of(held.content_type or "")[0])


def _name(given: str) -> str:
    """The last step of a file's name, without what could not be part of one; browsers on Windows give whole paths."""
    last = re.split(r"[/\\]", given)[-1]
    return "".join(char if char.isprintable() else "_" for char in last)[:120]


def form_body(
    required: Mapping[str, str], optional: Mapping[str, str], repeated: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What OpenAPI says of a form, from its parts' descriptions; for `openapi_extra`. The part `file` is binary, and so
    are those that may be repeated."""
    properties: dict[str, Any] = {
        name: {"type": "string", "description": text, **({"format": "binary"} if name == "file" else {})}
        for name, text in {**required, **optional}.items()
    }
    for name, text in (repeated or {}).items():
        items = {"type": "string", "format": "binary"}
        properties[name] = {"type": "array", "items": items, "description": text, "maxItems": MOST_REPEATED}
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {FORM: {"schema": schema}}}}
