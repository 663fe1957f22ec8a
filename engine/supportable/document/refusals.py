"""What both readers refuse, worded once."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from supportable.document import codes
from supportable.document.faults import Faults, shown
from supportable.document.limits import Limits
from supportable.document.values import Mark

FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""One character that YAML 1.1 and 1.2 call not printable. JSON allows a few of them; no document of ours needs one."""


def refuse_characters(text: str, mark: Mark, faults: Faults) -> None:
    """Note every character that a scalar at `mark` brought in by an escape and that may not stand in a document."""
    for found in FORBIDDEN.finditer(text):
        refuse_character(found.group(), mark, faults)


def refuse_character(character: str, mark: Mark, faults: Faults) -> None:
    """Note that `character` may not stand in a document."""
    point = ord(character)
    if 0xD800 <= point <= 0xDFFF:
        what = f"half of a surrogate pair, U+{point:04X}, stands alone"
        faults.add(codes.SURROGATE, what, mark, "write the character itself, or both halves in a .json file")
    else:
        faults.add(codes.CONTROL_CHARACTER, f"the character U+{point:04X} is not text", mark, "delete it")


def refuse_duplicate(key: str, first: Mark, mark: Mark, faults: Faults) -> None:
    """Note that `key` was given at `first` and is given again."""
    line, column = first
    hint = f"it is given at line {line}, column {column} already: keep one of the two"
    faults.add(codes.DUPLICATE_KEY, f"the key {shown(key)} is given twice", mark, hint)


def refuse_length(text: str, limits: Limits, mark: Mark, faults: Faults) -> NoReturn:
    """Stop: a scalar is longer than `limits.max_scalar`."""
    what = f"a text of {len(text):,} characters, where {limits.max_scalar:,} are read at most"
    faults.stop(codes.SCALAR_TOO_LONG, what, mark, "is a quotation mark left open?")


def refuse_depth(limits: Limits, mark: Mark, faults: Faults) -> NoReturn:
    """Stop: a map or list opens inside `limits.max_depth` others."""
    what = f"maps and lists stand inside one another more than {limits.max_depth} deep"
    faults.stop(codes.TOO_DEEP, what, mark, "is a bracket or brace left open?")


def refuse_number(limits: Limits, mark: Mark, faults: Faults) -> NoReturn:
    """Stop: more than `limits.max_nodes` keys and values."""
    what = f"more than {limits.max_nodes:,} keys and values in one file"
    faults.stop(codes.TOO_MANY_NODES, what, mark, "split the file")
