"""Rules judged one by one: from their shape to typed revisions, with everything that is wrong noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from supportable.errors import Problem, did_you_mean
from supportable.language.ir import Node, Where
from supportable.packs import codes
from supportable.packs.citing import citation_of, citations_of
from supportable.packs.draft import Placed
from supportable.packs.expressions import TRUE, Compiler
from supportable.packs.model import Alternative, Dispute, Each, Effective, Exemption, Revision, Rule, Template
from supportable.packs.outcomes import check_across, check_outcomes
from supportable.packs.place import Place, problem
from supportable.packs.saying import Said, Saying, sayings_of
from supportable.packs.shape import RuleShape
from supportable.packs.timing import check_order, effective_of
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.references import Reference
from supportable.vocabulary.types import ListType, NoneType, RefType, Type
from supportable.vocabulary.words import LANGUAGE_WORDS

Variables: TypeAlias = dict[str, Type]


@dataclass(frozen=True, slots=True)
class RuleJudge:
    """Judges the rules of one pack; `problems` grows as it does."""

    pack: str
    vocabulary: Vocabulary
    references: Mapping[str, Reference]
    compiler: Compiler
    problems: list[Problem]

    def rule(self, placed: Placed[RuleShape]) -> Rule | None:
        """The rule, typed; None if anything is wrong with it, which is noted."""
        before = len(self.problems)
        shape, place = placed.shape, placed.place
        if not self._subject_is_right(shape.subject, place / "subject"):
            return None
        if shape.revisions and shape.effective is not None:
            message = "with “revisions”, “effective” belongs into each of them"
            self.problems.append(problem(codes.TWO_EFFECTIVES, message, place / "effective"))
        revisions: list[Revision] = []
        times: list[tuple[Effective, Place]] = []
        sayings = list(sayings_of(shape, place))
        for saying in sayings:
            effective = effective_of(saying.effective.value, saying.effective.place, self.problems)
            times.append((effective, saying.effective.place))
            revision = self._revision(saying, shape.subject, effective)
            if revision is not None:
                revisions.append(revision)
        check_order(times, self.problems)
        check_across(sayings, self.problems)
        if len(self.problems) > before or len(revisions) < len(sayings):
            return None
        return Rule(
            self.pack,
            shape.id,
            shape.title,
            shape.subject,
            tuple(revisions),
            place.origin,
            shape.notes,
            tuple(shape.tags),
        )

    def _subject_is_right(self, subject: str, place: Place) -> bool:
        known = self.vocabulary.entities.get(subject)
        if known is not None and not known.record:
            return True
        subjects = [entity.name for entity in self.vocabulary.entities.values() if not entity.record]
        hint = did_you_mean(subject, subjects)
        if known is None:
            self.problems.append(problem(codes.UNKNOWN_SUBJECT, f"there is no entity type “{subject}”", place, hint))
        else:
            message = f"“{subject}” is a record, and only what has an id of its own can be judged"
            hint = "take the type that holds it for the subject, and its list for “each”"
            self.problems.append(problem(codes.SUBJECT_IS_RECORD, message, place, hint))
        return False

    def _revision(self, saying: Saying, subject: str, effective: Effective) -> Revision | None:
        """One revision; None if an expression in it is wrong. Other problems are noted and the revision is made."""
        before = len(self.problems)
        variables: Variables = {subject: RefType(subject)}
        when = self._condition(saying.when, variables)
        each = self._each(saying, variables)
        inner = variables
        if saying.each.value and each is None:
            # Its variable has no type, and what is said of it cannot be checked.
            return None
        if each is not None:
            assert isinstance(each.over.type, ListType)
            inner = {**variables, each.var: each.over.type.of}
        require = self._condition(saying.require, inner)
        unless = self._unless(saying, inner)
        otherwise = self._otherwise(saying, inner)
        disputed = self._disputed(saying, inner)
        message = self._template(saying.message, inner)
        remedies = self._templates(saying.remedies.value, saying.remedies.place, inner)
        cite = citations_of(saying.cite.value or [], saying.cite.place, self.references, self.problems)
        check_outcomes(saying, require, self.problems)
        if len(self.problems) > before or when is None or require is None or None in (unless, otherwise, disputed):
            return None
        return Revision(
            effective,
            when,
            require,
            each,
            tuple(each for each in unless if each is not None),
            tuple(each for each in otherwise if each is not None) or (Alternative("unsupported"),),
            tuple(each for each in disputed if each is not None),
            message,
            tuple(each for each in remedies if each is not None),
            cite,
            bool(saying.covers.value),
            saying.title.value or "",
            saying.place.origin,
        )

    def _condition(self, said: Said[str], variables: Variables) -> Node | None:
        return TRUE if said.value is None else self.compiler.condition(said.value, said.place, variables)

    def _template(self, said: Said[str], variables: Variables) -> Template | None:
        return None if said.value is None else self.compiler.template(said.value, said.place, variables)

    def _templates(self, texts: list[str] | None, place: Place, variables: Variables) -> list[Template | None]:
        return [self.compiler.template(text, place / index, variables) for index, text in enumerate(texts or ())]

    def _each(self, saying: Saying, variables: Variables) -> Each | None:
        if not saying.each.value:
            if saying.where.value is not None:
                message = "“where” needs an “each” to choose from"
                self.problems.append(problem(codes.EACH, message, saying.where.place, "add each: {n: …}"))
            return None
        ((name, text),) = saying.each.value.items()
        place = saying.each.place / name
        if name in variables or name in LANGUAGE_WORDS:
            message = f"“{name}” has a meaning of its own here and cannot be a variable"
            self.problems.append(
                problem(codes.TAKEN_VARIABLE, message, place, "choose another, such as n", at_key=True)
            )
            return None
        over = self.compiler.value(text, place, variables)
        if over is None:
            return None
        if not isinstance(over.type, ListType):
            message = f"“each” needs a list, and this is {_article(over.type)}"
            self.problems.append(problem(codes.EACH, message, place))
            return None
        if saying.where.value is not None:
            member: Variables = {**variables, name: over.type.of}
            chosen = self.compiler.condition(saying.where.value, saying.where.place, member)
            if chosen is None:
                return None
            text = f"{text}.where({name}, {saying.where.value})"
            over = Where(over.type, over, name, chosen, origin=over.origin, text=text)
        return Each(name, over, place.origin)

    def _unless(self, saying: Saying, variables: Variables) -> list[Exemption | None]:
        made: list[Exemption | None] = []
        for index, shape in enumerate(saying.unless.value or ()):
            place = saying.unless.place / index
            effective = effective_of(shape.effective, place / "effective", self.problems)
            condition = self.compiler.condition(shape.condition, place / "if", variables)
            if not shape.cite:
                message = "an exception needs a citation"
                self.problems.append(problem(codes.NO_CITATION, message, place, "add cite: [{ref: …}]"))
            cite = citations_of(shape.cite, place / "cite", self.references, self.problems)
            if condition is None:
                made.append(None)
            else:
                made.append(Exemption(condition, effective, cite, shape.title, place.origin))
        return made

    def _otherwise(self, saying: Saying, variables: Variables) -> list[Alternative | None]:
        made: list[Alternative | None] = []
        for index, shape in enumerate(saying.otherwise.value or ()):
            place = saying.otherwise.place / index
            condition = None
            if shape.condition is not None:
                condition = self.compiler.condition(shape.condition, place / "if", variables)
            message = None
            if shape.message is not None:
                message = self.compiler.template(shape.message, place / "message", variables)
            remedies = self._templates(shape.remedies, place / "remedies", variables)
            cite = citations_of(shape.cite, place / "cite", self.references, self.problems)
            wrong = (shape.condition is not None and condition is None) or (shape.message is not None and not message)
            refused = bool(saying.refused.value) if shape.refused is None else shape.refused
            right = tuple(remedy for remedy in remedies if remedy is not None)
            made.append(None if wrong else Alternative(shape.outcome, condition, message, right, cite, refused))
        return made

    def _disputed(self, saying: Saying, variables: Variables) -> list[Dispute | None]:
        made: list[Dispute | None] = []
        for index, shape in enumerate(saying.disputed.value or ()):
            place = saying.disputed.place / index
            require = self.compiler.condition(shape.require, place / "require", variables)
            cite = citation_of(shape, place, self.references, self.problems)
            made.append(None if require is None else Dispute(require, cite, place.origin))
        return made


def _article(type_: Type) -> str:
    return "no value at all" if isinstance(type_, NoneType) else f"one {type_}"
