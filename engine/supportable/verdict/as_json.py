"""The verdict as JSON (language.md §10): one object, canonical bytes, nothing lost."""

from __future__ import annotations

from typing import Any

from supportable.document import canonical_json
from supportable.origin import Origin
from supportable.verdict.model import (
    Cited,
    FindingShown,
    Missing,
    Step,
    SubjectVerdict,
    UnrecognisedShown,
    Verdict,
    Versioned,
)

FORMAT = 1
"""The version of the verdict's JSON form."""


def to_bytes(verdict: Verdict, *, positions: bool = True) -> bytes:
    """Canonical UTF-8 bytes, without a final newline: equal verdicts are equal bytes.

    Without `positions` all that depends on where a design's facts stand (pointers, lines, columns) is left out: such
    bytes are equal for the same facts in any order and in any format.
    """
    plain = to_json(verdict)
    return canonical_json(plain if positions else _without_positions(plain))


def to_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain dicts, lists, text, whole numbers, bools and None."""
    return {
        "format": FORMAT,
        "design": verdict.design,
        "digest": verdict.digest,
        "as_of": verdict.as_of,
        "status": verdict.status,
        "at_worst": verdict.at_worst,
        "at_best": verdict.at_best,
        "disputed": verdict.disputed,
        "confidence": verdict.confidence,
        "coverage": {
            "covered": verdict.coverage.covered,
            "open": verdict.coverage.open,
            "judged": verdict.coverage.judged,
            "not_covered": list(verdict.coverage.not_covered),
        },
        "actions": list(verdict.actions),
        "subjects": [_subject(subject) for subject in verdict.subjects],
        "missing": [_missing(missing) for missing in verdict.missing],
        "assumed": [
            {"fact": one.fact, "as": one.value, "pointer": one.pointer, "say": one.say, "decides": one.decides}
            for one in verdict.assumed
        ],
        "unrecognised": [_unrecognised(one) for one in verdict.unrecognised],
        "advisories": [_finding(finding) for finding in verdict.advisories],
        "may_apply": [_finding(finding) for finding in verdict.may_apply],
        "warnings": list(verdict.warnings),
        "ledger": {
            "satisfied": verdict.ledger.satisfied,
            "violated": verdict.ledger.violated,
            "open": verdict.ledger.open,
            "harmless": verdict.ledger.harmless,
            "not_applicable": verdict.ledger.not_applicable,
            "not_in_force": verdict.ledger.not_in_force,
            "total": verdict.ledger.total,
        },
        "vocabulary": verdict.vocabulary,
        "references": verdict.references,
        "packs": [_versioned(one, "pack") for one in verdict.packs],
        "catalogues": [_versioned(one, "catalogue") for one in verdict.catalogues],
        "engine": {"version": verdict.engine, "language": verdict.language, "reading": verdict.reading},
    }


def _subject(subject: SubjectVerdict) -> dict[str, Any]:
    rests_on = subject.rests_on
    return {
        "subject": subject.subject,
        "type": subject.type,
        "id": subject.id,
        "title": subject.title,
        "status": subject.status,
        "at_worst": subject.at_worst,
        "at_best": subject.at_best,
        "disputed": subject.disputed,
        "coverage": subject.coverage,
        "confidence": subject.confidence,
        "rests_on": None if rests_on is None else {"worst": rests_on.worst, "subjects": list(rests_on.subjects)},
        "findings": [_finding(finding) for finding in subject.findings],
        "missing": [_missing(missing) for missing in subject.missing],
        "pointer": subject.pointer,
        "at": _place(subject.at),
    }


def _finding(finding: FindingShown) -> dict[str, Any]:
    revision = finding.revision
    return {
        "rule": finding.rule,
        "version": finding.version,
        "subject": finding.subject,
        "revision": {
            "from": revision.since,
            "until": revision.until,
            "last_seen": revision.last_seen,
            "changes_on": list(revision.changes_on),
        },
        "kind": finding.kind,
        "outcome": finding.outcome,
        "at_best": finding.at_best,
        "covers": finding.covers,
        "refused": finding.refused,
        "disputed": finding.disputed,
        "in_gap": finding.in_gap,
        "title": finding.title,
        "message": finding.message,
        "remedies": list(finding.remedies),
        "offenders": list(finding.offenders),
        "waived_by": list(finding.waived_by),
        "citations": [_cited(cited) for cited in finding.citations],
        "missing": list(finding.missing),
        "at": _place(finding.at, pack=finding.rule.partition("/")[0]),
        "because": None if finding.because is None else _step(finding.because),
    }


def _step(step: Step) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if step.expression:
        shown["expression"] = step.expression
    if step.truth:
        shown["truth"] = step.truth
    if step.fact:
        shown["fact"] = step.fact
    if step.has_value:
        shown["value"] = step.value
    if step.pointer:
        shown["pointer"] = step.pointer
    if step.assumed:
        shown["assumed"] = True
    if step.open:
        shown["open"] = True
    for name, text in (("member", step.member), ("row", step.row), ("note", step.note)):
        if text:
            shown[name] = text
    if step.at is not None:
        shown["at"] = _place(step.at, pack="" if step.pointer else step.pack)
    if step.cited:
        shown["citations"] = [_cited(cited) for cited in step.cited]
    if step.children:
        shown["children"] = [_step(child) for child in step.children]
    return shown


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "kind": missing.kind,
        "fact": missing.fact,
        "pointer": missing.pointer,
        "question": missing.question,
        "answers": [{"value": answer.value, "status": answer.status} for answer in missing.answers],
        "decides": list(missing.decides),
        "worst": missing.worst,
        "subjects": list(missing.subjects),
    }


def _cited(cited: Cited) -> dict[str, str]:
    return {
        "ref": cited.ref,
        "title": cited.title,
        "url": cited.url,
        "section": cited.section,
        "revision": cited.revision,
        "confidence": cited.confidence,
    }


def _unrecognised(one: UnrecognisedShown) -> dict[str, Any]:
    return {"pointer": one.pointer, "text": one.text, "nearest": list(one.nearest), "at": _place(one.at)}


def _versioned(one: Versioned, kind: str) -> dict[str, str]:
    return {kind: one.name, "version": one.version, "digest": one.digest}


def _place(at: Origin | None, pack: str = "") -> dict[str, Any] | None:
    if at is None:
        return None
    place: dict[str, Any] = {"file": at.file, "line": at.line, "column": at.column}
    return {"pack": pack, **place} if pack else place


def _without_positions(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {
            key: _without_positions(value)
            for key, value in plain.items()
            if key != "pointer" and not (key == "at" and (not isinstance(value, dict) or "pack" not in value))
        }
    if isinstance(plain, list):
        return [_without_positions(value) for value in plain]
    return plain
