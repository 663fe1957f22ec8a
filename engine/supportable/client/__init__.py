"""A typed client of the service, for programs that do not judge by themselves: `pip install 'supportable[client]'`.

    with Client("http://127.0.0.1:8000") as client:
        evaluation = client.evaluate("design.yaml", as_of="2009-07-01")

`AsyncClient` has the same methods, to be awaited. It knows nothing of the engine but its errors.
"""

from __future__ import annotations

try:
    import httpx as _httpx  # noqa: F401  looked for here, so that what is missing is told in one place
except ImportError as error:
    raise ImportError("the client needs httpx: pip install 'supportable[client]'", name=error.name) from error

from supportable.client.asynchronous import AsyncClient
from supportable.client.errors import ApiError, NoAnswerError
from supportable.client.model import BatchItem, BatchLine, DesignText, Evaluation, StoredDesign, Upload
from supportable.client.retrying import Retries
from supportable.client.synchronous import Client

__all__ = [
    "ApiError",
    "AsyncClient",
    "BatchItem",
    "BatchLine",
    "Client",
    "DesignText",
    "Evaluation",
    "NoAnswerError",
    "Retries",
    "StoredDesign",
    "Upload",
]
