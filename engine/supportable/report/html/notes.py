"""What stands below the subjects: assumptions, unrecognised names, known problems, articles and the small print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from supportable.report.html.parts import address, article_anchor, code, names, place, term
from supportable.report.html.subjects import finding
from supportable.report.markup import Content, el
from supportable.report.signs import CONFIDENCES
from supportable.report.values import in_words
from supportable.verdict.model import Cited, FindingShown, Verdict, Versioned


def assumed(verdict: Verdict) -> list[Element]:
    """What a status rests on although nobody gave it, those alike in one row; of the rest, the names only."""
    if not verdict.assumed:
        return []
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in verdict.assumed:
        if one.decides:
            owner, _, attribute = one.fact.rpartition(".")
            alike[attribute, in_words(one.value), one.say].append(owner)
    rows = [
        el(
            "tr",
            "",
            el("th", {"scope": "row"}, code(attribute), " is ", el("bdi", "", value)),
            el("td", {"data-label": "For"}, *names(owners, most=12)),
            el("td", {"data-label": "To say otherwise"}, code(say)),
        )
        for (attribute, value, say), owners in alike.items()
    ]
    others = sorted({one.fact.rpartition(".")[2] for one in verdict.assumed if not one.decides})
    content: list[Content] = [el("h3", "", "Assumed, as it was not given")]
    if rows:
        head = [el("th", {"scope": "col"}, title) for title in ("Assumption", "For", "To say otherwise")]
        caption = el("caption", "", "A status rests on each of these")
        table = el("table", "", caption, el("thead", "", el("tr", "", *head)), el("tbody", "", *rows))
        content.append(el("div", "wide", table))
    if others:
        lead = "Also assumed, without any status resting on it: " if rows else "No status rests on these: "
        content.append(el("p", "note", lead, *names(others)))
    return [el("section", "assumed", *content)]


def unrecognised(verdict: Verdict) -> list[Element]:
    """Texts that no alias matches, with the nearest names."""
    if not verdict.unrecognised:
        return []
    items = []
    for one in verdict.unrecognised:
        near: list[Content] = ["; nothing is near"]
        if one.nearest:
            near = ["; nearest: ", *names(one.nearest)]
        where = place(one.at) or [" ", el("span", "place", one.pointer)]
        items.append(el("li", "", "“", el("bdi", "name", one.text), "”", *near, *where))
    return [el("section", "", el("h3", "", "Not recognised, and so unknown to the rules"), el("ul", "", *items))]


def beside(title: str, found: Iterable[FindingShown], within: str, *, explain: bool) -> list[Element]:
    """Advisories: what stands beside the status without touching it."""
    items = [finding(one, within, explain=explain, of=one.subject) for one in found]
    return [el("section", "advisories", el("h3", "", title), *items)] if items else []


def warnings(verdict: Verdict) -> list[Element]:
    """What was odd about the input."""
    if not verdict.warnings:
        return []
    items = [el("li", {"dir": "auto"}, " ".join(warning.split())) for warning in verdict.warnings]
    return [el("section", "warnings", el("h3", "", "Warnings"), el("ul", "", *items))]


def articles(verdict: Verdict, within: str) -> list[Element]:
    """Every article that the page names, in order of name."""
    found: dict[str, Cited] = {}
    findings = [one for subject in verdict.subjects for one in subject.findings]
    for one in (*findings, *verdict.advisories, *verdict.may_apply):
        for cited in one.citations:
            found.setdefault(cited.ref, cited)
    if not found:
        return []
    items = []
    for ref in sorted(found):
        cited = found[ref]
        note = CONFIDENCES.get(cited.confidence, "")
        lead: list[Content] = [el("strong", "", ref), " ", el("bdi", "", cited.title)]
        lead += [el("span", "note", f" ({note})")] if note else []
        lead += [el("br"), address(cited.url)] if cited.url else []
        items.append(el("li", {"id": article_anchor(within, cited)}, *lead))
    return [el("section", "", el("h3", "", "Articles"), el("ul", "bibliography", *items))]


_LEDGER: Final = ("satisfied", "violated", "open", "harmless", "not applicable", "not in force")


def small_print(verdict: Verdict) -> Element:
    """By which texts and with what this was judged, so that anyone can judge it again."""
    ledger = verdict.ledger
    counted = (
        ledger.satisfied, ledger.violated, ledger.open, ledger.harmless, ledger.not_applicable, ledger.not_in_force
    )  # fmt: skip
    words = ", ".join(f"{count} {word}" for count, word in zip(counted, _LEDGER, strict=True))
    terms = [
        term("ledger", f"{ledger.total} rules × subjects: {words}"),
        *(term(label, _versions(label, found)) for label, found in _taking_part(verdict)),
        term("vocabulary", code(verdict.vocabulary)),
        term("references", code(verdict.references)),
        term("design", code(verdict.digest)),
        term("judged by", f"supportable {verdict.engine}, language {verdict.language}, {verdict.reading} reading"),
    ]
    return el("section", "small-print", el("h3", "", "How this was judged"), el("dl", "", *terms))


def _taking_part(verdict: Verdict) -> list[tuple[str, tuple[Versioned, ...]]]:
    return [(label, found) for label, found in (("packs", verdict.packs), ("catalogues", verdict.catalogues)) if found]


def _versions(label: str, found: tuple[Versioned, ...]) -> Element:
    items = [el("li", "", el("bdi", "", one.name), f" {one.version} ", code(one.digest)) for one in found]
    summary = f"{len(found)} {label if len(found) > 1 else label[:-1]}: " + ", ".join(
        f"{one.name} {one.version}" for one in found
    )
    return el("details", "", el("summary", "", summary), el("ul", "digests", *items))
