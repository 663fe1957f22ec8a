"""The report as GitHub-flavoured Markdown, for a ticket or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from supportable.report.asking import MOST_SUBJECTS, led_to
from supportable.report.markup import inert, is_web_address
from supportable.report.model import Judged, Refused, Report
from supportable.report.signs import SIGNS, worded
from supportable.verdict.model import Cited, FindingShown, Missing, SubjectVerdict, Verdict

MOST_QUESTIONS: Final = 12
_JOINER: Final = "\u2060"
"""A word joiner: it takes no room, and keeps a forge from reading a name or a number into what follows."""


def plain(text: str) -> str:
    """`text` as Markdown that shows it on one line: no markup, no link, no mention, no list or heading at its start."""
    flat = " ".join(inert(text).split())
    escaped = re.sub(r"([\\`*_\[\]<>#|~&$]|:(?=//)|(?<=www)\.|^[-+=]|^\d+[.)])", _escaped, flat, flags=re.IGNORECASE)
    return re.sub(r"(@|\\#|\bGH-|:)(?=[\w+-])", rf"\1{_JOINER}", escaped, flags=re.IGNORECASE)


def _escaped(found: re.Match[str]) -> str:
    return found.group()[:-1] + "\\" + found.group()[-1]


def literal(text: str) -> str:
    """`text` as a code span, also where it holds backticks or the bars of a table."""
    flat = " ".join(inert(text).split())
    longest = max((len(run) for run in re.findall(r"`+", flat)), default=0)
    fence = "`" * (longest + 1)
    room = " " if flat.startswith("`") or flat.endswith("`") or not flat else ""
    return f"{fence}{room}{flat}{room}{fence}".replace("|", "\\|")


def markdown_of(report: Report) -> str:
    """The report as Markdown text. Several designs begin with a table of them."""
    blocks: list[str] = []
    if report.broken:
        blocks.append("**Some packs did not load; what follows was judged without them.**")
        blocks.append(_list(f"{literal(one.code)} {plain(one.message)}" for one in report.broken))
    if len(report.designs) > 1:
        blocks.append(_contents(report))
    for one in report.designs:
        blocks += _judged(one) if isinstance(one, Judged) else _refused(one)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _status(status: str) -> str:
    return f"{SIGNS.get(status, '·')} {worded(status)}"


def _coverage(verdict: Verdict) -> str:
    coverage = verdict.coverage
    words = f"**{coverage.covered} of {coverage.judged} judged subjects covered**"
    words += f", {coverage.open} open" if coverage.open else ""
    named = coverage.not_covered[:12]
    left = len(coverage.not_covered) - len(named)
    if named:
        words += "; not covered: " + ", ".join(map(literal, named)) + (f" and {left} more" if left else "")
    return words


def _contents(report: Report) -> str:
    rows = ["| Design | Status | Coverage |", "| --- | --- | --- |"]
    for one in report.designs:
        if isinstance(one, Refused):
            rows.append(f"| {literal(one.name)} | ⊘ not judged | – |")
        else:
            covered = _coverage(one.verdict)
            rows.append(f"| {literal(one.verdict.design or one.name)} | {_status(one.verdict.status)} | {covered} |")
    return "\n".join(rows)


def _refused(one: Refused) -> list[str]:
    lines = []
    for problem in one.problems:
        hint = f" ({plain(problem.hint)})" if problem.hint else ""
        lines.append(f"{literal(problem.code)} {plain(problem.message)}{hint} {literal(str(problem.origin))}")
    return [f"## ⊘ Not judged: {literal(one.name)}", _list(lines)]


def _judged(one: Judged) -> list[str]:
    verdict = one.verdict
    sign, word = SIGNS[verdict.status], worded(verdict.status).capitalize()
    blocks = [f"## {sign} {word}: {literal(verdict.design or one.name)}"]
    facts = [f"as of {verdict.as_of}", _coverage(verdict)]
    if verdict.status == "undetermined":
        facts.append(f"between {_status(verdict.at_worst)} at worst and {_status(verdict.at_best)} at best")
    if verdict.disputed:
        facts.append("disputed: authoritative texts differ; the stricter was taken")
    blocks.append(_list(facts))
    if verdict.actions:
        blocks += ["### What to do", _list((plain(action) for action in verdict.actions), numbered=True)]
    if verdict.missing:
        asked = [_question(verdict, missing) for missing in verdict.missing[:MOST_QUESTIONS]]
        blocks += ["### To find out, most decisive first", _list(asked, numbered=True)]
        left = len(verdict.missing) - len(asked)
        blocks.append(f"… and {left} more" if left else "")
    blocks += ["### Subjects, worst first", _subjects(verdict)]
    for subject in verdict.subjects:
        blocks += _findings(subject)
    for title, beside in (
        ("Known problems and recommendations", verdict.advisories),
        ("May apply, depending on what is not known", verdict.may_apply),
    ):
        if beside:
            blocks += [f"### {title}", _list(f"{literal(found.subject)} {_finding(found)}" for found in beside)]
    if verdict.unrecognised:
        texts = (f"{literal(text.text)} {literal(str(text.at or text.pointer))}" for text in verdict.unrecognised)
        blocks += ["### Not recognised, and so unknown to the rules", _list(texts)]
    assumed = sorted({f"{one.fact} is assumed" for one in verdict.assumed if one.decides})
    if assumed:
        noted = _list(
            f"{literal(each.fact)}, otherwise say {literal(each.say)}" for each in verdict.assumed if each.decides
        )
        blocks.append(
            f"<details><summary>Assumed, as it was not given: {len(assumed)}</summary>\n\n{noted}\n\n</details>"
        )
    blocks += _articles(verdict)
    packs = ", ".join(f"{literal(pack.name)} {plain(pack.version)}" for pack in verdict.packs)
    blocks.append(f"Judged by supportable {plain(verdict.engine)} with {packs or 'no packs'}.")
    return blocks


def _question(verdict: Verdict, missing: Missing) -> str:
    lead = f"{plain(missing.question)} {literal(missing.fact)}" if missing.question else literal(missing.fact)
    answers = []
    for path, values in led_to(verdict, missing):
        ends = [f"{plain(whose)} {_status(status)}" for whose, status in path[: MOST_SUBJECTS + 1]]
        answers.append(f"   - {', '.join(map(literal, values))} → {', '.join(ends) or 'decides nothing by itself'}")
    return "\n".join([lead, *answers])


def _subjects(verdict: Verdict) -> str:
    rows = ["| Subject | Status | Rests on |", "| --- | --- | --- |"]
    for subject in verdict.subjects:
        rests = _status(subject.rests_on.worst) if subject.rests_on is not None else "–"
        rows.append(f"| {literal(subject.subject)} | {_status(subject.status)} | {rests} |")
    return "\n".join(rows)


def _findings(subject: SubjectVerdict) -> list[str]:
    telling = [found for found in subject.findings if found.kind in ("violated", "open")]
    stating = [found for found in subject.findings if found.covers and found.kind == "satisfied"]
    if not telling and not stating:
        return []
    lines = [_finding(found) for found in telling]
    lines += [f"✓ support is stated: {plain(found.title)} {_refs(found.citations)}" for found in stating]
    return [f"#### {_status(subject.status)}: {literal(subject.subject)}", _list(lines)]


def _finding(found: FindingShown) -> str:
    sign = SIGNS["undetermined"] if found.kind == "open" else SIGNS.get(found.outcome, "•")
    outcome = "open" if found.kind == "open" else worded(found.outcome)
    lines = [f"{sign} {plain(found.message or found.title)} ({outcome}) {_refs(found.citations)}"]
    lines += [f"  - do: {plain(remedy)}" for remedy in found.remedies]
    if found.kind == "open" and found.missing:
        lines.append("  - to know: " + ", ".join(map(literal, found.missing)))
    return "\n".join(lines)


def _refs(citations: Iterable[Cited]) -> str:
    refs = dict.fromkeys(cited.ref for cited in citations)
    return f"\\[{', '.join(map(plain, refs))}\\]" if refs else ""


def _articles(verdict: Verdict) -> list[str]:
    findings = [found for subject in verdict.subjects for found in subject.findings]
    found: dict[str, Cited] = {}
    for one in (*findings, *verdict.advisories, *verdict.may_apply):
        if one.kind in ("violated", "open") or one.covers:
            for cited in one.citations:
                found.setdefault(cited.ref, cited)
    lines = []
    for ref in sorted(found):
        url = found[ref].url
        title = plain(found[ref].title or ref)
        lines.append(
            f"{plain(ref)}: [{title}](<{url}>)" if is_web_address(url) else f"{plain(ref)}: {title} {plain(url)}"
        )
    return ["### Articles", _list(lines)] if lines else []


def _list(items: Iterable[str], *, numbered: bool = False) -> str:
    return "\n".join(f"{f'{place}.' if numbered else '-'} {item}" for place, item in enumerate(items, start=1))
