"""Verdicts made by hand, one trait at a time."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from supportable.origin import Origin
from supportable.report import console_for, write_verdict
from supportable.verdict.model import (
    Answer,
    Cited,
    Coverage,
    FindingShown,
    Ledger,
    Missing,
    RestsOn,
    RevisionShown,
    Step,
    SubjectVerdict,
    Verdict,
    Versioned,
)

ARTICLE = Cited(
    "ACME-100", "Supported configurations", "https://support.acme.example/100", "Arrays", "first", "opening"
)

BECAUSE = Step(
    expression="array.mirrored",
    truth="false",
    pack="acme.arrays",
    at=Origin("acme/arrays/rules/mirrors.yaml", 6, 14),
    children=(
        Step(
            fact="array/a1.mirrored",
            value=False,
            has_value=True,
            pointer="/arrays/0/mirrored",
            at=Origin("d.yaml", 3, 9),
        ),
    ),
)


def finding(kind: str, **changed: Any) -> FindingShown:
    """A finding of that kind on array/a1."""
    plain = FindingShown(
        rule="acme.arrays/mirrored",
        version="1.0.0",
        subject="array/a1",
        revision=RevisionShown("2020-03-01", None, None, ("2020-03-01",)),
        kind=kind,
        outcome="unsupported" if kind in ("violated", "open") else "",
        at_best="unsupported" if kind == "violated" else "",
        covers=kind == "satisfied",
        refused=False,
        disputed=False,
        advisory=False,
        in_gap=False,
        title="A mirrored array is supported",
        message="a1 is not mirrored" if kind == "violated" else "",
        remedies=("Mirror a1",) if kind == "violated" else (),
        offenders=(),
        waived_by=(),
        citations=(ARTICLE,),
        missing=("array/a1.mirrored",) if kind == "open" else (),
        at=Origin("acme/arrays/rules/mirrors.yaml", 2, 5),
        because=BECAUSE,
    )
    return replace(plain, **changed)


def subject(status: str, *findings: FindingShown, name: str = "array/a1", **changed: Any) -> SubjectVerdict:
    """A subject of that status."""
    bounds = {"undetermined": ("unsupported", "supported")}.get(status, (status, status))
    type_, _, id_ = name.partition("/")
    plain = SubjectVerdict(
        subject=name,
        type=type_,
        id=id_,
        title=f"{id_} (model 7)",
        status=status,
        at_worst=bounds[0],
        at_best=bounds[1],
        disputed=False,
        coverage="covered",
        confidence="opening",
        rests_on=None,
        findings=findings,
        missing=(),
        pointer="/arrays/0",
        at=Origin("d.yaml", 2, 5),
    )
    return replace(plain, **changed)


OF_STATUS = {
    "unsupported": "violated",
    "limited": "violated",
    "conditional": "violated",
    "undetermined": "open",
    "not_covered": None,
    "supported": "satisfied",
}


def verdict(status: str, *subjects: SubjectVerdict, **changed: Any) -> Verdict:
    """A verdict of that status; its subject is made to fit where none is given."""
    if not subjects:
        kind = OF_STATUS[status]
        outcome = {"outcome": status, "at_best": status} if kind == "violated" else {}
        subjects = (subject(status, *([finding(kind, **outcome)] if kind else [])),)
    bounds = {"undetermined": ("unsupported", "supported")}.get(status, (status, status))
    plain = Verdict(
        design="storage",
        digest="sha256:" + "0" * 64,
        as_of="2026-11-01",
        status=status,
        at_worst=bounds[0],
        at_best=bounds[1],
        disputed=False,
        confidence="opening",
        coverage=Coverage(3, 0, 4, ("server/s9",)),
        actions=(),
        subjects=subjects,
        missing=(),
        assumed=(),
        unrecognised=(),
        advisories=(),
        may_apply=(),
        warnings=(),
        ledger=Ledger(1, 2, 3, 4, 5, 6, 21),
        vocabulary="sha256:" + "1" * 64,
        references="sha256:" + "2" * 64,
        packs=(Versioned("acme.arrays", "1.0.0", "sha256:" + "ab" * 32),),
        catalogues=(),
        engine="0.1.0",
        language=1,
        reading="reference",
    )
    return replace(plain, **changed)


def question(status: str) -> Missing:
    """Whether a1 is mirrored; yes leads to `supported`, no to `unsupported`. `status` is the design's on yes."""
    answers = (Answer(True, status), Answer(False, "unsupported"))
    return Missing(
        "fact", "array/a1.mirrored", "/arrays/0/mirrored", "Is it mirrored?", answers, ("acme.arrays/mirrored",),
        "unsupported", ("array/a1",),
    )  # fmt: skip


def resting(worst: str, *names: str) -> RestsOn:
    """What a subject rests on."""
    return RestsOn(worst, names)


def text(shown: Verdict, *, width: int = 100, explain: bool = False) -> str:
    """The report as it goes into a file."""
    stream = io.StringIO()
    write_verdict(console_for(stream, width=width), shown, explain=explain)
    return stream.getvalue()


def flat(shown: Verdict, *, explain: bool = False) -> str:
    """The report with all white space made single blanks, so that line breaks do not matter."""
    return " ".join(text(shown, explain=explain).split())
