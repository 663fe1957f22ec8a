"""What a pack's author says of conditions that cannot come out every way, and of mutants that mean the same.

Both stand beside pack.yaml, as `coverage.yaml` and `mutants.yaml`; both need a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from supportable.document import Document, Map, Seq, read_file
from supportable.errors import DocumentError, Problem, did_you_mean
from supportable.origin import Origin
from supportable.packs.model import Pack
from supportable.testing import quality_codes as codes

COVERAGE: Final = "coverage.yaml"
MUTANTS: Final = "mutants.yaml"
TRUTHS: Final = ("false", "unknown", "true")
"""The truths by their numbers."""


@dataclass(frozen=True, slots=True)
class Excuse:
    """One entry. `name` is the condition's text or the mutant's id, `owner` the rule or fact it belongs to ("" for a
    mutant), `never` the truths that the condition cannot have."""

    name: str
    owner: str
    never: frozenset[int]
    reason: str
    origin: Origin


def coverage_excuses(pack: Pack, problems: list[Problem]) -> tuple[Excuse, ...]:
    """The entries of coverage.yaml: `{in, condition, never: [...], reason}`; none where there is no such file."""
    return tuple(_read(pack, COVERAGE, ("in", "condition", "never", "reason"), problems))


def mutant_excuses(pack: Pack, problems: list[Problem]) -> tuple[Excuse, ...]:
    """The entries of mutants.yaml: `{mutant, reason}`; none where there is no such file."""
    return tuple(_read(pack, MUTANTS, ("mutant", "reason"), problems))


def _read(pack: Pack, name: str, keys: tuple[str, ...], problems: list[Problem]) -> list[Excuse]:
    path = Path(pack.folder, name)
    if not pack.folder or not path.is_file():
        return []
    try:
        document = read_file(path, name=f"{pack.name}/{name}", move="author")
    except DocumentError as error:
        problems.extend(error.problems)
        return []
    if not isinstance(document.root, Seq):
        _note(problems, document, "", "a list of entries is due here", f"begin each with “- {keys[0]}: …”")
        return []
    entries = (_entry(document, held, f"/{place}", keys, problems) for place, held in enumerate(document.root))
    return [entry for entry in entries if entry is not None]


def _entry(document: Document, held: object, at: str, keys: tuple[str, ...], problems: list[Problem]) -> Excuse | None:
    if not isinstance(held, Map):
        _note(problems, document, at, "an entry is a map of keys and values", f"write {{{', '.join(keys)}: …}}")
        return None
    before = len(problems)
    for key in held:
        if key not in keys:
            _note(problems, document, f"{at}/{key}", f"unknown key “{key}”", did_you_mean(key, keys))
    for key in keys:
        value = held.get(key)
        right = isinstance(value, Seq) and bool(value) if key == "never" else isinstance(value, str) and value.strip()
        if not right:
            _note(problems, document, at, f"the key “{key}” is missing or empty", f"add {key}: …")
    given = held.get("never")
    never = set()
    for word in given if isinstance(given, Seq) else ():
        if word in TRUTHS:
            never.add(TRUTHS.index(str(word)))
        else:
            _note(problems, document, f"{at}/never", f"“{word}” is no truth", f"known here: {', '.join(TRUTHS)}")
    if len(problems) > before:
        return None
    name = str(held["condition"] if "condition" in keys else held["mutant"])
    reason = str(held["reason"])
    return Excuse(name, str(held.get("in", "")), frozenset(never), reason, document.origin_of(at))


def _note(problems: list[Problem], document: Document, at: str, message: str, hint: str) -> None:
    problems.append(Problem(codes.BAD_EXCUSE, message, document.origin_of(at), hint, "author"))
