"""Subjects and their findings, worst first."""

from __future__ import annotations

from collections.abc import Iterable

from supportable.report.citing import in_full, refs
from supportable.report.page import Page
from supportable.report.signs import SIGNS, STYLES, marked, worded
from supportable.report.trees import because_tree
from supportable.verdict.model import FindingShown, SubjectVerdict, Verdict


def subjects(page: Page, verdict: Verdict, *, explain: bool) -> None:
    """Every subject; those of which no rule says anything share one paragraph."""
    silent = [subject for subject in verdict.subjects if subject.status == "not_covered" and not subject.findings]
    if verdict.subjects:
        page.heading("Subjects, worst first")
    for subject in verdict.subjects:
        if subject not in silent:
            page.blank()
            _subject(page, subject, explain=explain)
        elif subject is silent[0]:
            page.blank()
            _silent(page, silent)


def _silent(page: Page, silent: list[SubjectVerdict]) -> None:
    named = ", ".join(subject.subject for subject in silent)
    page.line(marked("not_covered"), f"  by any rule: {named}")
    for subject in silent:
        if subject.rests_on is not None and subject.rests_on.worst != "supported":
            page.line(f"{subject.subject} {_rests_on(subject)}", indent=2)


def _subject(page: Page, subject: SubjectVerdict, *, explain: bool) -> None:
    label = subject.title.removeprefix(subject.id).strip()
    label = "" if label == subject.subject else label
    place = f"  {subject.at}" if subject.at is not None else ""
    page.line(marked(subject.status), (f"  {subject.subject}", "bold"), f" {label}" if label else "", (place, "dim"))
    if subject.status == "undetermined":
        page.line(f"at best {worded(subject.at_best)}, at worst {worded(subject.at_worst)}", indent=2)
    if subject.rests_on is not None and subject.rests_on.worst != "supported":
        page.line((f"{_rests_on(subject)}", STYLES.get(subject.rests_on.worst, "")), indent=2)
    if subject.disputed:
        page.line(("disputed: authoritative texts differ; the stricter was taken", "yellow"), indent=2)
    for finding in subject.findings:
        if finding.kind == "violated":
            _violated(page, finding, explain=explain)
        elif finding.kind == "open":
            _open(page, finding, explain=explain)
    quiet = [finding for finding in subject.findings if finding.kind in ("harmless", "satisfied")]
    if explain:
        for finding in quiet:
            _quiet(page, finding)
    else:
        _folded(page, quiet)


def _rests_on(subject: SubjectVerdict) -> str:
    assert subject.rests_on is not None
    named = list(subject.rests_on.subjects)
    shown = ", ".join(named[:6]) + (f" and {len(named) - 6} more" if len(named) > 6 else "")
    sign = SIGNS.get(subject.rests_on.worst, "?")
    on = shown or "something that is not known"
    return f"{sign} rests on {on}: {worded(subject.rests_on.worst)}"


def _violated(page: Page, finding: FindingShown, *, explain: bool) -> None:
    words = finding.message or finding.title
    parts: list[str | tuple[str, str]] = [(f"{SIGNS.get(finding.outcome, '·')} ", STYLES.get(finding.outcome, "")), words]
    if finding.at_best and finding.at_best != finding.outcome:
        parts.append(f" ({worded(finding.at_best)} to {worded(finding.outcome)})")
    elif finding.outcome:
        parts.append((f" ({worded(finding.outcome)})", "dim"))
    page.line(*parts, indent=2)
    _marks(page, finding)
    if finding.offenders:
        page.labelled("offenders", ", ".join(finding.offenders), indent=4)
    for remedy in finding.remedies:
        page.labelled("do", remedy, indent=4)
    in_full(page, finding.citations, indent=4)
    _rule(page, finding)
    _because(page, finding, explain=explain)


def _open(page: Page, finding: FindingShown, *, explain: bool) -> None:
    outcome = f"it may be {worded(finding.outcome)}" if finding.outcome else "it decides what is covered"
    page.line((f"{SIGNS['undetermined']} ", STYLES["undetermined"]), f"{finding.title}: open, {outcome}", indent=2)
    _marks(page, finding)
    if finding.missing:
        shown = ", ".join(finding.missing[:8]) + (f" and {len(finding.missing) - 8} more" if len(finding.missing) > 8 else "")
        page.labelled("to know", shown, indent=4)
    if explain:
        in_full(page, finding.citations, indent=4)
        _rule(page, finding)
    elif finding.citations:
        page.labelled("article", refs([finding]), indent=4)
    _because(page, finding, explain=explain)


def _quiet(page: Page, finding: FindingShown) -> None:
    sign, style = (SIGNS["supported"], "green") if finding.kind == "satisfied" else ("·", "dim")
    role = "states support" if finding.covers else finding.kind
    page.line((f"{sign} ", style), finding.title, (f" ({role})", "dim"), indent=2)
    _marks(page, finding)
    in_full(page, finding.citations, indent=4)
    _rule(page, finding)
    _because(page, finding, explain=True)


def _folded(page: Page, findings: list[FindingShown]) -> None:
    satisfied = [finding for finding in findings if finding.kind == "satisfied"]
    stating = [finding for finding in satisfied if finding.covers]
    others = [finding for finding in satisfied if not finding.covers]
    _fold(page, "support is stated", stating)
    _fold(page, "satisfied", others)
    _fold(page, "no harm either way", [finding for finding in findings if finding.kind == "harmless"], sign="·")
    for finding in satisfied:
        if finding.waived_by:
            page.labelled("waived", f"{finding.title}: {'; '.join(finding.waived_by)}", indent=4)


def _fold(page: Page, word: str, findings: list[FindingShown], *, sign: str = "✓") -> None:
    if not findings:
        return
    titles = "; ".join(dict.fromkeys(finding.title for finding in findings))
    page.line((f"{sign} ", "green"), f"{word}: {titles}", (f"  [{refs(findings)}]", "dim"), indent=2)


def _marks(page: Page, finding: FindingShown) -> None:
    if finding.refused:
        page.labelled("refused", "the product itself refuses this", indent=4)
    if finding.disputed:
        page.labelled("disputed", "the texts cited here differ; the stricter was taken", indent=4)
    if finding.in_gap:
        page.labelled("text", "it changed about this time, on a day not known; both wordings were tried", indent=4)
    if finding.waived_by:
        page.labelled("waived", "; ".join(finding.waived_by), indent=4)


def _rule(page: Page, finding: FindingShown) -> None:
    since, until = finding.revision.since, finding.revision.until
    when = f", from {since}" if since else ""
    when += f", until {until}" if until else ""
    page.labelled("rule", (f"{finding.rule} {finding.version}{when}", "dim"), indent=4)


def _because(page: Page, finding: FindingShown, *, explain: bool) -> None:
    if explain and finding.because is not None:
        page.console.print(because_tree(finding.because, indent=4))


def brief(page: Page, findings: Iterable[FindingShown], *, explain: bool) -> None:
    """Advisories: each with its subject, what to do, and its articles."""
    for finding in findings:
        words = finding.message or finding.title
        page.line((f"{finding.subject}  ", "bold"), words, (f"  [{refs([finding])}]", "dim"), indent=2)
        for remedy in finding.remedies:
            page.labelled("do", remedy, indent=4)
        if finding.kind == "open" and finding.missing:
            page.labelled("to know", ", ".join(finding.missing), indent=4)
        _because(page, finding, explain=explain)
