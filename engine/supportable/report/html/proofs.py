"""Because-trees, folded until somebody asks."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from supportable.origin import Origin
from supportable.report.html.parts import code, names
from supportable.report.markup import Content, el
from supportable.report.values import in_words, place_below
from supportable.verdict.model import Step


def proof(step: Step, *, opened: bool) -> Element:
    """The tree under a line that unfolds it."""
    state = {"class": "proof", "open": ""} if opened else {"class": "proof"}
    return el(
        "details", state, el("summary", "", "Why: the proof, down to the facts"), el("ul", "tree", _item(step, None))
    )


def _item(step: Step, above: Origin | None) -> Element:
    below = [el("ul", "", *(_item(child, step.at) for child in step.children))] if step.children else []
    return el("li", "", *_label(step, above), *below)


def _label(step: Step, above: Origin | None) -> list[Content]:
    parts: list[Content] = []
    if step.member:
        parts += [el("span", "member", step.member), " "]
    if step.fact:
        parts += [el("strong", "", code(step.fact))]
        if step.expression and step.children:
            parts += [el("span", "note", " (derived)")]
    elif step.expression:
        parts += [code(" ".join(step.expression.split()))]
    elif step.truth and not step.member:
        parts += [el("span", "note", "what is asked for")]
    if step.has_value and not step.open and step.value != step.fact:
        parts += [" = ", el("span", {"class": "value", "dir": "auto"}, in_words(step.value))]
    if step.truth:
        parts += [" is ", el("span", f"truth {step.truth}", step.truth)]
    for words in (
        "the list may go on" if step.open else "",
        "assumed, as it was not given" if step.assumed else "",
        step.note,
        step.row,
    ):
        if words:
            parts += [" ", el("span", {"class": "note", "dir": "auto"}, f"({words})")]
    if step.cited:
        parts += [" ", el("span", "note", "[", *names(one.ref for one in step.cited), "]")]
    where = place_below(step.at, above)
    return [*parts, " ", el("span", "place", where)] if where else parts
