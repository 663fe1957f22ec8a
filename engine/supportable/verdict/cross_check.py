"""Two readings for one answer: what both say, or no answer at all and all it takes to find out which is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from supportable.document import Plain, dump_yaml
from supportable.errors import EvaluationError, Problem
from supportable.facts import Facts, Members, Row
from supportable.packs.model import STATUS_NAMES
from supportable.plan.model import Plan
from supportable.readings.findings import KIND_NAMES, Finding, Findings
from supportable.version import __version__

Judge = Callable[[Plan, Facts], Findings]

READINGS_DISAGREE: Final = "SUP625"
SECOND_READING_FAILED: Final = "SUP626"

MOST_TOLD: Final = 20
"""Differences that are told one by one; the reproducer has all."""


class CrossCheckError(EvaluationError):
    """The second reading said otherwise, or could not say anything: so there is no answer.

    `reproducer` is ready for JSON and holds all that decided: the engine, packs and catalogues with their digests, the
    day, the design as YAML text that reads like the original, and both findings; those of a reading that failed are
    None.
    """

    def __init__(self, problems: list[Problem], reproducer: dict[str, Any]) -> None:
        super().__init__(problems)
        self.reproducer = reproducer

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (list(self.problems), self.reproducer)


def cross_checked(first: tuple[str, Judge], second: tuple[str, Judge]) -> Judge:
    """A judge that asks two readings, given by name, and answers what both say.

    It raises CrossCheckError where they differ and where the second fails. What goes wrong in the first is raised as it
    is, and so is a UsageError of the second: a reading that is not installed says how to get it.
    """
    (name, judge), (other_name, other_judge) = first, second

    def both(plan: Plan, facts: Facts) -> Findings:
        findings = judge(plan, facts)
        try:
            others = other_judge(plan, facts)
        except EvaluationError as error:
            problems = [
                Problem(SECOND_READING_FAILED, f"the reading “{other_name}” could not confirm the answer", move="us"),
                *error.problems,
            ]
            raise CrossCheckError(
                problems, _reproducer(plan, facts, {name: findings, other_name: None}, list(map(str, error.problems)))
            ) from error
        told = list(_differences(plan, name, findings, other_name, others))
        if told:
            more = f"; and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
            message = f"the readings “{name}” and “{other_name}” disagree: {'; '.join(told[:MOST_TOLD])}{more}"
            hint = "one of them has a defect: please report it with the reproducer"
            raise CrossCheckError(
                [Problem(READINGS_DISAGREE, message, facts.origin(""), hint, move="us")],
                _reproducer(plan, facts, {name: findings, other_name: others}, told),
            )
        return findings

    return both


def _differences(plan: Plan, name: str, findings: Findings, other_name: str, others: Findings) -> Iterator[str]:
    """Each difference in words."""
    here = {(each.rule, each.row.name): each for each in findings.items}
    there = {(each.rule, each.row.name): each for each in others.items}
    for key in sorted(here.keys() | there.keys()):
        one, other = here.get(key), there.get(key)
        if one != other:
            rule, subject = plan.rules[key[0]].rule.name, key[1]
            yield f"{rule} on {subject}: {name} says {_said(one)}, {other_name} says {_said(other)}"
    if findings.not_applicable != others.not_applicable:
        yield f"{name} counts {findings.not_applicable} not applicable, {other_name} {others.not_applicable}"
    for derivation, column, other_column in zip_longest(plan.derivations, findings.derived, others.derived):
        if [_plain(value) for value in column or ()] != [_plain(value) for value in other_column or ()]:
            fact = f"{derivation.entity}.{derivation.name}"
            yield f"{fact}: {name} derives {_column(column)}, {other_name} {_column(other_column)}"


def _said(finding: Finding | None) -> str:
    if finding is None:
        return "it does not apply"
    bounds = sorted({finding.best, finding.worst})
    marks = [word for word in ("covered", "hopeful", "disputed", "advisory") if getattr(finding, word)]
    between = " to ".join(STATUS_NAMES[bound] for bound in bounds)
    return f"{KIND_NAMES[finding.kind]} ({', '.join((between, *marks))})"


def _column(column: tuple[Any, ...] | None) -> str:
    return "nothing" if column is None else ", ".join(str(_plain(value)) for value in column[2:]) or "nothing"


def _plain(value: Any) -> Any:
    """A value that is equal for what means the same, and can be written as JSON."""
    if isinstance(value, Row):
        return value.name or f"{value.type} {value.i}"
    if isinstance(value, Members):
        sure, maybe = (sorted(str(_plain(each)) for each in held) for held in (value.sure, value.maybe))
        return {"sure": sure, "maybe": maybe, "open": value.open}
    return value if isinstance(value, bool | int | str) else repr(value)


def _reproducer(
    plan: Plan, facts: Facts, findings: dict[str, Findings | None], differences: list[str]
) -> dict[str, Any]:
    return {
        "format": 1,
        "engine": __version__,
        "as_of": date.fromordinal(plan.as_of).isoformat(),
        "vocabulary": f"sha256:{plan.vocabulary.digest}",
        "references": f"sha256:{plan.references_digest}",
        "packs": [{"pack": p.name, "version": p.version, "digest": f"sha256:{p.digest}"} for p in plan.packs],
        "catalogues": [
            {"catalogue": name, "version": held.version, "digest": f"sha256:{held.digest}"}
            for name, held in sorted(plan.catalogues.items())
        ],
        "digest": f"sha256:{facts.digest}",
        "design": dump_yaml(_writable(facts.source)),
        "differences": differences,
        "findings": {name: None if held is None else _findings(plan, held) for name, held in findings.items()},
    }


def _findings(plan: Plan, findings: Findings) -> dict[str, Any]:
    return {
        "items": [
            {
                "rule": plan.rules[each.rule].rule.name,
                "subject": each.row.name,
                "kind": KIND_NAMES[each.kind],
                "worst": STATUS_NAMES[each.worst],
                "best": STATUS_NAMES[each.best],
                "covered": each.covered,
                "hopeful": each.hopeful,
                "disputed": each.disputed,
                "advisory": each.advisory,
            }
            for each in findings.items
        ],
        "not_applicable": findings.not_applicable,
        "derived": {
            f"{derivation.entity}.{derivation.name}": [_plain(value) for value in column[2:]]
            for derivation, column in zip(plan.derivations, findings.derived, strict=True)
        },
    }


def _writable(written: Any) -> Any:
    """A design's source as the YAML writer takes it."""
    if isinstance(written, dict):
        return {str(key): _writable(value) for key, value in written.items()}
    if isinstance(written, list | tuple):
        return [_writable(value) for value in written]
    return written if written is None or isinstance(written, bool | int | str) else Plain(str(written))
