"""For every route that stands on rows of a tenant: how another tenant would try to get at them.

`{words}` in braces stand for what the victim has (see `Victim.known`). Each attempt is also made with words of the
same form that nobody has: who can tell the two answers apart knows what there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

MARK: Final = "zanzibar"
"""Stands in all that the victim sends, so that it would show wherever it got out."""

DESIGN: Final = f"design: {MARK}\nmachines:\n  - {{id: {MARK}-1, kind: physical, os: Windows Server 2008}}\n"
YAML: Final = "application/yaml"
BILL_TYPE: Final = "multipart/form-data; boundary=part"
BILL: Final = (
    "--part\r\n"
    'Content-Disposition: form-data; name="file"; filename="bill.csv"\r\n'
    "Content-Type: text/csv\r\n\r\n"
    f"Qty,Part,Description\r\n1,{MARK},Server\r\n"
    "--part--\r\n"
)

NOWHERE: Final[Mapping[str, str]] = {
    "evaluation": "0198aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa",
    "name": "nowhere",
    "etag": "1-00000000000000000000000000000000",
    "tag": "2" * 64,
    "verdict": "0" * 64,
    "design": "1" * 64,
    "evaluations_cursor": "e999999",
    "designs_cursor": "dnowhere",
}
"""The same words as the victim's, of nobody."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request of another tenant, and what it must come to.

    `hidden`: `status`, told in the same words as of what nobody has. `listed`: 200, and nothing but the caller's own.
    `afresh`: the victim's own request again, with its idempotency key: done anew, for the caller.
    """

    kind: Literal["hidden", "listed", "afresh"]
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: str | None = None
    status: int = 404


def hidden(path: str, *, status: int = 404, content: str | None = None, **headers: str) -> Attempt:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Attempt("hidden", path, given, content, status)


def listed(path: str, **headers: str) -> Attempt:
    return Attempt("listed", path, {name.replace("_", "-"): value for name, value in headers.items()}, None, 200)


def afresh(path: str, *, content: str | None, media_type: str, status: int) -> Attempt:
    return Attempt("afresh", path, {"Content-Type": media_type, "Idempotency-Key": MARK + path}, content, status)


REPEATED: Final[Mapping[tuple[str, str], Attempt]] = {
    ("POST", "/v1/evaluations"): afresh("/v1/evaluations", content=DESIGN, media_type=YAML, status=201),
    ("POST", "/v1/timeline"): afresh("/v1/timeline", content=DESIGN, media_type=YAML, status=200),
    ("POST", "/v1/boms"): afresh("/v1/boms", content=BILL, media_type=BILL_TYPE, status=200),
}
"""What the victim itself sent, with an idempotency key."""

FORMS: Final = ("application/json", "text/html", "text/markdown", "application/sarif+json")

CROSSINGS: Final[Mapping[tuple[str, str], tuple[Attempt, ...]]] = {
    ("POST", "/v1/evaluations"): (REPEATED["POST", "/v1/evaluations"],),
    ("POST", "/v1/timeline"): (REPEATED["POST", "/v1/timeline"],),
    ("POST", "/v1/boms"): (REPEATED["POST", "/v1/boms"],),
    # Idempotency keys are held by the same class of route everywhere; nothing else of these is anybody's.
    ("POST", "/v1/evidence"): (),
    ("POST", "/v1/verify"): (),
    # Records nothing that has an id in the request, and takes no idempotency key.
    ("POST", "/v1/evaluations:batch"): (),
    ("GET", "/v1/evaluations"): (
        listed("/v1/evaluations"),
        listed("/v1/evaluations?name={name}"),
        listed("/v1/evaluations?design={design}"),
        listed("/v1/evaluations?design=sha256:{design}"),
        listed("/v1/evaluations?status=not_covered&as_of=2010-01-01&limit=500"),
        listed("/v1/evaluations?since=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z"),
        listed("/v1/evaluations?cursor={evaluations_cursor}"),
        listed("/v1/evaluations?limit=1&cursor={evaluations_cursor}"),
    ),
    ("GET", "/v1/evaluations/{id}"): (
        *(hidden("/v1/evaluations/{evaluation}", Accept=form) for form in FORMS),
        hidden("/v1/evaluations/{evaluation}", If_None_Match='"{tag}"'),
        hidden("/v1/evaluations/{evaluation}", If_None_Match="*"),
        hidden("/v1/evaluations/{verdict}"),
        hidden("/v1/evaluations/{design}"),
    ),
    ("GET", "/v1/evaluations/{id}/design"): (
        hidden("/v1/evaluations/{evaluation}/design"),
        hidden("/v1/evaluations/{evaluation}/design", If_None_Match='"{design}"'),
        hidden("/v1/evaluations/{evaluation}/design", If_None_Match="*"),
    ),
    ("GET", "/v1/designs"): (
        listed("/v1/designs"),
        listed("/v1/designs?limit=1"),
        listed("/v1/designs?cursor={designs_cursor}"),
        listed("/v1/designs", If_None_Match="*"),
    ),
    ("PUT", "/v1/designs/{name}"): (
        hidden("/v1/designs/{name}", status=412, content=DESIGN, Content_Type=YAML, If_Match='"{etag}"'),
        hidden("/v1/designs/{name}", status=412, content=DESIGN, Content_Type=YAML, If_Match="*"),
    ),
    ("GET", "/v1/designs/{name}"): (
        hidden("/v1/designs/{name}"),
        hidden("/v1/designs/{name}", If_None_Match='"{etag}"'),
        hidden("/v1/designs/{name}", If_None_Match="*"),
    ),
    ("DELETE", "/v1/designs/{name}"): (
        hidden("/v1/designs/{name}"),
        hidden("/v1/designs/{name}", If_Match='"{etag}"'),
        hidden("/v1/designs/{name}", If_Match="*"),
    ),
    ("GET", "/v1/designs/{name}/history"): (hidden("/v1/designs/{name}/history"),),
    ("GET", "/v1/designs/{name}/versions/{version}"): (
        hidden("/v1/designs/{name}/versions/1"),
        hidden("/v1/designs/{name}/versions/2"),
        hidden("/v1/designs/{name}/versions/1", If_None_Match='"{etag}"'),
    ),
    ("POST", "/v1/designs/{name}/evaluations"): (
        hidden("/v1/designs/{name}/evaluations"),
        hidden("/v1/designs/{name}/evaluations?version=1&record=false"),
        hidden("/v1/designs/{name}/evaluations", Idempotency_Key=MARK),
    ),
}
