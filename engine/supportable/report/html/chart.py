"""A timeline as a picture, and as the table that says the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from supportable.report.html.parts import article_anchor, joined, names, status
from supportable.report.markup import Content, el
from supportable.report.signs import SIGNS, worded
from supportable.verdict.timeline import Period, Timeline, Turn

_WIDTH: Final = 960
_LEFT: Final = 190
_LANE: Final = 30
_BAR: Final = 20
_LABEL: Final = 24
"""Characters of a name that find room beside its lane."""
_MOST_LANES: Final = 40


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days with one status, as ordinals, both inclusive."""

    first: int
    last: int
    status: str


def over_time(timeline: Timeline, within: str) -> Element:
    """The section with picture and table."""
    heading = el("h3", "", f"Status over time, {timeline.first} to {timeline.last}")
    return el("section", "timeline", heading, _picture(timeline, within), _legend(timeline), _table(timeline, within))


def _picture(timeline: Timeline, within: str) -> Element:
    lanes = [("the design", _stretches((one.first, one.last, one.status) for one in timeline.periods))]
    subjects = sorted({one.subject for period in timeline.periods for one in period.subjects})
    for subject in subjects[:_MOST_LANES]:
        spans = (
            (period.first, period.last, one.status)
            for period in timeline.periods
            for one in period.subjects
            if one.subject == subject
        )
        lanes.append((subject, _stretches(spans)))
    first, last = _day(timeline.first), _day(timeline.last)
    height = len(lanes) * _LANE + 34
    drawn: list[Content] = [el("title", "", f"Status over time: {_in_words(timeline)}"), _patterns(within)]
    drawn += _years(timeline, height)
    for row, (label, stretches) in enumerate(lanes):
        drawn += _lane(label, stretches, row * _LANE + 6, (first, last), within)
    view = {"viewBox": f"0 0 {_WIDTH} {height}", "role": "img", "class": "chart"}
    note: list[Element] = []
    if len(subjects) > _MOST_LANES:
        note = [el("figcaption", "note", f"{len(subjects) - _MOST_LANES} more subjects are not drawn.")]
    return el("figure", "wide", el("svg", view, *drawn), *note)


def _lane(label: str, stretches: list[_Stretch], top: int, span: tuple[int, int], within: str) -> list[Content]:
    shown = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
    at = {"x": str(_LEFT - 10), "y": str(top + 15), "text-anchor": "end", "class": "lane"}
    drawn: list[Content] = [el("text", at, el("title", "", label), shown)]
    for one in stretches:
        left, right = _x(one.first, *span), _x(one.last + 1, *span)
        box = {"x": f"{left:.1f}", "y": str(top), "width": f"{max(right - left, 1):.1f}", "height": str(_BAR)}
        words = f"{date.fromordinal(one.first)} to {date.fromordinal(one.last)}: {worded(one.status)}"
        group: list[Content] = [el("title", "", words), el("rect", {**box, "class": f"bar {one.status}"})]
        group.append(el("rect", {**box, "fill": f"url(#{_hatch(within, one.status)})", "class": "hatch"}))
        if right - left > 20:
            middle = {"x": f"{(left + right) / 2:.1f}", "y": str(top + 15), "text-anchor": "middle", "class": "on-bar"}
            roomy = right - left > 110
            group.append(el("text", middle, SIGNS[one.status] + (f" {worded(one.status)}" if roomy else "")))
        drawn.append(el("g", f"stretch {one.status}", *group))
    return drawn


def _years(timeline: Timeline, height: int) -> list[Element]:
    first, last = _day(timeline.first), _day(timeline.last)
    years = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    step = max(1, -(-len(years) // 12))
    drawn = []
    for year in years:
        if year % step:
            continue
        x = f"{_x(date(year, 1, 1).toordinal(), first, last):.1f}"
        drawn.append(el("line", {"x1": x, "x2": x, "y1": "0", "y2": str(height - 24), "class": "year"}))
        drawn.append(el("text", {"x": x, "y": str(height - 8), "text-anchor": "middle", "class": "axis"}, str(year)))
    return drawn


def _patterns(within: str) -> Element:
    """One hatching for each status, so that the bars differ without colour."""
    lines = {
        "unsupported": ["M0 8L8 0", "M-2 2L2 -2", "M6 10L10 6"],
        "limited": ["M0 0L8 8"],
        "undetermined": ["M2 2h2v2h-2z"],
        "conditional": ["M4 0V8"],
        "not_covered": [],
        "supported": [],
    }
    patterns = []
    for found, paths in lines.items():
        size = {"width": "8", "height": "8", "patternUnits": "userSpaceOnUse", "id": _hatch(within, found)}
        patterns.append(el("pattern", size, *(el("path", {"d": path}) for path in paths)))
    return el("defs", "", *patterns)


def _hatch(within: str, status_: str) -> str:
    return f"{within}-hatch-{status_}"


def _legend(timeline: Timeline) -> Element:
    shown = {one.status for period in timeline.periods for one in period.subjects}
    shown |= {period.status for period in timeline.periods}
    return el("p", "legend", *joined((status(found) for found in SIGNS if found in shown), " "))


def _table(timeline: Timeline, within: str) -> Element:
    head = [el("th", {"scope": "col"}, title) for title in ("Days", "Status", "What changed on the first day")]
    rows = [_row(period, within) for period in timeline.periods]
    caption = el("caption", "", "The same in words, with the rules and articles that changed it")
    return el(
        "div", "wide", el("table", "periods", caption, el("thead", "", el("tr", "", *head)), el("tbody", "", *rows))
    )


def _row(period: Period, within: str) -> Element:
    shown: list[Content] = [status(period.status)]
    if period.status == "undetermined":
        shown += [" ", el("span", "note", f"{worded(period.at_worst)} at worst, {worded(period.at_best)} at best")]
    if period.disputed:
        shown += [" ", el("span", "note", "texts disagree")]
    turns = [el("li", "", *_turn(alike, within)) for alike in _alike(period.turns)]
    days = f"{period.first} to {period.last}"
    return el(
        "tr", "",
        el("th", {"scope": "row"}, days),
        el("td", {"data-label": "Status"}, *shown),
        el("td", {"data-label": "What changed"}, el("ul", "turns", *turns) if turns else "–"),
    )  # fmt: skip


def _alike(turns: Iterable[Turn]) -> list[list[Turn]]:
    """The turns in their order, each with those that are the same but for the subject."""
    groups: dict[object, list[Turn]] = {}
    for turn in turns:
        groups.setdefault((turn.rule, turn.before, turn.after, turn.outcome, turn.citations), []).append(turn)
    return list(groups.values())


def _turn(alike: list[Turn], within: str) -> list[Content]:
    turn = alike[0]
    after = turn.after or "says nothing"
    if turn.after == "violated" and turn.outcome:
        after += f" ({worded(turn.outcome)})"
    words: list[Content] = [*names((one.subject for one in alike), most=12), f": {turn.title}: "]
    words += [turn.before or "says nothing", el("span", {"role": "img", "aria-label": "then"}, " → "), after]
    articles = {
        (one.ref, one.revision): el(
            "a", {"href": f"#{article_anchor(within, one)}"}, f"{one.ref} {one.revision}".strip()
        )
        for one in turn.citations
    }
    return [*words, *([" [", *joined(articles.values()), "]"] if articles else [])]


def _in_words(timeline: Timeline) -> str:
    spans = _stretches((one.first, one.last, one.status) for one in timeline.periods)
    return "; ".join(
        f"{date.fromordinal(one.first)} to {date.fromordinal(one.last)} {worded(one.status)}" for one in spans
    )


def _stretches(spans: Iterable[tuple[str, str, str]]) -> list[_Stretch]:
    """The spans (first day, last day, status), neighbours of one status made one."""
    found: list[_Stretch] = []
    for first, last, status_ in spans:
        begin, end = _day(first), _day(last)
        if found and found[-1].status == status_ and found[-1].last + 1 == begin:
            begin = found.pop().first
        found.append(_Stretch(begin, end, status_))
    return found


def _x(day: int, first: int, last: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - 12) * (day - first) / (last + 1 - first)


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
