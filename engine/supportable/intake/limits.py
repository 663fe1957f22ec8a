"""How much one design may ask of the intake."""

from __future__ import annotations

from dataclasses import dataclass, field

from supportable.document import STANDARD_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class DesignLimits:
    """The most that is taken of one design; every bound is inclusive.

    `max_entities` counts the entries of all sections together, `max_id` the characters of an id or a design's name,
    `max_depth` records inside one another, and `document` bounds the file when there is one.
    """

    max_entities: int = 100_000
    max_id: int = 200
    max_depth: int = 64
    document: Limits = field(default=STANDARD_LIMITS)


DESIGN_LIMITS = DesignLimits()
