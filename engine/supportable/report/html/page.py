"""The whole page: one design, or several behind a table of contents."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element

from supportable.errors import Problem
from supportable.report.html import notes
from supportable.report.html.chart import over_time
from supportable.report.html.parts import anchor, name, names, status
from supportable.report.html.questions import questions
from supportable.report.html.subjects import overview, subject
from supportable.report.markup import Content, as_html, el
from supportable.report.model import Judged, Refused, Report
from supportable.report.signs import CONFIDENCES, worded
from supportable.verdict.model import Coverage, Verdict
from supportable.version import __version__

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Asked of the browser: nothing is fetched, nothing is run."""
_TITLE = 120


def html_of(report: Report, *, explain: bool = False) -> str:
    """The report as HTML text, to be stored in UTF-8. With `explain` every proof is unfolded, also on paper."""
    several = len(report.designs) > 1
    title = f"{len(report.designs)} designs" if several else _name(report.designs[0]) if report.designs else "no design"
    head = el(
        "head", "",
        el("meta", {"charset": "utf-8"}),
        el("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        el("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        el("meta", {"name": "color-scheme", "content": "light dark"}),
        el("meta", {"name": "generator", "content": f"supportable {__version__}"}),
        el("title", "", f"{_headline(report)}: {title[:_TITLE]}"),
        el("style", "", _style()),
    )  # fmt: skip
    content: list[Content] = []
    if report.broken:
        content.append(_broken(report.broken))
    if several:
        content.append(_contents(report))
    content += [_design(one, explain=explain) for one in report.designs]
    body = el(
        "body", "",
        el("a", {"class": "skip", "href": "#content"}, "To the verdict"),
        el("header", "page", el("h1", "", "Supportability report")),
        el("main", {"id": "content"}, *content),
        el("footer", "", f"Supportable {__version__}. A status holds for the day and the texts named beside it."),
    )  # fmt: skip
    return as_html(el("html", {"lang": "en"}, head, body))


@cache
def _style() -> str:
    return files("supportable.report.html").joinpath("style.css").read_text(encoding="utf-8")


def _headline(report: Report) -> str:
    """The status for the window's title; of several, how many there are of each."""
    if len(report.designs) == 1:
        only = report.designs[0]
        return worded(only.verdict.status).capitalize() if isinstance(only, Judged) else "Not judged"
    return "Supportability"


def _name(one: Judged | Refused) -> str:
    return (one.verdict.design or one.name) if isinstance(one, Judged) else one.name


def _within(one: Judged | Refused) -> str:
    return anchor("design", one.name, one.verdict.as_of if isinstance(one, Judged) else "")


def _contents(report: Report) -> Element:
    rows = []
    for one in report.designs:
        link = el("a", {"href": f"#{_within(one)}"}, name(_name(one)))
        cells: tuple[Content, Content, Content] = (_not_judged(), "–", "–")
        if isinstance(one, Judged):
            cells = (status(one.verdict.status), _covered(one.verdict.coverage), one.verdict.as_of)
        rows.append(
            el(
                "tr",
                "",
                el("th", {"scope": "row"}, link),
                *(
                    el("td", {"data-label": label}, cell)
                    for label, cell in zip(("Status", "Coverage", "As of"), cells, strict=True)
                ),
            )
        )
    head = [el("th", {"scope": "col"}, title) for title in ("Design", "Status", "Coverage", "As of")]
    caption = el("caption", "", "Every design, in the order in which they were named")
    table = el("table", "", caption, el("thead", "", el("tr", "", *head)), el("tbody", "", *rows))
    return el(
        "nav", {"aria-label": "Designs"}, el("h2", "", f"{len(report.designs)} designs"), el("div", "wide", table)
    )


def _not_judged() -> Element:
    return el("span", "status refused", el("span", {"aria-hidden": "true", "class": "sign"}, "⊘"), " not judged")


def _design(one: Judged | Refused, *, explain: bool) -> Element:
    within = _within(one)
    if isinstance(one, Refused):
        title = el("h2", {"id": f"{within}-title"}, name(one.name))
        card = el("div", "verdict refused", title, el("p", "headline", _not_judged()), _problems(one.problems))
        return el("article", {"id": within, "aria-labelledby": f"{within}-title"}, card)
    verdict = one.verdict
    content: list[Content] = [_verdict(one, within)]
    if verdict.actions:
        steps = [el("li", {"dir": "auto"}, action) for action in verdict.actions]
        content.append(el("section", "actions", el("h3", "", "What to do"), el("ol", "", *steps)))
    content += questions(verdict)
    if one.timeline is not None:
        content.append(over_time(one.timeline, within))
    if verdict.subjects:
        found = [subject(each, within, explain=explain) for each in verdict.subjects]
        content.append(
            el("section", "subjects", el("h3", "", "Subjects, worst first"), overview(verdict, within), *found)
        )
    content += notes.unrecognised(verdict)
    content += notes.beside("Known problems and recommendations", verdict.advisories, within, explain=explain)
    content += notes.beside("May apply, depending on what is not known", verdict.may_apply, within, explain=explain)
    content += notes.assumed(verdict)
    content += notes.warnings(verdict)
    content += notes.articles(verdict, within)
    content.append(notes.small_print(verdict))
    return el("article", {"id": within, "aria-labelledby": f"{within}-title"}, *content)


def _verdict(one: Judged, within: str) -> Element:
    """The headline. The coverage stands beside the status, never apart from it."""
    verdict = one.verdict
    lines: list[Content] = [
        el("h2", {"id": f"{within}-title"}, name(verdict.design or one.name)),
        el("p", "headline", status(verdict.status, big=True), " ", el("span", "as-of", f"as of {verdict.as_of}")),
    ]
    if verdict.status == "undetermined":
        between: list[Content] = [
            "Between ",
            status(verdict.at_worst),
            " at worst and ",
            status(verdict.at_best),
            " at best.",
        ]
        lines.append(el("p", "between", *between))
    lines.append(_coverage(verdict))
    if verdict.disputed:
        lines.append(el("p", "disputed", "Disputed: authoritative texts differ; the stricter was taken."))
    if verdict.confidence not in ("", "full"):
        lines.append(el("p", "note", f"Of the weakest text that this rests on: {CONFIDENCES[verdict.confidence]}."))
    if one.name and one.name != verdict.design:
        lines.append(el("p", "where", el("span", "place", one.name)))
    return el("div", f"verdict {verdict.status}", *lines)


def _covered(coverage: Coverage) -> str:
    words = f"{coverage.covered} of {coverage.judged} judged subjects covered"
    return f"{words}, {coverage.open} open" if coverage.open else words


def _coverage(verdict: Verdict) -> Element:
    coverage = verdict.coverage
    content: list[Content] = [el("strong", "", _covered(coverage))]
    if coverage.not_covered:
        content += ["; not covered: ", *names(coverage.not_covered, most=12)]
    content.append(".")
    parts = ((coverage.covered, "covered"), (coverage.open, "open"), (len(coverage.not_covered), "none"))
    bars = [el("span", {"class": kind, "style": f"flex-grow: {count}"}) for count, kind in parts if count]
    return el("div", "coverage", el("div", {"class": "meter", "aria-hidden": "true"}, *bars), el("p", "", *content))


def _problems(problems: tuple[Problem, ...]) -> Element:
    items = []
    for one in problems:
        hint = [el("p", {"class": "note", "dir": "auto"}, one.hint)] if one.hint else []
        words = el("p", "", el("code", "", one.code), " ", el("bdi", "", one.message))
        items.append(el("li", "", words, *hint, el("p", "place", str(one.origin))))
    return el("ul", "problems", *items)


def _broken(problems: tuple[Problem, ...]) -> Element:
    words = el("p", "", el("strong", "", "Some packs did not load. What follows was judged without them."))
    return el("section", {"class": "broken", "aria-label": "Packs that did not load"}, words, _problems(problems))
