"""From what a request asks to a judgement: read, load, evaluate, write. Pure, and made to run in a thread."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import orjson

from supportable.document import Document, Limits, read_text
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.intake.limits import DesignLimits
from supportable.packs import PackSet
from supportable.report.html import html_of
from supportable.report.markdown import markdown_of
from supportable.report.model import Judged, Report
from supportable.report.sarif import sarif_text
from supportable.verdict import Verdict, evaluate, to_bytes, to_json
from supportable_api.media import DESIGNS, HTML, JSON, MARKDOWN, SARIF
from supportable_api.named_reports import refuse_named_reports
from supportable_api.settings import Settings
from supportable_api.verdict_cache import Judgement

Writer = Callable[[Report], str]

REPORTS: Final[dict[str, Writer]] = {HTML: html_of, SARIF: sarif_text, MARKDOWN: markdown_of}
"""What writes a verdict in the media types that are not the verdict itself."""

FORMS: Final = (JSON, *REPORTS)
"""The media types a verdict can be had in, JSON if the request does not care."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a judgement depends on beside the packs: the design as it came, how to read it, the day, the choice of
    packs (None for all of them), and the media type it is to be written in."""

    content: bytes
    media_type: str
    as_of: date
    only: tuple[str, ...] | None
    form: str = JSON


def today() -> date:
    """The day that is judged by where a request names none: today's in UTC, wherever the service stands."""
    return datetime.now(UTC).date()


def limits_of(settings: Settings) -> DesignLimits:
    """What one design may be."""
    most = max(settings.max_body, settings.max_file)
    return DesignLimits(max_entities=settings.max_entities, document=Limits(max_bytes=most))


def design_of(content: bytes, media_type: str, packset: PackSet, limits: DesignLimits) -> Facts:
    """The facts of a design that came over the network: nothing that it names is opened.

    Raises DocumentError and DesignError.
    """
    return facts_of(read_text(content, DESIGNS[media_type], limits=limits.document), packset, limits)


def facts_of(document: Document, packset: PackSet, limits: DesignLimits) -> Facts:
    """The facts of a document that came over the network. Raises DesignError."""
    facts = load_design(document, packset.vocabulary, limits=limits)
    refuse_named_reports(document)
    return facts


def judge(asked: Asked, packset: PackSet, limits: DesignLimits) -> Judgement:
    """The judgement. Raises DocumentError, DesignError, UsageError, EvaluationError."""
    return judge_facts(design_of(asked.content, asked.media_type, packset, limits), asked, packset)


def judge_document(document: Document, asked: Asked, packset: PackSet, limits: DesignLimits) -> Judgement:
    """The same of a document that was read before."""
    return judge_facts(facts_of(document, packset, limits), asked, packset)


def judge_facts(facts: Facts, asked: Asked, packset: PackSet) -> Judgement:
    """The same of facts that were loaded before."""
    # The deadline is that of the thread it runs in: see `Judging`.
    verdict = evaluate(facts, packset, as_of=asked.as_of, only=asked.only, deadline=None)
    return judgement_of(verdict, asked.as_of, asked.form)


def canonical(verdict: Verdict) -> bytes:
    """The bytes that `to_bytes` gives, several times faster: a verdict may have a hundred thousand nodes."""
    try:
        return orjson.dumps(to_json(verdict), option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        # What it cannot write, such as numbers beyond 64 bits, the engine can, or says why not.
        return to_bytes(verdict)


def judgement_of(verdict: Verdict, as_of: date, form: str) -> Judgement:
    """A verdict with everything that is told of it."""
    content = canonical(verdict)
    report = content if form == JSON else report_of(verdict, form)
    return Judgement(
        design=verdict.design,
        as_of=as_of,
        status=verdict.status,
        at_worst=verdict.at_worst,
        at_best=verdict.at_best,
        verdict=content,
        digest=hashlib.sha256(content).hexdigest(),
        report=report,
    )


def report_of(verdict: Verdict, form: str) -> bytes:
    """The verdict in one of `REPORTS`."""
    return REPORTS[form](Report((Judged(verdict.design, verdict),))).encode()
