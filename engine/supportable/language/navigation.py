"""Variables, and the way from them through attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from supportable.errors import PackError, did_you_mean, nearest
from supportable.language import codes
from supportable.language.ir import Attr, Const, Node, Var
from supportable.language.source import brief
from supportable.language.syntax import Call, Field, Index, Name, Syntax, Word, bare
from supportable.language.typer import Typer, described
from supportable.vocabulary.model import Entity, Vocabulary
from supportable.vocabulary.products import FIELDS
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    NEVER,
    TEXT,
    EnumType,
    ListType,
    ProductType,
    RecordType,
    RefType,
    Type,
)

ID: Final = "id"
"""The attribute that every entity has without the vocabulary saying so: its id, a text."""

_LITERALS: Final[dict[str, tuple[Type, object]]] = {
    "true": (BOOL, True),
    "false": (BOOL, False),
    "never": (DATE, NEVER),
}

_FOREIGN: Final = {
    "null": "write none",
    "nil": "write none",
    "none": "write none, in lower case",
    "true": "write true, in lower case",
    "false": "write false, in lower case",
    "never": "write never, in lower case",
    "unknown": "what is unknown cannot be asked for: it leaves open whatever depends on it",
    "today": "write as_of, the day that is judged",
    "now": "write as_of, the day that is judged",
}
"""What other languages, or other capitals, have in the place of our words."""


def name(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """A variable, or one of the literals that are words."""
    assert isinstance(syntax, Name)
    origin, text = typer.place(syntax), typer.words(syntax)
    if syntax.name in _LITERALS:
        type, value = _LITERALS[syntax.name]
        return Const(type, value, origin=origin, text=text)
    if syntax.name == "none":
        typer.note(codes.NONE, "“none” stands only beside == and !=", syntax, "x == none asks whether there is no x")
        return None
    found = typer.scope.variable(syntax.name)
    if found is None:
        message = f"there is no variable “{syntax.name}” here"
        typer.note(codes.UNKNOWN_VARIABLE, message, syntax, _unknown_name(typer, syntax.name))
        return None
    return Var(found, syntax.name, origin=origin, text=text)


def _unknown_name(typer: Typer, given: str) -> str:
    scope = typer.scope
    if given.casefold() in _FOREIGN:
        return _FOREIGN[given.casefold()]
    close = nearest(given, scope.names())
    if close:
        return did_you_mean(given, scope.names())
    owners = [
        variable
        for variable in sorted(scope.variables)
        if (owner := _owner(scope.vocabulary, scope.variables[variable])) is not None and given in owner.attributes
    ]
    if owners:
        return f"did you mean “{owners[0]}.{given}”?"
    if given in _enum_values(scope.vocabulary):
        return f'a text stands in quotes: "{given}"'
    return did_you_mean(given, scope.names())


def _enum_values(vocabulary: Vocabulary) -> Iterator[str]:
    for entity in vocabulary.entities.values():
        for attribute in entity.attributes.values():
            if isinstance(attribute.type, EnumType):
                yield from attribute.type.values
    yield from vocabulary.ladders


def field(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """`of.name`: a step to an attribute, or the column of a lookup."""
    assert isinstance(syntax, Field)
    inner = bare(syntax.of)
    if isinstance(inner, Call) and inner.name.name == "lookup":
        return typer.forms[Call](typer, syntax, None)
    of = typer.value(syntax.of)
    return None if of is None else step(typer, of, syntax.name, syntax)


def step(typer: Typer, of: Node, word: Word, whole: Syntax) -> Node | None:
    """The attribute `word` of what `of` denotes; `whole` is the expression that says so."""
    origin, text = typer.place(whole), typer.words(whole)
    type = of.type
    if isinstance(type, ProductType):
        found = _product_fields(typer.scope.vocabulary, type).get(word.name)
        if found is None:
            message = f"a product has no “{word.name}”"
            typer.note(codes.UNKNOWN_ATTRIBUTE, message, word, did_you_mean(word.name, FIELDS))
            return None
        return Attr(found, of, word.name, "", origin=origin, text=text)
    if isinstance(type, ListType):
        hint = f"ask each of them: {brief(of.text)}.all(x, x.{word.name} …), or .exists, .count, .sum"
        typer.note(codes.THROUGH_LIST, f"“{brief(of.text)}” is a list, which has no “{word.name}”", word, hint)
        return None
    entity = _owner(typer.scope.vocabulary, type)
    if entity is None:
        message = f"“{brief(of.text)}” is {described(type)}, which has no attributes"
        typer.note(codes.NO_ATTRIBUTES, message, word)
        return None
    return _attribute(typer, of, entity, word, whole)


def _attribute(typer: Typer, of: Node, entity: Entity, word: Word, whole: Syntax) -> Node | None:
    origin, text = typer.place(whole), typer.words(whole)
    attribute = entity.attributes.get(word.name)
    if attribute is not None:
        return Attr(attribute.type, of, word.name, entity.name, origin=origin, text=text)
    if word.name == ID and not entity.record:
        return Attr(TEXT, of, ID, entity.name, origin=origin, text=text)
    try:
        derived = typer.scope.derived(entity.name, word.name)
    except PackError as error:
        typer.source.problems.extend(error.problems)
        return None
    if derived is not None:
        return Attr(derived, of, word.name, entity.name, derived=True, origin=origin, text=text)
    hint = did_you_mean(word.name, entity.attributes)
    elsewhere = _elsewhere(typer.scope.vocabulary, entity, word.name, of.text)
    if elsewhere and not hint.startswith("did"):
        hint = elsewhere
    elif elsewhere:
        hint = f"{hint} {elsewhere}"
    typer.note(codes.UNKNOWN_ATTRIBUTE, f"“{entity.name}” has no attribute “{word.name}”", word, hint)
    return None


def _elsewhere(vocabulary: Vocabulary, entity: Entity, name: str, path: str) -> str:
    """A hint for an attribute that another type has, with the way to it where one step leads there."""
    for attribute in entity.attributes.values():
        target = _owner(vocabulary, attribute.type)
        if target is not None and name in target.attributes:
            return f"{target.name} has it: write {path}.{attribute.name}.{name}"
    owners = [other.name for other in vocabulary.entities.values() if name in other.attributes]
    return f"{' and '.join(sorted(owners)[:3])} has one" if owners else ""


def _owner(vocabulary: Vocabulary, type: Type) -> Entity | None:
    if isinstance(type, RefType):
        return vocabulary.entities.get(type.entity)
    if isinstance(type, RecordType):
        return vocabulary.entities.get(type.record)
    return None


def _product_fields(vocabulary: Vocabulary, type: ProductType) -> dict[str, Type]:
    ladders = [vocabulary.ladders[name] for name in type.ladders or sorted(vocabulary.ladders)]
    return {
        "name": EnumType(tuple(ladder.name for ladder in ladders)),
        "release": EnumType(tuple(sorted({release for ladder in ladders for release in ladder.releases}))),
        "edition": EnumType(tuple(sorted({edition for ladder in ladders for edition in ladder.editions}))),
        "service_pack": INT,
        "update": INT,
        "architecture": EnumType(vocabulary.architectures),
    }


def index(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """`of[at]`, which there is not."""
    assert isinstance(syntax, Index)
    typer.note(codes.INDEX, "a list has no order, so its members have no numbers", syntax, "use exists, all or count")
    return None
