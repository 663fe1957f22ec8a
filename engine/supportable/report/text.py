"""The report of one verdict, from the headline to the small print."""

from __future__ import annotations

from collections import defaultdict

from rich.console import Console

from supportable.report.asking import to_find_out
from supportable.report.brief import coverage_in_words
from supportable.report.citing import articles
from supportable.report.page import Page
from supportable.report.signs import CONFIDENCES, SIGNS, STYLES, worded
from supportable.report.subjects import brief, subjects
from supportable.report.values import in_words
from supportable.verdict.model import Verdict


def write_verdict(console: Console, verdict: Verdict, *, explain: bool = False) -> None:
    """Write the report; with `explain` the reasons of every finding down to the facts.

    The status never stands without the coverage, and `supported` never without its articles.
    """
    page = Page(console)
    _headline(page, verdict)
    _actions(page, verdict)
    subjects(page, verdict, explain=explain)
    to_find_out(page, verdict, explain=explain)
    _assumed(page, verdict)
    _unrecognised(page, verdict)
    if verdict.advisories:
        page.heading("Known problems and recommendations")
        brief(page, verdict.advisories, explain=explain)
    if verdict.may_apply:
        page.heading("May apply, depending on what is not known")
        brief(page, verdict.may_apply, explain=explain)
    if verdict.warnings:
        page.heading("Warnings")
        for warning in verdict.warnings:
            page.line(" ".join(warning.split()), indent=2)
    articles(page, verdict)
    _small_print(page, verdict)


def _headline(page: Page, verdict: Verdict) -> None:
    style = STYLES.get(verdict.status, "bold")
    sign = SIGNS.get(verdict.status, "?")
    page.line(
        (f"{sign} {worded(verdict.status).upper()}", style), (f"  {verdict.design}", "bold"), f" as of {verdict.as_of}"
    )
    if verdict.status == "undetermined":
        best, worst = worded(verdict.at_best), worded(verdict.at_worst)
        page.labelled("between", f"{best} at best and {worst} at worst", indent=2)
    page.labelled("coverage", coverage_in_words(verdict), indent=2)
    if verdict.disputed:
        page.labelled("disputed", ("authoritative texts differ; the stricter was taken", "yellow"), indent=2)
    if verdict.confidence not in ("", "full"):
        page.labelled("sources", f"of the weakest text this rests on: {CONFIDENCES[verdict.confidence]}", indent=2)


def _actions(page: Page, verdict: Verdict) -> None:
    if verdict.actions:
        page.heading("What to do")
    for number, action in enumerate(verdict.actions, start=1):
        page.line(f"{number}. {action}", indent=2, hang=3)


def _assumed(page: Page, verdict: Verdict) -> None:
    """Assumptions, those alike in one line."""
    if not verdict.assumed:
        return
    page.heading("Assumed, as it was not given")
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in verdict.assumed:
        if one.decides:
            owner, _, attribute = one.fact.rpartition(".")
            alike[attribute, in_words(one.value), one.say].append(owner)
    for (attribute, value, say), owners in alike.items():
        page.line(
            (f"{attribute} is {value}", "bold"),
            f" for {', '.join(owners)}",
            (f"  otherwise say {say}", "dim"),
            indent=2,
        )
    others = sorted({one.fact.rpartition(".")[2] for one in verdict.assumed if not one.decides})
    if others:
        lead = "Also assumed, without any status resting on it: " if alike else "No status rests on these: "
        page.line((lead, "dim"), (", ".join(others), "dim"), indent=2)


def _unrecognised(page: Page, verdict: Verdict) -> None:
    if verdict.unrecognised:
        page.heading("Not recognised, and so unknown to the rules")
    for one in verdict.unrecognised:
        near = " or ".join(f"“{name}”" for name in one.nearest)
        hint = f"; nearest: {near}" if near else "; nothing is near"
        page.line(f"“{one.text}”{hint}", (f"  {one.at or one.pointer}", "dim"), indent=2)


def _small_print(page: Page, verdict: Verdict) -> None:
    page.blank()
    ledger = verdict.ledger
    page.labelled(
        "ledger",
        (
            (
                f"{ledger.total} rules × subjects: {ledger.satisfied} satisfied, {ledger.violated} violated, "
                f"{ledger.open} open, {ledger.harmless} harmless, {ledger.not_applicable} not applicable, "
                f"{ledger.not_in_force} not in force"
            ),
            "dim",
        ),
    )
    for label, found in (("packs", verdict.packs), ("catalogues", verdict.catalogues)):
        if found:
            page.labelled(
                label, (", ".join(f"{one.name} {one.version} ({_short(one.digest)})" for one in found), "dim")
            )
    page.labelled(
        "rests on", (f"vocabulary {_short(verdict.vocabulary)}, references {_short(verdict.references)}", "dim")
    )
    engine = f"supportable {verdict.engine}, language {verdict.language}, {verdict.reading} reading"
    page.labelled("judged by", (f"{engine}; design {_short(verdict.digest)}", "dim"))


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:12]
