"""From the bytes of all files to a set of packs. Importing this imports pydantic and lark."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from supportable.document import Document, Limits, read_text
from supportable.errors import DocumentError, Problem, VocabularyError
from supportable.packs.draft import Draft, draft
from supportable.packs.find import Found
from supportable.packs.judge import judge
from supportable.packs.packset import BrokenPack, PackSet, digest_of
from supportable.vocabulary.catalogues import load_catalogues
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.references import load_references


def assemble(
    found: Found, contents: Mapping[Path, bytes], failures: Mapping[Path, tuple[Problem, ...]], limits: Limits
) -> PackSet:
    """The set of all that was found.

    `contents` has the bytes of every file that could be read, `failures` the problems with the others. A shelf without
    which the vocabulary, references and catalogues of all others are right is broken, and told as that. Raises
    VocabularyError where no single shelf is to blame.
    """
    try:
        return _assembled(found, contents, failures, limits)
    except VocabularyError as error:
        for shelf in found.shelves if len(found.shelves) > 1 else ():
            others = tuple(other for other in found.shelves if other is not shelf)
            blamed = BrokenPack(shelf.folder.name, str(shelf.folder), error.problems)
            try:
                return _assembled(Found(others, (*found.broken, blamed)), contents, failures, limits)
            except VocabularyError:
                continue
        raise


def _assembled(
    found: Found, contents: Mapping[Path, bytes], failures: Mapping[Path, tuple[Problem, ...]], limits: Limits
) -> PackSet:
    shared = _shared(found, contents, failures, limits)
    vocabulary = load_vocabulary(shared["vocabulary"])
    references = load_references(shared["references"])
    catalogues = load_catalogues(shared["catalogues"], vocabulary, references)
    drafts: list[Draft] = []
    broken = list(found.broken)
    for folder in (pack for shelf in found.shelves for pack in shelf.packs):
        made = draft(folder, contents, limits)
        unread = [problem for source in folder.files() for problem in failures.get(source.path, ())]
        if isinstance(made, Draft):
            made.problems.extend(unread)
            drafts.append(made)
        else:
            name, problems = made
            broken.append(BrokenPack(name, str(folder.folder), tuple(problems + unread)))
    packs, wrong = judge(drafts, vocabulary, references, catalogues)
    broken = sorted([*broken, *wrong], key=lambda pack: (pack.name, pack.folder))
    digest = digest_of(vocabulary, references, catalogues, packs)
    return PackSet(vocabulary, references, catalogues, packs, tuple(broken), digest)


def _shared(
    found: Found, contents: Mapping[Path, bytes], failures: Mapping[Path, tuple[Problem, ...]], limits: Limits
) -> dict[str, list[Document]]:
    documents: dict[str, list[Document]] = {"vocabulary": [], "references": [], "catalogues": []}
    problems: list[Problem] = []
    for kind, source in found.sources():
        if kind == "pack":
            continue
        if source.path in failures:
            problems += failures[source.path]
            continue
        try:
            documents[kind].append(read_text(contents[source.path], source.name, limits=limits, move="author"))
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise VocabularyError(problems)
    return documents
