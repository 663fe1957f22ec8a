"""Vocabulary documents to one Vocabulary: types, records, the design's own attributes, products."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from supportable.document import Document
from supportable.errors import Problem, VocabularyError
from supportable.vocabulary.assembly import Assembly
from supportable.vocabulary.declarations import Declarations
from supportable.vocabulary.merged import Merged, merge_product_sections
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.product_sections import read_products
from supportable.vocabulary.shape import Shape

_KEYS: Final = ("architectures", "design", "noise", "products", "records", "title", "types")
_REQUIRED: Final = ("vocabulary", "version", "language")


def load_vocabulary(documents: Sequence[Document]) -> Vocabulary:
    """The vocabulary that the documents make together; their order does not matter.

    Raises VocabularyError with every problem of every document.
    """
    problems: list[Problem] = []
    shapes = [Shape(document, problems) for document in sorted(documents, key=lambda document: document.file)]
    roots = [(shape, _root(shape)) for shape in shapes]
    data, places = merge_product_sections(roots)
    ladders, names = read_products(Merged(problems, places), data)
    architectures = tuple(sorted(data["architectures"]))
    bare = Vocabulary({}, ladders, names, architectures=architectures)
    entities = Assembly(Declarations(roots).found, bare, problems).entities()
    if problems:
        raise VocabularyError(sorted(problems, key=lambda problem: problem.origin))
    sections = {entity.section: name for name, entity in entities.items() if entity.section}
    digests = sorted({document.digest for document in documents})
    digest = hashlib.sha256("\n".join(digests).encode()).hexdigest()
    return Vocabulary(entities, ladders, names, digest, dict(sorted(sections.items())), architectures)


def _root(shape: Shape) -> dict[str, object]:
    root = shape.mapping(shape.document.root, "", "a vocabulary")
    shape.keys(root, "", known=_KEYS, required=_REQUIRED)
    shape.language(root)
    shape.version(root)
    if "vocabulary" in root:
        shape.text(root["vocabulary"], "/vocabulary", "the name of a vocabulary")
    return root
