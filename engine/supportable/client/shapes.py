"""The answers of the service as typed dictionaries: what they hold is what was sent, so that nothing is lost.

Days are texts, YYYY-MM-DD. A test holds these shapes against the schemas that the service publishes.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Status = Literal["unsupported", "limited", "undetermined", "conditional", "not_covered", "supported"]
Bound = Literal["unsupported", "limited", "conditional", "not_covered", "supported"]


class Place(TypedDict):
    """Where something stands: lines and columns from 1, 0 where not known; `pack` for what stands in one."""

    pack: NotRequired[str]
    file: str
    line: int
    column: int


class Citation(TypedDict):
    """A place in an article, and how far its text was read."""

    ref: str
    title: str
    url: str
    section: str
    revision: str
    confidence: str


class Step(TypedDict, total=False):
    """A node of the tree of reasons: an expression, or a fact of the design."""

    expression: str
    truth: Literal["false", "unknown", "true"]
    fact: str
    value: Any
    pointer: str
    assumed: bool
    open: bool
    member: str
    row: str
    note: str
    at: Place | None
    citations: list[Citation]
    children: list[Step]


Revision = TypedDict(
    "Revision", {"from": str | None, "until": str | None, "last_seen": str | None, "changes_on": list[str]}
)
"""Which text of a rule was in force, and when it reads otherwise."""


class Finding(TypedDict):
    """What one rule says of one subject."""

    rule: str
    version: str
    subject: str
    revision: Revision
    kind: Literal["satisfied", "violated", "open", "harmless"]
    outcome: str
    at_best: str
    covers: bool
    refused: bool
    disputed: bool
    in_gap: bool
    title: str
    message: str
    remedies: list[str]
    offenders: list[str]
    waived_by: list[str]
    citations: list[Citation]
    missing: list[str]
    at: Place | None
    because: Step | None


class Answered(TypedDict):
    """An answer to a question, and what the status is with it."""

    value: Any
    status: Status


class Missing(TypedDict):
    """What is not known and matters, with its question."""

    kind: Literal["fact", "catalogue", "policy"]
    fact: str
    pointer: str
    question: str
    answers: list[Answered]
    decides: list[str]
    worst: Bound
    subjects: list[str]


class RestsOn(TypedDict):
    """What a subject depends on, and the worst of it."""

    worst: Status
    subjects: list[str]


class Subject(TypedDict):
    """One thing that is judged."""

    subject: str
    type: str
    id: str
    title: str
    status: Status
    at_worst: Bound
    at_best: Bound
    disputed: bool
    coverage: Literal["covered", "open", "not_covered"]
    confidence: str
    rests_on: RestsOn | None
    findings: list[Finding]
    missing: list[Missing]
    pointer: str
    at: Place | None


class Coverage(TypedDict):
    """How many subjects some rule covers."""

    covered: int
    open: int
    judged: int
    not_covered: list[str]


Assumed = TypedDict("Assumed", {"fact": str, "as": Any, "pointer": str, "say": str, "decides": bool})
"""What was read from silence, and the key that would say otherwise."""


class Unrecognised(TypedDict):
    """A text that names no product that is known."""

    pointer: str
    text: str
    nearest: list[str]
    at: Place | None


class Counts(TypedDict):
    """How many findings there are of each kind."""

    satisfied: int
    violated: int
    open: int
    harmless: int
    not_applicable: int
    not_in_force: int
    total: int


class PackUsed(TypedDict):
    """A pack that judged."""

    pack: str
    version: str
    digest: str


class CatalogueUsed(TypedDict):
    """A catalogue that was looked into."""

    catalogue: str
    version: str
    digest: str


class Engine(TypedDict):
    """What judged."""

    version: str
    language: int
    reading: str


class Verdict(TypedDict):
    """Whether one design is supported on one day, why, and what is still to be found out."""

    format: int
    design: str
    digest: str
    as_of: str
    status: Status
    at_worst: Bound
    at_best: Bound
    disputed: bool
    confidence: str
    coverage: Coverage
    actions: list[str]
    subjects: list[Subject]
    missing: list[Missing]
    assumed: list[Assumed]
    unrecognised: list[Unrecognised]
    advisories: list[Finding]
    may_apply: list[Finding]
    warnings: list[str]
    ledger: Counts
    packs: list[PackUsed]
    vocabulary: str
    references: str
    catalogues: list[CatalogueUsed]
    engine: Engine


# -- through time, and checked ----------------------------------------------------------------------------------------


class SubjectStatus(TypedDict):
    """One subject's status in a period."""

    subject: str
    status: Status
    at_worst: Bound
    at_best: Bound


class Turn(TypedDict):
    """A finding that came out otherwise than the day before."""

    subject: str
    rule: str
    title: str
    before: str
    after: str
    outcome: str
    citations: list[Citation]


class Period(TypedDict):
    """Days with one and the same status; both ends are inclusive."""

    first: str
    last: str
    status: Status
    at_worst: Bound
    at_best: Bound
    disputed: bool
    subjects: list[SubjectStatus]
    turns: list[Turn]


class NamedPack(TypedDict):
    """A pack that judged a timeline."""

    name: str
    version: str
    digest: str


class Timeline(TypedDict):
    """A design's periods, in order and without gaps."""

    format: int
    design: str
    digest: str
    first: str
    last: str
    periods: list[Period]
    packs: list[NamedPack]


class ProblemShape(TypedDict):
    """One thing that is wrong."""

    code: str
    message: str
    hint: str
    move: str
    file: str
    line: int
    column: int


class Verified(TypedDict):
    """Whether a verdict holds, and every respect in which it does not; `total` counts those that are left off."""

    ok: bool
    total: int
    faults: list[ProblemShape]


# -- what packs say ---------------------------------------------------------------------------------------------------


class PackLine(TypedDict):
    """A pack in a line."""

    name: str
    version: str
    title: str
    publisher: str
    rules: int
    digest: str


class BrokenPack(TypedDict):
    """A pack that does not load."""

    name: str
    problems: list[str]


class Packs(TypedDict):
    """All packs; `digest` identifies everything that a verdict can depend on."""

    items: list[PackLine]
    broken: list[BrokenPack]
    digest: str


class RuleLine(TypedDict):
    """A rule in a line."""

    rule: str
    id: str
    title: str
    subject: str
    outcomes: list[str]
    changes_on: list[str]


class DefinitionText(TypedDict):
    """What a definition says in one stretch of time."""

    since: str | None
    until: str | None
    last_seen: str | None
    value: str
    citations: list[Citation]
    at: Place


class Definition(TypedDict):
    """A fact that a pack derives from others."""

    fact: str
    title: str
    type: str
    texts: list[DefinitionText]
    at: Place


class Term(TypedDict):
    """A term of a pack's glossary."""

    term: str
    text: str
    pack: str
    citations: list[Citation]
    at: Place


class Requires(TypedDict):
    """A pack that another one needs."""

    pack: str
    versions: str


class Pack(TypedDict):
    """A pack with everything in it."""

    name: str
    version: str
    title: str
    publisher: str
    description: str
    digest: str
    requires: list[Requires]
    rules: list[RuleLine]
    definitions: list[Definition]
    terms: list[Term]
    references: list[str]


class Condition(TypedDict):
    """An expression as its author wrote it."""

    text: str
    at: Place


class Each(TypedDict):
    """The requirement is asked of every member of `over`."""

    name: str
    over: str


class Exemption(TypedDict):
    """Where `condition` holds, the requirement is waived."""

    title: str
    condition: Condition
    since: str | None
    until: str | None
    citations: list[Citation]


class Dispute(TypedDict):
    """Another text that asks for something else."""

    require: Condition
    citation: Citation


class Outcome(TypedDict):
    """What it comes to where the requirement does not hold."""

    outcome: str
    refused: bool
    when: Condition | None
    message: str
    remedies: list[str]
    citations: list[Citation]


class RuleText(TypedDict):
    """What a rule says in one stretch of time."""

    since: str | None
    until: str | None
    last_seen: str | None
    doubtful: bool
    title: str
    states_support: bool
    advisory: bool
    when: Condition | None
    each: Each | None
    require: Condition | None
    unless: list[Exemption]
    disputed: list[Dispute]
    outcomes: list[Outcome]
    message: str
    remedies: list[str]
    citations: list[Citation]
    at: Place


class Statement(TypedDict):
    """A statement of a source that a rule encodes."""

    id: str
    says: str
    article: str


class Case(TypedDict):
    """A case that names a rule."""

    title: str
    as_of: str
    subject: str
    expected: str
    at: Place


class Rule(TypedDict):
    """A rule with all of its texts, oldest first."""

    rule: str
    id: str
    pack: str
    version: str
    title: str
    subject: str
    notes: str
    tags: list[str]
    statements: list[Statement]
    changes_on: list[str]
    texts: list[RuleText]
    cases: list[Case]
    at: Place


class Edition(TypedDict):
    """An edition of an article."""

    id: str
    date: str | None
    note: str
    confidence: str


class CitingRule(TypedDict):
    """A rule that cites an article."""

    rule: str
    pack: str
    version: str
    title: str
    sections: list[str]
    revisions: list[str]


class ReferenceLine(TypedDict):
    """An article in a line."""

    id: str
    title: str
    url: str
    publisher: str
    kind: str
    confidence: str
    cited_by: int


class Reference(TypedDict):
    """An article with everything that rests on it."""

    id: str
    title: str
    url: str
    publisher: str
    kind: str
    confidence: str
    seen: str
    revisions: list[Edition]
    sections: list[str]
    rules: list[CitingRule]
    definitions: list[str]
    terms: list[str]
    catalogues: list[str]


class Hit(TypedDict):
    """One thing that a search found."""

    kind: Literal["rule", "article", "term", "definition", "attribute"]
    id: str
    title: str
    pack: str
    excerpt: str
    href: str


class Hits(TypedDict):
    """What a search found, best first; `total` counts those that are left off."""

    query: str
    total: int
    items: list[Hit]


class Example(TypedDict):
    """A shipped design, and the days on which it is worth judging."""

    name: str
    title: str
    as_of: str
    days: list[str]
    statuses: list[str]
    media_type: str


# -- bills and reports ------------------------------------------------------------------------------------------------


class BillHeader(TypedDict):
    """A heading of a bill, and the roles that its columns were given."""

    sheet: str | None
    line: int
    columns: list[str]
    roles: dict[str, str]


class BillStatement(TypedDict):
    """What a bill as a whole allows or forbids, or cannot tell."""

    about: str
    status: str
    reasons: list[str]
    citations: list[Citation]
    lines: list[int]


class BillWarning(TypedDict):
    """What is odd about a bill."""

    code: str
    message: str
    hint: str
    line: int


class Bill(TypedDict):
    """A bill as a whole."""

    file: str
    format: str
    digest: str
    encoding: str | None
    delimiter: str | None
    sheets: list[str]
    headers: list[BillHeader]
    statuses: dict[str, int]
    design: str | None
    allows: list[BillStatement]
    forbids: list[BillStatement]
    cannot_tell: list[BillStatement]
    warnings: list[BillWarning]
    implied: dict[str, Any]


class BillLine(TypedDict):
    """One line of a bill that carries data."""

    sheet: str | None
    line: int
    kind: str
    text: dict[str, str]
    quantity: int | None
    group: str | None
    recognised: dict[str, Any] | None
    subjects: list[str]
    status: str
    reasons: list[str]
    nearest: list[str]
    citations: list[Citation]


class JudgedBill(TypedDict):
    """A bill of materials, judged; `design` is the verdict."""

    bom: Bill
    lines: list[BillLine]
    design: Verdict


class Said(TypedDict):
    """A value, and where a report says it."""

    value: Any
    line: int
    column: int


class ReportTest(TypedDict):
    """One test of a validation."""

    category: str
    name: str
    outcome: str | None
    line: int
    column: int


class Report(TypedDict):
    """What a validation report says; None is what it does not say."""

    file: str
    form: str
    outcome: Said | None
    date: Said | None
    unselected: Said | None
    tests: list[ReportTest]
    itemised: bool
    nodes: list[Said]
    nodes_complete: bool
    notes: list[ProblemShape]


class DesignWithEvidence(TypedDict):
    """A design with a report as its cluster's validation."""

    text: str
    media_type: str
    notes: list[ProblemShape]


class Evidence(TypedDict):
    """A report, and the design it was added to, if one was sent."""

    report: Report
    design: DesignWithEvidence | None


# -- what is kept -----------------------------------------------------------------------------------------------------


class Entry(TypedDict):
    """A recorded evaluation in a line."""

    id: str
    name: str
    status: Status
    at_worst: Bound
    at_best: Bound
    as_of: str | None
    recorded_at: str
    by: str
    design_digest: str
    verdict_digest: str
    pruned: bool


class Recorded(Entry):
    """A recorded evaluation, whole. `design` is the text that was sent."""

    engine: str
    design: str
    design_media_type: str
    packs: list[PackUsed]
    only: list[str] | None
    verdict: Verdict


class DesignLine(TypedDict):
    """One version of a stored design."""

    name: str
    version: int
    etag: str
    media_type: str
    digest: str
    by: str
    at: str
    deleted: bool


class KeptDesign(DesignLine):
    """A version as it was just stored, and what keeps it from being judged today."""

    problems: list[ProblemShape]


class Reloaded(TypedDict):
    """The packs in use from now on, as "name version"."""

    generation: int
    digest: str
    packs: list[str]
