"""What a verdict says of facts it does not have: answers that would decide, and readings of what was left out.

Here the checker does not work out the lists, which is a search of its own; it holds them to what they state, to
what the findings say (`listed`), and to leaving nothing out of what is assumed that matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from supportable.errors import Problem, SupportableError
from supportable.facts import Facts, value_of
from supportable.intake.change import relaxed, with_value
from supportable.origin import Origin
from supportable.packs.model import STATUS_NAMES
from supportable.plan.depend import rules_depending
from supportable.plan.model import Plan
from supportable.readings.findings import Findings, bounds_by_subject, design_bounds
from supportable.verify.differences import ASSUMED, MISSING, SHAPE, pointer
from supportable.verify.judging import judged
from supportable.verify.listed import Listed
from supportable.verify.meaning import Meaning
from supportable.verify.told import Telling, statuses
from supportable.verify.words import Json, plain
from supportable.vocabulary.types import ListType, RecordType, RefType, Type

Form = dict[str, type]
Place = tuple[str, str]
"""The name of a row, and one of its attributes."""

MOST_ALONE: Final = 40
"""Up to how many assumptions are taken back one by one: each time, the design is judged anew."""

_TEXTS: Final[Form] = {"fact": str, "pointer": str}
_MISSING: Final[Form] = {
    **_TEXTS, "kind": str, "question": str, "worst": str, "answers": list, "decides": list, "subjects": list,
}  # fmt: skip
_ASSUMED: Final[Form] = {**_TEXTS, "as": object, "say": str, "decides": bool}
_ANSWER: Final[Form] = {"value": object, "status": str}


MOST_APART: Final = 200
"""Up to how many assumptions the search asks about each by itself; beyond, about each attribute of a type."""


class Without(NamedTuple):
    """Which rules find something else without some assumptions, and whether the bounds of a subject move."""

    rules: frozenset[int]
    moved: bool


class Asking:
    """One design under one plan, asked again with other facts."""

    def __init__(self, telling: Telling, file: str) -> None:
        self.telling, self.file = telling, file
        self.plan, self.facts, self.found = telling.plan, telling.facts, telling.findings
        self.read_by = rules_depending(self.plan)
        self._known: dict[str, tuple[dict[str, str], str]] = {}

    def wrong(self, verdict: Json) -> Iterator[Problem]:
        """What does not hold of the answers and assumptions that a verdict lists."""
        shapes = list(self._shapes(verdict))
        if shapes:
            yield from shapes
            return
        lists = [self._problem(MISSING, path, what) for path, what in Listed(self.telling, verdict).wrong()]
        if lists:
            yield from lists
            return
        for place, subject in enumerate(verdict["subjects"]):
            for index, missing in enumerate(subject["missing"]):
                path = ("subjects", str(place), "missing", str(index))
                yield from self._answers(missing, path, subject["subject"])
        for index, missing in enumerate(verdict["missing"]):
            yield from self._answers(missing, ("missing", str(index)), "")
        yield from self._assumed(verdict["assumed"])

    def _shapes(self, verdict: Json) -> Iterator[Problem]:
        """Entries that lack a key, have one too many, or hold something of another kind."""
        lists: list[tuple[tuple[str, ...], list[Any], Form]] = [
            (("missing",), verdict["missing"], _MISSING),
            (("assumed",), verdict["assumed"], _ASSUMED),
        ]
        for place, subject in enumerate(verdict["subjects"]):
            lists.append((("subjects", str(place), "missing"), subject["missing"], _MISSING))
        for path, entries, form in lists:
            for index, entry in enumerate(entries):
                if not _fits(entry, form) or (form is _MISSING and not _is_missing(entry)):
                    yield self._problem(SHAPE, (*path, str(index)), "is not of the shape that is due")
                elif "answers" in form:
                    for number, answer in enumerate(entry["answers"]):
                        if not _fits(answer, _ANSWER):
                            where = (*path, str(index), "answers", str(number))
                            yield self._problem(SHAPE, where, "is not of the shape that is due")

    def _answers(self, missing: Json, path: tuple[str, ...], subject: str) -> Iterator[Problem]:
        for index, answer in enumerate(missing["answers"]):
            try:
                subjects, design = self._with(missing["pointer"], answer["value"])
            except SupportableError as error:
                yield self._problem(
                    MISSING, (*path, "answers", str(index)), f"cannot be given: {error.problems[0].message}"
                )
                continue
            due = subjects.get(subject, "not_covered") if subject else design
            if answer["status"] != due:
                yield self._problem(MISSING, (*path, "answers", str(index), "status"), f"should be {due}")

    def _with(self, where: str, value: Any) -> tuple[dict[str, str], str]:
        key = f"{where} {value!r}"
        if key not in self._known:
            found = _findings(self.plan, with_value(self.facts, where, value))
            bounds = bounds_by_subject(found.items)
            self._known[key] = (
                {name: statuses(each)["status"] for name, each in bounds.items()},
                statuses(design_bounds(bounds.values()))["status"],
            )
        return self._known[key]

    def _assumed(self, listed: list[Json]) -> Iterator[Problem]:
        places = {
            f"{row.name}.{name}": (row, name)
            for table in self.facts.tables.values()
            for row in table.own()
            for name in row.assumed
        }
        taken: list[Place] = []
        for index, one in enumerate(listed):
            row, name = places.pop(one["fact"], (None, ""))
            if row is None:
                yield self._problem(ASSUMED, ("assumed", str(index)), "was given, or is there twice")
                continue
            taken.append((row.name, name))
            type_ = self.facts.tables[row.type].entity.attributes[name].type
            held = plain(value_of(row, name), type_)
            if (one["as"], one["pointer"]) != (held, f"{row.pointer}/{name}"):
                yield self._problem(ASSUMED, ("assumed", str(index)), f"is read as {held!r}")
            if one["say"] != _say(name, type_):
                yield self._problem(ASSUMED, ("assumed", str(index), "say"), f"should be {_say(name, type_)}")
        if taken != sorted(taken):
            yield self._problem(ASSUMED, ("assumed",), "is not in order")
        rest = [(row.name, name) for row, name in places.values()]
        if self._without(rest).rules:
            yield self._problem(ASSUMED, ("assumed",), "leaves out an assumption that matters")
        elif len(taken) == len(listed):
            yield from self._weighed(dict(zip(taken, listed, strict=True)), rest)

    def _weighed(self, listed: dict[Place, Json], rest: list[Place]) -> Iterator[Problem]:
        """Whether each that is listed matters, and decides what it is said to decide. What knowing less changes, it
        changes as well where still less is known: so what matters together can be asked about at once."""
        alone = {place: self._without([place]) for place in listed} if len(listed) <= MOST_ALONE else {}
        number = {place: str(index) for index, place in enumerate(listed)}
        # In a large design an attribute is listed wherever it was assumed if it matters anywhere.
        whole = len(listed) + len(rest) > MOST_APART
        idle = self._apart(listed, {place for place, without in alone.items() if without.rules}, whole=whole)
        # What changes a finding may matter only beside others that move nothing by themselves.
        unmoved = [place for place in listed if place not in alone or not alone[place].moved]
        changed = self._without([*unmoved, *rest]).rules if idle else frozenset()
        for place in idle:
            if changed.isdisjoint(self.read_by.get(self._kind(place), ())):
                yield self._problem(ASSUMED, ("assumed", number[place]), "changes nothing if it is taken back")
        for place, without in alone.items():
            if without.moved and not listed[place]["decides"]:
                where = ("assumed", number[place], "decides")
                yield self._problem(ASSUMED, where, "should be true: a status hangs on it")
        calm = [place for place, one in listed.items() if not one["decides"]]
        if self._without([*calm, *rest]).moved:
            yield self._problem(ASSUMED, ("assumed",), "says of too few that they decide a status")
        said = [place for place, one in listed.items() if one["decides"]]
        together = self._apart(said, {place for place, without in alone.items() if without.moved}, whole=whole)
        if together and not self._without([*together, *calm, *rest]).moved:
            for place in together:
                yield self._problem(ASSUMED, ("assumed", number[place], "decides"), "should be false: no status moves")

    def _apart(self, places: Iterable[Place], alone: set[Place], *, whole: bool) -> list[Place]:
        """Those that do not matter alone; with `whole`, nor does the attribute of any other of their type."""
        kinds = {self._kind(place) for place in alone} if whole else set()
        return [place for place in places if place not in alone and self._kind(place) not in kinds]

    def _kind(self, place: Place) -> tuple[str, str]:
        return self.facts.row(place[0]).type, place[1]

    def _without(self, places: list[Place]) -> Without:
        """What becomes of the findings and of the bounds if these are not known."""
        found = _findings(self.plan, relaxed(self.facts, places)) if places else self.found
        moved = bounds_by_subject(found.items) != bounds_by_subject(self.found.items)
        return Without(frozenset(one[0] for one in _essence(found) ^ _essence(self.found)), moved)

    def _problem(self, code: str, path: tuple[str, ...], what: str) -> Problem:
        where = pointer(path)
        return Problem(code, f"{where} {what}", Origin(self.file), pointer=where)


def _fits(entry: Any, form: Form) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == form.keys()
        and all(isinstance(entry[key], type_) for key, type_ in form.items())
    )


def _is_missing(entry: Json) -> bool:
    names = (*entry["decides"], *entry["subjects"])
    return entry["worst"] in STATUS_NAMES and all(isinstance(name, str) for name in names)


def _say(name: str, type_: Type) -> str:
    """How the design would say it."""
    match type_:
        case ListType():
            return f"{name}: [...]"
        case RefType():
            return f"{name}: <id of a {type_.entity}>"
        case RecordType():
            return f"{name}: {{…}}"
    return f"{name}: <{type_}>"


def _findings(plan: Plan, facts: Facts) -> Findings:
    return judged(Meaning(plan, facts))[1]


def _essence(found: Findings) -> frozenset[tuple[Any, ...]]:
    """All that is found, with subjects by name: those of two designs are different rows."""
    return frozenset((one.rule, one.row.name, *one[2:]) for one in found.items)
