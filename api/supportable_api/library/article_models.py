"""The shapes of answers about articles, terms, examples, and what a search found; see `models`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from supportable_api.library.models import Answer, Cursor, Day, TermShown


class RevisionShown(Answer):
    """An edition of an article."""

    id: str
    date: Day | None
    note: str
    confidence: str


class ReferenceSummary(Answer):
    """An article in a line."""

    id: str = Field(examples=["KB956893"])
    title: str
    url: str
    publisher: str
    kind: str
    confidence: str
    cited_by: int = Field(description="How many rules rest on it")


class CitingRule(Answer):
    """A rule that cites an article, and which parts and editions of it."""

    rule: str
    pack: str
    version: str
    title: str
    sections: list[str]
    revisions: list[str]


class ReferenceShown(Answer):
    """An article, how far it was read, and what rests on it."""

    id: str
    title: str
    url: str
    publisher: str
    kind: str
    confidence: str
    seen: str = Field(description="Which copy was read")
    revisions: list[RevisionShown]
    sections: list[str] = Field(description="Those that anything cites, sorted")
    rules: list[CitingRule]
    definitions: list[str]
    terms: list[str]
    catalogues: list[str]


class ReferencesShown(Answer):
    """A page of articles, by id."""

    items: list[ReferenceSummary]
    next: Cursor


class GlossaryShown(Answer):
    """A page of terms, by name."""

    items: list[TermShown]
    next: Cursor


class EntriesShown(Answer):
    """A term with its entry in each pack that explains it."""

    term: str
    entries: list[TermShown]


class Hit(Answer):
    """One thing that was found."""

    kind: Literal["rule", "article", "term", "definition", "attribute"]
    id: str
    title: str
    pack: str = Field(description="Empty for articles and for attributes of the vocabulary")
    excerpt: str
    href: str = Field(description="Where more of it is told; empty where nothing more is")


class HitsShown(Answer):
    """What was found, best first."""

    query: str
    total: int = Field(description="How many there are in all")
    items: list[Hit]


class ExampleShown(Answer):
    """A design to begin with, and the days on which it is worth judging."""

    name: str
    title: str
    as_of: Day = Field(description="The last of the days")
    days: list[Day]
    statuses: list[str] = Field(description="What it is on each of the days")
    media_type: str
