"""What FastAPI does not know of operations: answers in several forms, headers that are read by hand, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from supportable_api.bodies import DESIGN_SCHEMAS
from supportable_api.media import HTML, JSON, MARKDOWN, NDJSON, SARIF
from supportable_api.openapi.shapes import COMPONENTS

Content = dict[str, Any]
TEXT: Final[Content] = {"type": "string"}


def ref(name: str) -> Content:
    """A reference to a component."""
    return {"$ref": COMPONENTS + name}


def _reports(whole: Content) -> Content:
    """The verdict in JSON, and the reports it can be had as."""
    return {JSON: whole, HTML: TEXT, MARKDOWN: TEXT, SARIF: {"type": "object"}}


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of an operation: schemas by status and media type, {} for what FastAPI says already.

    `tagged`: they carry an ETag, and GET heeds If-None-Match. `conditional`: If-Match and If-None-Match say what is
    expected to be there. `refused` are the statuses of refusals beside those that follow from the request's parts.
    """

    schemas: dict[str, Content]
    tagged: bool = False
    conditional: bool = False
    refused: tuple[int, ...] = ()


_EVALUATED: Final = {"200": _reports(ref("EvaluationAnswer")), "201": _reports(ref("EvaluationAnswer"))}

OPERATIONS: Final[dict[str, Answers]] = {
    "evaluate": Answers(_EVALUATED, refused=(406, 429, 503)),
    "evaluations": Answers({"200": {JSON: ref("EvaluationsShown")}}, refused=(404,)),
    "evaluation": Answers({"200": _reports(ref("RecordedShown"))}, tagged=True, refused=(406, 410, 503)),
    "design": Answers({"200": DESIGN_SCHEMAS}, tagged=True, refused=(410,)),
    "batch": Answers({"200": {NDJSON: TEXT}}, refused=(406,)),
    "boms": Answers({}, refused=(406, 429, 503)),
    "evidence": Answers({}, refused=(429, 503)),
    "timeline": Answers({}, refused=(429, 503)),
    "verify": Answers({}, refused=(429, 503)),
    "list_designs": Answers({}, tagged=True, refused=(404,)),
    "put_design": Answers({}, conditional=True, refused=(404, 412, 428, 429)),
    "get_design": Answers({"200": DESIGN_SCHEMAS}, tagged=True),
    "delete_design": Answers({}, conditional=True, refused=(412, 428)),
    "design_history": Answers({}, tagged=True),
    "design_version": Answers({"200": DESIGN_SCHEMAS}, tagged=True),
    "evaluate_design": Answers(_EVALUATED, refused=(406, 422, 429, 503)),
    "readyz": Answers({}, refused=(503,)),
    "healthz": Answers({}),
    "metrics": Answers({}),
    "reload": Answers({}, refused=(422,)),
}
"""By operation; one that is not here only reads what packs say: tagged, and described by FastAPI."""

READS: Final = Answers({}, tagged=True)

REFUSALS: Final = {
    400: ("BadRequest", "The request cannot be read"),
    401: ("Unauthorized", "No credentials, or none that are accepted"),
    403: ("Forbidden", "The caller may not do this"),
    404: ("NotFound", "There is no such thing, or it is another's"),
    406: ("NotAcceptable", "None of the types in Accept can be given"),
    408: ("RequestTimeout", "The body came too slowly"),
    409: ("Conflict", "A request with this idempotency key is under way"),
    410: ("Gone", "Retention has taken it"),
    412: ("PreconditionFailed", "It is not the version that the request expects"),
    413: ("ContentTooLarge", "The body is larger than is taken"),
    415: ("UnsupportedMediaType", "A body of this type is not read here"),
    422: ("UnprocessableContent", "What was sent does not fit: the design, the key, the packs"),
    428: ("PreconditionRequired", "Say by If-Match which version is meant"),
    429: ("TooManyRequests", "Too much is waiting; come back after Retry-After seconds"),
    500: ("InternalServerError", "A defect of the service"),
    503: ("ServiceUnavailable", "It took longer than it may, or the ledger does not answer"),
}
"""Every status of a refusal: its component, and what it means."""

TAGS: Final = {
    "evaluations": "Designs judged, and what was recorded of it",
    "boms": "Bills of materials",
    "evidence": "Validation reports",
    "timeline": "A design through time",
    "verify": "Verdicts checked",
    "designs": "Designs kept here, with their history",
    "packs": "The packs that judge, and their rules",
    "references": "The articles that rules rest on",
    "search": "Rules, articles and terms, found",
    "vocabulary": "What a design may say",
    "glossary": "Terms, explained",
    "schema": "JSON Schemas",
    "examples": "Designs to begin with",
    "operation": "The service itself",
}

PARAMETERS: Final = {
    "status": "Only those with this status",
    "name": "Only those of this name",
    "limit": "How many at most on a page",
    "id": "The evaluation's id",
    "kind": "What is described",
}
"""What parameters mean that say nothing of it themselves."""
