"""What to find out, most decisive first, with what each answer leads to."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from supportable.report.asking import MOST_SUBJECTS, Path, led_to
from supportable.report.html.parts import code, name, status
from supportable.report.markup import Content, el
from supportable.verdict.model import Missing, Verdict

_KINDS: Final = {"catalogue": "a catalogue row", "policy": "policy text"}


def questions(verdict: Verdict) -> list[Element]:
    """The questions as a numbered list, under their heading; nothing where all is known."""
    if not verdict.missing:
        return []
    items = [_question(verdict, missing) for missing in verdict.missing]
    return [el("section", "questions", el("h3", "", "To find out, most decisive first"), el("ol", "", *items))]


def _question(verdict: Verdict, missing: Missing) -> Element:
    lead: list[Content] = []
    if missing.kind in _KINDS:
        lead += [el("span", "kind", _KINDS[missing.kind]), " "]
    if missing.question:
        lead += [el("span", {"dir": "auto"}, missing.question), " "]
    lead.append(code(missing.fact))
    answers = [el("li", "", *_answer(values, path)) for path, values in led_to(verdict, missing)]
    below = [el("ul", "answers", *answers)] if answers else []
    return el("li", "", el("p", "lead", *lead), *below)


def _answer(values: list[str], path: Path) -> list[Content]:
    content: list[Content] = []
    for value in values:
        content += [", ", el("bdi", "value", value)] if content else [el("bdi", "value", value)]
    content.append(el("span", {"role": "img", "aria-label": "leads to"}, " → "))
    if not path:
        return [*content, "decides nothing by itself"]
    for place, (whose, found) in enumerate(path[: MOST_SUBJECTS + 1]):
        content += [", " if place else "", name(whose), " ", status(found)]
    left = len(path) - MOST_SUBJECTS - 1
    return [*content, f" and {left} more"] if left > 0 else content
