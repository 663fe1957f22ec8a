"""Mutation testing of packs: each rule is changed in one thing at a time, and some case must notice."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from supportable.errors import Problem
from supportable.packs.model import Pack
from supportable.packs.packset import PackSet
from supportable.testing import quality_codes as codes
from supportable.testing.bench import JudgedCase, judged_cases
from supportable.testing.excuses import Excuse, mutant_excuses
from supportable.testing.mutants import Mutant, mutants_of_derivation, mutants_of_rule


@dataclass(frozen=True, slots=True)
class MutantResult:
    """What became of a mutant: the title of the case that killed it, "" if none did; the reason why none can, "" if
    none is given."""

    mutant: Mutant
    killed_by: str
    reason: str = ""

    @property
    def survived(self) -> bool:
        """Whether no case noticed it and nobody said why."""
        return not self.killed_by and not self.reason


@dataclass(frozen=True, slots=True)
class MutationReport:
    """All mutants of some packs, in order, and what stood in the way."""

    results: tuple[MutantResult, ...]
    problems: tuple[Problem, ...]

    @property
    def score(self) -> float:
        """Of the mutants that are not excused, the part that was killed: 0 to 1, and 1 where there is none."""
        return score_of(self.results)

    @property
    def findings(self) -> tuple[Problem, ...]:
        """Each survivor as a problem."""
        return tuple(
            Problem(
                codes.MUTANT_SURVIVED,
                f"no case notices {result.mutant.id}: {result.mutant.change}",
                result.mutant.origin,
                "add a case, or say in mutants.yaml why it means the same",
                "author",
            )
            for result in self.results
            if result.survived
        )


def score_of(results: Iterable[MutantResult]) -> float:
    """Of the mutants that are not excused, the part that was killed."""
    due = [result for result in results if not result.reason]
    return sum(bool(result.killed_by) for result in due) / len(due) if due else 1.0


def mutate(packs: PackSet, names: Iterable[str] = (), *, jobs: int = 1, only: str = "") -> MutationReport:
    """Every mutant of these packs, of all where none is named, against the cases of its own pack.

    `jobs` processes share the work, where the system can fork; the report is the same for any number. `only` limits it
    to one rule or definition. Raises UsageError for a pack that is not there.
    """
    problems: list[Problem] = []
    results: list[MutantResult] = []
    for name in list(names) or [pack.name for pack in packs.packs]:
        results += _of_pack(packs, packs.pack(name), problems, jobs=jobs, only=only)
    return MutationReport(tuple(results), tuple(problems))


def mutants_of(pack: Pack) -> list[Mutant]:
    """Every mutant of a pack, definitions first."""
    made: list[Mutant] = []
    for derivation in pack.derive:
        made += mutants_of_derivation(derivation)
    for rule in pack.rules:
        made += mutants_of_rule(rule)
    return made


def _of_pack(packs: PackSet, pack: Pack, problems: list[Problem], *, jobs: int, only: str) -> list[MutantResult]:
    made = mutants_of(pack)
    known = {mutant.id for mutant in made}
    excuses: dict[str, Excuse] = {}
    for excuse in mutant_excuses(pack, problems):
        if excuse.name not in known:
            message = f"there is no mutant {excuse.name}"
            problems.append(Problem(codes.NO_SUCH_MUTANT, message, excuse.origin, "take the entry out", "author"))
        excuses[excuse.name] = excuse
    chosen = [mutant for mutant in made if not only or mutant.owner == only]
    killers = _killers(judged_cases(packs, pack, problems), chosen, jobs)
    results = []
    for mutant, killer in zip(chosen, killers, strict=True):
        said = excuses.get(mutant.id)
        if said is not None and killer:
            message = f"{mutant.id} is said to mean the same, and the case “{killer}” notices it"
            problems.append(Problem(codes.NO_SUCH_MUTANT, message, said.origin, "take the entry out", "author"))
            said = None
        results.append(MutantResult(mutant, killer, said.reason if said is not None else ""))
    return results


_CASES: list[JudgedCase] = []
"""What a forked process finds ready; set for the time of one pool."""


def _killers(cases: list[JudgedCase], mutants: Sequence[Mutant], jobs: int) -> list[str]:
    """For each mutant the title of a case that kills it, "" if there is none."""
    if jobs < 2 or len(mutants) < jobs or "fork" not in multiprocessing.get_all_start_methods():
        return [_killer(cases, mutant) for mutant in mutants]
    _CASES[:] = cases
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            return pool.map(_killer_there, mutants, chunksize=4)
    finally:
        _CASES.clear()


def _killer_there(mutant: Mutant) -> str:
    return _killer(_CASES, mutant)


def _killer(cases: Sequence[JudgedCase], mutant: Mutant) -> str:
    """The first case that kills it, those that name its rule before all others."""
    name = f"{mutant.pack}/{mutant.owner}"
    for judged in sorted(cases, key=lambda judged: name not in judged.named):
        if judged.kills(mutant.thing):
            return judged.case.title
    return ""
