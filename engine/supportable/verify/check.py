"""A verdict checked: read strictly, held against its design and the digests it names, and replayed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any, Final

from supportable.document import Document, Limits, Plain, read_text
from supportable.errors import Problem
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.origin import Origin
from supportable.packs import PackSet
from supportable.packs.packset import references_digest
from supportable.plan import plan
from supportable.plan.model import Plan
from supportable.verify.asking import Asking
from supportable.verify.differences import SHAPE, differences
from supportable.verify.evidence import Given, with_evidence
from supportable.verify.meaning import Meaning
from supportable.verify.told import Telling
from supportable.verify.words import Json, iso
from supportable.version import __version__
from supportable.vocabulary.model import Vocabulary

NOT_A_VERDICT: Final = "SUP900"
OTHER_FORMAT: Final = "SUP901"
OTHER_DESIGN: Final = "SUP902"
OTHER_PACKS: Final = "SUP903"
OTHER_CATALOGUES: Final = "SUP904"
OTHER_ENGINE: Final = "SUP905"
OTHER_VOCABULARY: Final = "SUP906"

FORMAT, LANGUAGE = 1, 1
READINGS: Final = ("compiled", "durable", "reference")
_ENGINE: Final = {"version": __version__, "language": LANGUAGE}
LIMITS: Final = Limits(max_bytes=256 << 20, max_depth=400, max_scalar=1 << 20, max_nodes=20_000_000)
"""A verdict is larger than its design, and its trees are deeper."""

LENT: Final = ("missing", "assumed")
"""Lists that come of a search: what they state is checked, that they are the whole list only where `again` is given."""


def read_verdict(data: bytes, file: str) -> Json:
    """The one verdict in a file, as plain values. Raises DocumentError for what is no JSON, or no object."""
    held = _typed(read_text(data, file if file.endswith(".json") else f"{file}.json", limits=LIMITS).root)
    return held if isinstance(held, dict) else {}


def facts_of(
    verdict: Json,
    design: Document,
    vocabulary: Vocabulary,
    *,
    evidence: Given = (),
    evidence_root: Path | None = None,
) -> Facts:
    """The design's facts, with places given as the verdict gives them: under another folder, from stdin, or not at all
    where it was judged from memory. `evidence` are the reports that it was judged with; those that the design names are
    read only with an `evidence_root`, the folder that their paths begin from. Raises DesignError for a design or
    evidence that does not fit, DocumentError for a report that cannot be read."""
    places = [subject.get("at") for subject in _list(verdict, "subjects") if isinstance(subject, dict)]
    files = [place["file"] for place in places if isinstance(place, dict) and isinstance(place.get("file"), str)]
    if files and (PurePath(files[0]).name == PurePath(design.file).name or files[0] in ("<stdin>", "stdin.json")):
        design = replace(design, file=files[0])
    in_memory = bool(places) and not any(places)
    design, notes = with_evidence(verdict, design, evidence, evidence_root)
    source: Any = design.root if in_memory else design
    facts = load_design(source, vocabulary, lenient=True)
    return replace(facts, warnings=(*facts.warnings, *map(str, notes))) if notes else facts


def check(verdict: Json, facts: Facts, packs: PackSet, *, file: str, again: Json | None = None) -> tuple[Problem, ...]:
    """Everything in which `verdict` is not what these packs make of these facts; empty where it holds.

    `again` may hold what the engine itself answers, for the lists that are not worked out here (`LENT`). Raises
    EvaluationError where a deadline is set and passes.
    """
    return Checker(facts, packs).wrong(verdict, file, again)


class Checker:
    """One design and one set of packs, to hold verdicts to; what was replayed for a day is kept."""

    def __init__(self, facts: Facts, packs: PackSet) -> None:
        self.facts, self.packs = facts, packs
        self._replayed: dict[tuple[date, frozenset[str]], tuple[Telling, str]] = {}

    def wrong(self, verdict: Json, file: str, again: Json | None = None) -> tuple[Problem, ...]:
        """See `check`."""
        wrong = tuple(_other(verdict, self.facts, self.packs, file))
        day = _day(verdict)
        if wrong or day is None:
            return wrong
        telling, replayed = self._replay(day, frozenset(one["pack"] for one in _list(verdict, "packs")))
        due: Json = json.loads(replayed) | {"engine": {**_ENGINE, "reading": verdict["engine"]["reading"]}}
        _lend(due, verdict if again is None else again, LENT)
        found = tuple(differences(due, verdict, file))
        return found or tuple(Asking(telling, file).wrong(verdict))

    def _replay(self, day: date, names: frozenset[str]) -> tuple[Telling, str]:
        if (day, names) not in self._replayed:
            everything = names == {pack.name for pack in self.packs.packs}
            telling = Telling(Meaning(plan(self.packs, day, None if everything else names), self.facts))
            due = _header(self.facts, telling.plan) | telling.design()
            self._replayed[day, names] = telling, json.dumps(due)
        return self._replayed[day, names]


def _other(verdict: Json, facts: Facts, packs: PackSet, file: str) -> Iterator[Problem]:
    """Why there is no use in replaying: the verdict is about something else than what is here."""
    at = Origin(file)
    if verdict.get("format") is not FORMAT or not isinstance(verdict.get("engine"), dict):
        yield Problem(
            NOT_A_VERDICT, f"this is no verdict of format {FORMAT}", at, "verdicts come from `check --format json`"
        )
        return
    engine = verdict["engine"]
    if engine.get("language") is not LANGUAGE:
        yield Problem(
            OTHER_FORMAT,
            f"it was made under language {engine.get('language')!r}, not {LANGUAGE}",
            at,
            pointer="/engine/language",
        )
    if engine.get("version") != __version__:
        hint = f"check it with version {engine.get('version')}, or judge the design anew"
        message = f"it was made by version {engine.get('version')!r}, this is {__version__}"
        yield Problem(OTHER_ENGINE, message, at, hint, pointer="/engine/version")
    if engine.get("reading") not in READINGS or _day(verdict) is None:
        yield Problem(SHAPE, "/engine/reading or /as_of is nothing that a verdict can say", at)
    if verdict.get("digest") != f"sha256:{facts.digest}":
        message = f"/digest is {verdict.get('digest')!r}: the design given has sha256:{facts.digest}"
        hint = "give the design that was judged, unchanged, and the reports that were given with it as evidence"
        yield Problem(OTHER_DESIGN, message, at, hint, pointer="/digest")
    for key, digest in (("vocabulary", packs.vocabulary.digest), ("references", references_digest(packs.references))):
        if verdict.get(key) != f"sha256:{digest}":
            message = f"/{key} is {verdict.get(key)!r}: installed is sha256:{digest}"
            hint = "install what it was judged by, or use --shelf"
            yield Problem(OTHER_VOCABULARY, message, at, hint, pointer=f"/{key}")
    here = {pack.name: ("pack", pack.version, pack.digest) for pack in packs.packs}
    yield from _versions(_list(verdict, "packs"), "pack", here, OTHER_PACKS, at)
    here = {name: ("catalogue", each.version, each.digest) for name, each in packs.catalogues.items()}
    yield from _versions(_list(verdict, "catalogues"), "catalogue", here, OTHER_CATALOGUES, at)


def _versions(
    named: list[Any], kind: str, here: dict[str, tuple[str, str, str]], code: str, at: Origin
) -> Iterator[Problem]:
    for index, one in enumerate(named):
        name = one.get(kind) if isinstance(one, dict) else None
        found = here.get(name) if isinstance(name, str) else None
        where = f"/{kind}s/{index}"
        if found is None:
            message, hint = f"{where} names {name!r}, which is not installed", "install it, or use --shelf"
            yield Problem(code, message, at, hint, pointer=where)
        elif one != {kind: name, "version": found[1], "digest": f"sha256:{found[2]}"}:
            message = f"{where} is {name} {one.get('version')} {one.get('digest')}: installed is {found[1]}"
            hint = "install the version that the verdict names"
            yield Problem(code, f"{message} sha256:{found[2]}", at, hint, pointer=where)


def _header(facts: Facts, planned: Plan) -> Json:
    document = facts.document
    packs = [("pack", one.name, one.version, one.digest) for one in planned.packs]
    catalogues = [("catalogue", one.name, one.version, one.digest) for one in planned.catalogues.values()]
    return {
        "format": FORMAT,
        "design": facts.name,
        "digest": f"sha256:{facts.digest}",
        "as_of": iso(planned.as_of),
        "unrecognised": [
            {
                "pointer": one.pointer,
                "text": one.text,
                "nearest": list(one.nearest),
                "at": _at(document.origin_of(one.pointer)) if document is not None else None,
            }
            for one in sorted(facts.unrecognised, key=lambda one: (one.text, one.pointer))
        ],
        "warnings": list(facts.warnings),
        "vocabulary": f"sha256:{planned.vocabulary.digest}",
        "references": f"sha256:{references_digest(planned.references)}",
        "packs": _named(packs),
        "catalogues": _named(catalogues),
    }


def _named(held: list[tuple[str, str, str, str]]) -> list[Json]:
    return [
        {kind: name, "version": version, "digest": f"sha256:{digest}"} for kind, name, version, digest in sorted(held)
    ]


def _at(origin: Origin) -> Json:
    return {"file": origin.file, "line": origin.line, "column": origin.column}


def _lend(due: Json, lender: Any, keys: tuple[str, ...] = ("missing",)) -> None:
    """Fill in the lists that are not worked out here, by place."""
    held = lender if isinstance(lender, dict) else {}
    due.update({key: _list(held, key) for key in keys})
    for key in ("subjects", "findings", "advisories", "may_apply"):
        theirs = _list(held, key)
        for index, one in enumerate(due.get(key, ())):
            _lend(one, theirs[index] if index < len(theirs) else None)


def _day(verdict: Json) -> date | None:
    try:
        return date.fromisoformat(verdict["as_of"]) if re.fullmatch(r"\d{4}-\d\d-\d\d", verdict["as_of"]) else None
    except (KeyError, TypeError, ValueError):
        return None


def _list(held: Json, key: str) -> list[Any]:
    found = held.get(key)
    return found if isinstance(found, list) else []


def _typed(value: Any) -> Any:
    """A document's value as JSON meant it."""
    if isinstance(value, dict):
        return {key: _typed(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_typed(held) for held in value]
    if isinstance(value, Plain):
        known = {"true": True, "false": False}
        if value in known:
            return known[value]
        return int(value) if re.fullmatch(r"-?\d{1,19}", value) else float("nan")
    return value if value is None else str(value)
