"""The names a vocabulary may give: how they are spelled, and which are taken by the language itself."""

from __future__ import annotations

import re
from typing import Final

from supportable.vocabulary.shape import Shape, described

NAME: Final = "SUP208"
RESERVED: Final = "SUP209"

TYPE_WORDS: Final = (
    "bool", "date", "enum", "int", "inverse", "list", "number", "product", "record", "ref", "scale", "text",
)  # fmt: skip
"""The words that begin a type, sorted; `inverse` stands for the list of those that refer to the owner."""

LANGUAGE_WORDS: Final = frozenset(
    (
        "all", "as_of", "count", "design", "div", "exists", "false", "id", "in", "largest", "listed", "lookup", "max",
        "min", "none", "same", "satisfies", "size", "smallest", "sum", "true", "unknown", "where",
    )
)  # fmt: skip
"""Words that mean something in expressions or designs, so that no type and no attribute can be called so."""

RESERVED_VALUES: Final = frozenset(("none", "unknown"))
"""Words that say that there is no value, or that it is not known, so that no value can be called so."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


def check_name(shape: Shape, name: str, pointer: str, what: str) -> bool:
    """Whether `name`, the key at `pointer`, can name an attribute, a type or a section; if not, it is noted why."""
    if not _NAME.fullmatch(name):
        message = f"{described(name)} cannot be the name of {what}"
        shape.note_key(NAME, message, pointer, "use lower-case letters, digits and “_”, beginning with a letter")
        return False
    if name in LANGUAGE_WORDS:
        message = f"“{name}” is a word of the language and cannot be the name of {what}"
        shape.note_key(RESERVED, message, pointer, f"choose another word, such as “{name}_given”")
        return False
    return True


def check_type_name(shape: Shape, name: str, pointer: str, what: str) -> bool:
    """Like `check_name`, for a type or record, which cannot be called like a built-in type either."""
    if not check_name(shape, name, pointer, what):
        return False
    if name in TYPE_WORDS:
        shape.note_key(RESERVED, f"“{name}” is a type of the language and cannot be the name of {what}", pointer)
        return False
    return True
