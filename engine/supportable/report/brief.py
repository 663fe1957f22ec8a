"""A verdict in a few lines of plain text, for the message of a test that failed or of a validator that refused."""

from __future__ import annotations

from typing import Final

from supportable.report.markup import inert
from supportable.report.signs import worded
from supportable.verdict.model import FindingShown, SubjectVerdict, Verdict

MOST_FINDINGS: Final = 20
MOST_QUESTIONS: Final = 6


def coverage_in_words(verdict: Verdict) -> str:
    """How many judged subjects some rule speaks for, and which of them none does."""
    coverage = verdict.coverage
    words = f"{coverage.covered} of {coverage.judged} judged subjects covered"
    if coverage.open:
        words += f", {coverage.open} open"
    if coverage.not_covered:
        named = coverage.not_covered[:12]
        left = len(coverage.not_covered) - len(named)
        words += "; not covered: " + ", ".join(named) + (f" and {left} more" if left else "")
    return words


def verdict_in_words(verdict: Verdict) -> str:
    """The status with its coverage, then what is violated or open with what to do and by which articles, then what to
    find out. Several lines, without a final line end."""
    lines = [f"{verdict.design or verdict.file or 'the design'} is {worded(verdict.status)} as of {verdict.as_of}"]
    if verdict.status == "undetermined":
        lines[0] += f" ({worded(verdict.at_worst)} at worst, {worded(verdict.at_best)} at best)"
    lines.append(f"  {coverage_in_words(verdict)}")
    telling = [
        (subject, found)
        for subject in verdict.subjects
        for found in subject.findings
        if found.kind in ("violated", "open")
    ]
    for subject, found in telling[:MOST_FINDINGS]:
        place = f" ({subject.at})" if subject.at is not None else ""
        words = finding_in_words(found).replace("\n", "\n    ")
        lines.append(f"  {subject.subject}{place}: {words}")
    if len(telling) > MOST_FINDINGS:
        lines.append(f"  … and {len(telling) - MOST_FINDINGS} more findings")
    if verdict.missing:
        lines.append("  to find out:")
        for missing in verdict.missing[:MOST_QUESTIONS]:
            lines.append(f"    {missing.question + ' ' if missing.question else ''}{missing.fact}")
        if len(verdict.missing) > MOST_QUESTIONS:
            lines.append(f"    … and {len(verdict.missing) - MOST_QUESTIONS} more")
    return inert("\n".join(lines))


def finding_in_words(found: FindingShown) -> str:
    """One finding: what it says, then indented what is at fault, what to do, and the articles."""
    kind = worded(found.outcome) if found.kind == "violated" else "open"
    lines = [f"{found.message or found.title} ({kind})"]
    lines += [f"  offenders: {', '.join(found.offenders)}"] if found.offenders else []
    lines += [f"  to know: {', '.join(found.missing)}"] if found.missing else []
    lines += [f"  do: {remedy}" for remedy in found.remedies]
    for cited in found.citations:
        parts = (cited.ref, cited.section, cited.revision, cited.url)
        lines.append("  article: " + ", ".join(part for part in parts if part))
    return "\n".join([*lines, f"  rule: {found.rule} {found.version}"])


def stated(subject: SubjectVerdict) -> str:
    """Which rules state support, with their articles, a line each: supported never stands alone."""
    stating = [found for found in subject.findings if found.covers and found.kind == "satisfied"]
    return "\n".join(
        f"support is stated: {found.title} [{', '.join(dict.fromkeys(cited.ref for cited in found.citations))}]"
        for found in stating
    )
