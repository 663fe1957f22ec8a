"""What a verdict says of facts it does not have: answers that would decide, and readings of what was left out.

Here the checker does not work out the lists, which is a search of its own; it holds them to what they state, and to
leaving nothing out of what is assumed that matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from supportable.errors import Problem, SupportableError
from supportable.facts import Facts, value_of
from supportable.intake.change import relaxed, with_value
from supportable.origin import Origin
from supportable.plan.model import Plan
from supportable.readings.findings import Findings, bounds_by_subject, design_bounds
from supportable.verify.differences import ASSUMED, MISSING, SHAPE, pointer
from supportable.verify.judging import judged
from supportable.verify.meaning import Meaning
from supportable.verify.told import statuses
from supportable.verify.words import Json, plain

Form = dict[str, type]
_TEXTS: Final[Form] = {"fact": str, "pointer": str}
_MISSING: Final[Form] = {
    **_TEXTS, "kind": str, "question": str, "worst": str, "answers": list, "decides": list, "subjects": list,
}  # fmt: skip
_ASSUMED: Final[Form] = {**_TEXTS, "as": object, "say": str, "decides": bool}
_ANSWER: Final[Form] = {"value": object, "status": str}


class Asking:
    """One design under one plan, asked again with other facts."""

    def __init__(self, plan: Plan, facts: Facts, file: str) -> None:
        self.plan, self.facts, self.file = plan, facts, file
        self._known: dict[str, tuple[dict[str, str], str]] = {}

    def wrong(self, verdict: Json, found: Findings) -> Iterator[Problem]:
        """What does not hold of the answers and assumptions that a verdict lists."""
        shapes = list(self._shapes(verdict))
        if shapes:
            yield from shapes
            return
        for place, subject in enumerate(verdict["subjects"]):
            for index, missing in enumerate(subject["missing"]):
                path = ("subjects", str(place), "missing", str(index))
                yield from self._answers(missing, path, subject["subject"])
        for index, missing in enumerate(verdict["missing"]):
            yield from self._answers(missing, ("missing", str(index)), "")
        yield from self._assumed(verdict["assumed"], found)

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
                if not _fits(entry, form):
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

    def _assumed(self, listed: list[Json], found: Findings) -> Iterator[Problem]:
        places = {
            f"{row.name}.{name}": (row, name)
            for table in self.facts.tables.values()
            for row in table.own()
            for name in row.assumed
        }
        for index, one in enumerate(listed):
            row, name = places.pop(one["fact"], (None, ""))
            if row is None:
                yield self._problem(ASSUMED, ("assumed", str(index)), "was given, or is there twice")
                continue
            held = plain(value_of(row, name), self.facts.tables[row.type].entity.attributes[name].type)
            if (one["as"], one["pointer"]) != (held, f"{row.pointer}/{name}"):
                yield self._problem(ASSUMED, ("assumed", str(index)), f"is read as {held!r}")
        rest = relaxed(self.facts, [(row.name, name) for row, name in places.values()])
        if _essence(_findings(self.plan, rest)) != _essence(found):
            yield self._problem(ASSUMED, ("assumed",), "leaves out an assumption that matters")

    def _problem(self, code: str, path: tuple[str, ...], what: str) -> Problem:
        where = pointer(path)
        return Problem(code, f"{where} {what}", Origin(self.file), pointer=where)


def _fits(entry: Any, form: Form) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == form.keys()
        and all(isinstance(entry[key], type_) for key, type_ in form.items())
    )


def _findings(plan: Plan, facts: Facts) -> Findings:
    return judged(Meaning(plan, facts))[1]


def _essence(found: Findings) -> list[tuple[object, ...]]:
    return [(one.rule, one.row.name, one.kind, one.worst, one.best) for one in found.items]
