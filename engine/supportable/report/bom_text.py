"""A judged bill of materials as text: line by line, then what it allows and forbids, then what it cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console

from supportable.bom.model import NOT_AN_ITEM, UNRECOGNISED, JudgedBom, JudgedLine, Statement
from supportable.report.page import Page
from supportable.report.signs import marked, worded
from supportable.report.text import write_verdict
from supportable.verdict.model import Cited

MOST_LINES = 200
"""Lines shown one by one; of longer bills those that need attention come first, and the rest is counted."""

_SIGNS = {UNRECOGNISED: ("~ unrecognised", "yellow"), NOT_AN_ITEM: ("· no item", "dim")}


def write_bom(console: Console, judged: JudgedBom, *, full: bool = False) -> None:
    """Write the report; with `full`, every line however many there are, and the report of the design."""
    page = Page(console)
    source = judged.bom.source
    counts = Counter(line.status for line in judged.lines)
    page.line((f"{source.file}", "bold"), f"  as of {judged.verdict.as_of}")
    told = ", ".join(f"{count} {_worded(status)}" for status, count in sorted(counts.items()))
    page.labelled("lines", f"{len(judged.lines)}: {told}", indent=2)
    if source.encoding:
        page.labelled("read as", f"{source.format}, {source.encoding}, delimiter {source.delimiter!r}", indent=2)
    else:
        page.labelled("read as", source.format, indent=2)
    for problem in judged.warnings:
        page.line((f"! {problem.code} ", "yellow"), problem.message, f"  {problem.origin}", indent=2)
    for warning in judged.verdict.warnings:
        page.line(("! ", "yellow"), warning, indent=2)
    page.heading("Line by line")
    shown = judged.lines if full or len(judged.lines) <= MOST_LINES else _telling(judged.lines)
    for line in shown:
        _line(page, line)
    left = len(judged.lines) - len(shown)
    if left:
        page.line((f"… and {left} more lines; --full, --format json or --xlsx FILE show all of them", "dim"))
    _statements(page, "What the bill allows", judged.allows)
    _statements(page, "What it forbids", judged.forbids)
    _statements(page, "What it cannot tell", judged.cannot_tell)
    _articles(page, judged)
    page.blank()
    verdict = judged.verdict
    about = f"the design {judged.design}" if judged.design else "the design these lines imply"
    page.line(marked(verdict.status), f"  {about}: {verdict.coverage.covered} of {verdict.coverage.judged} judged ",
              f"subjects covered, {verdict.coverage.open} open")  # fmt: skip
    if full:
        page.blank()
        write_verdict(console, verdict)


def _telling(lines: tuple[JudgedLine, ...]) -> list[JudgedLine]:
    wanted = [line for line in lines if line.status not in (NOT_AN_ITEM, "supported", "not_covered", UNRECOGNISED)]
    return wanted[:MOST_LINES] or list(lines[:MOST_LINES])


def _worded(status: str) -> str:
    return "no item" if status == NOT_AN_ITEM else worded(status)


def _line(page: Page, judged: JudgedLine) -> None:
    line = judged.line
    sign = _SIGNS.get(judged.status) or marked(judged.status)
    what = (
        judged.recognised.title
        if judged.recognised
        else (line.description or line.part or " | ".join(line.text.values()))
    )
    count = f"{line.quantity} × " if line.quantity is not None else ""
    page.line((f"{line.place:<9} ", "dim"), sign, f"  {count}{what[:120]}", indent=2, hang=12)
    if judged.status == NOT_AN_ITEM:
        return
    refs = ", ".join(dict.fromkeys(one.ref for one in judged.citations))
    for place, reason in enumerate(judged.reasons[:3]):
        page.line(reason, (f"  [{refs}]" if refs and not place else "", "dim"), indent=14)
    if judged.nearest:
        page.line("nearest: " + " or ".join(f"“{name}”" for name in judged.nearest), indent=14)


def _statements(page: Page, heading: str, said: Iterable[Statement]) -> None:
    held = list(said)
    if not held:
        return
    page.heading(heading)
    for one in held:
        lines = ", ".join(one.lines[:6]) + (f" and {len(one.lines) - 6} more" if len(one.lines) > 6 else "")
        page.line(marked(one.status), (f"  {one.about}", "bold"), (f"  {lines}" if lines else "", "dim"), indent=2)
        refs = ", ".join(dict.fromkeys(each.ref for each in one.citations))
        for place, reason in enumerate(one.reasons[:4]):
            page.line(reason, (f"  [{refs}]" if refs and not place else "", "dim"), indent=6)


def _articles(page: Page, judged: JudgedBom) -> None:
    found: dict[str, Cited] = {}
    for held in (judged.lines, judged.allows, judged.forbids, judged.cannot_tell):
        for each in held:
            for one in each.citations:
                found.setdefault(one.ref, one)
    if found:
        page.heading("Articles")
    for ref in sorted(found):
        page.line((f"{ref}  ", "bold"), found[ref].title, (f"  {found[ref].url}", "dim"), indent=2)
