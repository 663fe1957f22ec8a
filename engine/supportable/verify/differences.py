"""Where two JSON values differ, as problems with a JSON Pointer into the one that is checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from supportable.errors import Problem
from supportable.origin import Origin

SHAPE: Final = "SUP910"
STATUS: Final = "SUP911"
TRUTH: Final = "SUP912"
FACT: Final = "SUP913"
CITATION: Final = "SUP914"
TEXT: Final = "SUP915"
PLACE: Final = "SUP916"
COUNT: Final = "SUP917"
LIST: Final = "SUP918"
MISSING: Final = "SUP919"
ASSUMED: Final = "SUP920"

_BY_KEY: Final = {
    **dict.fromkeys(("status", "at_worst", "at_best", "kind", "outcome", "worst", "coverage", "disputed"), STATUS),
    **dict.fromkeys(("truth", "expression", "because", "open", "member"), TRUTH),
    **dict.fromkeys(("fact", "value", "assumed", "pointer", "row"), FACT),
    **dict.fromkeys(("citations", "confidence", "revision", "waived_by"), CITATION),
    **dict.fromkeys(("at", "file", "line", "column"), PLACE),
    **dict.fromkeys(("ledger", "judged", "covered"), COUNT),
    **dict.fromkeys(("findings", "subjects", "offenders", "not_covered", "packs", "catalogues", "children"), LIST),
}
_BY_SECTION: Final = {"missing": MISSING, "assumed": ASSUMED, "citations": CITATION, "ledger": COUNT, "coverage": COUNT}
_LONGEST: Final = 120


def differences(due: Any, given: Any, file: str, path: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Every difference, in the order of what is due; types count, the order of keys does not. What is not of the same
    kind is one difference, however much is in it."""
    if isinstance(due, dict) and isinstance(given, dict):
        for key in sorted(due.keys() | given.keys()):
            if key not in given:
                yield _problem(file, (*path, key), f"is left out: it should be {_short(due[key])}")
            elif key not in due:
                yield _problem(file, (*path, key), f"should not be there: it is {_short(given[key])}")
            else:
                yield from differences(due[key], given[key], file, (*path, key))
    elif isinstance(due, list) and isinstance(given, list):
        for place, (one, other) in enumerate(zip(due, given, strict=False)):
            yield from differences(one, other, file, (*path, str(place)))
        if len(due) != len(given):
            yield _problem(file, path, f"has {len(given)} entries: it should have {len(due)}")
    elif due.__class__ is not given.__class__ or due != given:
        yield _problem(file, path, f"is {_short(given)}: it should be {_short(due)}")


def pointer(path: tuple[str, ...]) -> str:
    """The JSON Pointer of a path."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)


def code_of(path: tuple[str, ...]) -> str:
    """What kind of statement stands at a path."""
    names = [step for step in path if not step.isdecimal()]
    for name in names[:-1]:
        if name in _BY_SECTION:
            return _BY_SECTION[name]
    last = names[-1] if names else ""
    return _BY_SECTION.get(last) or _BY_KEY.get(last, TEXT)


def _problem(file: str, path: tuple[str, ...], what: str) -> Problem:
    where = pointer(path)
    return Problem(code_of(path), f"{where or 'the whole'} {what}", Origin(file), pointer=where)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
