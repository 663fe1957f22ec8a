"""The page of sources: which rule encodes which statement and which article, or why none does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from supportable.document import Document, Map, Seq, read_file
from supportable.errors import DocumentError, Problem, did_you_mean
from supportable.packs.lint.uses import citations_of_pack, citations_of_rule
from supportable.packs.model import Rule
from supportable.packs.packset import PackSet
from supportable.report.signs import CONFIDENCES
from supportable.testing import quality_codes as codes
from supportable.testing.markdown import plain

SOURCES: Final = "sources.yaml"
"""Where a shelf says what its sources state."""

_HEAD: Final = ("sources", "title", "article", "statements")
_ENTRY: Final = ("says", "terms", "because")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a source: its name, what it says in our words, the glossary terms ("pack/term") that hold it,
    and why it is no rule, "" where it is one."""

    id: str
    says: str
    terms: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What one shelf says of its sources."""

    title: str
    article: str
    statements: tuple[Statement, ...]


def read_sources(path: Path, packs: PackSet, problems: list[Problem]) -> Sources | None:
    """The statements of a sources.yaml; None where there is no such file. What is wrong in it is noted: above all a
    statement that no rule encodes and of which nobody says why."""
    if not path.is_file():
        return None
    try:
        document = read_file(path, name=path.name, move="author")
    except DocumentError as error:
        problems.extend(error.problems)
        return None
    return _Reader(document, packs, problems).sources()


class _Reader:
    def __init__(self, document: Document, packs: PackSet, problems: list[Problem]) -> None:
        self.document, self.problems = document, problems
        self.references = packs.references
        self.tags = {tag for pack in packs.packs for rule in pack.rules for tag in rule.tags}
        self.terms = {f"{pack.name}/{term.term}" for pack in packs.packs for term in pack.glossary}

    def sources(self) -> Sources | None:
        root = self.document.root
        entries = root.get("statements") if isinstance(root, Map) else None
        if not isinstance(root, Map) or not isinstance(entries, Map):
            self._note("a map with statements is due here", "", "write statements: {…}")
            return None
        self._known(root, "", _HEAD)
        article = str(root.get("article") or "")
        if article and article not in self.references:
            self._note(f"there is no article “{article}”", "/article", did_you_mean(article, self.references))
        statements = [self._statement(name, held) for name, held in entries.items()]
        return Sources(str(root.get("title") or ""), article, tuple(one for one in statements if one is not None))

    def _statement(self, name: str, held: object) -> Statement | None:
        at = f"/statements/{name}"
        if not isinstance(held, Map) or not isinstance(held.get("says"), str):
            self._note(f"{name} does not say what is stated", at, "add says: …")
            return None
        self._known(held, at, _ENTRY)
        given = held.get("terms")
        terms = tuple(str(each) for each in given) if isinstance(given, Seq) else ()
        for term in terms:
            if term not in self.terms:
                self._note(f"there is no term “{term}”", f"{at}/terms", did_you_mean(term, self.terms))
        because = str(held.get("because") or "")
        if name not in self.tags and not because:
            self._note(f"no rule has the tag {name}", at, "tag the rule that encodes it, or add because: …")
        return Statement(name, str(held["says"]), terms, because)

    def _known(self, held: Map, at: str, known: tuple[str, ...]) -> None:
        for key in held:
            if key not in known:
                self._note(f"unknown key “{key}”", f"{at}/{key}", did_you_mean(key, known))

    def _note(self, message: str, at: str, hint: str) -> None:
        self.problems.append(Problem(codes.BAD_SOURCES, message, self.document.origin_of(at), hint, "author"))


def source_page(packs: PackSet, sources: Sources | None, *, rules: str = "rules") -> str:
    """The page in Markdown; `rules` is where the pages of rules are, as seen from it."""
    return "\n".join(_lines(packs, sources, rules)).rstrip("\n") + "\n"


def _lines(packs: PackSet, sources: Sources | None, rules: str) -> Iterator[str]:
    yield "# Sources"
    yield ""
    yield "*Generated from the packs by `supportable packs docs --sources`; a test fails when it is stale.*"
    if sources is not None:
        yield ""
        yield f"## {plain(sources.title)}"
        yield ""
        yield "Each statement in our own words, and the rules that encode it."
        yield ""
        yield "| | statement | encoded by |"
        yield "| --- | --- | --- |"
        tagged: dict[str, list[Rule]] = defaultdict(list)
        for pack in packs.packs:
            for rule in pack.rules:
                for tag in rule.tags:
                    tagged[tag].append(rule)
        for one in sources.statements:
            yield f"| {one.id} | {plain(one.says)} | {_encoded(one, tagged[one.id], rules)} |"
    yield ""
    yield "## Articles"
    yield ""
    yield "Each article, how far it was read, and the rules that rest on it."
    yield ""
    yield "| article | read | cited by |"
    yield "| --- | --- | --- |"
    for ref in sorted(packs.references, key=str.casefold):
        article = packs.references[ref]
        read = CONFIDENCES.get(article.confidence, article.confidence)
        yield f"| [{plain(ref)}]({article.url}) {plain(article.title)} | {read} | {_citing(packs, ref, rules)} |"


def _encoded(statement: Statement, found: list[Rule], rules: str) -> str:
    parts = [_link(rule, rules) for rule in found]
    if statement.because:
        parts.append(f"No rule: {plain(statement.because)}")
    if statement.terms:
        parts.append("Terms: " + ", ".join(plain(term.partition("/")[2]) for term in statement.terms))
    return "<br>".join(parts)


def _citing(packs: PackSet, ref: str, rules: str) -> str:
    parts = []
    for pack in packs.packs:
        parts += [_link(rule, rules) for rule in pack.rules if ref in _refs_of(rule)]
        elsewhere = {citation.ref for citation in citations_of_pack(pack)} - set().union(*map(_refs_of, pack.rules))
        if ref in elsewhere:
            parts.append(f"definitions and terms of [{pack.name}]({rules}/{pack.name}/README.md)")
    for catalogue in packs.catalogues.values():
        if any(citation.ref == ref for row in catalogue.rows for citation in row.cite):
            parts.append(f"catalogue {catalogue.name}")
    return "<br>".join(parts) or "nothing yet"


def _refs_of(rule: Rule) -> set[str]:
    return {cite.ref for cite in citations_of_rule(rule)}


def _link(rule: Rule, rules: str) -> str:
    return f"[{rule.id}]({rules}/{rule.pack}/{rule.id}.md)"
