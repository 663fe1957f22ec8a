"""A bill of materials, judged: line by line, then as a whole, then what it cannot tell."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any, Final

from supportable.bom import codes
from supportable.bom.against import Against, held_against
from supportable.bom.asking import MOST_ASKED, NO_RULE, Asked, Told, cited, places_of, size, told, words
from supportable.bom.faults import warning
from supportable.bom.imply import COMPONENTS, Implied, imply
from supportable.bom.model import NOT_AN_ITEM, UNRECOGNISED, Bom, JudgedBom, JudgedLine, Line, Recognised, Statement
from supportable.bom.recognise import Found, Recogniser
from supportable.bom.table import Progress
from supportable.bom.uses import uses
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.packs import PackSet
from supportable.verdict import Verdict
from supportable.verdict.model import STATUS_ORDER, FindingShown

MOST_KINDS: Final = 1_000
"""Up to so many different machines and workloads a bill is judged as one design."""

TOO_MANY: Final = "it was not judged: the bill has too many different machines and workloads"

_RUN: Final = ("os", "hypervisor", "product")
"""What is known of an entity where there is something to judge."""

_JUDGED: Final = ("machine", "workload")


def judge_bom(
    bom: Bom,
    packs: PackSet,
    *,
    as_of: date | str | None = None,
    only: Collection[str] | None = None,
    design: Facts | None = None,
    progress: Progress | None = None,
) -> JudgedBom:
    """The answer for a bill, by all packs or those of `only`, as of a day, today if left out.

    With `design`, the lines are held against that design and it is what `verdict` judges. Every line of the bill is a
    line of the answer, in order. Raises UsageError for a pack that is not there, or a part said to be
    what nobody knows.
    """
    asked = Asked(packs, as_of, only)
    recogniser = Recogniser(packs, bom.said)
    found: list[Found] = []
    for place, line in enumerate(bom.lines):
        found.append(recogniser.of(line) if line.kind == "item" else (None, "", ()))
        if progress is not None and place % 1000 == 0:
            progress("recognising", place, len(bom.lines))
    recognised = [each[0] for each in found]
    implied = imply(bom, recognised, _named(bom))
    warnings = list(bom.warnings)
    if progress is not None:
        progress("judging", 0, 1)
    kinds = len(implied.document.get("machines", ())) + len(implied.document.get("workloads", ()))
    if kinds > MOST_KINDS:
        message = f"{kinds} different machines and workloads; {MOST_KINDS} are judged, the others are not"
        warnings.append(warning(codes.TOO_MANY_KINDS, message, bom.source.file, "split the bill"))
    document = _cut(implied.document)
    facts = load_design(document, packs.vocabulary)
    if size(facts) > MOST_ASKED:
        message = "with so many entities it was not tried what each answer would lead to, or what rests on assumptions"
        hint = "write the design with --implied, and check that"
        warnings.append(warning(codes.ASSUMPTIONS_NOT_LISTED, message, bom.source.file, hint))
    verdict = asked.judged(facts)
    against = held_against(bom, recognised, design, asked) if design is not None else None
    teller = _Teller(verdict, implied)
    lines = []
    for place, line in enumerate(bom.lines):
        lines.append(teller.line(place, line, found[place], against))
        if progress is not None and place % 5000 == 0:
            progress("writing", place, len(bom.lines))
    allows, forbids, uncertain = uses(document, implied, bom, asked)
    cannot = [*_relations(bom, recognised, implied), *uncertain, *_odd(lines)]
    if against is not None:
        cannot = [*against.differences, *cannot]
    return JudgedBom(
        bom=bom,
        lines=tuple(lines),
        verdict=against.verdict if against is not None else verdict,
        implied=implied.document,
        design=design.name if design is not None else "",
        allows=tuple(allows),
        forbids=(*_violated(verdict, implied, bom), *forbids),
        cannot_tell=tuple(cannot),
        warnings=tuple(warnings),
    )


def _named(bom: Bom) -> str:
    return Path(bom.source.file).stem.strip()[:100] or "bill"


def _cut(document: dict[str, Any]) -> dict[str, Any]:
    """The design with as many machines and workloads as are judged: servers of which nothing but the model is known are
    the first to be left out."""
    entries = [(section, each) for section in ("machines", "workloads") for each in document.get(section, ())]
    if len(entries) <= MOST_KINDS:
        return document
    telling = sorted(entries, key=lambda pair: pair[1].keys().isdisjoint(_RUN))[:MOST_KINDS]
    kept = {id(each) for _, each in telling}
    cut = dict(document)
    for section in ("machines", "workloads"):
        held = [each for each in document.get(section, ()) if id(each) in kept]
        cut[section] = [*held, "..."] if len(held) < len(document.get(section, ())) else held
    return cut


class _Teller:
    """What a verdict says of each line; each combination of subjects is put in words once."""

    def __init__(self, verdict: Verdict, implied: Implied) -> None:
        self.subjects = {subject.subject: subject for subject in verdict.subjects}
        self.implied = implied
        self.offended: dict[str, list[FindingShown]] = {}
        for subject in verdict.subjects:
            for finding in subject.findings:
                for offender in finding.offenders if finding.kind == "violated" else ():
                    self.offended.setdefault(offender, []).append(finding)
        self.left_out = {name for name in implied.origins if name.split("/")[0] in _JUDGED} - self.subjects.keys()
        self._known: dict[tuple[bool, tuple[str, ...]], Told] = {}

    def line(self, place: int, line: Line, found: Found, against: Against | None) -> JudgedLine:
        """The line at that place of the bill, with its status and reasons."""
        thing, note, nearest = found
        if line.kind != "item":
            return JudgedLine(line, None, (), NOT_AN_ITEM, (line.kind,), ())
        if thing is None:
            named = line.description or line.part or next(iter(line.text.values()), "")
            why = f"“{named[:80]}” is not recognised" + (f": it {note}" if note else "")
            return JudgedLine(line, None, (), UNRECOGNISED, (why, *line.notes), (), nearest)
        names, verdicts = against.of(place) if against is not None else ((), ())
        if names:
            status, reasons, cites = told(verdicts)
            return JudgedLine(line, thing, names, status, (*reasons, *line.notes), cites)
        if line.quantity is not None and line.quantity <= 0:
            why = f"a quantity of {line.quantity} orders nothing, so it is no part of the design"
            return JudgedLine(line, thing, (), "not_covered", (why, *line.notes), ())
        subjects = self.implied.subjects.get(place, ())
        key = (thing.kind in COMPONENTS and thing.kind != "server", subjects)
        if key not in self._known:
            self._known[key] = self._of_part(subjects) if key[0] else self._of_whole(subjects)
        status, reasons, cites = self._known[key]
        if any(name in self.left_out for name in subjects):
            status, reasons, cites = "undetermined", (TOO_MANY,), ()
        beside = ("the design has nothing like it",) if against is not None else ()
        return JudgedLine(line, thing, subjects, status, (*beside, *reasons, *line.notes), cites)

    def _of_whole(self, subjects: tuple[str, ...]) -> Told:
        return told(tuple(self.subjects[name] for name in subjects if name in self.subjects))

    def _of_part(self, subjects: tuple[str, ...]) -> Told:
        own = [name for name in subjects if name.startswith("component/")]
        found = [finding for name in own for finding in self.offended.get(name, ())]
        if found:
            worst = min((finding.outcome for finding in found), key=STATUS_ORDER.index)
            return worst, tuple(finding.message or finding.title for finding in found), cited(found)
        machines = [self.subjects[name] for name in subjects if name in self.subjects]
        within = tuple(f"it is part of {one.subject}, which is {words(one.status)}" for one in machines)
        return "not_covered", (NO_RULE + " by itself", *within), ()


def _violated(verdict: Verdict, implied: Implied, bom: Bom) -> list[Statement]:
    """What is wrong with what the bill implies, whatever it is used for."""
    return [
        Statement(
            subject.title,
            subject.status,
            *told((subject,))[1:],
            places_of(bom, implied.origins.get(subject.subject, ())),
        )
        for subject in verdict.subjects
        if subject.status in ("unsupported", "limited")
    ]


def _relations(bom: Bom, recognised: list[Recognised | None], implied: Implied) -> list[Statement]:
    """Licences that no server is known to run, and workloads that no machine is known to run."""
    by_title: dict[tuple[str, str], list[int]] = {}
    for place in implied.subjects:
        thing = recognised[place]
        if thing is not None and (place in implied.loose or thing.kind == "workload"):
            by_title.setdefault((thing.kind, thing.title), []).append(place)
    said = []
    for (kind, title), places in by_title.items():
        count = sum(bom.lines[place].quantity or 1 for place in places)
        what = "on which machines it runs" if kind == "workload" else "which servers, or virtual machines, it is for"
        said.append(
            Statement(
                f"{title} (quantity {count})",
                "undetermined",
                (f"the bill does not say {what}",),
                (),
                places_of(bom, places),
            )
        )
    return said


def _odd(lines: list[JudgedLine]) -> list[Statement]:
    unrecognised = [each.line.place for each in lines if each.status == UNRECOGNISED]
    uncounted = [each.line.place for each in lines if each.recognised is not None and each.line.quantity is None]
    said = []
    if unrecognised:
        reason = "what these lines are is not known here, so no rule was asked about them"
        said.append(
            Statement(f"{len(unrecognised)} unrecognised lines", "undetermined", (reason,), (), tuple(unrecognised))
        )
    if uncounted:
        reason = "their quantity is not known; they were taken for one"
        said.append(
            Statement(f"{len(uncounted)} lines without a quantity", "undetermined", (reason,), (), tuple(uncounted))
        )
    return said
