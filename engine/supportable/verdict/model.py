"""A verdict: one frozen value that says what is supported, why, by which texts, and what is still to be found out.

Everything in it is plain: text, whole numbers, tuples and other values of this module. The JSON form has the same
names (see `verdict.as_json`). Lists are ordered by rules given at each field, never by the order of the input.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from supportable.errors import SupportableError
from supportable.origin import Origin
from supportable.packs.model import NOT_COVERED, STATUS_NAMES
from supportable.readings.findings import Bounds

UNDETERMINED = "undetermined"

STATUS_ORDER = ("unsupported", "limited", UNDETERMINED, "conditional", "not_covered", "supported")
"""Every status a subject or a design can show, worst first; undetermined stands before what it may turn out to be."""


class UncitedVerdict(SupportableError):
    """A `supported` without a citation: refused, whatever led to it. A defect of ours."""


def status_of(bounds: Bounds) -> str:
    """The status that bounds amount to: the one both ends agree on, else `undetermined`."""
    return STATUS_NAMES[bounds.worst] if bounds.decided else UNDETERMINED


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with all a reader needs. `confidence` says how far the text was read: "full", "opening" or
    "secondary"; `revision` is the edition, "" where there is one only."""

    ref: str
    title: str
    url: str
    section: str
    revision: str
    confidence: str


class Step(NamedTuple):
    """A node of a because-tree.

    An inner step has an `expression` with its `truth` ("true", "false", "unknown") or `value`, and where it is written
    (`at`, with `pack`). A leaf has a `fact` ("machine/sqlvm1.os"), its `value`, its JSON `pointer` and its place in the
    design; `assumed` marks one the vocabulary closed. A derived fact is both: a fact with its definition below.
    `member` names the list member a step is about; `row` the catalogue row a leaf rests on.
    """

    expression: str = ""
    truth: str = ""
    fact: str = ""
    value: Any = None
    has_value: bool = False
    pointer: str = ""
    assumed: bool = False
    member: str = ""
    open: bool = False
    row: str = ""
    note: str = ""
    pack: str = ""
    at: Origin | None = None
    cited: tuple[Cited, ...] = ()
    children: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One allowed answer to a question, and the status the asking subject would then have."""

    value: Any
    status: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something whose knowledge would decide.

    `kind` is "fact" (of the design), "catalogue" (a row nobody has) or "policy" (a text of that time, or support nobody
    states). `decides` names the rules left open by it, sorted; `worst` is the worst outcome it leaves open.
    """

    kind: str
    fact: str
    pointer: str
    question: str
    answers: tuple[Answer, ...]
    decides: tuple[str, ...]
    worst: str
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionShown:
    """Which text judged: in force `since` (inclusive) `until` (exclusive), as ISO dates or None; `last_seen` where the
    text is known to have stood until then. `changes_on` are the days on which the rule begins to read otherwise."""

    since: str | None
    until: str | None
    last_seen: str | None
    changes_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingShown:
    """What one rule says of one subject, as a reader sees it.

    `kind` is "satisfied", "violated", "open" or "harmless". `outcome` is the worst status the finding stands for and
    `at_best` the best (both "" where it stands for none). `offenders` are names of entities or records, sorted.
    """

    rule: str
    version: str
    subject: str
    revision: RevisionShown
    kind: str
    outcome: str
    at_best: str
    covers: bool
    refused: bool
    disputed: bool
    advisory: bool
    in_gap: bool
    title: str
    message: str
    remedies: tuple[str, ...]
    offenders: tuple[str, ...]
    waived_by: tuple[str, ...]
    citations: tuple[Cited, ...]
    missing: tuple[str, ...]
    at: Origin
    because: Step | None = None


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What a subject rests on, transitively, and the worst status among it."""

    worst: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectVerdict:
    """One subject's verdict. Findings come worst first, then by rule name."""

    subject: str
    type: str
    id: str
    title: str
    status: str
    at_worst: str
    at_best: str
    disputed: bool
    coverage: str
    confidence: str
    rests_on: RestsOn | None
    findings: tuple[FindingShown, ...]
    missing: tuple[Missing, ...]
    pointer: str
    at: Origin | None = None

    def __post_init__(self) -> None:
        if self.status == "supported" and not any(
            finding.covers and finding.kind == "satisfied" and finding.citations for finding in self.findings
        ):
            raise UncitedVerdict(())


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many judged subjects some pack speaks for. `not_covered` names those for which none does, sorted."""

    covered: int
    open: int
    judged: int
    not_covered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every rule × subject, counted once; the counts add up to `total`."""

    satisfied: int
    violated: int
    open: int
    harmless: int
    not_applicable: int
    not_in_force: int
    total: int


@dataclass(frozen=True, slots=True)
class AssumedShown:
    """A fact that was not given and that the vocabulary reads as `value`; `say` is how a design would say otherwise.

    `decides` is true where a status or its bounds rest on it; else it only changes what some rule finds.
    """

    fact: str
    value: Any
    pointer: str
    say: str
    decides: bool


@dataclass(frozen=True, slots=True)
class UnrecognisedShown:
    """A text that no alias matches, with the nearest names."""

    pointer: str
    text: str
    nearest: tuple[str, ...]
    at: Origin | None = None


@dataclass(frozen=True, slots=True)
class Versioned:
    """A pack or catalogue that took part: name, version and digest."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one design on one day. Equal verdicts have equal bytes (`verdict.as_json.to_bytes`).

    Subjects come worst first, then by name. `confidence` is the weakest any decisive citation has.
    """

    design: str
    digest: str
    as_of: str
    status: str
    at_worst: str
    at_best: str
    disputed: bool
    confidence: str
    coverage: Coverage
    actions: tuple[str, ...]
    subjects: tuple[SubjectVerdict, ...]
    missing: tuple[Missing, ...]
    assumed: tuple[AssumedShown, ...]
    unrecognised: tuple[UnrecognisedShown, ...]
    advisories: tuple[FindingShown, ...]
    may_apply: tuple[FindingShown, ...]
    warnings: tuple[str, ...]
    ledger: Ledger
    vocabulary: str
    references: str
    packs: tuple[Versioned, ...]
    catalogues: tuple[Versioned, ...]
    engine: str
    language: int
    reading: str
    file: str = field(default="", compare=False)

    def subject(self, name: str) -> SubjectVerdict:
        """The verdict of the subject called `name` ("workload/sql"); KeyError if it was not judged."""
        for found in self.subjects:
            if found.subject == name:
                return found
        raise KeyError(name)


NO_STATUS = STATUS_NAMES[NOT_COVERED]
