"""What a body is and what an answer shall be: Content-Type and Accept (RFC 9110, 8.3 and 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from fastapi import Request

from supportable_api import codes
from supportable_api.problems import refused

JSON: Final = "application/json"
HTML: Final = "text/html"
MARKDOWN: Final = "text/markdown"
SARIF: Final = "application/sarif+json"
NDJSON: Final = "application/x-ndjson"

DESIGNS: Final = {
    JSON: "design.json",
    "application/yaml": "design.yaml",
    "text/yaml": "design.yaml",
    "application/x-yaml": "design.yaml",
    "text/x-yaml": "design.yaml",
    "application/toml": "design.toml",
}
"""The name that a design of a media type is read under: its ending decides what reads it."""

_KEPT_AS: Final = {alias: "application/yaml" for alias, name in DESIGNS.items() if name.endswith(".yaml")}
_WEIGHT: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}", re.ASCII)
"""A weight, much as RFC 9110 writes it (12.4.2): `nan`, and what else Python takes for a number, is none."""

UTF_8: Final = frozenset(("", "utf-8", "utf8", "us-ascii"))
"""What a charset may be called, "" where none is named."""


def media_type_of(content_type: str) -> tuple[str, str]:
    """The bare media type in small letters, and its charset in small letters, "" if none is named."""
    bare, *parameters = content_type.split(";")
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().casefold() == "charset":
            charset = value.strip().strip('"').casefold()
    return bare.strip().casefold(), charset


def design_media_type(request: Request, known: Sequence[str] = tuple(DESIGNS)) -> str:
    """The media type of the body, one of `known`, under the one name that we keep it by.

    Raises Refused (415) for any other, and where none is named.
    """
    given = request.headers.get("content-type", "")
    bare, charset = media_type_of(given)
    hint = f"known here: {', '.join(known)}"
    accept = {"Accept": ", ".join(known)}
    if bare not in known:
        what = f"a body of type “{bare}” is not read here" if bare else "the body has no Content-Type"
        raise refused(415, codes.MEDIA_TYPE_NOT_READ, what, hint=hint, headers=accept)
    if charset not in UTF_8:
        what = f"the charset “{charset}” is not read here"
        raise refused(415, codes.MEDIA_TYPE_NOT_READ, what, hint="send UTF-8", headers=accept)
    if request.headers.get("content-encoding", "identity").casefold() != "identity":
        what = "a compressed body is not read here"
        raise refused(415, codes.MEDIA_TYPE_NOT_READ, what, hint="send it as it is", headers={"Accept-Encoding": ""})
    return _KEPT_AS.get(bare, bare)


def accepted(request: Request, offers: Sequence[str]) -> str:
    """What of `offers` the request likes best, the first of equals. Raises Refused (406) if it likes none of them."""
    header = ",".join(request.headers.getlist("accept"))
    if not header.strip():
        return offers[0]
    ranges = [_range(part) for part in header.split(",") if part.strip()]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    if _quality(best, ranges) <= 0:
        hint = f"known here: {', '.join(offers)}"
        raise refused(406, codes.NOT_ACCEPTABLE, "none of the types in Accept can be given", hint=hint)
    return best


def _range(text: str) -> tuple[str, float]:
    bare, *parameters = text.split(";")
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().casefold() == "q":
            quality = min(float(value), 1.0) if _WEIGHT.fullmatch(value.strip()) else 0.0
    return bare.strip().casefold(), quality


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much the offer is liked; the range that names it most closely decides."""
    kind = offer.partition("/")[0]
    for name in (offer, f"{kind}/*", "*/*"):
        found = [quality for given, quality in ranges if given == name]
        if found:
            return max(found)
    return 0.0
