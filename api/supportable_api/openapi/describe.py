"""OpenAPI from the routes, pass by pass: names, parameters, answers, refusals, examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from supportable_api.bodies import design_body
from supportable_api.openapi.examples import Sample, samples
from supportable_api.openapi.operations import OPERATIONS, PARAMETERS, READS, REFUSALS, TAGS, ref
from supportable_api.openapi.shapes import components, resolved
from supportable_api.problems import MEDIA_TYPE

Json = dict[str, Any]

VERSION: Final = "3.1.0"
DESCRIPTION: Final = """\
Ask whether a design is supported, why, what is missing, and what would fix it.

Every refusal is a problem document (RFC 9457) with all that was found to be wrong, each with a stable code. What is
read carries an ETag: send it back as `If-None-Match`. A POST with an `Idempotency-Key` is done once, however often it
is sent.
"""
_IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what you have: answered with 304 and no body if that is still what there is",
    "schema": {"type": "string"},
}
_IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the version that you saw; `*` for any",
    "schema": {"type": "string"},
}
_IF_ABSENT: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "`*`: only if there is none yet",
    "schema": {"type": "string"},
}
_ETAG: Final = {"ETag": {"description": "What it is: the same as long as the content is", "schema": {"type": "string"}}}


def describe(app: FastAPI) -> None:
    """Let the application tell of itself by this description, made when it is first asked for."""

    def openapi() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = described(app)
        return app.openapi_schema

    # FastAPI's own way to have another description.
    app.openapi = openapi  # type: ignore[method-assign]


def described(app: FastAPI) -> Json:
    """The whole description."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version=VERSION,
        summary=app.summary,
        description=DESCRIPTION,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    known = samples()
    for path, _, operation in operations(document):
        name = _name(operation, path)
        operation["operationId"] = name
        _parameters(operation)
        _body(operation)
        _answers(operation, name)
        _refusals(operation, name)
        if name in known:
            _example(operation, known[name])
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas |= components()
    document["components"]["responses"] = _refusal_components()
    whole: Json = resolved(document)
    return whole


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Every operation with its path and method."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _name(operation: Json, path: str) -> str:
    """The name of the route's function, to which FastAPI adds path and method."""
    added = "".join(char if char.isalnum() else "_" for char in path)
    name, found, _ = str(operation["operationId"]).partition(added)
    assert found, operation["operationId"]
    return name


def _parameters(operation: Json) -> None:
    """A parameter that may be left out is not null: it is not there."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        schema.pop("title", None)
        schema.pop("description", None)
        choices = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
        if not parameter.get("description"):
            parameter["description"] = PARAMETERS[parameter["name"]]
        if len(choices) == 1:
            schema |= choices[0]
        elif choices:
            schema["anyOf"] = choices


def _body(operation: Json) -> None:
    """A design is told of in three forms; other names of them are read as well."""
    body = operation.get("requestBody", {})
    if "application/yaml" in body.get("content", {}):
        operation["requestBody"] = {**body, **design_body()["requestBody"]}


def _answers(operation: Json, name: str) -> None:
    known = OPERATIONS.get(name, READS)
    responses = operation["responses"]
    responses.pop("422", None)
    for status, content in known.schemas.items():
        responses.setdefault(status, {})["content"] = {kind: {"schema": schema} for kind, schema in content.items()}
    for status, response in responses.items():
        if not response.get("description") or response["description"] == "Successful Response":
            response["description"] = {"200": "Done", "201": "Done, and recorded", "204": "Done"}.get(status, "Done")
        if known.tagged and status == "200":
            response["headers"] = {**response.get("headers", {}), **_ETAG}
    if known.tagged:
        operation.setdefault("parameters", []).append(_IF_NONE_MATCH)
        responses["304"] = {"description": "It is what you have", "headers": _ETAG}
    if known.conditional:
        operation.setdefault("parameters", []).append(_IF_MATCH)
        if name == "put_design":
            operation["parameters"].append(_IF_ABSENT)


def _refusals(operation: Json, name: str) -> None:
    found = {400, 500, *OPERATIONS.get(name, READS).refused}
    parameters = {parameter["name"] for parameter in operation.get("parameters", ())}
    if operation.get("security"):
        found |= {401, 403, 503}
    if any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
        found.add(404)
    if "requestBody" in operation:
        found |= {408, 413, 415, 422}
    if "Idempotency-Key" in parameters:
        found |= {409, 422}
    for status in sorted(found):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{REFUSALS[status][0]}"}


def _refusal_components() -> Json:
    made = {}
    for status, (name, text) in REFUSALS.items():
        made[name] = {"description": text, "content": {MEDIA_TYPE: {"schema": ref("ProblemDocument")}}}
        if status in (429, 503, 409):
            made[name]["headers"] = {
                "Retry-After": {"description": "Seconds to wait before the next try", "schema": {"type": "integer"}}
            }
    return made


def _example(operation: Json, sample: Sample) -> None:
    """Put the sample's request and its recorded answer where OpenAPI has places for them."""
    given = {**sample.path, **sample.query, **sample.headers}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    content = operation.get("requestBody", {}).get("content", {})
    for media_type, value in sample.bodies.items():
        content.setdefault(media_type, {})["example"] = value
    if sample.answer is not None:
        answer = operation["responses"].setdefault(str(sample.status), {"description": "Done"})
        if sample.media_type:
            answer.setdefault("content", {}).setdefault(sample.media_type, {})["example"] = sample.answer
