"""Articles as they stand beside findings and in the list at the end."""

from __future__ import annotations

from collections.abc import Iterable

from supportable.report.page import Page
from supportable.report.signs import CONFIDENCES
from supportable.verdict.model import Cited, FindingShown, Verdict


def in_full(page: Page, citations: Iterable[Cited], *, indent: int) -> None:
    """Each citation with the article's title, section, edition, how far it was read, and its address below."""
    for cited in citations:
        words = f"{cited.ref} “{cited.title}”" if cited.title else cited.ref
        for part in (
            f"section “{cited.section}”" if cited.section else "",
            f"edition {cited.revision}" if cited.revision else "",
            CONFIDENCES.get(cited.confidence, ""),
        ):
            words += f", {part}" if part else ""
        page.labelled("article", words, indent=indent)
        if cited.url:
            page.continued((cited.url, "underline"), indent=indent)


def refs(findings: Iterable[FindingShown]) -> str:
    """The articles behind the findings by their names, each once."""
    return ", ".join(dict.fromkeys(cited.ref for finding in findings for cited in finding.citations))


def articles(page: Page, verdict: Verdict) -> None:
    """The list of all articles that the report names, in order of name."""
    found: dict[str, Cited] = {}
    for subject in verdict.subjects:
        for finding in subject.findings:
            for cited in finding.citations:
                found.setdefault(cited.ref, cited)
    for finding in (*verdict.advisories, *verdict.may_apply):
        for cited in finding.citations:
            found.setdefault(cited.ref, cited)
    if not found:
        return
    page.heading("Articles")
    for ref in sorted(found):
        cited = found[ref]
        note = CONFIDENCES.get(cited.confidence, "")
        page.line((f"{ref}  ", "bold"), cited.title, (f"  ({note})" if note else "", "dim"), indent=2)
        if cited.url:
            page.line((cited.url, "underline"), indent=4, hang=0)
