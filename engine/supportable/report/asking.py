"""What to find out: questions, and the status that each answer leads to."""

from __future__ import annotations

from supportable.report.page import Page, Part
from supportable.report.signs import STYLES, worded
from supportable.report.values import in_words
from supportable.verdict.model import Missing, Verdict

MOST_SHOWN = 12
"""Questions in a report that was not asked to explain."""

MOST_SUBJECTS = 3

Path = tuple[tuple[str, str], ...]
"""The statuses an answer leads to, as (whose, status); the design's own stands first."""


def to_find_out(page: Page, verdict: Verdict, *, explain: bool) -> None:
    """The questions of the whole design, most decisive first."""
    if not verdict.missing:
        return
    page.heading("To find out, most decisive first")
    shown = verdict.missing if explain else verdict.missing[:MOST_SHOWN]
    for number, missing in enumerate(shown, start=1):
        _question(page, verdict, missing, number)
    left = len(verdict.missing) - len(shown)
    if left:
        page.line((f"… and {left} more; --explain shows all", "dim"), indent=2)


def _question(page: Page, verdict: Verdict, missing: Missing, number: int) -> None:
    kind = {"catalogue": "catalogue  ", "policy": "policy  "}.get(missing.kind, "")
    question = missing.question or missing.fact
    page.line(
        f"{number}. ", (kind, "dim"), question, (f"  {missing.fact}" if missing.question else "", "dim"), indent=2
    )
    for path, values in led_to(verdict, missing):
        page.line(", ".join(values), " → ", *_led_to(path), indent=5)


def led_to(verdict: Verdict, missing: Missing) -> list[tuple[Path, list[str]]]:
    """What answers lead to, those alike together: the statuses that would change, and the answers that change them."""
    by_path: dict[Path, list[str]] = {}
    before = {"the design": verdict.status, **{subject.subject: subject.status for subject in verdict.subjects}}
    for value, path in _paths(verdict, missing).items():
        changed = tuple(step for step in path if step[1] != before.get(step[0]))
        by_path.setdefault(changed, []).append(value)
    return list(by_path.items())


def _paths(verdict: Verdict, missing: Missing) -> dict[str, Path]:
    """Each answer, with the statuses of the design and of the subjects that ask."""
    paths: dict[str, list[tuple[str, str]]] = {
        in_words(answer.value): [("the design", answer.status)] for answer in missing.answers
    }
    for subject in verdict.subjects:
        for asked in subject.missing:
            if (asked.kind, asked.fact) == (missing.kind, missing.fact):
                for answer in asked.answers:
                    paths.setdefault(in_words(answer.value), []).append((subject.subject, answer.status))
    return {value: tuple(path) for value, path in paths.items()}


def _led_to(path: Path) -> list[Part]:
    if not path:
        return [("decides nothing by itself", "dim")]
    parts: list[Part] = []
    for name, status in path[: MOST_SUBJECTS + 1]:
        parts += [", " if parts else "", f"{name} ", (worded(status), STYLES.get(status, ""))]
    left = len(path) - MOST_SUBJECTS - 1
    return [*parts, f" and {left} more" if left > 0 else ""]
