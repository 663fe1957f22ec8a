"""The report as JUnit XML: a suite for each design, a case for each subject.

=============================  ========================================================================
unsupported, limited           failure
undetermined                   error: what is known does not decide
not covered                    skipped: no rule speaks for it
supported, conditional         passed; the actions of a conditional one stand in its output
a design that was not judged   a suite with one case, “design”, that is an error
=============================  ========================================================================
"""

from __future__ import annotations

from collections import Counter
from typing import Final
from xml.etree.ElementTree import Element

from supportable.report.brief import coverage_in_words, finding_in_words, stated
from supportable.report.markup import as_xml, el
from supportable.report.model import Judged, Refused, Report
from supportable.report.signs import worded
from supportable.verdict.model import FindingShown, SubjectVerdict

_OUTCOMES: Final = {
    "unsupported": "failure",
    "limited": "failure",
    "undetermined": "error",
    "not_covered": "skipped",
}
_COUNTED: Final = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def junit_of(report: Report) -> str:
    """The document as XML text, to be stored in UTF-8. Times are 0: judging has no clock."""
    suites = [_judged(one) if isinstance(one, Judged) else _refused(one) for one in report.designs]
    if report.broken:
        case = el("testcase", {"classname": "packs", "name": "all packs load", "time": "0"})
        case.append(_outcome("error", "packs that did not load", "\n".join(map(str, report.broken)), "not judged"))
        suites.insert(0, _suite("packs", [case], {}))
    totals = {key: str(sum(int(suite.get(key, "0")) for suite in suites)) for key in ("tests", *_COUNTED.values())}
    return as_xml(el("testsuites", {"name": "supportable", **totals, "time": "0"}, *suites))


def _suite(name: str, cases: list[Element], properties: dict[str, str]) -> Element:
    kinds = Counter(_COUNTED[child.tag] for case in cases for child in case if child.tag in _COUNTED)
    counts = {"tests": str(len(cases)), **{key: str(kinds[key]) for key in _COUNTED.values()}}
    given = [el("property", {"name": key, "value": value}) for key, value in properties.items()]
    head = [el("properties", "", *given)] if given else []
    return el("testsuite", {"name": name, **counts, "time": "0"}, *head, *cases)


def _judged(one: Judged) -> Element:
    verdict = one.verdict
    name = verdict.design or one.name
    properties = {
        "file": one.name,
        "as_of": verdict.as_of,
        "status": verdict.status,
        "at_worst": verdict.at_worst,
        "at_best": verdict.at_best,
        "coverage": coverage_in_words(verdict),
        **{f"pack {pack.name}": f"{pack.version} {pack.digest}" for pack in verdict.packs},
    }
    return _suite(name, [_case(subject, name) for subject in verdict.subjects], properties)


def _refused(one: Refused) -> Element:
    case = el("testcase", {"classname": one.name, "name": "design", "time": "0"})
    case.append(_outcome("error", one.problems[0].message, "\n".join(map(str, one.problems)), "not judged"))
    return _suite(one.name, [case], {"file": one.name, "status": "not judged"})


def _case(subject: SubjectVerdict, design: str) -> Element:
    place = {} if subject.at is None else {"file": subject.at.file, "line": str(subject.at.line)}
    case = el("testcase", {"classname": design, "name": subject.subject, "time": "0", **place})
    kind = _OUTCOMES.get(subject.status)
    telling = [found for found in subject.findings if found.kind in ("violated", "open")]
    words = "\n\n".join(finding_in_words(found) for found in telling)
    if kind == "skipped":
        case.append(el("skipped", {"message": "not covered: no rule states that it is supported"}))
    elif kind is not None:
        case.append(_outcome(kind, _headline(subject, telling), words, subject.status))
    below = [line for line in (_rests_on(subject), words if kind in (None, "skipped") else "", stated(subject)) if line]
    if below:
        case.append(el("system-out", "", "\n\n".join(below)))
    return case


def _outcome(kind: str, message: str, words: str, type_: str) -> Element:
    return el(kind, {"message": message, "type": type_}, words)


def _headline(subject: SubjectVerdict, telling: list[FindingShown]) -> str:
    if subject.status == "undetermined":
        return f"undetermined: {worded(subject.at_worst)} at worst, {worded(subject.at_best)} at best"
    decisive = [found for found in telling if found.outcome == subject.status] or telling
    first = (decisive[0].message or decisive[0].title) if decisive else ""
    return f"{worded(subject.status)}: {first}" if first else worded(subject.status)


def _rests_on(subject: SubjectVerdict) -> str:
    if subject.rests_on is None or subject.rests_on.worst == "supported":
        return ""
    return f"rests on {', '.join(subject.rests_on.subjects)}: {worded(subject.rests_on.worst)}"
