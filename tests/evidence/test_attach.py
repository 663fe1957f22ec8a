from __future__ import annotations

from pathlib import Path

import pytest

from supportable.document import Document, read_text
from supportable.errors import DesignError, Problem
from supportable.evidence import Attached, attach, attach_reports, report_in
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.verdict import evaluate
from tests.evidence.reports import EXAMPLES, TRANSCRIPT, XML

DESIGN = """\
design: two clusters
machines:
  - {id: con-a, kind: physical, os: Windows Server 2022}
  - {id: b, kind: physical, os: Windows Server 2022, computer_name: CON-B}
  - {id: other1, kind: physical, os: Windows Server 2022}
clusters:
  - {id: files, kind: failover, nodes: [con-a, b]}
  - {id: other, kind: failover, nodes: [other1]}
  - {id: web, kind: nlb, nodes: [other1]}
"""
ONE = DESIGN.replace("  - {id: other, kind: failover, nodes: [other1]}\n", "")


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


def design(text: str = DESIGN) -> Document:
    return read_text(text, "design.yaml")


def xml(text: str | None = None) -> Attached:
    return attach(design(text or DESIGN), report_in(XML.read_bytes(), XML.name))


def refusals(text: str, report: bytes = TRANSCRIPT.encode(), cluster: str = "") -> list[tuple[str, str, str]]:
    with pytest.raises(DesignError) as caught:
        attach(design(text), report_in(report, "r.txt"), cluster)
    return [(each.code, str(each.origin), each.hint) for each in caught.value.problems]


def facts(attached: Attached, packs: PackSet) -> Facts:
    return load_design(attached.document, packs.vocabulary)


def test_the_report_becomes_the_validation_of_the_cluster_whose_nodes_it_names(packs: PackSet) -> None:
    attached = xml()
    assert attached.notes == ()
    row = facts(attached, packs).row("cluster/files").validation
    assert (row.outcome, row.unselected, [(test.category, test.name_, test.outcome) for test in row.tests.sure]) == (
        "passed-with-warnings",
        False,
        [
            ("inventory", "List System Information", "passed"),
            ("network", "Validate Network Communication", "warning"),
            ("storage", "Validate Disk Arbitration", "passed"),
            ("system-configuration", "Validate Active Directory Configuration", "passed"),
        ],
    )
    assert not row.tests.open


def test_every_fact_keeps_its_place_in_the_report_and_the_rest_theirs_in_the_design() -> None:
    document = xml().document
    report = report_in(XML.read_bytes(), XML.name)
    assert report.outcome is not None
    assert document.origin_of("/clusters/0/validation/outcome") == report.outcome.origin
    assert document.origin_of("/clusters/0/validation/tests/1/outcome") == report.tests[1].origin
    assert document.origin_of("/clusters/0/validation/tests/1/name") == report.tests[1].origin
    assert str(document.origin_of("/clusters/0/nodes/1")) == "design.yaml:7:48"
    assert str(document.origin_of("/clusters/1")) == "design.yaml:8:5"


def test_the_proof_of_a_verdict_shows_the_report(packs: PackSet) -> None:
    verdict = evaluate(load_design(EXAMPLES / "contoso-cluster.yaml", packs.vocabulary, evidence_root=EXAMPLES), packs)
    files: set[str] = set()
    waiting = [finding.because for subject in verdict.subjects for finding in subject.findings if finding.because]
    while waiting:
        step = waiting.pop()
        if step.fact.startswith("cluster/files.validation.") and step.at is not None:
            files.add(Path(step.at.file).name)
        waiting += step.children
    assert files == {XML.name}


def test_a_summary_that_approves_leaves_the_tests_to_it_and_any_other_leaves_them_open(packs: PackSet) -> None:
    approved = attach(design(ONE), report_in(TRANSCRIPT.replace("node1, node2", "con-a,con-b").encode(), "r.txt"))
    row = facts(approved, packs).row("cluster/files").validation
    assert (row.outcome, row.unselected, row.tests.sure, row.tests.open) == ("passed-with-warnings", True, (), False)
    failed = TRANSCRIPT.replace("some warnings..", "failures..").replace("ClusterConditionallyApproved", "Bad")
    row = facts(attach(design(ONE), report_in(failed.replace("node1, node2", "con-a").encode(), "r.txt")), packs).row(
        "cluster/files.validation"
    )
    assert (row.outcome, [test.outcome for test in row.tests.sure], row.tests.open) == ("failed", ["failed"], True)


def test_a_report_without_nodes_belongs_to_the_only_failover_cluster_and_that_is_told() -> None:
    attached = attach(design(ONE), report_in(TRANSCRIPT.split("\n", 1)[1].encode(), "r.txt"))
    assert [(note.code, "does not name" in note.message) for note in attached.notes] == [("SUP549", True)]


def test_which_cluster_is_meant_must_be_plain() -> None:
    anonymous = TRANSCRIPT.split("\n", 1)[1].encode()
    assert [code for code, *_ in refusals(DESIGN, anonymous)] == ["SUP548"]
    assert [code for code, *_ in refusals(DESIGN)] == ["SUP548"]
    assert [(code, hint) for code, _, hint in refusals(DESIGN, anonymous, "file")] == [
        ("SUP547", "did you mean “files”?")
    ]
    assert [code for code, *_ in refusals("machines: []")] == ["SUP547"]
    attach(design(), report_in(anonymous, "r.txt"), "other")


def test_nodes_that_are_not_those_of_the_cluster_are_a_problem() -> None:
    three = ONE.replace("nodes: [con-a, b]", "nodes: [con-a, b, other1]")
    assert [(code, at) for code, at, _ in refusals(three, XML.read_bytes())] == [("SUP549", "design.yaml:7:40")]
    one = ONE.replace("nodes: [con-a, b]", "nodes: [con-a]")
    assert [(code, at) for code, at, _ in refusals(one, XML.read_bytes())] == [("SUP549", "r.txt:8:25")]
    xml(ONE.replace("nodes: [con-a, b]", "nodes: [con-a, ...]"))


def test_a_console_that_names_fewer_nodes_is_only_noted() -> None:
    attached = attach(design(ONE), report_in(TRANSCRIPT.replace("node1, node2", "con-a").encode(), "r.txt"))
    assert [(note.code, "does not cover b" in note.message) for note in attached.notes] == [("SUP549", True)]


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        ("validation: {outcome: failed}", ["SUP553"]),
        ("validation: {outcome: failed, unselected: true}", ["SUP553", "SUP553"]),
        ("validation: none", ["SUP553"]),
        ("validation: {unselected: true}", ["SUP553"]),
        ("validation: {tests: [{name: Validate Disk Arbitration, outcome: failed}, ...]}", ["SUP553"]),
        ("validation: {tests: []}", ["SUP553"]),
    ],
)
def test_design_and_report_that_disagree_are_both_named(stated: str, codes: list[str]) -> None:
    found = refusals(ONE.replace("nodes: [con-a, b]", f"nodes: [con-a, b], {stated}"), XML.read_bytes())
    assert [code for code, *_ in found] == codes
    assert all(at.startswith("design.yaml:7:") and "r.txt" in hint for _, at, hint in found)


@pytest.mark.parametrize(
    "stated",
    [
        "validation: {outcome: passed-with-warnings, where_run: on-hosts}",
        "validation: {outcome: unknown, date: null}",
        "validation: unknown",
        "validation: {tests: [{name: Validate Disk Arbitration, outcome: passed}, ...]}",
    ],
)
def test_what_agrees_or_is_not_known_is_joined(stated: str, packs: PackSet) -> None:
    row = facts(xml(ONE.replace("nodes: [con-a, b]", f"nodes: [con-a, b], {stated}")), packs).row(
        "cluster/files.validation"
    )
    assert row.outcome == "passed-with-warnings"
    assert str(row.where_run) == ("on-hosts" if "where_run" in stated else "unknown")


def test_a_report_named_in_the_design_is_read_from_its_folder_and_nowhere_else(packs: PackSet, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r.xml").write_bytes(XML.read_bytes())
    (tmp_path / "secret.xml").write_bytes(XML.read_bytes())
    inside = ONE.replace("nodes: [con-a, b]", "nodes: [con-a, b], validation: {report: reports/r.xml}")
    loaded = load_design(design(inside), packs.vocabulary, evidence_root=tmp_path)
    assert loaded.row("cluster/files.validation").outcome == "passed-with-warnings"
    # Nothing is read unless the caller says where from.
    assert str(load_design(design(inside), packs.vocabulary).row("cluster/files.validation").outcome) == "unknown"
    for path in ("../secret.xml", str(tmp_path / "secret.xml"), "/etc/passwd"):
        with pytest.raises(DesignError) as caught:
            attach_reports(design(inside.replace("reports/r.xml", f'"{path}"')), tmp_path / "reports")
        assert [each.code for each in caught.value.problems] == ["SUP554"]
    link = tmp_path / "reports" / "link.xml"
    link.symlink_to(tmp_path / "secret.xml")
    with pytest.raises(DesignError) as caught:
        attach_reports(design(inside.replace("reports/r.xml", "link.xml")), tmp_path / "reports")
    assert [each.code for each in caught.value.problems] == ["SUP554"]


def test_what_was_not_understood_stands_among_the_warnings(packs: PackSet, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(TRANSCRIPT.replace("ClusterConditionallyApproved", "New").split("\n", 1)[1])
    text = ONE.replace("nodes: [con-a, b]", "nodes: [con-a, b], validation: {report: r.txt}")
    warnings = load_design(design(text), packs.vocabulary, evidence_root=tmp_path).warnings
    assert ["SUP555" in warnings[0], "“New”" in warnings[0]] == [True, True]


def test_a_report_that_cannot_be_read_is_told_with_the_others(tmp_path: Path) -> None:
    text = DESIGN.replace("nodes: [con-a, b]", "nodes: [con-a, b], validation: {report: gone.xml}").replace(
        "nodes: [other1]}\n  - {id: web", "nodes: [other1], validation: {report: ../up.xml}}\n  - {id: web"
    )
    with pytest.raises(DesignError) as caught:
        attach_reports(design(text), tmp_path)
    found: list[Problem] = list(caught.value.problems)
    assert [each.code for each in found] == ["SUP100", "SUP554"]
