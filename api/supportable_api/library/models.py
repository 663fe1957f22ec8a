"""The shapes of answers about packs: what OpenAPI tells of them, and what clients may rely on.

Days are texts, YYYY-MM-DD; `since` is inclusive, `until` exclusive, null where unbounded; "never" is the day after the
last there is. Expressions are the author's own words. Lists may be empty, and keys are never left out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Day = Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|never)$", examples=["2009-05-20"])]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Cursor = Annotated[str | None, Field(description="What to send as `cursor` for the next page; null on the last one")]


class Answer(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Answer):
    """Where something is written: a file of the pack's shelf; lines and columns count from 1, 0 where not known."""

    file: str
    line: int
    column: int


class CitationShown(Answer):
    """A place in an article, and how far the text was read."""

    ref: str = Field(description="The article's id, as in /v1/references/{id}")
    title: str
    url: str
    section: str = Field(description="Empty where the whole article is meant")
    revision: str = Field(description="The edition; empty where it is not said, or there is one only")
    confidence: str = Field(description="full, opening, or secondary: how far the text was read")


class PackSummary(Answer):
    """A pack in a line."""

    name: str = Field(examples=["microsoft.failover-clustering"])
    version: str = Field(examples=["1.0.0"])
    title: str
    publisher: str
    rules: int
    digest: Digest


class BrokenPackShown(Answer):
    """A pack that could not be loaded, and why. It takes no part in verdicts."""

    name: str
    problems: list[str]


class PacksShown(Answer):
    """All packs that are held, sorted by name. `digest` identifies everything a verdict can depend on."""

    items: list[PackSummary]
    broken: list[BrokenPackShown]
    digest: Digest


class RuleSummary(Answer):
    """A rule in a line."""

    rule: str = Field(description="The full name", examples=["microsoft.failover-clustering/all-tests-run"])
    id: str
    title: str
    subject: str = Field(description="The type of entity that it judges")
    outcomes: list[str] = Field(description="What it can come to: supported where it states support, else worse")
    changes_on: list[Day] = Field(description="The days on which it begins to read otherwise")


class DefinitionText(Answer):
    """What a definition says in one stretch of time."""

    since: Day | None
    until: Day | None
    last_seen: Day | None
    value: str
    citations: list[CitationShown]
    at: Place


class DefinitionShown(Answer):
    """A fact that the pack derives from others."""

    fact: str = Field(examples=["cluster.guest"])
    title: str
    type: str
    texts: list[DefinitionText]
    at: Place


class TermShown(Answer):
    """A term of a pack's glossary."""

    term: str
    text: str
    pack: str
    citations: list[CitationShown]
    at: Place


class Requires(Answer):
    """A pack that another one needs; `versions` such as ">=1.0", empty for any."""

    pack: str
    versions: str


class PackShown(Answer):
    """A pack: its rules in a line each, its definitions and terms, and the articles it cites."""

    name: str
    version: str
    title: str
    publisher: str
    description: str
    digest: Digest
    requires: list[Requires]
    rules: list[RuleSummary]
    definitions: list[DefinitionShown]
    terms: list[TermShown]
    references: list[str] = Field(description="The ids of all articles that the pack cites, sorted")


class VersionShown(Answer):
    """One version of a pack that is held."""

    version: str
    digest: Digest


class PackVersions(Answer):
    """The versions of a pack that are held: always the one that judges."""

    name: str
    title: str
    versions: list[VersionShown]


class Condition(Answer):
    """An expression as its author wrote it."""

    text: str
    at: Place


class EachShown(Answer):
    """The requirement is asked of every member of `over`, by the name `name`."""

    name: str
    over: str


class ExemptionShown(Answer):
    """Where `condition` holds, the requirement is waived."""

    title: str
    condition: Condition
    since: Day | None
    until: Day | None
    citations: list[CitationShown]


class DisputeShown(Answer):
    """Another text that asks for something else; the stricter counts."""

    require: Condition
    citation: CitationShown


class OutcomeShown(Answer):
    """What it comes to where the requirement does not hold and `when`, if there is one, does."""

    outcome: Literal["unsupported", "limited", "conditional", "advisory", "same"]
    refused: bool = Field(description="Whether the product itself refuses it")
    when: Condition | None
    message: str = Field(description="With the expressions that are filled in, in {{ }}")
    remedies: list[str]
    citations: list[CitationShown] = Field(description="Its own, where it has others than the text as a whole")


class TextShown(Answer):
    """What a rule says in one stretch of time."""

    since: Day | None
    until: Day | None = Field(description="Where a later text begins, that day")
    last_seen: Day | None = Field(description="The last day on which the text is known to have stood")
    doubtful: bool = Field(description="Whether there are days after last_seen on which it or the next one may hold")
    title: str
    states_support: bool = Field(description="Satisfied, it makes its subject supported")
    advisory: bool
    when: Condition | None = Field(description="Where it applies; null for everywhere")
    each: EachShown | None
    require: Condition | None = Field(description="What must hold; null where nothing is asked")
    unless: list[ExemptionShown]
    disputed: list[DisputeShown]
    outcomes: list[OutcomeShown] = Field(description="In order: the first whose condition holds counts")
    message: str
    remedies: list[str]
    citations: list[CitationShown]
    at: Place


class StatementShown(Answer):
    """A statement of a source that the rule encodes, in our own words."""

    id: str
    says: str
    article: str = Field(description="The id of the article that states it")


class CaseShown(Answer):
    """A case that names the rule: a design, a day, and what is expected."""

    title: str
    as_of: Day
    subject: str
    expected: str
    at: Place


class RuleShown(Answer):
    """A rule: what it says and said, since when, by which articles, and the cases that show it at work."""

    rule: str
    id: str
    pack: str
    version: str
    title: str
    subject: str
    notes: str
    tags: list[str]
    statements: list[StatementShown]
    changes_on: list[Day]
    texts: list[TextShown] = Field(description="Oldest first")
    cases: list[CaseShown]
    at: Place
