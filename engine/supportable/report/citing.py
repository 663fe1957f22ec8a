"""Articles as they stand beside findings and in the list at the end."""

from __future__ import annotations

from collections.abc import Iterable

from supportable.report.page import Page
from supportable.report.signs import CONFIDENCES
from supportable.verdict.model import Cited, FindingShown, Verdict


def in_full(page: Page, citations: Iterable[Cited], *, indent: int) -> None:
    """Each citation with section, edition and how far it was read; with title and address where the page names the
    article for the first time."""
    for cited in citations:
        new = cited.ref not in page.named
        page.named.add(cited.ref)
        words = f"{cited.ref} “{cited.title}”" if new and cited.title else cited.ref
        for part in (
            f"section “{cited.section}”" if cited.section else "",
            f"edition {cited.revision}" if cited.revision else "",
            CONFIDENCES.get(cited.confidence, ""),
        ):
            words += f", {part}" if part else ""
        page.labelled("article", words, indent=indent)
        if new and cited.url:
            page.continued((cited.url, "underline"), indent=indent)


def refs(findings: Iterable[FindingShown]) -> str:
    """The articles behind the findings by their names, each once."""
    return ", ".join(dict.fromkeys(cited.ref for finding in findings for cited in finding.citations))


def articles(page: Page, verdict: Verdict) -> None:
    """The articles that the page has named without title and address, in order of name."""
    findings = [finding for subject in verdict.subjects for finding in subject.findings]
    found: dict[str, Cited] = {}
    for finding in (*findings, *verdict.advisories, *verdict.may_apply):
        for cited in finding.citations:
            if cited.ref not in page.named:
                found.setdefault(cited.ref, cited)
    if found:
        page.heading("Other articles" if page.named else "Articles")
    for ref in sorted(found):
        cited = found[ref]
        note = CONFIDENCES.get(cited.confidence, "")
        page.line((f"{ref}  ", "bold"), cited.title, (f"  ({note})" if note else "", "dim"), indent=2)
        if cited.url:
            page.line((cited.url, "underline"), indent=4, hang=0)
