"""A verdict and its design as somebody sends them, checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from supportable.document import Document, Limits, Map, Plain, read_text
from supportable.errors import DesignError, Problem, UsageError, did_you_mean
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.intake.faults import below
from supportable.intake.limits import DesignLimits
from supportable.origin import Origin
from supportable.packs import PackSet
from supportable.verdict import evaluate, to_json
from supportable.verify import ReportText, check, facts_of, read_verdict
from supportable_api.forms import Part
from supportable_api.library import codes
from supportable_api.media import DESIGNS

FILE: Final = "request.json"
VERDICT: Final = "verdict.json"
_KEYS: Final = ("verdict", "design", "design_media_type")
_DEPTH: Final = 400
"""How deep a verdict's trees may be."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A verdict as plain values, the design it is said to be about, and the reports that are said to have been judged
    with that. `placed` says whether the design is the text that was judged, so that lines and columns in it mean
    something."""

    verdict: dict[str, Any]
    design: Document
    placed: bool
    evidence: tuple[ReportText, ...] = ()

    @classmethod
    def read(cls, content: bytes, limits: DesignLimits) -> Claimed:
        """What a request body holds. Raises DocumentError and UsageError."""
        most = limits.document.max_bytes
        wide = Limits(max_bytes=most, max_depth=_DEPTH, max_scalar=most, max_nodes=20_000_000)
        # Read strictly first: JSON in which a key stands twice would say two things.
        root = read_text(content, FILE, limits=wide).root
        if not isinstance(root, Map):
            raise UsageError([_missing("verdict"), _missing("design")])
        plain = _values(content)
        problems = [
            Problem(
                codes.NO_VERDICT,
                f"unknown key “{key[:80]}”",
                Origin(FILE),
                did_you_mean(key, _KEYS),
                pointer=below("", key),
            )
            for key in root
            if key not in _KEYS
        ]
        if not isinstance(plain.get("verdict"), dict):
            problems.append(_missing("verdict"))
        media_type = plain.get("design_media_type", "application/yaml")
        if not isinstance(media_type, str) or media_type not in DESIGNS:
            message = "“design_media_type” is no type of a design"
            hint = f"known here: {', '.join(DESIGNS)}"
            problems.append(Problem(codes.NO_DESIGN, message, Origin(FILE), hint, pointer="/design_media_type"))
        held, given = root.get("design"), plain.get("design")
        if not isinstance(given, (str, dict)):
            problems.append(_missing("design"))
        if problems:
            raise UsageError(problems)
        verdict = read_verdict(json.dumps(plain["verdict"]).encode(), VERDICT)
        if isinstance(given, str):
            return cls(verdict, read_text(given, DESIGNS[media_type], limits=limits.document), placed=True)
        return cls(verdict, Document(FILE, held, ""), placed=False)

    @classmethod
    def of_parts(cls, parts: Mapping[str, Sequence[Part]], limits: DesignLimits) -> Claimed:
        """What the parts of a form hold. Raises DocumentError and UsageError."""
        (design,) = parts["design"]
        (verdict,) = parts["verdict"]
        reports = parts.get("evidence", ())
        clusters = _clusters(parts["clusters"][0].content, reports) if "clusters" in parts else {}
        return cls(
            read_verdict(verdict.content, VERDICT),
            read_text(design.content, design.read_as, limits=limits.document),
            placed=True,
            evidence=tuple(
                ReportText(each.content, _name_of(each), clusters.get(_name_of(each), "")) for each in reports
            ),
        )


def _name_of(report: Part) -> str:
    return report.filename or "report"


def _clusters(content: bytes, reports: Sequence[Part]) -> dict[str, str]:
    """Which report is about which cluster, by the names of the files. Raises DocumentError and UsageError."""
    file = "clusters.json"
    document = read_text(content, file)
    known = [_name_of(each) for each in reports]
    hint = 'send {"name of a report\'s file": "id of its cluster"}'
    if not isinstance(document.root, Map):
        raise UsageError([Problem(codes.BAD_FORM, "“clusters” is no JSON object", document.origin_of(""), hint)])
    problems = []
    for name, id in document.root.items():
        at = below("", name)
        if name not in known:
            what = f"“clusters” names “{name[:80]}”, and no part “evidence” has that file name"
            near = did_you_mean(name, known)
            problems.append(Problem(codes.BAD_FORM, what, document.origin_of_key(at), near, pointer=at))
        elif not isinstance(id, str) or isinstance(id, Plain):
            what = f"the cluster of “{name}” is no text"
            problems.append(Problem(codes.BAD_FORM, what, document.origin_of(at), hint, pointer=at))
    if problems:
        raise UsageError(problems)
    return {name: str(id) for name, id in document.root.items()}


def _values(content: bytes) -> dict[str, Any]:
    """The body as plain values. Raises UsageError for a number so long that Python does not make one of it."""
    try:
        plain: dict[str, Any] = json.loads(content)
    except ValueError as error:
        hint = "neither a verdict nor a design holds such a number"
        raise UsageError([Problem(codes.NO_VERDICT, "a number has too many digits", Origin(FILE), hint)]) from error
    return plain


def _missing(key: str) -> Problem:
    what = "the verdict, a JSON object" if key == "verdict" else "the design, a text or a JSON object"
    code = codes.NO_VERDICT if key == "verdict" else codes.NO_DESIGN
    return Problem(code, f"“{key}” is missing: {what}", Origin(FILE), "send {verdict: …, design: …}")


def faults_of(claimed: Claimed, packs: PackSet, limits: DesignLimits, *, independent: bool) -> tuple[Problem, ...]:
    """Everything in which the verdict is not what these packs make of the design; empty where it holds.

    Raises DesignError for a design that does not fit, EvaluationError when the time is up.
    """
    given, design = claimed.verdict, claimed.design
    # Judged within the same limits as any design; the checker's own reading has none.
    try:
        load_design(design, packs.vocabulary, lenient=True, limits=limits)
    except DesignError as error:
        if claimed.placed:
            raise
        # The document that problems are placed in is the whole request.
        raise DesignError([replace(each, pointer=f"/design{each.pointer}") for each in error.problems]) from None
    if claimed.placed:
        # Here the text has no name: it goes by that under which it was judged.
        design = replace(design, file=_file(given) or design.file)
    else:
        given = without_places(given)
    facts = facts_of(given, design, packs.vocabulary, evidence=claimed.evidence)
    found = check(given, facts, packs, file=VERDICT)
    if not found and not independent:
        found = check(given, facts, packs, file=VERDICT, again=_anew(given, facts, packs))
    return found


def _file(verdict: dict[str, Any]) -> str:
    """The name under which the design was judged, "" where the verdict does not say."""
    subjects = verdict.get("subjects")
    for subject in subjects if isinstance(subjects, list) else ():
        at = subject.get("at") if isinstance(subject, dict) else None
        if isinstance(at, dict) and isinstance(at.get("file"), str):
            return str(at["file"])
    return ""


def _anew(given: dict[str, Any], facts: Facts, packs: PackSet) -> dict[str, Any]:
    """What the engine itself says of the same design: for the lists that come of a search."""
    only = [pack["pack"] for pack in given["packs"]]
    whole = len(only) == len(packs.packs)
    verdict = evaluate(facts, packs, as_of=given["as_of"], only=None if whole else only, deadline=None)
    return to_json(verdict)


def without_places(value: Any) -> Any:
    """A verdict as it would be of a design that never stood in a file: places in the packs stay."""
    if isinstance(value, list):
        return [without_places(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: without_places(each) for key, each in value.items()}
    at = kept.get("at")
    if isinstance(at, dict) and "pack" not in at:
        if "truth" in kept or "fact" in kept or "expression" in kept:
            del kept["at"]
        else:
            kept["at"] = None
    return kept
