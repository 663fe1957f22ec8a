"""The description of the service: whole, and true. Every example in it is sent, and answered as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import httpx
import pytest
import yaml
from fastapi import FastAPI
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from supportable_api import Settings, create_app
from supportable_api.openapi.describe import operations
from supportable_api.openapi.examples import ANSWERS, Sample, cut
from tests.api.in_process import serving
from tests.api.openapi.sending import content_in, sent

OPAQUE = ("because", "value", "answers")
"""Parts whose shape follows the rules that happen to decide."""
ANEW = "record the answers anew: make docs"


@pytest.fixture(scope="module")
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


@pytest.fixture(scope="module")
def exchanges(app: FastAPI, document: dict[str, Any]) -> Iterator[list[tuple[Sample, str, httpx.Response]]]:
    """Every example, sent in order."""
    with serving(app) as client:
        assert client.get("/openapi.json").json() == document
        yield list(sent(client, document))


def named(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {operation["operationId"]: operation for _, _, operation in operations(document)}


def test_it_is_openapi_3_1_with_a_name_for_each_operation(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert document["openapi"].startswith("3.1.")
    assert len(names) == len(set(names)) > 30
    assert all(name.isidentifier() and "__" not in name for name in names)


def test_every_operation_and_every_parameter_is_described(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    lacking = []
    for path, method, operation in operations(document):
        place = f"{method} {path}"
        lacking += [f"{place} {key}" for key in ("summary", "description") if not operation.get(key)]
        lacking += [
            f"{place} {each['name']}" for each in operation.get("parameters", ()) if not each.get("description")
        ]
        lacking += [] if set(operation["tags"]) <= tags else [f"{place} {operation['tags']}"]
        lacking += [
            f"{place} {status} {kind}"
            for status, answer in operation["responses"].items()
            for kind, held in answer.get("content", {}).items()
            if not held.get("schema") and kind != "text/plain"
        ]
    assert lacking == []


def test_every_operation_has_an_example_in_its_place(document: dict[str, Any]) -> None:
    lacking = []
    for name, operation in named(document).items():
        body = operation.get("requestBody", {}).get("content", {})
        if body and not all("example" in held for held in body.values()):
            lacking.append(f"{name}: body")
        asked = [each for each in operation.get("parameters", ()) if each["in"] == "path"]
        lacking += [f"{name}: {each['name']}" for each in asked if "example" not in each]
        answers = [held for answer in operation["responses"].values() for held in answer.get("content", {}).values()]
        if answers and not any("example" in held for held in answers):
            lacking.append(f"{name}: answer")
    assert lacking == []


def test_every_refusal_is_a_problem_document(document: dict[str, Any]) -> None:
    for name, operation in named(document).items():
        refusals = {status: held for status, held in operation["responses"].items() if status >= "400"}
        assert {"400", "500"} <= refusals.keys(), name
        for held in refusals.values():
            component = document["components"]["responses"][held["$ref"].rpartition("/")[2]]
            assert list(component["content"]) == ["application/problem+json"]


def test_every_schema_is_one_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    waiting: list[Any] = [document]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if isinstance(each.get("$ref"), str):
                held: Any = document
                for step in each["$ref"].removeprefix("#/").split("/"):
                    held = held[step]
            waiting += [held for key, held in each.items() if key != "example"]
        elif isinstance(each, list):
            waiting += each


def test_every_example_is_sent_and_answered_with_the_status_and_type_it_says(
    document: dict[str, Any], exchanges: list[tuple[Sample, str, httpx.Response]]
) -> None:
    recorded = json.loads(files("supportable_api.openapi").joinpath(ANSWERS).read_text("utf-8"))
    assert {sample.operation for sample, _, _ in exchanges} == named(document).keys() == recorded.keys()
    for sample, media_type, answer in exchanges:
        said = recorded[sample.operation]
        # What is stored once more replaces what was there.
        status = 201 if sample.operation == "put_design" and answer.status_code == 200 else answer.status_code
        got = (status, answer.headers.get("content-type", "").split(";")[0])
        assert got == (said["status"], said["media_type"]), f"{sample.operation} {media_type}: {answer.text}"


def test_every_answer_has_the_shape_of_its_example(exchanges: list[tuple[Sample, str, httpx.Response]]) -> None:
    recorded = json.loads(files("supportable_api.openapi").joinpath(ANSWERS).read_text("utf-8"))
    for sample, media_type, answer in exchanges:
        example = recorded[sample.operation]["answer"]
        # Forms of one request are answered alike, but places in them differ.
        assert unlike(example, cut(content_in(answer))) == [], f"{sample.operation} {media_type}; {ANEW}"


def unlike(example: Any, answer: Any, at: str = "") -> list[str]:
    """Where two values differ in shape: keys, kinds, and whether a list has anything in it. Null is like anything."""
    if example is None or answer is None:
        return []
    if type(example) is not type(answer):
        return [f"{at}: {type(example).__name__} and {type(answer).__name__}"]
    if isinstance(example, dict):
        found = [f"{at}/{key}" for key in example.keys() ^ answer.keys()]
        shared = [key for key in example.keys() & answer.keys() if key not in OPAQUE]
        return found + [each for key in shared for each in unlike(example[key], answer[key], f"{at}/{key}")]
    if isinstance(example, list) and (example or answer):
        return unlike(example[0], answer[0], f"{at}/0") if example and answer else [f"{at}: one is empty"]
    return []


def test_every_answer_and_every_example_fits_its_schema(
    document: dict[str, Any], exchanges: list[tuple[Sample, str, httpx.Response]]
) -> None:
    registry: Registry[Any] = Registry().with_resource("urn:api", DRAFT202012.create_resource(document))

    def fits(schema: Any, value: Any) -> list[str]:
        absolute = json.loads(json.dumps(schema).replace('"#/components', '"urn:api#/components'))
        return [error.message[:200] for error in Draft202012Validator(absolute, registry=registry).iter_errors(value)]

    for sample, _, answer in exchanges:
        kind = answer.headers.get("content-type", "").split(";")[0]
        said = named(document)[sample.operation]["responses"][str(answer.status_code)]
        if not answer.content:
            assert "content" not in said
            continue
        schema = said["content"][kind]["schema"]
        # Of YAML the schema describes the content; an example of it is a text that was cut short.
        is_yaml = kind == "application/yaml"
        content = yaml.load(answer.content, yaml.CBaseLoader) if is_yaml else content_in(answer)
        assert fits(schema, content) == [], sample.operation
        if "example" in said["content"][kind] and not is_yaml:
            assert fits(schema, said["content"][kind]["example"]) == [], sample.operation


def test_what_is_cut_short_keeps_its_shape() -> None:
    whole = {"a": [{"b": "x" * 1000}, {"b": 2}], "c": [], "d": None, "e": {"f": [[1, 2], [3]]}}
    assert cut(whole) == {"a": [{"b": "x" * 400 + "…"}], "c": [], "d": None, "e": {"f": [[1]]}}
    assert unlike(whole, cut(whole)) == []
    assert unlike({"a": 1, "b": []}, {"a": "1", "b": [1], "c": 2}) == [
        "/c",
        *sorted(["/a: int and str", "/b: one is empty"], key=lambda each: list({"a", "b"}).index(each[1])),
    ]
