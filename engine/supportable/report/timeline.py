"""A timeline as text: a strip of signs, then each period with what changed on its first day."""

from __future__ import annotations

from datetime import date
from typing import Final

from rich.console import Console

from supportable.report.page import Page, Part
from supportable.report.signs import SIGNS, STYLES, WORDS, marked, worded
from supportable.verdict.timeline import Period, Timeline, Turn

STRIP: Final = 60
"""How many signs the strip has."""


def write_timeline(console: Console, timeline: Timeline) -> None:
    """Write the whole timeline: every period is named by its dates, its sign and its word."""
    page = Page(console)
    page.line((timeline.design or "design", "bold"), f"  from {timeline.first} to {timeline.last}")
    page.blank()
    page.line(*_strip(timeline), indent=2)
    page.line(timeline.first.ljust(STRIP - len(timeline.last)), timeline.last, indent=2)
    for period in timeline.periods:
        page.blank()
        _write_period(page, period)


def _strip(timeline: Timeline) -> list[Part]:
    """One sign for each of equal stretches of time: that of the worst status the stretch touches."""
    first, last = (date.fromisoformat(day).toordinal() for day in (timeline.first, timeline.last))
    width = min(STRIP, last - first + 1)
    order = list(SIGNS)
    parts: list[Part] = []
    for place in range(width):
        begin = first + (last - first + 1) * place // width
        end = first + (last - first + 1) * (place + 1) // width - 1
        touched = [
            period.status
            for period in timeline.periods
            if date.fromisoformat(period.first).toordinal() <= end
            and begin <= date.fromisoformat(period.last).toordinal()
        ]
        status = min(touched, key=order.index)
        parts.append((SIGNS[status], STYLES[status]))
    return parts


def _write_period(page: Page, period: Period) -> None:
    parts: list[Part] = [f"{period.first} to {period.last}  ", marked(period.status)]
    if period.status == "undetermined":
        parts.append(f": {worded(period.at_worst)} at worst, {worded(period.at_best)} at best")
    if period.disputed:
        parts.append(", and texts disagree")
    page.line(*parts)
    for turn in period.turns:
        page.line(*_turn(turn), indent=4)


def _turn(turn: Turn) -> list[Part]:
    change = f"{turn.before or 'says nothing'} → {turn.after or 'says nothing'}"
    if turn.after == "violated" and turn.outcome:
        change += f" ({WORDS.get(turn.outcome, turn.outcome)})"
    cited = ", ".join(
        dict.fromkeys(" ".join(part for part in (one.ref, one.revision) if part) for one in turn.citations)
    )
    return [(turn.subject, "bold"), f"  {turn.rule}: {change}. {turn.title}. ", (f"[{cited}]", "dim")]
