"""The report as SARIF 2.1.0, for tools that show findings beside the lines of the design."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Any, Final
from urllib.parse import quote

from supportable.errors import Problem
from supportable.origin import Origin
from supportable.report.evidence import deciding
from supportable.report.markup import inert
from supportable.report.model import Judged, Refused, Report
from supportable.report.sarif_rules import RuleBook
from supportable.report.signs import worded
from supportable.report.values import in_words
from supportable.verdict.model import FindingShown, Step, SubjectVerdict, UnrecognisedShown, Verdict
from supportable.version import __version__

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
NOT_COVERED: Final = "supportable/not-covered"
NOT_RECOGNISED: Final = "supportable/not-recognised"
MOST_RELATED: Final = 12
_LEVELS: Final = {"unsupported": "error", "limited": "warning", "conditional": "warning", "advisory": "note"}

Json = dict[str, Any]


def sarif_text(report: Report) -> str:
    """The log as JSON text."""
    return json.dumps(sarif_of(report), indent=2, ensure_ascii=False) + "\n"


def sarif_of(report: Report) -> Json:
    """The log as plain values: one run, an artifact for each file of a design, a result for each finding that is
    violated or open, each subject that no rule covers, and each problem for which a design was not judged.

    Every result has the line and column of the fact on which it turns, else of its subject. What a verdict says of the
    design as a whole, with its coverage, stands in the properties of the run.
    """
    book = RuleBook()
    results: list[Json] = []
    for one in report.designs:
        results += (
            [_problem(problem, book) for problem in one.problems] if isinstance(one, Refused) else _judged(one, book)
        )
    packs = {pack.name: pack for one in report.judged for pack in one.verdict.packs}
    driver = {
        "name": "supportable",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": book.rules(),
    }
    extensions = [{"name": pack.name, "version": pack.version} for _, pack in sorted(packs.items())]
    failed = [*report.broken, *(problem for one in report.refused for problem in one.problems)]
    invocation: Json = {"executionSuccessful": not failed}
    if failed:
        invocation["toolConfigurationNotifications"] = [_notification(problem) for problem in failed]
    run = {
        "tool": {"driver": driver, **({"extensions": extensions} if extensions else {})},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": location, "roles": ["analysisTarget"]} for location in _artifacts(report)],
        "results": results,
        "properties": {"designs": [_summary(one) for one in report.judged]},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _judged(one: Judged, book: RuleBook) -> Iterator[Json]:
    verdict = one.verdict
    for subject in verdict.subjects:
        for found in subject.findings:
            if found.kind in ("violated", "open"):
                yield _finding(found, subject, one, book)
        if subject.status == "not_covered":
            yield _not_covered(subject, one, book)
    subjects = {subject.subject: subject for subject in verdict.subjects}
    for found in (*verdict.advisories, *verdict.may_apply):
        yield _finding(found, subjects.get(found.subject), one, book)
    for text in verdict.unrecognised:
        yield _unrecognised(text, one, book)


def _finding(found: FindingShown, subject: SubjectVerdict | None, one: Judged, book: RuleBook) -> Json:
    level = "note" if found.advisory else "warning" if found.kind == "open" else _LEVELS.get(found.outcome, "note")
    facts = deciding(found)
    own = subject.at if subject is not None else None
    main = facts[0].at if facts else own
    related = [(leaf.at, _fact(leaf)) for leaf in facts if leaf.at != main]
    if own is not None and own != main:
        related.append((own, found.subject))
    rule, key = book.of_finding(found, level), (found.rule, found.subject)
    result = _result(one, book, rule=rule, level=level, words=_words(found), key=key, place=_place(main, one))
    result["locations"][0]["logicalLocations"] = [_logical(found.subject, subject)]
    if related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": inert(words)}, "physicalLocation": _physical(at)}
            for number, (at, words) in enumerate(related[:MOST_RELATED], start=1)
            if at is not None
        ]
    result["properties"] = {
        "kind": found.kind,
        "outcome": found.outcome,
        "design": inert(one.verdict.design),
        "subject": inert(found.subject),
        "citations": [
            inert(" ".join(part for part in (cited.ref, cited.revision) if part)) for cited in found.citations
        ],
        "remedies": [inert(remedy) for remedy in found.remedies],
        "missing": [inert(fact) for fact in found.missing],
    }
    return result


def _fact(leaf: Step) -> str:
    return leaf.fact if leaf.value == leaf.fact or not leaf.has_value else f"{leaf.fact} = {in_words(leaf.value)}"


def _words(found: FindingShown) -> str:
    words = f"{found.subject}: {found.message or found.title}"
    if found.kind == "open":
        worst = f"; it may be {worded(found.outcome)}" if found.outcome else ""
        words += f": open{worst}. To know: {', '.join(found.missing) or 'nothing that a design could say'}."
    elif found.outcome:
        words += f" ({worded(found.outcome)})."
    if found.remedies:
        words += (" Would help: " if found.kind == "open" else " Do: ") + "; ".join(found.remedies) + "."
    if found.citations:
        words += f" [{', '.join(dict.fromkeys(cited.ref for cited in found.citations))}]"
    return words


def _not_covered(subject: SubjectVerdict, one: Judged, book: RuleBook) -> Json:
    words = f"{subject.subject}: no rule states that it is supported; that none forbids it proves nothing."
    rule = book.own(NOT_COVERED, "No pack states support for this", "note")
    key = (NOT_COVERED, subject.subject)
    result = _result(one, book, rule=rule, level="note", words=words, key=key, place=_place(subject.at, one))
    result["locations"][0]["logicalLocations"] = [_logical(subject.subject, subject)]
    return result


def _unrecognised(text: UnrecognisedShown, one: Judged, book: RuleBook) -> Json:
    near = f"nearest: {', '.join(text.nearest)}" if text.nearest else "nothing is near"
    rule = book.own(NOT_RECOGNISED, "A name that no vocabulary knows, and so unknown to the rules", "warning")
    key = (NOT_RECOGNISED, text.pointer, text.text)
    words = f"“{text.text}” is not recognised; {near}."
    return _result(one, book, rule=rule, level="warning", words=words, key=key, place=_place(text.at, one))


def _problem(problem: Problem, book: RuleBook) -> Json:
    rule = book.own(problem.code, "The design could not be judged", "error")
    words = problem.message + (f" ({problem.hint})" if problem.hint else "")
    return {
        "ruleId": rule,
        "ruleIndex": book.index(rule),
        "level": "error",
        "message": {"text": inert(words)},
        "locations": [{"physicalLocation": _physical(problem.origin)}],
        "partialFingerprints": {"supportable/v1": _digest(problem.code, problem.origin.file, problem.message)},
    }


def _result(
    one: Judged, book: RuleBook, *, rule: str, level: str, words: str, key: tuple[str, ...], place: Origin
) -> Json:
    location: Json = {"physicalLocation": _physical(place)}
    return {
        "ruleId": rule,
        "ruleIndex": book.index(rule),
        "level": level,
        "message": {"text": inert(words)},
        "locations": [location],
        "partialFingerprints": {"supportable/v1": _digest(one.verdict.design or one.name, *key)},
    }


def _place(at: Origin | None, one: Judged) -> Origin:
    """The place, or the first line of the design where there is none."""
    return at if at is not None and at.line else Origin(one.verdict.file or one.name, 1, 1)


def _logical(name: str, subject: SubjectVerdict | None) -> Json:
    kind = subject.type if subject is not None else name.partition("/")[0]
    return {"fullyQualifiedName": inert(name), "kind": inert(kind)}


def _physical(at: Origin) -> Json:
    region = {"startLine": max(at.line, 1), **({"startColumn": at.column} if at.column else {})}
    return {"artifactLocation": _artifact(at.file), "region": region}


def _artifact(file: str) -> Json:
    """A relative path as a URI below the root of the sources, an absolute one as a file URI."""
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    path = PureWindowsPath(file).as_posix() if "\\" in file else file
    return {"uri": quote(path.removeprefix("./").encode(errors="replace")), "uriBaseId": "%SRCROOT%"}


def _artifacts(report: Report) -> list[Json]:
    found = {(one.verdict.file if isinstance(one, Judged) else "") or one.name: None for one in report.designs}
    return [_artifact(file) for file in found]


def _notification(problem: Problem) -> Json:
    return {"level": "error", "descriptor": {"id": problem.code}, "message": {"text": inert(str(problem))}}


def _summary(one: Judged) -> Json:
    verdict: Verdict = one.verdict
    coverage = verdict.coverage
    return {
        "design": inert(verdict.design),
        "file": inert(one.name),
        "as_of": verdict.as_of,
        "status": verdict.status,
        "at_worst": verdict.at_worst,
        "at_best": verdict.at_best,
        "coverage": {
            "covered": coverage.covered,
            "open": coverage.open,
            "judged": coverage.judged,
            "not_covered": [inert(name) for name in coverage.not_covered],
        },
        "digest": verdict.digest,
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()
