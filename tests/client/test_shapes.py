"""The client's types are what the service publishes: key by key, in both directions."""

from __future__ import annotations

import subprocess
import sys
from inspect import iscoroutinefunction, signature
from types import NoneType, UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

import supportable.client
from supportable.client import AsyncClient, Client, shapes
from supportable.verdict.schema import verdict_schema
from supportable_api.library import article_models, models
from supportable_api.library.problem_shape import ProblemShown
from supportable_api.library.reports import EvidenceShown, JudgedBill
from supportable_api.library.timelines import TimelineShown
from supportable_api.routes.reload import Reloaded
from supportable_api.routes.verify import VerifyAnswer
from supportable_api.stored_designs import KeptDesign, StoredDesign

PUBLISHED: list[tuple[Any, Any]] = [
    (shapes.Timeline, TimelineShown),
    (shapes.Verified, VerifyAnswer),
    (shapes.ProblemShape, ProblemShown),
    (shapes.Packs, models.PacksShown),
    (shapes.Pack, models.PackShown),
    (shapes.Rule, models.RuleShown),
    (shapes.ReferenceLine, article_models.ReferenceSummary),
    (shapes.Reference, article_models.ReferenceShown),
    (shapes.Term, models.TermShown),
    (shapes.Hits, article_models.HitsShown),
    (shapes.Example, article_models.ExampleShown),
    (shapes.JudgedBill, JudgedBill),
    (shapes.Evidence, EvidenceShown),
    (shapes.DesignLine, StoredDesign),
    (shapes.KeptDesign, KeptDesign),
    (shapes.Reloaded, Reloaded),
]


class Comparing:
    """One type of the client, held against one schema of the service."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.root = schema
        self.seen: set[tuple[Any, str]] = set()

    def differences(self, hint: Any, schema: dict[str, Any], at: str = "") -> list[str]:
        while "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if (hint, name) in self.seen:
                return []
            self.seen.add((hint, name))
            schema = self.root["$defs"][name]
        if hint is Any or not (set(schema) & {"type", "properties", "anyOf", "enum", "const", "items"}):
            return []
        options = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
        nullable = len(options) < len(schema.get("anyOf", [schema]))
        if get_origin(hint) in (UnionType, Union):
            rest = [each for each in get_args(hint) if each is not NoneType]
            if nullable is not (NoneType in get_args(hint)):
                return [f"{at}: {hint}, and null is {'' if nullable else 'not '}possible"]
            return self.differences(rest[0], options[0], at) if len(rest) == len(options) == 1 else []
        if nullable:
            return [f"{at}: {hint}, and it may be null"]
        if len(options) > 1:
            return []
        (only,) = options
        if is_typeddict(hint):
            # A verdict inside something else is published on its own.
            return self._object(hint, only, at) if "properties" in only else []
        if get_origin(hint) is list:
            return self.differences(get_args(hint)[0], only.get("items", {}), f"{at}[]")
        due = {"string": str, "integer": int, "boolean": bool}.get(only.get("type", ""))
        wrong = due is not None and hint in (str, int, bool) and hint is not due
        return [f"{at}: {hint.__name__}, and it is {only['type']}"] if wrong else []

    def _object(self, hint: Any, schema: dict[str, Any], at: str) -> list[str]:
        hints = get_type_hints(hint, include_extras=True)
        properties = schema.get("properties", {})
        found = [f"{at}: {hint.__name__} lacks {key}" for key in properties if key not in hints]
        found += [f"{at}: {hint.__name__} has {key}" for key in hints if key not in properties]
        # Of postponed annotations, `__required_keys__` does not see NotRequired.
        must = {key for key in hint.__required_keys__ if get_origin(hints[key]) is not NotRequired}
        found += [f"{at}.{key}: required or not" for key in must ^ set(schema.get("required", ()))]
        for key in hints.keys() & properties.keys():
            kind = hints[key]
            kind = get_args(kind)[0] if get_origin(kind) is NotRequired else kind
            found += self.differences(kind, properties[key], f"{at}.{key}")
        return found


@pytest.mark.parametrize(("shape", "model"), PUBLISHED, ids=lambda each: each.__name__)
def test_a_shape_has_the_keys_of_what_is_published(shape: Any, model: Any) -> None:
    schema = model.model_json_schema(mode="serialization")
    found = Comparing(schema).differences(shape, schema)
    # A place of a verdict may name its pack; of a rule it never does, as it is the pack's own.
    assert [each for each in found if not each.endswith("Place has pack")] == []


def test_a_verdict_has_the_keys_of_its_schema() -> None:
    schema = verdict_schema()
    assert Comparing(schema).differences(shapes.Verdict, schema) == []


def test_a_recorded_evaluation_has_the_keys_that_the_service_sends(plain: Client) -> None:
    kept = plain.evaluate({"machines": []}, name="shape")
    assert kept.id is not None
    assert plain.evaluation(kept.id).keys() == get_type_hints(shapes.Recorded).keys()
    assert next(plain.evaluations(name="shape")).keys() == get_type_hints(shapes.Entry).keys()


def test_a_difference_would_be_seen() -> None:
    schema = {
        "type": "object",
        "required": ["code", "line"],
        "properties": {
            "code": {"type": "integer"},
            "line": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "new": {},
        },
    }
    found = Comparing(schema).differences(shapes.ProblemShape, schema)
    assert ".code: str, and it is integer" in found
    assert ".line: <class 'int'>, and it may be null" in found
    assert ": ProblemShape lacks new" in found
    assert ": ProblemShape has message" in found


def test_both_clients_have_the_same_methods_with_the_same_parameters() -> None:
    def methods(kind: type) -> dict[str, Any]:
        return {name: value for name, value in vars(kind).items() if callable(value) and not name.startswith("_")}

    waiting, awaited = methods(Client), methods(AsyncClient)
    assert waiting.keys() == awaited.keys()
    for name, method in waiting.items():
        own, other = signature(method).parameters, signature(awaited[name]).parameters
        assert list(own) == list(other), name
        assert [each.default for each in own.values()] == [each.default for each in other.values()], name
        assert method.__doc__ == awaited[name].__doc__
    assert iscoroutinefunction(AsyncClient.evaluate)


def test_what_is_exported_is_there() -> None:
    assert sorted(supportable.client.__all__) == supportable.client.__all__
    assert all(hasattr(supportable.client, name) for name in supportable.client.__all__)


def test_the_library_itself_needs_no_client_and_the_client_no_engine() -> None:
    program = "import sys, {}; print(*{{name for name in sys.modules}})"

    def loaded(module: str) -> set[str]:
        command = [sys.executable, "-I", "-c", program.format(module)]
        run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return set(run.stdout.split())

    assert "httpx" not in loaded("supportable")
    brought = loaded("supportable.client")
    own = {name.split(".")[1] for name in brought if name.startswith("supportable.")}
    assert own == {"client", "errors", "origin", "version"}
    assert brought & {"yaml", "pydantic", "lark"} == set()
