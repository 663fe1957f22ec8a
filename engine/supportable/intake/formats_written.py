"""A design written in another format, with nothing lost but comments, spacing and quotation marks.

What was written stays as it was spelled. Only truths and numbers in a spelling that the other format does not have
(`True`, `+5`, `.5`) are spelled anew, which needs the vocabulary: elsewhere such a word may be a text.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final

from supportable.document import Plain, dump_yaml
from supportable.vocabulary.model import Entity, Vocabulary
from supportable.vocabulary.scales import decimal_of
from supportable.vocabulary.types import BoolType, IntType, ListType, NumberType, RecordType, Type

FORMATS: Final = ("yaml", "json", "toml")

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_INDENT: Final = "  "


def written(root: dict[str, Any], format: str, vocabulary: Vocabulary) -> str:
    """The design `root`, as it stands in a document, as text in `format`, one of FORMATS.

    TOML has no null: what is null is left out there, which says the same. Raises ValueError for characters that no
    document may hold.
    """
    spelled = _design(root, vocabulary)
    if format == "yaml":
        return dump_yaml(spelled)
    if format == "json":
        return "\n".join(_json(spelled, "")) + "\n"
    return _toml(spelled)


# -- spelling ---------------------------------------------------------------------------------------------------------


def _design(root: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    made = _attributes(root, vocabulary.entities.get("design"), vocabulary)
    for section, type_name in vocabulary.sections.items():
        held = root.get(section)
        if isinstance(held, list):
            entity = vocabulary.entities[type_name]
            made[section] = [_attributes(each, entity, vocabulary) if isinstance(each, dict) else each for each in held]
    return made


def _attributes(held: dict[str, Any], entity: Entity | None, vocabulary: Vocabulary) -> dict[str, Any]:
    made = {}
    for key, value in held.items():
        attribute = None if entity is None else entity.attributes.get(key)
        if attribute is not None:
            made[key] = _spelled(value, attribute.type, vocabulary)
        else:
            made[key] = _spelled(value, IntType() if key == "count" else None, vocabulary)
    return made


def _spelled(value: Any, type_: Type | None, vocabulary: Vocabulary) -> Any:
    if isinstance(value, list) and isinstance(type_, ListType):
        return [_spelled(each, type_.of, vocabulary) for each in value]
    if isinstance(value, dict) and isinstance(type_, RecordType):
        return _attributes(value, vocabulary.entities[type_.record], vocabulary)
    if not isinstance(value, Plain) or value in ("none", "unknown"):
        return value
    if isinstance(type_, BoolType):
        return Plain(value.lower())
    if isinstance(type_, IntType) and value.lstrip("+-").isdecimal():
        return Plain(str(int(value)))
    if isinstance(type_, NumberType) and not _NUMBER.fullmatch(value):
        exact = decimal_of(value)
        return value if exact is None else Plain(format(exact, "f"))
    return value


# -- JSON -------------------------------------------------------------------------------------------------------------


def _json(value: Any, indent: str) -> list[str]:
    """The lines of a value; the first goes behind its key. What is short stays on one line."""
    if not isinstance(value, (dict, list)) or not value:
        return [_json_line(value)]
    line = _json_line(value)
    if indent and len(indent) + len(line) <= 110:
        return [line]
    deeper = indent + _INDENT
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    keyed = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    lines = [opening]
    for key, each in keyed:
        head = "" if key is None else f"{_quoted(key)}: "
        inner = _json(each, deeper)
        lines += [f"{deeper}{head}{inner[0]}", *inner[1:]]
        lines[-1] += ","
    lines[-1] = lines[-1].removesuffix(",")
    return [*lines, f"{indent}{closing}"]


def _json_line(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_json_line(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_json_line(each) for each in value) + "]"
    if isinstance(value, Plain) and (value in ("true", "false") or _NUMBER.fullmatch(value)):
        return str(value)
    return _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)


# -- TOML -------------------------------------------------------------------------------------------------------------


def _toml(root: dict[str, Any]) -> str:
    """Sections as tables, one an entry; those that are open as one array, which alone can hold the sign for that."""
    values, tables = [], []
    for key, value in root.items():
        if value is None:
            continue
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            for entry in value:
                tables += ["", f"[[{_toml_key(key)}]]"]
                tables += [
                    f"{_toml_key(name)} = {_toml_line(each)}" for name, each in entry.items() if each is not None
                ]
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            values += [f"{_toml_key(key)} = [", *(f"{_INDENT}{_toml_line(each)}," for each in value), "]"]
        else:
            values.append(f"{_toml_key(key)} = {_toml_line(value)}")
    return "\n".join([*values, *tables]).strip("\n") + "\n"


def _toml_key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _toml_text(key)


def _toml_line(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_toml_key(key)} = {_toml_line(each)}" for key, each in value.items() if each is not None)
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml_line(each) for each in value) + "]"
    if isinstance(value, Plain) and (value in ("true", "false") or _toml_number(value)):
        return str(value)
    return _toml_text(value)


def _toml_number(text: str) -> bool:
    """Whether a number is read back from TOML as it is spelled."""
    if not _NUMBER.fullmatch(text):
        return False
    return str(int(text)) == text if text.lstrip("-").isdecimal() and len(text) < 1000 else Decimal(text).is_finite()


def _toml_text(text: str) -> str:
    # Of the characters that JSON leaves as they are, TOML refuses only this one.
    return _quoted(text).replace("\x7f", "\\u007f")
