"""Citations checked against the references: the article is known, and so is the edition of it that is cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supportable.errors import Problem, did_you_mean
from supportable.packs import codes
from supportable.packs.place import Place, problem
from supportable.packs.shape import CitationShape, DisputeShape
from supportable.vocabulary.references import Citation, Reference


def citation_of(
    shape: CitationShape | DisputeShape, place: Place, references: Mapping[str, Reference], problems: list[Problem]
) -> Citation:
    """A citation, checked; what is wrong is noted."""
    known = references.get(shape.ref)
    if known is None:
        message = f"there is no reference “{shape.ref}”"
        problems.append(problem(codes.UNKNOWN_REFERENCE, message, place / "ref", did_you_mean(shape.ref, references)))
    elif shape.revision:
        editions = [revision.id for revision in known.revisions]
        if shape.revision not in editions:
            message = f"“{shape.ref}” has no revision “{shape.revision}”"
            hint = did_you_mean(shape.revision, editions)
            problems.append(problem(codes.UNKNOWN_EDITION, message, place / "revision", hint))
    return Citation(shape.ref, shape.section, shape.revision, place.origin)


def citations_of(
    shapes: Sequence[CitationShape], place: Place, references: Mapping[str, Reference], problems: list[Problem]
) -> tuple[Citation, ...]:
    """Citations in the order given, checked."""
    return tuple(citation_of(shape, place / index, references, problems) for index, shape in enumerate(shapes))
