"""What loads is allowed by the schema for editors, and what it refuses does not load."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from supportable.packs.schema import DIALECT, pack_schema
from tests.packs.acme import HEAD, RULE, derive, head, rule

ROOT = Path(__file__).parents[2]
VALIDATOR = jsonschema.Draft202012Validator(pack_schema())

OURS = sorted(
    path
    for pattern in ("*/*/pack.yaml", "*/*/rules/*.yaml")
    for path in (ROOT / "policies" / "supportable_policies").glob(pattern)
)


class Editor(yaml.SafeLoader):
    """YAML as an editor reads it: version 1.2 of it knows no dates."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def held(text: str) -> object:
    return yaml.load(text, Loader=Editor)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(pack_schema())
    assert pack_schema()["$schema"] == DIALECT


@pytest.mark.parametrize("path", OURS, ids=lambda path: "/".join(path.parts[-3:]))
def test_our_own_files_are_allowed(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(held(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    "text",
    [
        "rules: [{id: a, titel: A, subject: array}]",
        "rules: [{id: a, subject: array}]",
        "rules: {}",
        "rule: []",
        "rules: [{id: A, title: A, subject: array}]",
        "rules: [{id: a, title: A, subject: array, otherwise: unsuported}]",
        "rules: [{id: a, title: A, subject: array, otherwise: [{if: x}]}]",
        "rules: [{id: a, title: A, subject: array, each: {a: b, c: d}}]",
        "derive: [{fact: good, title: G}]",
        "pack: acme",
    ],
)
def test_what_is_wrong_is_refused(text: str) -> None:
    assert not VALIDATOR.is_valid(held(text))


def test_what_is_right_is_allowed() -> None:
    for text in (HEAD, RULE, head("acme.a", "acme.b >=1.0"), derive("array.a", "1"), rule("a", "array", require="x")):
        VALIDATOR.validate(held(text))
