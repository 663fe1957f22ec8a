"""Small documents for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from supportable.document import Document, Map, Plain, Seq, read_file, read_text
from supportable.errors import VocabularyError
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.model import Vocabulary

SHELF = Path(__file__).parents[2] / "policies/supportable_policies"

PRODUCTS = """
vocabulary: products
version: 1.0.0
language: 1
products:
  server:
    title: Acme Server
    releases: ["1", "2", "3", "4"]
    editions: ["small", "large"]
    names: ["asrv"]
  database:
    title: Acme Database
    releases: ["7", "8"]
    names: ["adb"]
  appliance:
    title: Acme Appliance
    names: ["abox"]
architectures:
  x64: ["64-bit"]
  x86: ["32-bit"]
"""


def vocabulary(*texts: str) -> Vocabulary:
    """The vocabulary of these documents and the products above."""
    documents = [read_text(text, f"v{place}.yaml") for place, text in enumerate(texts, start=1)]
    return load_vocabulary([*documents, read_text(PRODUCTS, "products.yaml")])


def types(body: str) -> str:
    """A vocabulary document with this under its head."""
    return f"vocabulary: test\nversion: 1.0.0\nlanguage: 1\n{body}"


def shipped() -> list[Document]:
    """The vocabulary documents that come with the product."""
    return [read_file(path) for path in sorted((SHELF / "vocabulary").glob("*.yaml"))]


def problems_of(*texts: str) -> list[str]:
    """What is wrong with a vocabulary: place, code, message and hint of each problem; empty if nothing is."""
    try:
        vocabulary(*texts)
    except VocabularyError as error:
        return told(error)
    return []


def told(error: VocabularyError) -> list[str]:
    """Each problem on a line: place, code, message, and its hint after a bar."""
    assert {problem.move for problem in error.problems} == {"author"}
    return [
        f"{each.origin} {each.code} {each.message}" + (f" | {each.hint}" if each.hint else "")
        for each in error.problems
    ]


def as_document(value: Any, file: str = "built.yaml") -> Document:
    """Python values as a document; numbers and truths become scalars without quotes, texts stay in quotes."""
    return Document(file, _written(value), digest=f"digest of {file}")


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return Map((key, _written(held)) for key, held in value.items())
    if isinstance(value, list):
        return Seq(_written(held) for held in value)
    if isinstance(value, (bool, int)):
        return Plain(str(value).lower())
    return value
