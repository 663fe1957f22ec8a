"""The page at `/`, and the files it is made of. Nothing here is computed: they come with the package."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from supportable_api.packed import TAKES_GZIP
from supportable_api.page_files import PageFile, page_files

router: Final = APIRouter(include_in_schema=False)

# Nothing but this server, no inline script and no inline style; what is downloaded is made in the browser (blob:).
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

# The names in assets/ hold a digest of their content: what was fetched once stays right for good.
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ASK_EACH_TIME: Final = "no-cache"


@router.get("/")
def page(request: Request) -> Response:
    """The page itself."""
    return _answer(request, "index.html", keep=_ASK_EACH_TIME)


@router.get("/assets/{name}")
def asset(request: Request, name: str) -> Response:
    """One of the page's scripts, styles, fonts or icons."""
    return _answer(request, f"assets/{name}", keep=_FOR_GOOD)


@router.get("/LICENSES.txt")
def licences(request: Request) -> Response:
    """The licences of what the page's scripts were made from."""
    return _answer(request, "LICENSES.txt", keep=_ASK_EACH_TIME)


def _answer(request: Request, path: str, *, keep: str) -> Response:
    # Only names that the package holds: no path of a request ever reaches the disk.
    file = page_files().get(path)
    if file is None:
        return Response("There is no such file.\n", status_code=404, media_type="text/plain", headers=_guarded({}))
    content, headers = _fitting(file, gzip=request.scope.get(TAKES_GZIP, False))
    headers = _guarded({**headers, "Cache-Control": keep, "Vary": "Accept-Encoding"})
    if headers["ETag"] in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=file.media_type, headers=headers)


def _fitting(file: PageFile, *, gzip: bool) -> tuple[bytes, dict[str, str]]:
    if gzip and file.compressed is not None:
        return file.compressed, {"Content-Encoding": "gzip", "ETag": file.tag_compressed}
    return file.content, {"ETag": file.tag}


def _tags(asked: str) -> frozenset[str]:
    return frozenset(tag.strip().removeprefix("W/") for tag in asked.split(","))


def _guarded(headers: dict[str, str]) -> dict[str, str]:
    return {
        **headers,
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
