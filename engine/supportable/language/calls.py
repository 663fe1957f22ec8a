"""Functions by name: `size`, `date`, `lookup`, `listed` and `satisfies`."""

from __future__ import annotations

from typing import Final

from supportable.errors import did_you_mean
from supportable.language import codes
from supportable.language.ir import Const, Count, Listed, Lookup, Node, Satisfies, TextSize
from supportable.language.literals import day, plain_text
from supportable.language.macros import MACROS, TEXT_TESTS
from supportable.language.navigation import step
from supportable.language.source import brief
from supportable.language.syntax import Call, Field, MapOf, Syntax, Text, bare
from supportable.language.typer import Typer, described, rescaled
from supportable.vocabulary.lookups import Catalogue
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    EnumType,
    ListType,
    NumberType,
    ProductType,
    RefType,
    TextType,
    Type,
)

_USES: Final = {
    "size": "size(list)",
    "date": 'date("2009-05-26")',
    "lookup": 'lookup("catalogue", key).column',
    "listed": 'listed("catalogue", key)',
    "satisfies": 'satisfies(x, "pack")',
}

_ELSEWHERE: Final = {
    "has": "write x != none",
    "len": "write size(x)",
    "length": "write size(x)",
    "not": "write !x",
    "today": "write as_of, the day that is judged",
    "now": "write as_of, the day that is judged",
    "timestamp": 'write date("2009-05-26")',
    "duration": "a date plus or minus a number of days is a date",
    "int": "types are never converted",
    "string": "types are never converted",
    "double": "types are never converted",
}


def call(typer: Typer, syntax: Syntax, due: Type | None) -> Node | None:  # noqa: ARG001 - one signature for all forms
    """`name(args)`; a lookup comes here as a whole, with its column."""
    if isinstance(syntax, Field):
        return _lookup(typer, syntax)
    assert isinstance(syntax, Call)
    called = syntax.name.name
    if called not in _USES:
        _refuse_function(typer, syntax)
        return None
    if called == "lookup":
        message = "“lookup” finds a row; one of its columns is due here"
        typer.note(codes.ARGUMENTS, message, syntax, f"write {_USES[called]}")
        return None
    if called == "size":
        return _size(typer, syntax)
    if called == "date":
        return _date(typer, syntax)
    return _listed(typer, syntax) if called == "listed" else _satisfies(typer, syntax)


def _refuse_function(typer: Typer, syntax: Call) -> None:
    called = syntax.name.name
    if called in MACROS or called in TEXT_TESTS:
        args = [typer.words(arg) for arg in syntax.args]
        first, rest = (args[0], ", ".join(args[1:])) if args else ("list", "")
        rest = rest if len(args) > 1 and (called in TEXT_TESTS or len(args) > 2) else f"x, {rest}".rstrip(", ") + ", …"
        hint = f"it is called on the list: {first}.{called}({rest})"
        if called in TEXT_TESTS:
            hint = f'it is called on the text: {first}.{called}("…")'
    else:
        hint = _ELSEWHERE.get(called) or did_you_mean(called, _USES)
    typer.note(codes.UNKNOWN_FUNCTION, f"there is no function “{called}”", syntax.name, hint)


def _takes(typer: Typer, syntax: Call, many: int) -> bool:
    if len(syntax.args) == many:
        return True
    called = syntax.name.name
    typer.note(codes.ARGUMENTS, f"“{called}” is called otherwise", syntax.name, f"write {_USES[called]}")
    return False


def _size(typer: Typer, syntax: Call) -> Node | None:
    if not _takes(typer, syntax, 1):
        return None
    of = typer.value(syntax.args[0])
    if of is None:
        return None
    origin, text = typer.place(syntax), typer.words(syntax)
    if isinstance(of.type, ListType):
        return Count(INT, of, origin=origin, text=text)
    if isinstance(of.type, TextType):
        return TextSize(INT, of, origin=origin, text=text)
    message = f"“{brief(of.text)}” is {described(of.type)}, which has no size"
    typer.note(codes.MISMATCH, message, syntax.args[0], "lists and texts have one")
    return None


def _date(typer: Typer, syntax: Call) -> Node | None:
    if not _takes(typer, syntax, 1):
        return None
    written = _literal(typer, syntax.args[0], "a date")
    if written is None:
        return None
    ordinal = day(typer, syntax.args[0], written)
    if ordinal is None:
        return None
    return Const(DATE, ordinal, origin=typer.place(syntax), text=typer.words(syntax))


def _literal(typer: Typer, syntax: Syntax, what: str) -> str | None:
    inner = bare(syntax)
    if isinstance(inner, Text):
        return plain_text(typer, inner)
    typer.note(codes.ARGUMENTS, f"{what} is written out here, as a text in quotes", syntax)
    return None


def _satisfies(typer: Typer, syntax: Call) -> Node | None:
    if not _takes(typer, syntax, 2):
        return None
    of = typer.value(syntax.args[0])
    pack = _literal(typer, syntax.args[1], "the name of a pack")
    if of is not None and not isinstance(of.type, RefType):
        message = f"“{brief(of.text)}” is {described(of.type)}, and only what has a status can satisfy a pack"
        typer.note(codes.MISMATCH, message, syntax.args[0], "name an entity: the subject, or one it refers to")
        of = None
    if pack is not None and pack not in typer.scope.packs:
        hint = did_you_mean(pack, typer.scope.packs) or "name it under requires"
        typer.note(codes.UNKNOWN_PACK, f"there is no pack “{pack}” here", syntax.args[1], hint)
        pack = None
    if of is None or pack is None:
        return None
    return Satisfies(BOOL, of, pack, origin=typer.place(syntax), text=typer.words(syntax))


def _listed(typer: Typer, syntax: Call) -> Node | None:
    found = _row(typer, syntax)
    if found is None:
        return None
    catalogue, keys, _ = found
    return None if keys is None else Listed(BOOL, catalogue, keys, origin=typer.place(syntax), text=typer.words(syntax))


def _lookup(typer: Typer, syntax: Field) -> Node | None:
    inner = bare(syntax.of)
    assert isinstance(inner, Call)
    found = _row(typer, inner)
    if found is None:
        return None
    name, keys, catalogue = found
    column = catalogue.columns.get(syntax.name.name)
    if column is None:
        message = f"the catalogue “{name}” has no column “{syntax.name.name}”"
        hint = did_you_mean(syntax.name.name, catalogue.columns)
        if syntax.name.name in catalogue.key:
            hint = "that is a key, which is given and not found"
        typer.note(codes.CATALOGUE_FIELD, message, syntax.name, hint)
        return None
    if keys is None:
        return None
    return Lookup(column, name, keys, syntax.name.name, origin=typer.place(syntax), text=typer.words(syntax))


def _row(typer: Typer, syntax: Call) -> tuple[str, tuple[Node, ...] | None, Catalogue] | None:
    """The catalogue that a call names, and the nodes for its key in the catalogue's order."""
    if not _takes(typer, syntax, 2):
        return None
    name = _literal(typer, syntax.args[0], "the name of a catalogue")
    if name is None:
        return None
    catalogue = typer.scope.catalogues.get(name)
    if catalogue is None:
        hint = did_you_mean(name, typer.scope.catalogues)
        typer.note(codes.CATALOGUE, f"there is no catalogue “{name}”", syntax.args[0], hint)
        return None
    return name, _keys(typer, name, catalogue, syntax.args[1]), catalogue


def _keys(typer: Typer, name: str, catalogue: Catalogue, syntax: Syntax) -> tuple[Node, ...] | None:
    given = bare(syntax)
    if not isinstance(given, MapOf):
        if len(catalogue.key) > 1:
            hint = "write {" + ", ".join(f"{key}: …" for key in catalogue.key) + "}"
            message = f"the catalogue “{name}” has a key of {len(catalogue.key)} fields"
            typer.note(codes.CATALOGUE_FIELD, message, syntax, hint)
            return None
        [due] = catalogue.key.values()
        only = _key(typer, syntax, due)
        return None if only is None else (only,)
    found: dict[str, Node | None] = {}
    right = True
    for entry in given.entries:
        word = entry.key
        key_type = catalogue.key.get(word.name)
        if key_type is None:
            hint = did_you_mean(word.name, catalogue.key)
            message = f"the catalogue “{name}” has no key “{word.name}”"
            typer.note(codes.CATALOGUE_FIELD, message, word, hint)
            right = False
        elif word.name in found:
            typer.note(codes.CATALOGUE_FIELD, f"the key “{word.name}” is given twice", word)
            right = False
        else:
            found[word.name] = _key(typer, entry.value, key_type)
    missing = [key for key in catalogue.key if key not in found]
    if missing and right:
        message = f"the catalogue “{name}” needs its whole key: “{'”, “'.join(missing)}” is missing"
        typer.note(codes.CATALOGUE_FIELD, message, given, f"add {missing[0]}: …")
        return None
    nodes = tuple(node for key in catalogue.key if (node := found.get(key)) is not None)
    return nodes if right and len(nodes) == len(catalogue.key) else None


def _key(typer: Typer, syntax: Syntax, due: Type) -> Node | None:
    node = typer.value(syntax, due)
    if node is None:
        return None
    given = node.type
    if isinstance(due, NumberType) and isinstance(given, NumberType) and due.unit == given.unit:
        if given.places <= due.places:
            return rescaled(node, due.places)
        typer.note(codes.NUMBER, f"“{brief(node.text)}” is counted in smaller steps than this key", syntax)
        return None
    if isinstance(due, ProductType) and isinstance(given, ProductType):
        fits = not due.ladders or not given.ladders or bool(set(due.ladders) & set(given.ladders))
    elif isinstance(due, EnumType) and isinstance(given, EnumType):
        fits = bool(set(due.values) & set(given.values))
    else:
        fits = type(due) is type(given)
    if not fits:
        message = f"“{brief(node.text)}” is {described(given)}, and {described(due)} is due here"
        typer.note(codes.MISMATCH, message, syntax)
        return None
    return node


__all__ = ["call", "step"]
