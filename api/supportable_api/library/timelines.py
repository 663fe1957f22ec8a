"""The shape of a timeline; its values are made by the engine."""

from __future__ import annotations

from pydantic import Field

from supportable_api.library.models import Answer, CitationShown, Day


class SubjectStatusShown(Answer):
    """One subject's status in a period, with its bounds."""

    subject: str
    status: str
    at_worst: str
    at_best: str


class TurnShown(Answer):
    """A finding that came out otherwise than the day before; kinds are empty where the rule said nothing."""

    subject: str
    rule: str
    title: str
    before: str
    after: str
    outcome: str
    citations: list[CitationShown]


class PeriodShown(Answer):
    """Days with one and the same status of the design and of every subject; both ends are inclusive."""

    first: Day
    last: Day
    status: str
    at_worst: str
    at_best: str
    disputed: bool
    subjects: list[SubjectStatusShown]
    turns: list[TurnShown] = Field(description="What changed on the first day; empty in the first period")


class JudgedBy(Answer):
    """A pack, as it was used."""

    name: str
    version: str
    digest: str


class TimelineShown(Answer):
    """A design's periods, in order and without gaps."""

    format: int
    design: str
    digest: str
    first: Day
    last: Day
    periods: list[PeriodShown]
    packs: list[JudgedBy]
