"""What a rule must say so that its findings can be reported: an outcome, a message, remedies, a citation."""

from __future__ import annotations

from collections.abc import Sequence

from supportable.errors import Problem
from supportable.language.ir import Node, Satisfies
from supportable.packs import codes
from supportable.packs.place import problem
from supportable.packs.saying import Saying
from supportable.packs.shape import AlternativeShape

ADVISORY = "advisory"
SAME = "same"


def check_outcomes(saying: Saying, require: Node | None, problems: list[Problem]) -> None:
    """Note what one revision leaves out or puts together wrongly. `require` is None if it is wrong itself."""
    grades = saying.otherwise.value or []
    if not saying.cite.value:
        hint = "add cite: [{ref: …, section: …}]"
        problems.append(problem(codes.NO_CITATION, "a rule needs a citation", saying.place, hint))
    if saying.require.value is None:
        _check_permission(saying, problems)
    if saying.require.value is not None or saying.disputed.value:
        _check_grades(saying, grades, problems)
        _check_words(saying, grades, problems)
    if any(grade.outcome == SAME for grade in grades):
        _check_same(saying, grades, require, problems)
    if saying.covers.value and any(grade.outcome == ADVISORY for grade in grades):
        message = "an advisory touches no coverage, and so cannot state support"
        problems.append(problem(codes.ADVISORY_COVERS, message, saying.covers.place, "leave out “covers”"))


def check_across(sayings: Sequence[Saying], problems: list[Problem]) -> None:
    """Note revisions of which some are advisory and some are not: between two such, no finding could be told."""
    first: bool | None = None
    for saying in sayings:
        grades = saying.otherwise.value
        if grades:
            advisory = all(grade.outcome == ADVISORY for grade in grades)
            if first is not None and advisory != first:
                message = "a rule is an advisory in all of its revisions, or in none"
                hint = "make it two rules, each with its own dates"
                problems.append(problem(codes.ADVISORY_MIXED, message, saying.otherwise.place, hint))
                return
            first = advisory


def _check_permission(saying: Saying, problems: list[Problem]) -> None:
    if not saying.covers.value and not saying.disputed.value:
        message = "the rule requires nothing and states no support"
        problems.append(problem(codes.NOTHING_REQUIRED, message, saying.place, "add require: …, or covers: true"))
    elif saying.each.value:
        message = "“each” without “require” judges nothing"
        problems.append(problem(codes.EACH, message, saying.each.place, "say it in “when”, or add require: …"))


def _check_grades(saying: Saying, grades: list[AlternativeShape], problems: list[Problem]) -> None:
    if not grades:
        message = "what follows where the requirement does not hold is missing"
        problems.append(problem(codes.NO_OUTCOME, message, saying.place, "add otherwise: unsupported"))
        return
    place = saying.otherwise.place
    for index, grade in enumerate(grades[:-1]):
        if grade.condition is None:
            message = "an outcome without “if” always holds, so that none after it is reached"
            problems.append(problem(codes.GRADES_OPEN, message, place / index, "add if: …, or make it the last"))
    if grades[-1].condition is not None:
        message = "the last outcome must hold always, and has an “if”"
        hint = "add a last entry without “if”"
        problems.append(problem(codes.GRADES_OPEN, message, place / (len(grades) - 1), hint))
    if len({grade.outcome == ADVISORY for grade in grades}) > 1:
        message = "an advisory cannot stand beside outcomes that touch a status"
        index = next(index for index, grade in enumerate(grades) if grade.outcome == ADVISORY)
        problems.append(problem(codes.ADVISORY_MIXED, message, place / index / "outcome", "make it a rule of its own"))


def _check_same(saying: Saying, grades: list[AlternativeShape], require: Node | None, problems: list[Problem]) -> None:
    place = saying.otherwise.place
    if len(grades) > 1:
        problems.append(problem(codes.SAME_MISUSED, "“same” cannot stand beside other outcomes", place))
    elif saying.require.value is None or (require is not None and not isinstance(require, Satisfies)):
        message = "“same” is the status of what “satisfies” asks about, and “require” is not just that"
        problems.append(problem(codes.SAME_MISUSED, message, place, 'write require: satisfies(x, "pack")'))
    elif saying.disputed.value:
        # The stricter of two texts would be a violation whose outcome may yet be `supported`.
        message = "“same” hands on a status as it is, so that no other text can be stricter"
        hint = "make the disputed text a rule of its own"
        problems.append(problem(codes.SAME_MISUSED, message, saying.disputed.place, hint))


def _check_words(saying: Saying, grades: list[AlternativeShape], problems: list[Problem]) -> None:
    plain = [grade for grade in grades if grade.outcome != ADVISORY]
    if saying.message.value is None and any(grade.message is None for grade in plain):
        problems.append(problem(codes.NO_MESSAGE, "a rule needs a message", saying.place, "add message: …"))
    if not saying.remedies.value and any(not grade.remedies for grade in plain):
        hint = "add remedies: [what would put it right]"
        problems.append(problem(codes.NO_REMEDY, "a rule needs at least one remedy", saying.place, hint))
