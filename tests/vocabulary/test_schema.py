from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.schema import design_schema
from tests.vocabulary.documents import shipped, types, vocabulary

VOCABULARY = types("""
design: {attributes: {contract: {enum: [basic, full], ask: Which contract?}}}
types:
  machine:
    title: Server or VM
    ask: Which machines?
    absent: none
    attributes:
      kind: {enum: [physical, virtual], title: Kind, ask: Which kind?}
      generation: {enum: ["1", "2"]}
      os: product
      level: {product: [server]}
      host: {ref: machine, absent: {none: kind == "physical"}}
      memory: {number: "GiB, 0.5..1000", absent: 1.5}
      slots: {int: 1..64}
      compatible: {bool, absent: false}
      since: date
      domain: text
      logos: {list: product}
      tags: {list: text}
      parts: {list: component}
      validation: {record: validation, absent: none}
      vms: {inverse: machine.host}
  component: {}
records:
  validation: {attributes: {outcome: {enum: [passed, failed]}, tests: {list: {record: {name: text}}}}}
""")
SCHEMA = design_schema(vocabulary(VOCABULARY))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def accepts(machine: dict[str, Any]) -> bool:
    return bool(VALIDATOR.is_valid({"machines": [{"id": "m", **machine}]}))


def test_it_is_a_json_schema_of_the_2020_dialect() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


GOOD: list[dict[str, Any]] = [
    {"kind": "virtual"}, {"kind": None}, {"kind": "none"}, {"kind": "unknown"},
    {"generation": "2"}, {"generation": 2},
    {"os": "Acme Server 3"}, {"os": "anything at all"}, {"os": None}, {"os": "none"},
    {"os": {"name": "server", "release": "3", "edition": "large", "architecture": "x64"}},
    {"os": {"name": "server", "release": 3, "service_pack": 2, "update": "none"}},
    {"os": {"name": "server", "release": None, "edition": "unknown", "service_pack": "unknown"}},
    {"os": {"name": "appliance"}}, {"level": {"release": "3"}}, {"level": "Acme Server 3"},
    {"host": "other"}, {"host": 7}, {"host": "none"}, {"host": None},
    {"memory": 0.5}, {"memory": 1000}, {"memory": "unknown"}, {"memory": None},
    {"slots": 1}, {"slots": 64}, {"slots": "none"},
    {"compatible": True}, {"compatible": "unknown"}, {"compatible": None},
    {"since": "2009-05-26"}, {"since": "none"}, {"since": None},
    {"domain": "corp"}, {"domain": 2008}, {"domain": False}, {"domain": "none"}, {"domain": None},
    {"logos": []}, {"logos": ["Acme Server 3", {"name": "server", "release": 2}, "..."]}, {"logos": "none"},
    {"tags": ["a", "b", "..."]}, {"tags": ["..."]}, {"tags": None}, {"tags": "unknown"},
    {"parts": ["c1", "c2"]}, {"parts": ["..."]},
    {"validation": {}}, {"validation": "none"}, {"validation": {"outcome": "passed", "tests": [{"name": "a"}, "..."]}},
    {"validation": {"tests": [{"name": "a"}, {"name": "a"}]}},
    {"count": 12}, {"count": None},
]  # fmt: skip

BAD: list[dict[str, Any]] = [
    {"kind": "virtul"}, {"kind": 1}, {"kind": ["virtual"]}, {"generation": 3},
    {"os": 2008}, {"os": {"name": "sever"}}, {"os": {"name": "server", "release": "9"}}, {"os": {"release": "3"}},
    {"os": {"name": "database", "edition": "large"}}, {"os": {"name": "server", "service_pack": 0}},
    {"os": {"name": "server", "relese": "3"}}, {"os": {"name": "server", "architecture": "arm"}}, {"os": []},
    {"level": {"name": "database"}}, {"level": {"release": "7"}},
    {"host": {"id": "other"}}, {"host": ["other"]}, {"host": ""}, {"host": True},
    {"memory": 0.4}, {"memory": 1000.1}, {"memory": "16"}, {"memory": "16 GiB"}, {"memory": True},
    {"slots": 0}, {"slots": 65}, {"slots": 1.5}, {"slots": "4"},
    {"compatible": "true"}, {"compatible": "yes"}, {"compatible": 1},
    {"since": "26.5.2009"}, {"since": 2009}, {"since": "2009-5-26"},
    {"domain": {}}, {"domain": ["corp"]},
    {"logos": "Acme Server 3"}, {"logos": [None]}, {"logos": ["none"]}, {"logos": ["a", "a"]},
    {"tags": ["a", "a"]}, {"tags": ["unknown"]}, {"tags": [["a"]]},
    {"parts": ["c1", "c1"]}, {"parts": [None]}, {"parts": {"id": "c1"}},
    {"validation": "passed"}, {"validation": {"outcom": "passed"}}, {"validation": {"id": "v"}}, {"validation": [{}]},
    {"validation": {"tests": [{"nam": "a"}]}}, {"validation": {"tests": ["none"]}},
    {"vms": ["a"]}, {"vms": []}, {"id": None}, {"id": "none"}, {"id": ""}, {"id": []},
    {"count": 0}, {"count": "2"}, {"count": 1.5}, {"memori": 4},
]  # fmt: skip


@pytest.mark.parametrize("machine", GOOD, ids=json.dumps)
def test_a_right_entity_is_accepted(machine: dict[str, Any]) -> None:
    assert accepts(machine)


@pytest.mark.parametrize("machine", BAD, ids=json.dumps)
def test_a_wrong_entity_is_refused(machine: dict[str, Any]) -> None:
    assert not accepts(machine)


@pytest.mark.parametrize(
    "design",
    [
        {},
        {"design": "a name", "$schema": "design.schema.json"},
        {"design": 7, "contract": "basic"},
        {"machines": None, "components": "unknown"},
        {"machines": "none"},
        {"machines": []},
        {"machines": [{"id": "a"}, {"id": 2}, "..."], "components": ["..."]},
    ],
)
def test_a_right_design_is_accepted(design: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(design)


@pytest.mark.parametrize(
    "design",
    [
        [],
        "text",
        {"design": "none"},
        {"design": []},
        {"machine": []},
        {"machines": {"id": "a"}},
        {"machines": [{}]},
        {"machines": ["a"]},
        {"machines": [None]},
        {"contract": "ful"},
        {"validation": {}},
    ],
)
def test_a_wrong_design_is_refused(design: object) -> None:
    assert not VALIDATOR.is_valid(design)


def test_an_editor_shows_titles_questions_and_how_silence_is_read() -> None:
    machine = SCHEMA["$defs"]["machine"]
    shown = {
        name: (machine["properties"][name].get("title"), machine["properties"][name].get("description"))
        for name in ("kind", "host", "memory", "compatible", "validation", "domain")
    }
    assert (machine["title"], SCHEMA["properties"]["machines"]["description"]) == (
        "Server or VM",
        "Which machines? Left out, it is read as none.",
    )
    assert shown == {
        "kind": ("Kind", "Which kind?"),
        "host": ("Host", "Left out, it is read as none where kind is physical."),
        "memory": ("Memory", "Left out, it is read as 1.5."),
        "compatible": ("Compatible", "Left out, it is read as false."),
        "validation": ("Validation", "Left out, it is read as none."),
        "domain": ("Domain", None),
    }


def test_every_part_refuses_keys_that_nobody_knows() -> None:
    def objects(schema: Any) -> list[dict[str, Any]]:
        if isinstance(schema, list):
            return [found for each in schema for found in objects(each)]
        if not isinstance(schema, dict):
            return []
        inner = [found for each in schema.values() for found in objects(each)]
        return [schema, *inner] if schema.get("type") == "object" else inner

    found = objects(SCHEMA)
    assert len(found) == 1 + len(SCHEMA["$defs"]) - 1  # the design, and all definitions but that of ids
    assert all(schema["additionalProperties"] is False for schema in found)


def test_the_same_vocabulary_gives_the_same_text() -> None:
    documents = shipped()
    one, other = (design_schema(load_vocabulary(order)) for order in (documents, documents[::-1]))
    assert json.dumps(one) == json.dumps(other)


@given(st.sampled_from(GOOD), st.sampled_from(GOOD))
def test_attributes_do_not_disturb_each_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert accepts(one | other)
