"""The articles that packs and catalogues may cite, and how far each was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from supportable.document import Document
from supportable.errors import Problem, VocabularyError, did_you_mean
from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.convert import ConversionError, read_date
from supportable.vocabulary.shape import Shape, below, described

TWICE: Final = "SUP240"
CONFIDENCE: Final = "SUP241"
BAD_DATE: Final = "SUP242"
BAD_URL: Final = "SUP243"
NO_SUCH_REFERENCE: Final = "SUP244"
NO_SUCH_REVISION: Final = "SUP245"

CONFIDENCES: Final = ("full", "opening", "secondary")
"""How far a text was read, strongest first: the publisher's own text in full; the publisher's own text, of which only
the opening was seen; told by somebody else."""

_KEYS: Final = ("confidence", "kind", "publisher", "revisions", "seen", "title", "url")
_REVISION_KEYS: Final = ("confidence", "date", "note")
_CITATION_KEYS: Final = ("ref", "revision", "section")


@dataclass(frozen=True, slots=True)
class ReferenceRevision:
    """One edition of an article. `date` is the ordinal of the day it bears, None where it is undated."""

    id: str
    date: int | None = None
    note: str = ""
    confidence: str = "full"


@dataclass(frozen=True, slots=True)
class Reference:
    """One article: where it is, who published it, and how far it was read (one of `CONFIDENCES`).

    `kind` is free text such as knowledge-base, documentation or blog; `seen` says which copy was read. `revisions`
    are in the order of the file, and empty where only one edition is known.
    """

    id: str
    title: str
    url: str
    publisher: str
    kind: str
    confidence: str
    seen: str
    revisions: tuple[ReferenceRevision, ...] = ()
    origin: Origin = field(default=NOWHERE, compare=False, repr=False)

    def confidence_in(self, revision: str) -> str:
        """How far the edition `revision` was read; the article as a whole where it is "" or not known."""
        return next((known.confidence for known in self.revisions if known.id == revision), self.confidence)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an article: `ref` is its id, `revision` the edition, "" where it is not said or there is one only."""

    ref: str
    section: str = ""
    revision: str = ""
    origin: Origin = field(default=NOWHERE, compare=False, repr=False)


def load_references(documents: Sequence[Document]) -> dict[str, Reference]:
    """All articles of the documents by id, sorted. Raises VocabularyError with every problem of every document."""
    problems: list[Problem] = []
    found: dict[str, Reference] = {}
    for document in sorted(documents, key=lambda document: document.file):
        shape = Shape(document, problems)
        root = shape.mapping(document.root, "", "a references file")
        shape.keys(root, "", known=("language", "title"), required=("references", "version", "articles"))
        shape.language(root)
        shape.version(root)
        if "references" in root:
            shape.text(root["references"], "/references", "the name of the references")
        for name, pointer, held in shape.items(root.get("articles"), "/articles", "articles"):
            reference = _reference(shape, name, pointer, held)
            if name in found:
                hint = f"it stands at {found[name].origin} already"
                shape.note_key(TWICE, f"the article “{name}” is given twice", pointer, hint)
            else:
                found[name] = reference
    if problems:
        raise VocabularyError(sorted(problems, key=lambda problem: problem.origin))
    return dict(sorted(found.items()))


def _reference(shape: Shape, name: str, pointer: str, held: object) -> Reference:
    given = shape.mapping(held, pointer, f"the article “{name}”")
    shape.keys(given, pointer, known=_KEYS, required=("title", "url", "publisher", "confidence"))
    text = {key: _text(shape, given, pointer, key) for key in ("kind", "publisher", "seen", "title", "url")}
    if text["url"] and not text["url"].startswith(("https://", "http://")):
        hint = "write it in full, beginning with https:// or http://"
        shape.note(BAD_URL, f"{described(text['url'])} is no web address", below(pointer, "url"), hint)
    confidence = _confidence(shape, given, pointer, "full")
    revisions = []
    for revision, place, entry in shape.items(given.get("revisions"), below(pointer, "revisions"), "revisions"):
        fields = shape.mapping(entry, place, f"the revision “{revision}”")
        shape.keys(fields, place, known=_REVISION_KEYS)
        revisions.append(
            ReferenceRevision(
                revision,
                _date(shape, fields, place),
                _text(shape, fields, place, "note"),
                _confidence(shape, fields, place, confidence),
            )
        )
    return Reference(
        name,
        text["title"],
        text["url"],
        text["publisher"],
        text["kind"],
        confidence,
        text["seen"],
        tuple(revisions),
        shape.key_origin(pointer),
    )


def read_citations(
    shape: Shape, value: object, pointer: str, references: Mapping[str, Reference]
) -> tuple[Citation, ...]:
    """A `cite` list, each entry checked against the references; a wrong one is noted and left out."""
    found = []
    for place, item in shape.sequence(value, pointer, "citations"):
        given = shape.mapping(item, place, "a citation")
        shape.keys(given, place, known=_CITATION_KEYS, required=("ref",))
        ref, section, revision = (_text(shape, given, place, key) for key in ("ref", "section", "revision"))
        known = references.get(ref)
        if known is None:
            if ref:
                hint = did_you_mean(ref, references)
                shape.note(NO_SUCH_REFERENCE, f"there is no article {described(ref)}", below(place, "ref"), hint)
            continue
        editions = [each.id for each in known.revisions]
        if revision and revision not in editions:
            message = f"“{ref}” has no revision {described(revision)}"
            shape.note(NO_SUCH_REVISION, message, below(place, "revision"), did_you_mean(revision, editions))
            continue
        found.append(Citation(ref, section, revision, shape.origin(place)))
    return tuple(found)


def _text(shape: Shape, given: dict[str, object], pointer: str, key: str) -> str:
    return shape.text(given[key], below(pointer, key), f"“{key}”") if given.get(key) is not None else ""


def _confidence(shape: Shape, given: dict[str, object], pointer: str, default: str) -> str:
    if "confidence" not in given:
        return default
    said = shape.text(given["confidence"], below(pointer, "confidence"), "“confidence”")
    if said in CONFIDENCES:
        return said
    if said:
        place = below(pointer, "confidence")
        shape.note(CONFIDENCE, f"{described(said)} is no confidence", place, did_you_mean(said, CONFIDENCES))
    return default


def _date(shape: Shape, given: dict[str, object], pointer: str) -> int | None:
    if given.get("date") is None:
        return None
    try:
        value = read_date(given["date"])
    except ConversionError as error:
        shape.note(BAD_DATE, error.message, below(pointer, "date"), error.hint)
        return None
    return value if isinstance(value, int) else None
