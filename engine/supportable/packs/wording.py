"""What pydantic finds, in plain words, with its code, line and column."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from supportable.errors import Problem, did_you_mean
from supportable.packs import codes
from supportable.packs.place import Place, problem
from supportable.packs.shape import LANGUAGE_VERSION
from supportable.vocabulary.shape import described

M = TypeVar("M", bound=BaseModel)

_PLAIN: Final[dict[str, tuple[str, str, str]]] = {
    "text": (codes.WRONG_KIND, "{name} must be a text, not {value}", ""),
    "flag": (codes.WRONG_KIND, "{name} must be true or false, not {value}", "write true or false, without quotes"),
    "list_type": (codes.WRONG_KIND, "{name} must be a list, not {value}", ""),
    "model_type": (codes.WRONG_KIND, "{name} must be a map of keys and values, not {value}", ""),
    "dict_type": (codes.WRONG_KIND, "{name} must be a map of keys and values, not {value}", ""),
    "day": (codes.NOT_A_DATE, "{name} must be a date, not {value}", "write it as in 2009-05-20"),
    "language": (codes.LANGUAGE, "{value} is no language that is spoken here", f"write language: {LANGUAGE_VERSION}"),
    "version": (codes.BAD_VERSION, "{value} is not a version", "write three numbers, as in 1.0.0"),
    "requirement": (codes.BAD_REQUIREMENT, "{value} names no pack and its versions", 'write publisher.pack >=1.0'),
    "one_variable": (codes.WRONG_KIND, "{name} must name one variable and its list", "write each: {n: cluster.nodes}"),
    "pack_name": (codes.BAD_NAME, "{value} cannot be the name of a pack", "write publisher.pack-name, in lower case"),
    "rule_id": (codes.BAD_NAME, "{value} cannot be the id of a rule", "use lower-case letters, digits and “-”"),
    "fact": (codes.BAD_NAME, "{value} does not name a fact", "write type.attribute, as in cluster.guest"),
    "variable": (codes.BAD_NAME, "{value} cannot be a variable", "use lower-case letters, digits and “_”"),
}  # fmt: skip


def shaped(model: type[M], value: object, place: Place, problems: list[Problem]) -> M | None:
    """`value` as `model`. What is wrong is noted; None if more is wrong than keys that nobody knows."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    problems += [_worded(model, each["type"], each["loc"], place, each.get("ctx", {})) for each in found]
    if any(each["type"] != "extra_forbidden" for each in found):
        return None
    try:
        return model.model_validate(_without(value, [each["loc"] for each in found]))
    except ValidationError:
        return None


def _worded(
    model: type[BaseModel], kind: str, steps: tuple[str | int, ...], place: Place, context: dict[str, Any]
) -> Problem:
    held: Any = place.document.root
    for token in place.pointer.split("/")[1:]:
        held = held[int(token)] if isinstance(held, list) else held[token]
    name = "this"
    # pydantic marks the key of a map, as opposed to its value, by a step of its own.
    of_key = steps[-1:] == ("[key]",)
    for step in steps[:-1] if of_key else steps:
        place = place / step
        name = f"“{step}”" if isinstance(step, str) else name.replace("this", "an entry")
        held = _within(held, step)
    if of_key:
        held = steps[-2]
    if kind == "extra_forbidden":
        hint = did_you_mean(str(steps[-1]), _keys(_model_at(model, steps[:-1])))
        return problem(codes.UNKNOWN_KEY, f"unknown key {name}", place, hint, at_key=True)
    if kind == "missing":
        hint = f"add {steps[-1]}: …" if steps else ""
        return problem(codes.MISSING_KEY, f"the key {name} is missing", place, hint)
    if kind == "literal_error":
        words = context.get("expected", "").replace(" or ", ", ").replace("'", "").split(", ")
        hint = did_you_mean(str(held), words) or "known here: " + ", ".join(words)
        return problem(codes.NOT_ALLOWED, f"{name} cannot be {described(held)}", place, hint)
    code, message, hint = _PLAIN.get(kind, (codes.WRONG_KIND, "{name} cannot be {value}", ""))
    if kind == "list_type" and isinstance(held, str):
        hint = f"write [{held}]"
    return problem(code, message.format(name=name, value=described(held)), place, hint, at_key=of_key)


def _within(held: Any, step: str | int) -> Any:
    if isinstance(held, dict):
        return held.get(str(step))
    if isinstance(held, list) and isinstance(step, int) and step < len(held):
        return held[step]
    return held


def _model_at(model: type[BaseModel], steps: Iterable[str | int]) -> type[BaseModel]:
    for step in steps:
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                model = next(_models_in(field.annotation), model)
    return model


def _models_in(annotation: Any) -> typing.Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models_in(inner)


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _without(value: Any, unwanted: list[tuple[str | int, ...]], at: tuple[str | int, ...] = ()) -> Any:
    """A copy of `value` without the keys at those places."""
    if isinstance(value, dict):
        return {key: _without(held, unwanted, (*at, key)) for key, held in value.items() if (*at, key) not in unwanted}
    if isinstance(value, list):
        return [_without(held, unwanted, (*at, index)) for index, held in enumerate(value)]
    return value


__all__ = ["shaped"]
