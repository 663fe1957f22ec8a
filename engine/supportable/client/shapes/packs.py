"""What packs say."""

from __future__ import annotations

from typing import Literal, TypedDict

from supportable.client.shapes.verdicts import Citation, Place


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


class Reloaded(TypedDict):
    """The packs in use from now on, as "name version"."""

    generation: int
    digest: str
    packs: list[str]
