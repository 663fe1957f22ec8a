"""Because-trees: from an expression down to the facts of the design, each with its place."""

from __future__ import annotations

from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from supportable.report.signs import TRUTH_STYLES
from supportable.report.terminal import printable
from supportable.report.values import in_words
from supportable.verdict.model import Step


def because_tree(step: Step, *, indent: int = 0) -> Padding:
    """The tree below one finding."""
    root = Tree(_label(step), guide_style="dim")
    _grow(root, step)
    return Padding(root, (0, 0, 0, indent))


def _grow(tree: Tree, step: Step) -> None:
    for child in step.children:
        _grow(tree.add(_label(child)), child)


def _label(step: Step) -> Text:
    text = Text(overflow="fold")
    if step.member:
        text.append(f"[{printable(step.member)}] ", "bold")
    if step.fact:
        text.append(printable(step.fact), "bold")
        if step.expression and step.children:
            text.append(" (derived)", "dim")
    elif step.expression:
        text.append(printable(step.expression))
    if step.has_value and not step.open:
        text.append(f" = {printable(in_words(step.value))}", "magenta" if step.value is None else "cyan")
    if step.truth:
        text.append(f" is {step.truth}", TRUTH_STYLES.get(step.truth, ""))
    for words in (
        "the list may go on" if step.open else "",
        "assumed, as it was not given" if step.assumed else "",
        step.note,
        step.row,
        ", ".join(cited.ref for cited in step.cited),
    ):
        if words:
            text.append(f" ({printable(words)})", "dim")
    if step.at is not None and step.at.line:
        text.append(f"  {printable(str(step.at))}", "dim")
    return text
