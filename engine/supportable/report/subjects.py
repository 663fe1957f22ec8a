"""Subjects and their findings, worst first."""

from __future__ import annotations

from collections.abc import Iterable

from supportable.report.citing import in_full, refs
from supportable.report.page import Page
from supportable.report.signs import SIGNS, STYLES, marked, worded
from supportable.report.trees import because
from supportable.verdict.model import FindingShown, SubjectVerdict, Verdict


def subjects(page: Page, verdict: Verdict, *, explain: bool) -> None:
    """Every subject. Those alike, of which nothing is wrong or open, share a paragraph unless reasons are asked for."""
    if verdict.subjects:
        page.heading("Subjects, worst first")
    for group in _groups(verdict.subjects, explain=explain):
        page.blank()
        _subject(page, group, explain=explain)


def _groups(found: Iterable[SubjectVerdict], *, explain: bool) -> list[list[SubjectVerdict]]:
    """The subjects in their order, each with those that read the same but for their names."""
    groups: dict[object, list[SubjectVerdict]] = {}
    for subject in found:
        telling = any(finding.kind in ("violated", "open") for finding in subject.findings)
        alike = (
            subject.status,
            subject.type,
            subject.disputed,
            subject.rests_on is not None and subject.rests_on.worst,
            tuple((finding.rule, finding.kind, finding.waived_by, finding.citations) for finding in subject.findings),
        )
        groups.setdefault(subject.subject if telling or (explain and subject.findings) else alike, []).append(subject)
    return list(groups.values())


def _subject(page: Page, group: list[SubjectVerdict], *, explain: bool) -> None:
    subject = group[0]
    label = subject.title.removeprefix(subject.id).strip()
    parts: list[str | tuple[str, str]] = [
        marked(subject.status),
        (f"  {', '.join(one.subject for one in group)}", "bold"),
    ]
    if len(group) == 1:
        parts += [f" {label}" if label and label != subject.subject else ""]
        parts += [(f"  {subject.at}" if subject.at is not None else "", "dim")]
    page.line(*parts)
    if subject.status == "undetermined":
        page.line(f"at best {worded(subject.at_best)}, at worst {worded(subject.at_worst)}", indent=2)
    if subject.rests_on is not None and subject.rests_on.worst != "supported":
        page.line((_rests_on(group), STYLES.get(subject.rests_on.worst, "")), indent=2)
    if subject.disputed:
        page.line(("disputed: authoritative texts differ; the stricter was taken", "yellow"), indent=2)
    if not subject.findings:
        page.line("no rule speaks of it" if len(group) == 1 else "no rule speaks of them", indent=2)
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


def _rests_on(group: list[SubjectVerdict]) -> str:
    """What the subjects rest on, and the worst status among it, which is the same for all of them."""
    worst = "supported"
    names: list[str] = []
    for subject in group:
        if subject.rests_on is not None:
            worst = subject.rests_on.worst
            names += subject.rests_on.subjects
    named = list(dict.fromkeys(names))
    shown = ", ".join(named[:6]) + (f" and {len(named) - 6} more" if len(named) > 6 else "")
    return f"{SIGNS.get(worst, '?')} rests on {shown or 'something that is not known'}: {worded(worst)}"


def _violated(page: Page, finding: FindingShown, *, explain: bool) -> None:
    words = finding.message or finding.title
    parts: list[str | tuple[str, str]] = [
        (f"{SIGNS.get(finding.outcome, '·')} ", STYLES.get(finding.outcome, "")),
        words,
    ]
    if finding.at_best and finding.at_best != finding.outcome:
        parts.append(f" ({worded(finding.at_best)} to {worded(finding.outcome)})")
    elif finding.outcome:
        parts.append((f" ({worded(finding.outcome)})", "dim"))
    page.line(*parts, indent=2)
    _marks(page, finding)
    if finding.offenders and finding.offenders != (finding.subject,):
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
        shown = ", ".join(finding.missing[:8]) + (
            f" and {len(finding.missing) - 8} more" if len(finding.missing) > 8 else ""
        )
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
        because(page, finding.because, indent=4)


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
