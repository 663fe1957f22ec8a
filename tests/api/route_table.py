"""Every route: who may call it, and whether it stands on rows that belong to a tenant.

A route that is missing here makes tests fail. Say what it takes (`scopes`; none: open to everyone), and whether it
reads or writes rows of a tenant (`rows`): then tests/api/tenants tries to cross over on it, and wants to be told how.
HEAD is GET without the content, wherever there is GET: no route names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Route:
    """What is expected of a route."""

    scopes: tuple[str, ...]
    rows: bool


OPEN: Final = Route((), rows=False)
LIBRARY: Final = Route(("read",), rows=False)
"""What the packs say, which is the same for everyone."""
LOOKING: Final = Route(("read",), rows=True)
STORING: Final = Route(("evaluate",), rows=True)
"""Judges or stores; with an Idempotency-Key the answer itself is stored."""
OPERATING: Final = Route(("admin",), rows=False)

ROUTES: Final[dict[tuple[str, str], Route]] = {
    ("POST", "/v1/evaluations"): STORING,
    ("GET", "/v1/evaluations"): LOOKING,
    ("GET", "/v1/evaluations/{id}"): LOOKING,
    ("GET", "/v1/evaluations/{id}/design"): LOOKING,
    ("POST", "/v1/evaluations:batch"): STORING,
    ("POST", "/v1/boms"): STORING,
    ("POST", "/v1/evidence"): STORING,
    ("POST", "/v1/timeline"): STORING,
    ("POST", "/v1/verify"): STORING,
    ("GET", "/v1/designs"): LOOKING,
    ("PUT", "/v1/designs/{name}"): STORING,
    ("GET", "/v1/designs/{name}"): LOOKING,
    ("DELETE", "/v1/designs/{name}"): STORING,
    ("GET", "/v1/designs/{name}/history"): LOOKING,
    ("GET", "/v1/designs/{name}/versions/{version}"): LOOKING,
    ("POST", "/v1/designs/{name}/evaluations"): Route(("read", "evaluate"), rows=True),
    ("GET", "/v1/packs"): LIBRARY,
    ("GET", "/v1/packs/{name}"): LIBRARY,
    ("GET", "/v1/packs/{name}/{version}"): LIBRARY,
    ("GET", "/v1/packs/{name}/{version}/rules/{rule}"): LIBRARY,
    ("POST", "/v1/packs:reload"): OPERATING,
    ("GET", "/v1/references"): LIBRARY,
    ("GET", "/v1/references/{id}"): LIBRARY,
    ("GET", "/v1/search"): LIBRARY,
    ("GET", "/v1/vocabulary"): LIBRARY,
    ("GET", "/v1/glossary"): LIBRARY,
    ("GET", "/v1/glossary/{term:path}"): LIBRARY,
    ("GET", "/v1/schema/{kind}"): LIBRARY,
    ("GET", "/v1/examples"): LIBRARY,
    ("GET", "/v1/examples/{name}"): LIBRARY,
    ("GET", "/healthz"): OPEN,
    ("GET", "/readyz"): OPEN,
    ("GET", "/metrics"): OPERATING,
    ("GET", "/openapi.json"): OPEN,
    ("GET", "/"): OPEN,
    ("GET", "/assets/{name}"): OPEN,
    ("GET", "/LICENSES.txt"): OPEN,
}
