"""The examples of OpenAPI: requests written by hand, and what the service answered to them.

`requests.yaml` has a request for each operation, in an order in which all of them can be sent: what one answers,
others may ask for, as in `{evaluate.id}`. `answers.json` is what was answered, cut short; tests send every request and
compare.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

REQUESTS: Final = "requests.yaml"
ANSWERS: Final = "answers.json"
FORM: Final = "multipart/form-data"

MOST_ITEMS: Final = 1
MOST_CHARACTERS: Final = 400


@dataclass(frozen=True, slots=True)
class Sample:
    """A request and its answer. `bodies` are alternatives by media type, each of which is answered alike; a part of a
    form is a text. `answer` is JSON or text, cut short, None where nothing was recorded."""

    operation: str
    path: Mapping[str, str]
    query: Mapping[str, Any]
    headers: Mapping[str, str]
    bodies: Mapping[str, Any]
    status: int = 0
    media_type: str = ""
    answer: Any = None


@cache
def samples() -> Mapping[str, Sample]:
    """The samples by operation, in the order in which they can be sent, with what was asked for filled in."""
    folder = files("supportable_api.openapi")
    recorded = json.loads(folder.joinpath(ANSWERS).read_text("utf-8"))
    return {
        name: filled(sample, recorded)
        for name, sample in requests(folder.joinpath(REQUESTS).read_text("utf-8")).items()
    }


def requests(text: str) -> dict[str, Sample]:
    """The requests as they are written."""
    return {
        name: Sample(
            name,
            {key: str(value) for key, value in (given.get("path") or {}).items()},
            given.get("query") or {},
            {key: str(value) for key, value in (given.get("headers") or {}).items()},
            given.get("body") or {},
        )
        for name, given in yaml.load(text, Loader=_Loader).items()
    }


class _Loader(yaml.CSafeLoader):
    """YAML in which a day is a text, as it is in a request."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
    for first, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def filled(sample: Sample, recorded: Mapping[str, Any]) -> Sample:
    """The sample with its own answer, and with those of others where it asks for them."""
    own = recorded.get(sample.operation, {})
    return Sample(
        sample.operation,
        {key: _filled(value, recorded) for key, value in sample.path.items()},
        {key: _filled(value, recorded) for key, value in sample.query.items()},
        {key: _filled(value, recorded) for key, value in sample.headers.items()},
        {key: _filled(value, recorded) for key, value in sample.bodies.items()},
        own.get("status", 0),
        own.get("media_type", ""),
        own.get("answer"),
    )


def _filled(value: Any, recorded: Mapping[str, Any]) -> Any:
    """`{operation.key}` is replaced by what was answered there."""
    if isinstance(value, dict):
        return {key: _filled(each, recorded) for key, each in value.items()}
    if isinstance(value, str) and value.startswith("{") and value.endswith("}") and "." in value and " " not in value:
        operation, _, key = value[1:-1].partition(".")
        if operation in recorded:
            return recorded[operation]["answer"][key]
    return value


def cut(value: Any) -> Any:
    """An answer cut short: of each list the beginning, of a long text as well. It keeps its shape."""
    if isinstance(value, list):
        return [cut(each) for each in value[:MOST_ITEMS]]
    if isinstance(value, dict):
        return {key: cut(each) for key, each in value.items()}
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        return value[:MOST_CHARACTERS] + "…"
    return value
