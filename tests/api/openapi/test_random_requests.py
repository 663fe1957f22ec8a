"""Requests made at random from the description, right ones and wrong ones, on a real server: whatever is asked, the
answer is one that the description knows, and never a failure of the service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import httpx
import pytest
import requests as http
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from supportable_api.openapi.describe import operations
from supportable_api.openapi.examples import REQUESTS, requests
from tests.api.openapi.sending import sent

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SAMPLES = requests(files("supportable_api.openapi").joinpath(REQUESTS).read_text("utf-8"))
TRIES = {"reload": 2, "metrics": 3, "healthz": 2, "readyz": 2, "vocabulary": 5, "schema": 8, "list_packs": 5}
"""What asks for nothing, or takes long, is tried less often."""
MANY = 12


@dataclass(frozen=True)
class Service:
    """A running service: its address, its description, in the words of schemathesis as well, and values of parameters
    for which there is something."""

    address: str
    document: dict[str, Any]
    schema: Any
    session: http.Session
    known: dict[str, str]


@pytest.fixture(scope="module")
def service(server: str) -> Iterator[Service]:
    """The service, after an exchange of every example, which leaves something to be found."""

    @schemathesis.serializer("application/x-ndjson", "application/toml")
    def as_text(_: Any, value: Any) -> bytes:
        return (value if isinstance(value, str) else json.dumps(value)).encode(errors="replace")

    with httpx.Client(base_url=server) as client, http.Session() as session:
        document = client.get("/openapi.json").json()
        for _ in sent(client, document):
            pass
        client.put("/v1/designs/kept", json={"machines": []}).raise_for_status()
        entry = client.get("/v1/evaluations").json()["items"][0]
        known = {"id": entry["id"], "name": "kept", "version": "1"}
        told = with_designs(document, client.get("/v1/schema/design").text)
        yield Service(server, document, schemathesis.openapi.from_dict(told), session, known)


def with_designs(document: dict[str, Any], schema: str) -> dict[str, Any]:
    """The description with bodies that are designs by their own schema: the service publishes it apart."""
    told: dict[str, Any] = json.loads(json.dumps(document))
    design = json.loads(schema.replace("#/$defs/", "#/components/schemas/Design."))
    told["components"]["schemas"] |= {f"Design.{name}": part for name, part in design.pop("$defs").items()}
    told["components"]["schemas"]["Design"] = design
    for _, _, operation in operations(told):
        for kind, held in operation.get("requestBody", {}).get("content", {}).items():
            if kind in ("application/json", "application/yaml") and held["schema"] == {"type": "object"}:
                held["schema"] = {"$ref": "#/components/schemas/Design"}
    return told


@pytest.mark.parametrize("name", SAMPLES)
def test_no_request_is_too_strange_to_be_answered(name: str, service: Service) -> None:
    places = {each["operationId"]: (path, method) for path, method, each in operations(service.document)}
    path, method = places[name]
    operation = service.schema[path][method.upper()]
    stored = path.startswith(("/v1/evaluations/", "/v1/designs/"))
    fitting = {**SAMPLES[name].path, **(service.known if stored else {})}
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @given(case=st.one_of(right, wrong), there=st.booleans())
    @settings(
        max_examples=TRIES.get(name, MANY),
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def every(case: Any, *, there: bool) -> None:
        if there and case.path_parameters:
            case.path_parameters = {key: fitting.get(key, value) for key, value in case.path_parameters.items()}
        case.call_and_validate(base_url=service.address, session=service.session, checks=CHECKS, timeout=120)

    every()
