"""Where in the design a finding is decided: the facts of its because-tree that stand in a file."""

from __future__ import annotations

from collections.abc import Iterator

from supportable.origin import Origin
from supportable.verdict.model import FindingShown, Step


def deciding(found: FindingShown) -> list[Step]:
    """The facts with a place in the design on which the finding turns, the most telling first, each once.

    Empty where no such fact was given, as where it rests on what is missing.
    """
    if found.because is None:
        return []
    wanted = "unknown" if found.kind == "open" else "false"
    seen: dict[tuple[str, Origin], Step] = {}
    for branch in _turning(found.because, wanted):
        for leaf in _leaves(branch):
            if leaf.at is not None:
                seen.setdefault((leaf.fact, leaf.at), leaf)
    return list(seen.values())


def _turning(step: Step, truth: str) -> Iterator[Step]:
    """The deepest steps below with that truth, the last first: what a rule requires stands after when it applies."""
    telling = [child for child in step.children if child.truth == truth]
    for child in reversed(telling):
        yield from _turning(child, truth)
    if not telling:
        below = [found for child in reversed(step.children) if not child.truth for found in _turning(child, truth)]
        yield from [found for found in below if found.truth == truth] or ([step] if step.truth == truth else [])


def _leaves(step: Step) -> Iterator[Step]:
    if step.fact and step.pointer and step.at is not None and step.at.line:
        yield step
    for child in step.children:
        yield from _leaves(child)
