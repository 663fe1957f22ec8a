"""Subjects, worst first: a table to find one's way, then each with what was found."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from supportable.report.html.parts import anchor, cited, names, place, sign, status, term
from supportable.report.html.parts import name as named
from supportable.report.html.proofs import proof
from supportable.report.markup import Content, el
from supportable.report.signs import SIGNS, worded
from supportable.verdict.model import FindingShown, SubjectVerdict, Verdict

_KINDS = {
    "violated": "violated",
    "open": "open",
    "harmless": "no harm either way",
    "satisfied": "satisfied",
}


def overview(verdict: Verdict, within: str) -> Element:
    """Every subject in a line."""
    head = el(
        "tr",
        "",
        *(el("th", {"scope": "col"}, title) for title in ("Subject", "Status", "Rests on", "Violated", "Open")),
    )
    rows = [_row(subject, within) for subject in verdict.subjects]
    caption = el("caption", "", "Every subject, worst first, and the worst status among what it rests on")
    return el("div", "wide", el("table", "overview", caption, el("thead", "", head), el("tbody", "", *rows)))


def _row(subject: SubjectVerdict, within: str) -> Element:
    link = el("a", {"href": f"#{anchor('subject', within, subject.subject)}"}, named(subject.subject))
    rests: list[Content] = ["–"]
    if subject.rests_on is not None:
        rests = [status(subject.rests_on.worst)]
    counts = [sum(one.kind == kind for one in subject.findings) for kind in ("violated", "open")]
    return el(
        "tr", "",
        el("th", {"scope": "row"}, link),
        el("td", {"data-label": "Status"}, status(subject.status)),
        el("td", {"data-label": "Rests on"}, *rests),
        el("td", {"data-label": "Violated", "class": "number"}, str(counts[0])),
        el("td", {"data-label": "Open", "class": "number"}, str(counts[1])),
    )  # fmt: skip


def subject(found: SubjectVerdict, within: str, *, explain: bool) -> Element:
    """One subject with its findings: what is violated and open first, the rest folded."""
    label = found.title.removeprefix(found.id).strip()
    about: list[Content] = [" ", el("bdi", "label", label)] if label else []
    title = el("h4", "", status(found.status), " ", named(found.subject), *about)
    lines: list[Content] = [title]
    if found.at is not None:
        lines.append(el("p", "where", *place(found.at)))
    lines += _about(found)
    lines += [finding(one, within, explain=explain) for one in found.findings if one.kind in ("violated", "open")]
    quiet = [one for one in found.findings if one.kind not in ("violated", "open")]
    if quiet:
        lines.append(_quiet(quiet, within, explain=explain))
    return el("section", {"class": f"subject {found.status}", "id": anchor("subject", within, found.subject)}, *lines)


def _about(found: SubjectVerdict) -> list[Content]:
    lines: list[Content] = []
    if found.status == "undetermined":
        lines.append(el("p", "", "At best ", status(found.at_best), ", at worst ", status(found.at_worst), "."))
    if found.rests_on is not None and found.rests_on.worst != "supported":
        on = names(found.rests_on.subjects, most=12) or ["something that is not known"]
        lines.append(
            el("p", "rests", sign(found.rests_on.worst), " Rests on ", *on, f": {worded(found.rests_on.worst)}.")
        )
    if found.disputed:
        lines.append(el("p", "disputed", "Disputed: authoritative texts differ; the stricter was taken."))
    if not found.findings:
        lines.append(el("p", "note", "No rule speaks of it."))
    return lines


def finding(found: FindingShown, within: str, *, explain: bool, of: str = "") -> Element:
    """One finding with what it says, what to do, the articles and the proof. `of` names the subject where the page does
    not say it already."""
    open_ = found.kind == "open"
    outcome = "undetermined" if open_ else found.outcome
    words = el("span", {"class": "message", "dir": "auto"}, found.message or found.title)
    lead: list[Content] = [sign(outcome) if outcome in SIGNS else el("span", {"aria-hidden": "true"}, "•"), " "]
    if of:
        lead += [named(of), ": "]
    after = _outcome(found)
    terms = _marks(found)
    if found.offenders and found.offenders != (found.subject,):
        terms.append(term("offenders", *names(found.offenders)))
    if open_ and found.missing:
        terms.append(term("to know", *names(found.missing, most=12)))
    if found.remedies:
        steps = [el("li", {"dir": "auto"}, remedy) for remedy in found.remedies]
        terms.append(term("do" if not open_ else "would help", el("ul", "remedies", *steps)))
    if found.citations:
        terms.append(term("articles", cited(within, found.citations)))
    terms.append(term("rule", *_rule(found)))
    why = [proof(found.because, opened=explain)] if found.because is not None else []
    return el(
        "div",
        f"finding {found.kind} {outcome}".rstrip(),
        el("p", "lead", *lead, words, *after),
        el("dl", "", *terms),
        *why,
    )


def _outcome(found: FindingShown) -> list[Content]:
    if found.kind == "open":
        if found.outcome == "advisory":
            return [" (may apply)"]
        return [f": open, it may be {worded(found.outcome)}" if found.outcome else ": open, it decides what is covered"]
    if found.at_best and found.at_best != found.outcome:
        return [f" ({worded(found.at_best)} to {worded(found.outcome)})"]
    return [f" ({worded(found.outcome)})"] if found.outcome else []


def _marks(found: FindingShown) -> list[Element]:
    terms = []
    if found.refused:
        terms.append(term("refused", "the product itself refuses this"))
    if found.disputed:
        terms.append(term("disputed", "the texts cited here differ; the stricter was taken"))
    if found.in_gap:
        terms.append(term("text", "it changed about this time, on a day not known; both wordings were tried"))
    if found.waived_by:
        terms.append(term("waived", "; ".join(found.waived_by)))
    return terms


def _rule(found: FindingShown) -> list[Content]:
    since, until = found.revision.since, found.revision.until
    when = (f", from {since}" if since else "") + (f", until {until}" if until else "")
    return [el("code", "", found.rule), f" {found.version}{when}"]


def _quiet(found: list[FindingShown], within: str, *, explain: bool) -> Element:
    """Rules that are satisfied or do no harm: those that state support are named outside, all of them inside."""
    state = {"class": "quiet", "open": ""} if explain else {"class": "quiet"}
    stating = list(dict.fromkeys(one.title for one in found if one.covers and one.kind == "satisfied"))
    lead = f"{len(found)} rule{'s' if len(found) > 1 else ''} in order"
    summary: list[Content] = [el("span", {"aria-hidden": "true", "class": "mark supported"}, "✓"), f" {lead}"]
    if stating:
        summary += ["; support is stated: ", el("strong", "", "; ".join(stating))]
    items = []
    for one in found:
        role = "states support" if one.covers and one.kind == "satisfied" else _KINDS[one.kind]
        mark = "supported" if one.kind == "satisfied" else "not_covered"
        why = [proof(one.because, opened=explain)] if one.because is not None else []
        terms = [*_marks(one), term("articles", cited(within, one.citations)), term("rule", *_rule(one))]
        shown = el("span", {"aria-hidden": "true", "class": f"mark {mark}"}, "✓" if mark == "supported" else "·")
        lead_ = el("p", "lead", shown, f" {one.title} ({role})")
        items.append(el("div", "finding", lead_, el("dl", "", *terms), *why))
    return el("details", state, el("summary", "", *summary), *items)
