"""The report as a badge: an SVG with the status in words and the coverage beside it."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from supportable.report.markup import as_xml, el
from supportable.report.model import Judged, Report
from supportable.report.signs import SIGNS, worded
from supportable.verdict.model import STATUS_ORDER

_GROUNDS: Final = {
    "unsupported": "#a3161f",
    "limited": "#8a4b00",
    "undetermined": "#65299a",
    "conditional": "#0a547a",
    "not_covered": "#465268",
    "supported": "#135c2c",
    "not judged": "#465268",
}
"""Dark enough for white words on them; the light border keeps a badge apart from a dark page."""
_HEIGHT: Final = 20
_PAD: Final = 8


def badge_of(report: Report) -> str:
    """The badge as SVG text. Of several designs the worst status counts; one that was not judged counts most."""
    label, (status, words), title = "supportable", _said(report), _title(report)
    left, right = _width(label), _width(words)
    total = left + right
    shape = {"width": str(total), "height": str(_HEIGHT)}
    root = el(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", **shape, "role": "img", "aria-label": title},
        el("title", "", title),
        el("clipPath", {"id": f"clip-{total}"}, el("rect", {**shape, "rx": "4"})),
        el(
            "g",
            {"clip-path": f"url(#clip-{total})"},
            el("rect", {"width": str(left), "height": str(_HEIGHT), "fill": "#2b3240"}),
            el("rect", {"x": str(left), "width": str(right), "height": str(_HEIGHT), "fill": _GROUNDS[status]}),
        ),
        el(
            "rect",
            {"x": ".5", "y": ".5", "width": str(total - 1), "height": str(_HEIGHT - 1), "rx": "3.5", "fill": "none",
             "stroke": "#8b95a5"},
        ),
        el(
            "g",
            {"fill": "#fff", "text-anchor": "middle", "font-size": "11",
             "font-family": "Verdana, 'DejaVu Sans', Geneva, sans-serif", "aria-hidden": "true"},
            _text(label, left / 2, left),
            _text(words, left + right / 2, right),
        ),
    )  # fmt: skip
    return as_xml(root, declared=False)


def _said(report: Report) -> tuple[str, str]:
    if report.refused or not report.judged:
        return "not judged", "⊘ not judged"
    verdicts = [one.verdict for one in report.judged]
    status = min((one.status for one in verdicts), key=STATUS_ORDER.index)
    covered, judged = (sum(getattr(one.coverage, part) for one in verdicts) for part in ("covered", "judged"))
    designs = f" · {len(verdicts)} designs" if len(verdicts) > 1 else ""
    return status, f"{SIGNS[status]} {worded(status)} · {covered}/{judged} covered{designs}"


def _title(report: Report) -> str:
    if len(report.designs) != 1:
        counted = ", ".join(
            f"{count} {worded(status)}"
            for status in STATUS_ORDER
            if (count := sum(one.verdict.status == status for one in report.judged))
        )
        refused = [f"{len(report.refused)} not judged"] if report.refused else []
        return f"{len(report.designs)} designs: " + ", ".join([*([counted] if counted else []), *refused])
    only = report.designs[0]
    if not isinstance(only, Judged):
        return f"{only.name[:200]}: not judged"
    verdict = only.verdict
    coverage = f"{verdict.coverage.covered} of {verdict.coverage.judged} judged subjects covered"
    return f"{(verdict.design or only.name)[:200]}: {worded(verdict.status)} as of {verdict.as_of}, {coverage}"


def _width(words: str) -> int:
    """Pixels that the words take, with their margins: about what a browser needs; `textLength` makes it exact."""
    narrow = sum(each in "ijltfr·.,:/ " for each in words)
    return round((len(words) - narrow) * 7.1 + narrow * 4.3) + 2 * _PAD


def _text(words: str, middle: float, width: int) -> Element:
    return el("text", {"x": f"{middle:.1f}", "y": "14", "textLength": str(width - 2 * _PAD)}, words)
