"""Everything that is told about one set of packs, made when it is first asked for and kept as bytes with their tag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

from fastapi import Request
from pydantic import BaseModel

from supportable.document import canonical_json
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.packs import PackSet
from supportable.packs.model import Pack, Rule
from supportable.packs.schema import pack_schema
from supportable.testing.model import Case
from supportable.testing.run import cases_of
from supportable.testing.source_page import SOURCES, read_sources
from supportable.verdict.schema import verdict_schema
from supportable.vocabulary.references import Reference
from supportable.vocabulary.schema import design_schema
from supportable_api.library import codes
from supportable_api.library.article_models import EntriesShown, ReferenceSummary
from supportable_api.library.articles import Citing, reference_shown, summary_of
from supportable_api.library.entries import entries_of
from supportable_api.library.models import PackVersions, StatementShown, TermShown, VersionShown
from supportable_api.library.problem_shape import problem_schema
from supportable_api.library.rules import pack_shown, packs_shown, rule_shown, term_shown
from supportable_api.library.searching import Index
from supportable_api.library.words import vocabulary_shown

T = TypeVar("T")

SCHEMAS: Final = ("design", "pack", "problem", "verdict")


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of an answer, and its entity tag, with the quotes around it."""

    body: bytes
    etag: str


def page_of(value: BaseModel | dict[str, Any] | list[Any]) -> Page:
    """An answer as canonical JSON."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    body = canonical_json(plain)
    return Page(body, etag_of(body))


def etag_of(body: bytes) -> str:
    """The strong entity tag of a body."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


class Library:
    """What one set of packs says. Safe in threads; each part is made once.

    Whatever is asked for by a name that is not there raises UsageError with the nearest names.
    """

    def __init__(self, packs: PackSet) -> None:
        self.packs = packs
        self._lock = Lock()
        self._kept: dict[object, Any] = {}

    # -- packs and rules ----------------------------------------------------------------------------------------------

    def all_packs(self) -> Page:
        """All packs in a line each."""
        return self._once("packs", lambda: page_of(packs_shown(self.packs)))

    def versions(self, name: str) -> Page:
        """The versions of a pack that are held."""
        pack = self.packs.pack(name)
        held = [VersionShown(version=pack.version, digest=f"sha256:{pack.digest}")]
        return page_of(PackVersions(name=name, title=pack.title, versions=held))

    def pack(self, name: str, version: str) -> Page:
        """A pack with everything in it."""
        pack = self._pack(name, version)
        return self._once(("pack", name), lambda: page_of(pack_shown(self.packs, pack)))

    def rule(self, name: str, version: str, id: str) -> Page:
        """A rule of a pack."""
        pack = self._pack(name, version)
        rule = next((each for each in pack.rules if each.id == id), None)
        if rule is None:
            hint = did_you_mean(id, (each.id for each in pack.rules))
            raise UsageError([Problem(codes.NO_SUCH_RULE, f"{name} {version} has no rule “{id}”", hint=hint)])
        return self._once(("rule", rule.name), lambda: self._rule(pack, rule))

    def _rule(self, pack: Pack, rule: Rule) -> Page:
        return page_of(rule_shown(self.packs, pack, rule, self._statements(), self._cases(pack.name)))

    def _pack(self, name: str, version: str) -> Pack:
        pack = self.packs.pack(name)
        if pack.version != version:
            message = f"version {version} of {name} is not held"
            raise UsageError([Problem(codes.NO_SUCH_VERSION, message, hint=f"the version held is {pack.version}")])
        return pack

    def _statements(self) -> dict[str, StatementShown]:
        def read() -> dict[str, StatementShown]:
            # A shelf's statements are told where they can be read; what is wrong with them is for its author.
            shelves = {Path(pack.folder).parent.parent for pack in self.packs.packs if pack.folder}
            found = [read_sources(shelf / SOURCES, self.packs, []) for shelf in sorted(shelves)]
            return {
                each.id: StatementShown(id=each.id, says=each.says, article=sources.article)
                for sources in found
                if sources is not None
                for each in sources.statements
            }

        return self._once("statements", read)

    def _cases(self, name: str) -> list[Case]:
        return self._once(("cases", name), lambda: cases_of(self.packs, name, []))

    # -- articles and terms -------------------------------------------------------------------------------------------

    def references(self) -> list[ReferenceSummary]:
        """All articles in a line each, in order of id."""
        return self._once(
            "references", lambda: [summary_of(each, self._citing()) for each in self.packs.references.values()]
        )

    def reference(self, id: str) -> Page:
        """An article with what rests on it."""
        article: Reference | None = self.packs.references.get(id)
        if article is None:
            hint = did_you_mean(id, self.packs.references)
            raise UsageError([Problem(codes.NO_SUCH_ARTICLE, f"there is no article “{id}”", hint=hint)])
        found = article
        return self._once(("reference", id), lambda: page_of(reference_shown(found, self._citing())))

    def _citing(self) -> Citing:
        return self._once("citing", lambda: Citing(self.packs))

    def terms(self) -> list[TermShown]:
        """All terms of all glossaries, in order of name and pack."""

        def made() -> list[TermShown]:
            found = [term_shown(self.packs, pack, term) for pack in self.packs.packs for term in pack.glossary]
            return sorted(found, key=lambda each: (each.term.casefold(), each.pack))

        return self._once("terms", made)

    def term(self, name: str) -> Page:
        """A term, by its name in any case, with its entry in every pack that explains it."""
        found = [each for each in self.terms() if each.term.casefold() == name.casefold()]
        if not found:
            hint = did_you_mean(name, (each.term for each in self.terms()))
            raise UsageError([Problem(codes.NO_SUCH_TERM, f"no glossary explains “{name}”", hint=hint)])
        return page_of(EntriesShown(term=found[0].term, entries=found))

    # -- the rest -----------------------------------------------------------------------------------------------------

    def vocabulary(self) -> Page:
        """Everything that a design may speak of."""
        return self._once("vocabulary", lambda: page_of(vocabulary_shown(self.packs)))

    def schema(self, kind: str) -> Page:
        """The JSON Schema of one of `SCHEMAS`."""
        return self._once(("schema", kind), lambda: _schema_page(self.packs, kind))

    def index(self) -> Index:
        """The search."""
        return self._once("index", lambda: Index(entries_of(self.packs)))

    def _once(self, key: object, make: Callable[[], T]) -> T:
        """What was made under the key before, or is made now; two threads at once may both make it, and get one."""
        found: T | None = self._kept.get(key)
        if found is None:
            made = make()
            with self._lock:
                found = self._kept.setdefault(key, made)
        assert found is not None
        return found


def _schema_page(packs: PackSet, kind: str) -> Page:
    if kind == "design":
        schema = design_schema(packs.vocabulary)
    elif kind == "pack":
        schema = pack_schema()
    else:
        schema = verdict_schema() if kind == "verdict" else problem_schema()
    # Not canonical: bounds may be fractions, and editors offer keys in the order in which they stand.
    body = json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()
    return Page(body, etag_of(body))


def library_of(request: Request) -> Library:
    """The library of the packs that are in use now: a request takes it once."""
    state = request.app.state
    packs: PackSet = state.packs.current.packset
    kept: Library | None = getattr(state, "library", None)
    if kept is None or kept.packs is not packs:
        kept = state.library = Library(packs)
    return kept
