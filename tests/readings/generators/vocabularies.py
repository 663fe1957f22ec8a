"""Vocabularies: entity types with attributes of every kind, records, inverses, parts, and readings of absence."""

from __future__ import annotations

from functools import lru_cache

from supportable.document import read_text
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.model import Vocabulary
from tests.readings.generators.choices import Choices

ENTITIES = ("cluster", "machine", "workload")
RECORDS = ("check", "report")

_HEAD = """\
vocabulary: generated
version: 1.0.0
language: 1
architectures: {x86: [], x64: []}
products:
  alpha:
    title: Alpha
    releases: ["1", "2", "3"]
    editions: [small, large]
    names: []
  beta:
    title: Beta
    releases: ["1", "2"]
    editions: [small]
    names: []
  gamma:
    title: Gamma
    names: []
"""

_SCALARS = (
    "bool", "int", "{number: 'GiB, 0..1000, 0.1'}", "text", "date", "{enum: [red, green, blue]}",
    "{scale: [low, mid, high]}", "product", "{product: [alpha, beta]}",
)  # fmt: skip
_LISTS = ("{list: text}", "{list: product}", "{list: int}", "{list: {enum: [red, green, blue]}}")
_NAMES = ("name", "from", "type", "class")
"""Attributes that Python or a row has its own word for."""

_ABSENT = {
    "bool": ("false", "true"),
    "int": ("0", "7"),
    "{enum: [red, green, blue]}": ("red",),
    "{scale: [low, mid, high]}": ("high",),
    "text": ("x",),
}


def vocabulary(choices: Choices) -> Vocabulary:
    """Three entity types, two records and the design, each with a handful of attributes."""
    owners: dict[str, dict[str, str]] = {name: {} for name in (*ENTITIES, *RECORDS, "design")}
    inverses: list[tuple[str, str, str]] = []
    for owner, attributes in owners.items():
        attributes["flag"] = _kind(choices, "bool")
        for place in range(choices.number(1, 5 if owner in ENTITIES else 3)):
            kind, target = _any_kind(choices, owner)
            taken = choices.chance(8) and not target
            name = choices.pick(_NAMES) if taken else f"a{place}"
            attributes[name] = _kind(choices, kind, part=bool(target) and owner in ENTITIES)
            if target and owner in ENTITIES and choices.chance(60):
                inverses.append((target, owner, name))
    for place, (target, owner, name) in enumerate(inverses):
        part = ", part: true" if choices.chance(25) else ""
        owners[target][f"i{place}"] = f"{{inverse: {owner}.{name}{part}}}"
    return _loaded(_written(choices, owners))


def _any_kind(choices: Choices, owner: str) -> tuple[str, str]:
    """A kind of attribute, and the entity type it refers to, if any."""
    target = choices.pick(ENTITIES)
    if choices.chance(45):
        return choices.pick((f"{{ref: {target}}}", f"{{list: {target}}}")), target
    # A record may hold records, but none that leads back to it.
    records = {"check": (), "report": ("check",)}.get(owner, RECORDS)
    if records and choices.chance(25):
        record = choices.pick(records)
        return choices.pick((f"{{record: {record}}}", f"{{list: {record}}}")), ""
    return choices.pick((*_SCALARS, *_LISTS)), ""


def _kind(choices: Choices, kind: str, *, part: bool = False) -> str:
    """The attribute as it is written, with a reading of its absence and, where `part` allows, as a part."""
    inside = kind[1:-1] if kind.startswith("{") else f"{kind}: null"
    extra = ""
    if part and choices.chance(40):
        extra += ", part: true"
    if choices.chance(35):
        values = ("none", *_ABSENT.get(kind, ()))
        reading = choices.pick(values)
        if kind != "bool" and choices.chance(40):
            reading = f"{{{reading}: flag == {choices.pick(('true', 'false'))}}}"
        extra += f", absent: {reading}"
    return f"{{{inside}{extra}}}"


def _written(choices: Choices, owners: dict[str, dict[str, str]]) -> str:
    lines = [_HEAD, "design:", "  attributes:", *_attributes(owners["design"], 4), "types:"]
    for entity in ENTITIES:
        absent = choices.pick(("unknown", "none"))
        lines += [f"  {entity}:", f"    absent: {absent}", "    attributes:", *_attributes(owners[entity], 6)]
    lines.append("records:")
    for record in RECORDS:
        lines += [f"  {record}:", "    attributes:", *_attributes(owners[record], 6)]
    return "\n".join([*lines, ""])


def _attributes(attributes: dict[str, str], indent: int) -> list[str]:
    # A condition of absence must hang on an attribute whose own absence has none; `flag` never has one.
    return [f"{' ' * indent}{name}: {kind}" for name, kind in attributes.items()]


@lru_cache(maxsize=64)
def _loaded(text: str) -> Vocabulary:
    return load_vocabulary([read_text(text, "generated.yaml")])
