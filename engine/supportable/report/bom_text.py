"""A judged bill of materials as text: line by line, then what it allows and forbids, then what it cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console

from supportable.bom.model import NOT_AN_ITEM, UNRECOGNISED, JudgedBom, JudgedLine, Statement
from supportable.report.bom_alike import MOST_REASONS, Alike, lines_alike, name_of, places, refs_of, statements_alike
from supportable.report.page import Page
from supportable.report.signs import marked, worded
from supportable.report.text import write_verdict
from supportable.verdict.model import Cited

MOST_LINES = 100
"""Lines shown one by one; in longer bills those are told together of which the same is to be said."""

MOST_NAMES = 20
"""How many names are told of such lines; the others are counted."""

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
    if full or len(judged.lines) <= MOST_LINES:
        page.heading("Line by line")
        for line in judged.lines:
            _line(page, line)
    else:
        page.heading("The lines, those alike together")
        for group in lines_alike(judged.lines):
            _alike(page, group)
        page.line(("--full, --format json or --xlsx FILE show them one by one", "dim"), indent=2)
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


def _worded(status: str) -> str:
    return "no item" if status == NOT_AN_ITEM else worded(status)


def _line(page: Page, judged: JudgedLine) -> None:
    line = judged.line
    sign = _SIGNS.get(judged.status) or marked(judged.status)
    what = name_of(judged)
    count = f"{line.quantity} × " if line.quantity is not None else ""
    page.line((f"{line.place:<9} ", "dim"), sign, f"  {count}{what[:120]}", indent=2, hang=12)
    if judged.status == NOT_AN_ITEM:
        return
    refs = ", ".join(dict.fromkeys(one.ref for one in judged.citations))
    for place, reason in enumerate(judged.reasons[:3]):
        page.line(reason, (f"  [{refs}]" if refs and not place else "", "dim"), indent=14)
    if judged.nearest:
        page.line("nearest: " + " or ".join(f"“{name}”" for name in judged.nearest), indent=14)


def _alike(page: Page, group: Alike) -> None:
    refs = places(group.refs, 8)
    lines = "1 line" if group.count == 1 else f"{group.count} lines"
    page.line(_SIGNS.get(group.status) or marked(group.status), (f"  {lines}", "bold"), indent=2)
    for place, reason in enumerate(group.reasons):
        page.line(reason, (f"  [{refs}]" if refs and not place else "", "dim"), indent=6)
    for name, held in group.names[:MOST_NAMES]:
        amounts = [line.line.quantity for line in held]
        count = f"{sum(each or 0 for each in amounts)} × " if None not in amounts else ""
        page.line(f"- {count}{name[:120]}", (f"  {places(line.line.place for line in held)}", "dim"), indent=6)
    if len(group.names) > MOST_NAMES:
        left = group.names[MOST_NAMES:]
        page.line(f"- and {len(left)} more, in {sum(len(held) for _, held in left)} lines", indent=6)


def _statements(page: Page, heading: str, said: Iterable[Statement]) -> None:
    held = list(said)
    if not held:
        return
    page.heading(heading)
    for group in statements_alike(held):
        one = group[0]
        refs = ", ".join(refs_of(one.citations))
        if len(group) == 1:
            page.line(marked(one.status), (f"  {one.about}", "bold"), (_places(one), "dim"), indent=2)
        else:
            page.line(marked(one.status), (f"  {len(group)} of these:", "bold"), indent=2)
        for place, reason in enumerate(one.reasons[:MOST_REASONS]):
            page.line(reason, (f"  [{refs}]" if refs and not place else "", "dim"), indent=6)
        for each in group[:MOST_NAMES] if len(group) > 1 else ():
            page.line(f"- {each.about}", (_places(each), "dim"), indent=6)
        if len(group) > MOST_NAMES:
            page.line(f"- and {len(group) - MOST_NAMES} more", indent=6)


def _places(one: Statement) -> str:
    return f"  {places(one.lines)}" if one.lines else ""


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
