"""The definitions of all packs, typed in the order in which they rest on one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from supportable.errors import Problem, did_you_mean
from supportable.language.ir import Attr, Node, children
from supportable.packs import codes
from supportable.packs.citing import citations_of
from supportable.packs.draft import Draft, Placed
from supportable.packs.expressions import Compiler, Unavailable
from supportable.packs.model import Derivation, Effective, Reading
from supportable.packs.place import Place, problem
from supportable.packs.shape import DerivationShape
from supportable.packs.timing import check_order, effective_of
from supportable.vocabulary.catalogues import Catalogue
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.references import Citation, Reference
from supportable.vocabulary.types import INT, IntType, NoneType, NumberType, RefType, Type

Fact: TypeAlias = tuple[str, str]
"""An entity type and an attribute."""

NONE_TYPE: Final = NoneType()


class _TypeOfFirst(Exception):
    """Raised out of the compiler where an expression uses a definition whose type is not known yet."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(f"{fact[0]}.{fact[1]}")
        self.fact = fact


@dataclass(slots=True)
class _Entry:
    """A definition on its way: not tried yet, wrong, or done."""

    owner: Draft
    placed: Placed[DerivationShape]
    done: Derivation | None = None
    wrong: bool = False
    problems: list[Problem] = field(default_factory=list)


class Definitions:
    """What all packs define. `type_of` answers from definitions already judged; `judge` judges them."""

    __slots__ = ("_catalogues", "_entries", "_heights", "_lost", "_packs", "_references", "_vocabulary")

    def __init__(
        self,
        vocabulary: Vocabulary,
        references: Mapping[str, Reference],
        catalogues: Mapping[str, Catalogue],
        drafts: Iterable[Draft],
    ) -> None:
        self._vocabulary = vocabulary
        self._references = references
        self._catalogues = catalogues
        self._packs: set[str] = set()
        self._lost: set[str] = set()
        self._entries: dict[Fact, _Entry] = {}
        self._heights: dict[Fact, int] = {}
        for draft in drafts:
            self._packs.update(draft.may_ask())
            self._lost.update(draft.lost or ())
            for placed in draft.derive:
                self._register(draft, placed)

    def owner_of(self, entity: str, name: str) -> str | None:
        """The pack that defines the attribute; None if none does."""
        entry = self._entries.get((entity, name))
        return None if entry is None else entry.owner.name

    def type_of(self, entity: str, name: str) -> Type | None:
        """The type of an attribute that a pack defines; None if none does. Raises Unavailable if that is wrong."""
        entry = self._entries.get((entity, name))
        if entry is None and f"{entity}.{name}" in self._lost:
            raise Unavailable
        if entry is None:
            return None
        if entry.wrong:
            raise Unavailable
        if entry.done is None:
            raise _TypeOfFirst((entity, name))
        return entry.done.type

    def of_pack(self, draft: Draft) -> tuple[Derivation, ...]:
        """The definitions of a pack that are right, by name of the fact."""
        held = [entry.done for entry in self._entries.values() if entry.owner is draft and entry.done is not None]
        return tuple(sorted(held, key=lambda derivation: derivation.fact))

    def judge(self) -> None:
        """Judge every definition, those first that others use. Problems are noted in the drafts they belong to."""
        for start in sorted(self._entries):
            # A stack of our own: a long chain of definitions is no reason to run out of Python's.
            waiting = [start]
            while waiting:
                entry = self._entries[waiting[-1]]
                if entry.done is not None or entry.wrong:
                    waiting.pop()
                    continue
                try:
                    self._judge_one(waiting[-1], entry)
                except _TypeOfFirst as needed:
                    if needed.fact in waiting:
                        self._note_cycle(waiting[waiting.index(needed.fact) :])
                    else:
                        waiting.append(needed.fact)
        for entry in self._entries.values():
            entry.owner.problems.extend(entry.problems)

    def _register(self, draft: Draft, placed: Placed[DerivationShape]) -> None:
        entity, _, name = placed.shape.fact.partition(".")
        place = placed.place / "fact"
        known = self._vocabulary.entities.get(entity)
        if known is None or known.record:
            message = f"there is no entity type “{entity}” to define “{name}” for"
            kinds = [kind.name for kind in self._vocabulary.entities.values() if not kind.record]
            draft.problems.append(problem(codes.UNKNOWN_ENTITY, message, place, did_you_mean(entity, kinds)))
        elif name in known.attributes or name in ("id", "count"):
            message = f"“{placed.shape.fact}” is an attribute of the vocabulary and cannot be defined anew"
            draft.problems.append(problem(codes.TAKEN_ATTRIBUTE, message, place, "choose another name"))
        elif (entity, name) in self._entries:
            first = self._entries[entity, name]
            message = f"“{placed.shape.fact}” is defined a second time"
            hint = f"first by {first.owner.name} in {first.placed.place.origin}"
            draft.problems.append(problem(codes.DERIVED_TWICE, message, place, hint))
        else:
            self._entries[entity, name] = _Entry(draft, placed)

    def _judge_one(self, fact: Fact, entry: _Entry) -> None:
        problems: list[Problem] = []
        shape, place = entry.placed.shape, entry.placed.place
        compiler = Compiler(self._vocabulary, self._catalogues, self._packs, self.type_of, problems)
        cite = citations_of(shape.cite, place / "cite", self._references, problems)
        readings: list[Reading | None] = []
        times: list[tuple[Effective, Place]] = []
        if shape.revisions and shape.effective is not None:
            message = "with “revisions”, “effective” belongs into each of them"
            problems.append(problem(codes.TWO_EFFECTIVES, message, place / "effective"))
        if not shape.revisions:
            effective = effective_of(shape.effective, place / "effective", problems)
            readings.append(self._reading(compiler, fact[0], shape.value, place, (effective, cite)))
        for index, revision in enumerate(shape.revisions):
            at = place / "revisions" / index
            effective = effective_of(revision.effective, at / "effective", problems)
            times.append((effective, at / "effective"))
            own = cite
            if revision.cite is not None:
                own = citations_of(revision.cite, at / "cite", self._references, problems)
            value, value_at = (shape.value, place) if revision.value is None else (revision.value, at)
            readings.append(self._reading(compiler, fact[0], value, value_at, (effective, own)))
        check_order(times, problems)
        right = [reading for reading in readings if reading is not None]
        type_ = self._common_type(entry, right, problems) if len(right) == len(readings) else None
        height = max((self._height(reading.value) for reading in right), default=0)
        self._heights[fact] = height
        if height > MOST_STEPS:
            message = (
                f"it takes {height} steps, one in the other, to get from here to what is given; at most {MOST_STEPS}"
            )
            problems.append(problem(codes.DERIVED_TOO_DEEP, message, place / "fact", "nobody could follow the reasons"))
        if problems or type_ is None:
            entry.wrong, entry.problems = True, problems
            return
        entry.done = Derivation(entry.owner.name, *fact, type_, shape.title, tuple(right), (place / "fact").origin)

    def _height(self, node: Node) -> int:
        """How many expressions stand in one another, those of the definitions that are used included."""
        below = max((self._height(child) for child in children(node)), default=0)
        if isinstance(node, Attr) and node.derived:
            below += self._heights.get((node.entity, node.name), 0)
        return 1 + below

    def _reading(
        self,
        compiler: Compiler,
        entity: str,
        value: str | None,
        place: Place,
        rest: tuple[Effective, tuple[Citation, ...]],
    ) -> Reading | None:
        if value is None:
            compiler.note(problem(codes.MISSING_KEY, "the key “value” is missing", place, "add value: …"))
            return None
        node = compiler.value(value, place / "value", {entity: RefType(entity)})
        if node is None:
            return None
        effective, cite = rest
        return Reading(effective, node, cite, (place / "value").origin)

    def _common_type(self, entry: _Entry, readings: list[Reading], problems: list[Problem]) -> Type | None:
        """The one type of all readings; None where they differ, or where it is not the type that is declared."""
        shape, place = entry.placed.shape, entry.placed.place
        type_ = readings[0].value.type
        for reading in readings[1:]:
            common = _common(type_, reading.value.type)
            if common is None:
                message = f"this is {reading.value.type}, and {type_} in another revision"
                problems.append(Problem(codes.OTHER_TYPE, message, reading.origin, move="author"))
                return None
            type_ = common
        if type_ == NONE_TYPE:
            problems.append(problem(codes.OTHER_TYPE, "“none” alone has no type", place / "value"))
            return None
        if shape.type is not None and shape.type != str(type_):
            message = f"the value is {type_}, not {shape.type}"
            problems.append(problem(codes.OTHER_TYPE, message, place / "type", "“type” may be left out"))
            return None
        return type_

    def _note_cycle(self, cycle: list[Fact]) -> None:
        least = cycle.index(min(cycle))
        cycle = cycle[least:] + cycle[:least]
        entries = [self._entries[fact] for fact in cycle]
        steps = [(".".join(fact), entry.placed.place / "fact") for fact, entry in zip(cycle, entries, strict=True)]
        message = cycle_message([(name, place) for name, place in steps])
        for entry in entries:
            entry.wrong = True
        for owner in dict.fromkeys(entry.owner.name for entry in entries):
            first = next(entry for entry in entries if entry.owner.name == owner)
            first.problems = [problem(codes.CYCLE, message, first.placed.place / "fact", CYCLE_HINT)]


MOST_STEPS: Final = 128
"""How far definitions may build on one another, counted in expressions: as deep as a tree of reasons may get."""

CYCLE_HINT: Final = "a definition cannot rest on itself: take one of these out of the circle"


def cycle_message(steps: list[tuple[str, Place]]) -> str:
    """The cycle as text, back to its beginning."""
    shown = [f"{name} ({place.origin.file}:{place.origin.line})" for name, place in steps]
    return "definitions go in a circle: " + " → ".join([*shown, steps[0][0]])


def _common(one: Type, other: Type) -> Type | None:
    """A type that holds the values of both, if they are held alike."""
    if one == other:
        return one
    if isinstance(one, IntType) and isinstance(other, IntType):
        return INT
    if isinstance(one, NumberType) and isinstance(other, NumberType):
        if (one.unit, one.places) == (other.unit, other.places):
            return replace(one, low=None, high=None)
        return None
    return one if type(one) is type(other) and str(one) == str(other) else None


__all__ = ["CYCLE_HINT", "Definitions", "Fact", "cycle_message"]
