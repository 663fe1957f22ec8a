"""Reports to write as documents, with names that would do harm where they are not kept from it."""

from __future__ import annotations

from dataclasses import replace

from supportable.errors import Problem
from supportable.origin import Origin
from supportable.report.model import Judged, Refused, Report
from supportable.verdict.model import AssumedShown, Missing, UnrecognisedShown, Verdict
from supportable.verdict.timeline import Period, SubjectStatus, Timeline, Turn
from tests.report.verdicts import ARTICLE, finding, question, resting, subject, verdict

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "]]><!--",
    "&lt;b&gt;",
    "\u202egnp.exe\u2066",
    "a\x00b\x1b[31mc\x85",
    "half \ud83d",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "@everyone closes #1 `code` **bold** | cell | http://evil.example www.evil.example",
    "# heading\n\n- list\n\n```",
    "ﷺ" * 50,
    "x" * 10_000,
)

PROBLEM = Problem("SUP510", "the attribute “oss” is not known", Origin("e.yaml", 7, 3), "did you mean “os”?")
REFUSED = Refused("e.yaml", (PROBLEM,))


def report(*verdicts: Verdict) -> Report:
    """A report of these verdicts, files d.yaml each."""
    return Report(tuple(Judged("d.yaml", each) for each in verdicts))


def named(text: str) -> Report:
    """A report in which every text that a design or a pack can give is `text`."""
    article = replace(ARTICLE, ref=text, title=text, url=text, section=text, revision=text)
    found = finding(
        "violated",
        message=text,
        title=text,
        remedies=(text,),
        offenders=(text,),
        waived_by=(text,),
        citations=(article,),
    )
    open_ = finding("open", rule="acme.arrays/other", title=text, missing=(text,), citations=(article,))
    whole = verdict(
        "unsupported",
        subject("unsupported", found, open_, name=f"array/{text}", title=text, rests_on=resting("limited", text)),
        design=text,
        actions=(text,),
        missing=(replace(question("supported"), fact=text, question=text), Missing("policy", text, "", "", (), (), "")),
        assumed=(AssumedShown(f"array/{text}.x", text, "", text, True),),
        unrecognised=(UnrecognisedShown("/x", text, (text,), Origin(text, 3, 4)),),
        advisories=(finding("violated", advisory=True, outcome="advisory", message=text, citations=(article,)),),
        warnings=(text,),
    )
    return Report((Judged(text, whole), Refused(text, (replace(PROBLEM, message=text, hint=text),))))


def timeline() -> Timeline:
    """Three periods; in the last, array/a1 becomes unsupported."""
    periods = []
    for first, last, status, turns in (
        ("2020-01-01", "2020-02-29", "not_covered", ()),
        ("2020-03-01", "2023-05-31", "supported", (_turn("", "satisfied", ""),)),
        ("2023-06-01", "2026-11-01", "unsupported", (_turn("satisfied", "violated", "unsupported"),)),
    ):
        one = SubjectStatus("array/a1", status, status, status)
        periods.append(Period(first, last, status, status, status, False, (one,), turns))
    return Timeline("storage", "sha256:00", "2020-01-01", "2026-11-01", tuple(periods), ())


def _turn(before: str, after: str, outcome: str) -> Turn:
    title = "A mirrored array is supported"
    return Turn("array/a1", "acme.arrays/mirrored", title, before, after, outcome, (ARTICLE,))
