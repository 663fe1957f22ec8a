"""Running cases: find them, judge each design, compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from supportable.errors import Problem, SupportableError, UsageError, did_you_mean
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.origin import Origin
from supportable.packs.model import Pack
from supportable.packs.packset import PackSet
from supportable.plan.model import Plan
from supportable.readings import READINGS
from supportable.testing import codes
from supportable.testing.case_files import read_cases
from supportable.testing.changes import changed
from supportable.testing.expectations import compare, outcome_of
from supportable.testing.model import Case, CaseReport, CaseResult, Mismatch
from supportable.verdict.assemble import assemble
from supportable.verdict.evaluate import DEFAULT_READING, plan_for

CASES = "cases"
_SUFFIXES = (".yaml", ".yml", ".json")


def run_cases(packs: PackSet, targets: Iterable[str | Path] = (), *, reading: str = DEFAULT_READING) -> CaseReport:
    """Run the cases of the targets: names of packs, case files, or folders with such; of all packs where none is named.

    A case judges by its own pack and those it requires, unless it names others. Files that cannot be used, and packs
    that did not load, are problems in the report. Raises UsageError for a target or reading that does not exist.
    """
    if reading not in READINGS:
        raise UsageError([Problem("SUP702", f"no reading is called “{reading}”", hint=did_you_mean(reading, READINGS))])
    problems: list[Problem] = []
    results = []
    for path, shown, pack in case_files(packs, targets, problems):
        for case in read_cases(path, shown, pack, packs, problems):
            results.append(run_case(packs, case, reading=reading))
    return CaseReport(tuple(results), tuple(problems))


def run_case(packs: PackSet, case: Case, *, reading: str = DEFAULT_READING) -> CaseResult:
    """One case, judged and compared."""
    problems: list[Problem] = []
    try:
        plan, facts = prepared(packs, case, problems)
    except SupportableError as error:
        return CaseResult(case.title, case.pack, case.origin, (), (*problems, *error.problems))
    judge = READINGS[reading]
    findings = judge(plan, facts)
    # What is assumed is found by judging again and again: only where a case asks.
    what_if = any(claim.key == "assumed" for expectation in case.expect for claim in expectation.claims)
    verdict = assemble(plan, facts, findings, judge, reading, what_if=what_if)
    outcome = outcome_of(case.pack, plan, facts, findings, verdict)
    mismatches: list[Mismatch] = []
    for expectation in case.expect:
        differing, senseless = compare(expectation, outcome)
        mismatches += differing
        problems += senseless
    return CaseResult(case.title, case.pack, case.origin, tuple(mismatches), tuple(problems))


def prepared(packs: PackSet, case: Case, problems: list[Problem]) -> tuple[Plan, Facts]:
    """What a case is judged by, and its design as facts; changes that lead nowhere are added to `problems`.

    Raises DesignError for a design that does not fit, UsageError for a pack that is not there.
    """
    design = case.design
    if case.changes is not None:
        design = changed(
            design,
            case.changes,
            source=case.changes_document,
            pointer=_pointer(case),
            vocabulary=packs.vocabulary,
            problems=problems,
        )
    return plan_for(packs, as_of=case.as_of, only=case.packs), load_design(design, packs.vocabulary)


def cases_of(packs: PackSet, name: str, problems: list[Problem]) -> list[Case]:
    """The cases of a pack, in order of file and line; what is wrong with files is added to `problems`."""
    found: list[Case] = []
    for path, shown, owner in case_files(packs, [name], problems):
        found += read_cases(path, shown, owner, packs, problems)
    return found


def case_files(
    packs: PackSet, targets: Iterable[str | Path], problems: list[Problem]
) -> Iterator[tuple[Path, str, str]]:
    """Each case file with the name it is shown under and the pack it belongs to, in order, each once."""
    seen: set[Path] = set()
    for path, pack in _found(packs, list(targets), problems):
        place = path.resolve()
        if place not in seen:
            seen.add(place)
            yield path, _shown(path), pack


def _found(packs: PackSet, targets: list[str | Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    if not targets:
        problems.extend(problem for broken in packs.broken for problem in broken.problems)
        for pack in packs.packs:
            yield from _of_pack(pack)
    names = {pack.name for pack in packs.packs} | {broken.name for broken in packs.broken}
    for target in targets:
        path = Path(target)
        if isinstance(target, str) and target in names:
            yield from _of_pack(packs.pack(target))
        elif path.is_dir():
            yield from _in_folder(packs, path, problems)
        elif path.is_file():
            yield path, _owner(packs, path)
        else:
            hint = did_you_mean(str(target), names)
            raise UsageError([Problem(codes.NO_CASES, f"“{target}” is no pack, file or folder", hint=hint)])


def _of_pack(pack: Pack) -> Iterator[tuple[Path, str]]:
    if pack.folder:
        for path in _documents(Path(pack.folder, CASES)):
            yield path, pack.name


def _in_folder(packs: PackSet, folder: Path, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """A folder of case files, or every pack at it or below it."""
    inside = folder.resolve()
    problems.extend(
        problem
        for broken in packs.broken
        if broken.folder and Path(broken.folder).resolve().is_relative_to(inside)
        for problem in broken.problems
    )
    below = [pack for pack in packs.packs if pack.folder and Path(pack.folder).resolve().is_relative_to(inside)]
    if below:
        for pack in below:
            yield from _of_pack(pack)
        return
    found = list(_documents(folder))
    if not found and not problems:
        hint = "name a pack, its folder, or a case file"
        problems.append(Problem(codes.NO_CASES, "there are no cases here", Origin(str(folder)), hint))
    for path in found:
        yield path, _owner(packs, path)


def _documents(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())


def _owner(packs: PackSet, path: Path) -> str:
    """The pack in whose folder the file is; "" if in none."""
    place = path.resolve()
    inside = [pack for pack in packs.packs if pack.folder and place.is_relative_to(Path(pack.folder).resolve())]
    return max(inside, key=lambda pack: len(pack.folder)).name if inside else ""


def _shown(path: Path) -> str:
    """The path as a reader in the present folder would write it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _pointer(case: Case) -> str:
    """Where the changes of the case stand in its file."""
    root = case.changes_document.root
    if isinstance(root, list):
        for place, entry in enumerate(root):
            if isinstance(entry, dict) and entry.get("with") is case.changes:
                return f"/{place}/with"
    return ""
