"""A pack as a value: rules through time, definitions, citations, all expressions typed."""

from __future__ import annotations

from dataclasses import dataclass

from supportable.language.ir import Node
from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.references import Citation
from supportable.vocabulary.types import Type

SUPPORTED, NOT_COVERED, CONDITIONAL, LIMITED, UNSUPPORTED = range(5)
"""Statuses as numbers, better to worse. `not_covered` stands between `supported`, which it never counts as, and
`conditional`: so the bounds of an undecided subject hold for every way of filling in what is unknown."""

STATUS_NAMES = ("supported", "not_covered", "conditional", "limited", "unsupported")
OUTCOMES = {"unsupported": UNSUPPORTED, "limited": LIMITED, "conditional": CONDITIONAL}
"""The outcomes that touch a status. Beside them stand `advisory` and `same`."""


@dataclass(frozen=True, slots=True)
class Effective:
    """When a text was in force, as date ordinals: `since` inclusive, `until` exclusive, None where unbounded.

    `last_seen` is the last day on which the text is known to have stood; between it and the `since` of the next
    revision nobody knows which of the two held.
    """

    since: int | None = None
    until: int | None = None
    last_seen: int | None = None

    def holds(self, as_of: int) -> bool:
        """Whether the text was in force on that day."""
        return (self.since is None or self.since <= as_of) and (self.until is None or as_of < self.until)


ALWAYS = Effective()


@dataclass(frozen=True, slots=True)
class Template:
    """Text with values in it: a string stands for itself, a node for its value."""

    parts: tuple[str | Node, ...]

    @property
    def plain(self) -> str:
        """The text with each value shown as the expression it comes from."""
        return "".join(part if isinstance(part, str) else "{{ " + part.text + " }}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Exemption:
    """An `unless`: where `condition` holds, the requirement is waived and `cite` is reported beside the rule's."""

    condition: Node
    effective: Effective
    cite: tuple[Citation, ...]
    title: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Alternative:
    """One graded outcome of a rule; `condition` is None for the last. `outcome` is a key of OUTCOMES, "advisory" or
    "same". An empty `message`, `remedies` or `cite` means the rule's own."""

    outcome: str
    condition: Node | None = None
    message: Template | None = None
    remedies: tuple[Template, ...] = ()
    cite: tuple[Citation, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """Another authoritative text with a condition of its own; the rule takes the stricter."""

    require: Node
    cite: Citation
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Each:
    """`each: {var: over}` with an optional `where`, which is already folded into `over` as a `Where`."""

    var: str
    over: Node
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Revision:
    """What a rule says in one stretch of time. `when` and `require` are truths; a left-out one is the constant true."""

    effective: Effective
    when: Node
    require: Node
    each: Each | None
    unless: tuple[Exemption, ...]
    otherwise: tuple[Alternative, ...]
    disputed: tuple[Dispute, ...]
    message: Template | None
    remedies: tuple[Template, ...]
    cite: tuple[Citation, ...]
    covers: bool
    title: str
    origin: Origin = NOWHERE

    @property
    def advisory(self) -> bool:
        """Whether the revision is an advisory, which never touches a status."""
        return self.otherwise[0].outcome == "advisory"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: for every `subject` where `when` holds, `require` must hold. `name` is "pack/id"."""

    pack: str
    id: str
    title: str
    subject: str
    revisions: tuple[Revision, ...]
    origin: Origin = NOWHERE
    notes: str = ""
    tags: tuple[str, ...] = ()
    """Names of statements and sources that the rule encodes, such as `S17`; for generated pages and coverage."""

    @property
    def name(self) -> str:
        """The rule's full name, unique among all packs."""
        return f"{self.pack}/{self.id}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a definition says in one stretch of time."""

    effective: Effective
    value: Node
    cite: tuple[Citation, ...] = ()
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Derivation:
    """`derive`: a new attribute `name` of the entity type `entity`, defined by an expression."""

    pack: str
    entity: str
    name: str
    type: Type
    title: str
    readings: tuple[Reading, ...]
    origin: Origin = NOWHERE

    @property
    def fact(self) -> str:
        """The attribute's full name, "cluster.guest"."""
        return f"{self.entity}.{self.name}"


@dataclass(frozen=True, slots=True)
class Requirement:
    """`requires`: another pack, and the versions that will do (">=1.0", "" for any)."""

    pack: str
    versions: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    term: str
    text: str
    cite: tuple[Citation, ...] = ()
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Pack:
    """A versioned set of rules on one subject matter. `digest` is the SHA-256 of its pack.yaml and rule files."""

    name: str
    version: str
    title: str
    publisher: str
    description: str
    requires: tuple[Requirement, ...]
    derive: tuple[Derivation, ...]
    rules: tuple[Rule, ...]
    glossary: tuple[Term, ...]
    digest: str
    folder: str = ""
    """Where the pack was read from, to find its cases; never part of a verdict."""
