"""Because-trees: from an expression down to the facts of the design, each with its place."""

from __future__ import annotations

from supportable.origin import Origin
from supportable.report.page import Page, Part
from supportable.report.signs import TRUTH_STYLES
from supportable.report.values import in_words, place_below
from supportable.verdict.model import Step


def because(page: Page, step: Step, *, indent: int) -> None:
    """Write the tree below one finding."""
    page.hung(*_label(step, None), first=" " * indent, rest=" " * indent + ("│ " if step.children else "  "))
    _below(page, step, " " * indent)


def _below(page: Page, step: Step, guide: str) -> None:
    for place, child in enumerate(step.children):
        last = place == len(step.children) - 1
        inner = guide + ("   " if last else "│  ")
        rest = inner + ("│ " if child.children else "  ")
        page.hung(*_label(child, step.at), first=guide + ("└─ " if last else "├─ "), rest=rest)
        _below(page, child, inner)


def _label(step: Step, above: Origin | None) -> list[Part]:
    parts: list[Part] = []
    if step.member:
        parts.append((f"[{step.member}] ", "bold"))
    if step.fact:
        parts.append((step.fact, "bold"))
        if step.expression and step.children:
            parts.append((" (derived)", "dim"))
    elif step.expression:
        parts.append(" ".join(step.expression.split()))
    if step.has_value and not step.open and step.value != step.fact:
        parts.append((f" = {in_words(step.value)}", "magenta" if step.value is None else "cyan"))
    if step.truth:
        parts.append((f" is {step.truth}", TRUTH_STYLES.get(step.truth, "")))
    for words in (
        "the list may go on" if step.open else "",
        "assumed, as it was not given" if step.assumed else "",
        step.note,
        step.row,
        ", ".join(cited.ref for cited in step.cited),
    ):
        if words:
            parts.append((f" ({words})", "dim"))
    place = place_below(step.at, above)
    if place:
        parts.append((f"  {place}", "dim"))
    return parts
