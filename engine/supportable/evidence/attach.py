"""A report put into a design: as the validation of the cluster it is about, every fact with its place in the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple

from supportable.document import Document, ForeignMark, Map, Plain, Seq
from supportable.document.values import Value
from supportable.errors import DesignError, DocumentError, Problem, did_you_mean
from supportable.evidence import codes
from supportable.evidence.model import Report, Said
from supportable.evidence.read import read_report
from supportable.evidence.words import CATEGORIES
from supportable.origin import Origin

_SECTION: Final = "clusters"
_RECORD: Final = "validation"
_DOTS: Final = "..."
UNSAID: Final = (None, "unknown")
"""What stands in a validation where a design leaves open what the report will say."""


class Attached(NamedTuple):
    """A design with its evidence, and what should be known about that: what was not understood, nodes not named."""

    document: Document
    notes: tuple[Problem, ...]


def attach_reports(document: Document, evidence_root: Path, *, shown_below: PurePath | None = None) -> Attached:
    """The design with every report read that it names as `validation: {report: path}`.

    Paths are relative to `evidence_root` and may not lead out of it: a design can come from anywhere. Places in the
    reports are given as below `shown_below`, or the root.
    Raises DesignError with the problems of all reports: those that cannot be read, and those that do not fit.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    for place, cluster in _clusters(document):
        named = report_named_by(cluster)
        if named is None:
            continue
        origin = document.origin_of(f"/{_SECTION}/{place}/{_RECORD}/report")
        try:
            path = _inside(named, evidence_root, origin)
            shown = None if shown_below is None else str(shown_below / named)
            attached = _attached(document, place, cluster, read_report(path, name=shown))
        except (DesignError, DocumentError) as error:
            problems += error.problems
            continue
        document = attached.document
        notes += attached.notes
    if problems:
        raise DesignError(problems)
    return Attached(document, tuple(notes))


def report_named_by(cluster: dict[str, Any]) -> str | None:
    """The path in a cluster's `validation: {report: path}`, as it is written; None where none is named."""
    held = cluster.get(_RECORD)
    named = held.get("report") if isinstance(held, dict) else None
    return None if not isinstance(named, str) or named in ("none", "unknown") else named


def attach(document: Document, report: Report, cluster: str = "") -> Attached:
    """The design with the report as the validation of its cluster of that id.

    Without an id it is the only failover cluster there is, or the only one with the nodes that the report names. What
    the report says is added to what the design says; where the two disagree, neither is believed.

    Raises DesignError where no cluster, or no single one, is meant, where the nodes are not those of the cluster, and
    where design and report contradict each other.
    """
    clusters = _clusters(document)
    return _attached(document, *_meant(document, clusters, report, cluster), report)


def _inside(named: str, root: Path, origin: Origin) -> Path:
    hint = "put the report beside the design, or below it, and write its path from there"
    try:
        path = (root / named).resolve()
        if path.is_relative_to(root.resolve()):
            return root / named
    except (OSError, ValueError):
        pass
    message = f"the report “{named[:120]}” is not below the folder of the design"
    raise DesignError([Problem(codes.OUTSIDE, message, origin, hint)])


# -- which cluster ----------------------------------------------------------------------------------------------------


def _clusters(document: Document) -> list[tuple[int, dict[str, Any]]]:
    root = document.root
    section = root.get(_SECTION) if isinstance(root, dict) else None
    return (
        [(at, each) for at, each in enumerate(section) if isinstance(each, dict)] if isinstance(section, list) else []
    )


def _meant(
    document: Document, clusters: list[tuple[int, dict[str, Any]]], report: Report, id: str
) -> tuple[int, dict[str, Any]]:
    here = Origin(report.file)
    if id:
        for place, each in clusters:
            if each.get("id") == id:
                return place, each
        known = [str(each.get("id")) for _, each in clusters]
        message = f"the design has no cluster “{id}” for this report to be about"
        raise DesignError([Problem(codes.NO_SUCH_CLUSTER, message, here, did_you_mean(id, known))])
    possible = [(place, each) for place, each in clusters if each.get("kind") != "nlb"]
    if not possible:
        message = "the design has no failover cluster for this report to be about"
        raise DesignError([Problem(codes.NO_SUCH_CLUSTER, message, here, "add it under “clusters:”")])
    if len(possible) == 1:
        return possible[0]
    named = {_folded(node.value) for node in report.nodes}
    fitting = [
        (place, each) for place, each in possible if named and any(named & names for _, names in _nodes(document, each))
    ]
    if len(fitting) == 1:
        return fitting[0]
    ids = ", ".join(str(each.get("id")) for _, each in fitting or possible)
    why = "names nodes of more than one" if fitting else "names no node of any" if named else "names no nodes"
    message = f"which of the clusters {ids} is this report about? It {why}"
    raise DesignError([Problem(codes.WHICH_CLUSTER, message, here, f"say it: {report.file}=<id of the cluster>")])


def _nodes(document: Document, cluster: dict[str, Any]) -> list[tuple[str, frozenset[str]]]:
    """The ids of a cluster's nodes, each with the names that a report may have for it."""
    nodes = cluster.get("nodes")
    root = document.root
    machines = root.get("machines") if isinstance(root, dict) else None
    known: dict[str, dict[str, Any]] = {}
    for each in machines if isinstance(machines, list) else ():
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            known[str(each["id"])] = each
    found = []
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, str) and node != _DOTS:
            machine = known.get(node)
            called = None if machine is None else machine.get("computer_name")
            found.append((str(node), frozenset(_folded(name) for name in (node, called) if isinstance(name, str))))
    return found


def _folded(name: str) -> str:
    """A computer's name without its domain, in lower case."""
    return name.partition(".")[0].casefold()


# -- what it comes to -------------------------------------------------------------------------------------------------


def _attached(document: Document, place: int, cluster: dict[str, Any], report: Report) -> Attached:
    pointer = f"/{_SECTION}/{place}"
    problems, notes = _coverage(document, pointer, cluster, report)
    said = _record(report)
    held = cluster.get(_RECORD)
    if isinstance(held, str) and held == "none":
        message = f"the design says that {cluster.get('id')} was not validated, and here is a report"
        where = f"{pointer}/{_RECORD}"
        at, hint = document.origin_of(where), f"the report: {report.file}"
        problems.append(Problem(codes.CONTRADICTS, message, at, hint, pointer=where))
    if isinstance(held, dict):
        problems += _contradictions(document, f"{pointer}/{_RECORD}", held, said)
        said = _joined(held, said)
    if problems:
        raise DesignError(problems)
    changed = _with(cluster, _RECORD, said, said.mark)
    assert isinstance(document.root, dict), "a cluster was found in it"
    section: Any = document.root[_SECTION]
    clusters = Seq(section, mark=getattr(section, "mark", (0, 0)))
    clusters.item_marks = list(getattr(section, "item_marks", ()))
    clusters[place] = changed
    root = _with(document.root, _SECTION, clusters, clusters.mark)
    return Attached(replace(document, root=root), (*report.notes, *notes))


def _with(held: dict[str, Any], key: str, value: Value, mark: tuple[int, int]) -> Map:
    """A copy of a map with one value put in; its key stays where it stood."""
    copy = Map(held, mark=getattr(held, "mark", (0, 0)))
    copy.key_marks = dict(getattr(held, "key_marks", {}))
    copy.value_marks = dict(getattr(held, "value_marks", {}))
    copy.key_marks.setdefault(key, mark)
    copy.value_marks[key] = mark
    copy[key] = value
    return copy


def _coverage(
    document: Document, pointer: str, cluster: dict[str, Any], report: Report
) -> tuple[list[Problem], list[Problem]]:
    """Problems and notes on the nodes: those of the cluster that the report leaves out, and those it has besides."""
    nodes = _nodes(document, cluster)
    where = document.origin_of(f"{pointer}/nodes")
    if not report.nodes:
        message = (
            f"the report does not name the nodes it covers: that they are those of {cluster.get('id')} is not checked"
        )
        return [], [Problem(codes.OTHER_NODES, message, Origin(report.file))]
    named = {_folded(node.value): node for node in report.nodes}
    missing = [id for id, names in nodes if not names & set(named)]
    of_cluster = frozenset(name for _, names in nodes for name in names)
    listed = cluster.get("nodes")
    is_open = not isinstance(listed, list) or _DOTS in listed[-1:]
    extra = [] if is_open else [node for name, node in named.items() if name not in of_cluster]
    problems: list[Problem] = []
    notes: list[Problem] = []
    if missing:
        message = f"the report {report.file} does not cover {', '.join(missing)} of {cluster.get('id')}"
        hint = "a cluster is validated with all its nodes; or say the computer's name: computer_name: …"
        # A console names the computers it was told of; nodes that are in one cluster with these are tested as well.
        problem = Problem(codes.OTHER_NODES, message, where, hint, pointer=f"{pointer}/nodes")
        (problems if report.nodes_complete else notes).append(problem)
    if extra:
        names = ", ".join(node.value for node in extra)
        message = f"the report covers {names}, and {cluster.get('id')} has no such node"
        hint = f"the nodes of the design are at {where}; is it the report of another cluster?"
        problems.append(Problem(codes.OTHER_NODES, message, extra[0].origin, hint))
    return problems, notes


def _record(report: Report) -> Map:
    """The report as the vocabulary's record. What it does not say is left out."""
    here = ForeignMark(1 if report.tests else 0, 1 if report.tests else 0, report.file)
    record = Map(mark=here)
    if report.outcome is not None:
        _say(record, "outcome", Plain(report.outcome.value), report.outcome)
    if report.date is not None:
        _say(record, "date", Plain(report.date.value), report.date)
    if report.unselected is not None:
        _say(record, "unselected", Plain("true" if report.unselected.value else "false"), report.unselected)
    approved = report.outcome is not None and report.outcome.value in ("passed", "passed-with-warnings")
    if report.itemised or not approved:
        tests = Seq(mark=here)
        for test in report.tests:
            entry = Map(mark=_mark(test.origin))
            category = CATEGORIES.get(test.category, "")
            for key, value in (("category", category), ("name", test.name), ("outcome", test.outcome or "")):
                if value:
                    _say(entry, key, str(value) if key == "name" else Plain(value), Said(value, test.origin))
            tests.append(entry)
            tests.item_marks.append(entry.mark)
        if not report.itemised:
            # Only the tests that did not go well are named; there were others.
            tests.append(Plain(_DOTS))
            tests.item_marks.append(here)
        record["tests"] = tests
        record.key_marks["tests"] = record.value_marks["tests"] = tests.item_marks[0]
    return record


def _say(record: Map, key: str, value: str, said: Said[Any]) -> None:
    record[key] = value
    record.key_marks[key] = record.value_marks[key] = _mark(said.origin)


def _mark(origin: Origin) -> ForeignMark:
    return ForeignMark(origin.line, origin.column, origin.file)


def _joined(held: dict[str, Any], said: Map) -> Map:
    """What the design says of the validation, with what the report says of it."""
    joined = Map(held, mark=getattr(held, "mark", (0, 0)))
    joined.key_marks = dict(getattr(held, "key_marks", {}))
    joined.value_marks = dict(getattr(held, "value_marks", {}))
    for key, value in said.items():
        joined[key] = value
        joined.key_marks[key] = said.key_marks[key]
        joined.value_marks[key] = said.value_marks[key]
    return joined


def _contradictions(document: Document, pointer: str, held: dict[str, Any], said: Map) -> Iterable[Problem]:
    for key, value in said.items():
        stated = held.get(key)
        if stated in UNSAID or (key == "tests" and _agree(stated, value)):
            continue
        if key != "tests" and _spelled(stated) == value:
            continue
        mark = said.value_marks[key]
        assert isinstance(mark, ForeignMark)
        what = "other tests, or other results of them" if key == "tests" else f"“{value}”"
        mine = "tests" if key == "tests" else f"“{_spelled(stated)}”"
        message = f"the design gives the validation's {key} as {mine}, the report as {what}"
        if key == "tests":
            message = f"the design lists {what} than the report"
        hint = f"the report says so at {Origin(mark.file, *mark)}; keep one of the two"
        where = f"{pointer}/{key}"
        yield Problem(codes.CONTRADICTS, message, document.origin_of(where), hint, pointer=where)


def _spelled(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _agree(stated: Any, said: Any) -> bool:
    """Whether two lists of tests can both be so: no test has two results, and a closed list has all of the other's."""
    if not isinstance(stated, list):
        return False
    mine = {each.get("name"): each for each in stated if isinstance(each, dict)}
    theirs = {each.get("name"): each for each in said if isinstance(each, dict)}
    both = set(mine) & set(theirs)
    if any(
        mine[name].get(key, theirs[name].get(key)) != theirs[name].get(key) for name in both for key in theirs[name]
    ):
        return False
    only_mine, only_theirs = set(mine) - both, set(theirs) - both
    return not (only_mine and _DOTS not in said[-1:]) and not (only_theirs and _DOTS not in stated[-1:])
