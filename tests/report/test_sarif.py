"""SARIF: valid by the published schema, with a line and column for everything."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from supportable import evaluate, load_packs
from supportable.origin import Origin
from supportable.report.model import Judged, Report
from supportable.report.sarif import sarif_of, sarif_text
from supportable.verdict.model import UnrecognisedShown
from tests.report.documents import HOSTILE, PROBLEM, REFUSED, named, report
from tests.report.verdicts import finding, subject, verdict

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def valid(shown: Report) -> dict[str, Any]:
    """The log as a reader gets it, once the schema has nothing to say against it."""
    log: dict[str, Any] = json.loads(sarif_text(shown).encode())
    checker = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    assert [error.message[:300] for error in checker.iter_errors(log)] == []
    return log


def results(shown: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = valid(shown)["runs"][0]["results"]
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_log_is_valid_whatever_the_names_are(name: str) -> None:
    valid(named(name))


@pytest.mark.parametrize(
    ("outcome", "level"), [("unsupported", "error"), ("limited", "warning"), ("conditional", "warning")]
)
def test_the_level_follows_from_the_outcome(outcome: str, level: str) -> None:
    found = finding("violated", outcome=outcome, at_best=outcome)
    (result,) = results(report(verdict(outcome, subject(outcome, found))))
    assert (result["ruleId"], result["level"]) == ("acme.arrays/mirrored", level)


def test_what_is_open_is_a_warning_and_an_advisory_a_note() -> None:
    advice = finding("violated", advisory=True, outcome="advisory", at_best="advisory", rule="acme.arrays/advice")
    found = results(report(verdict("undetermined", subject("undetermined", finding("open")), advisories=(advice,))))
    assert [(one["level"], one["properties"]["kind"]) for one in found] == [("warning", "open"), ("note", "violated")]


def test_a_result_stands_where_the_fact_stands_on_which_it_turns() -> None:
    (result,) = results(report(verdict("unsupported")))
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "d.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 9},
            },
            "logicalLocations": [{"fullyQualifiedName": "array/a1", "kind": "array"}],
        }
    ]
    assert [
        (one["message"]["text"], one["physicalLocation"]["region"]["startLine"]) for one in result["relatedLocations"]
    ] == [("array/a1", 2)]


def test_a_result_without_facts_stands_at_its_subject_and_else_at_the_first_line() -> None:
    found = finding("open", because=None)
    at_subject, nowhere = (
        results(report(verdict("undetermined", subject("undetermined", found, at=at))))[0]["locations"][0]
        for at in (Origin("d.yaml", 2, 5), None)
    )
    assert at_subject["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 5}
    assert nowhere["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1}


def test_what_no_rule_covers_and_what_is_not_recognised_is_told() -> None:
    text = UnrecognisedShown("/x", "Solaris 10", (), Origin("d.yaml", 9, 2))
    found = results(report(verdict("not_covered", unrecognised=(text,))))
    assert [(one["ruleId"], one["level"]) for one in found] == [
        ("supportable/not-covered", "note"),
        ("supportable/not-recognised", "warning"),
    ]
    assert found[1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 2}


def test_every_rule_is_described_once_and_leads_to_its_article() -> None:
    log = valid(report(verdict("unsupported"), verdict("undetermined", design="other")))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"]) == ("acme.arrays/mirrored", "https://support.acme.example/100")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert {(one["ruleId"], one["ruleIndex"]) for one in log["runs"][0]["results"]} == {("acme.arrays/mirrored", 0)}


def test_several_designs_are_one_run_with_an_artifact_each_and_their_coverage() -> None:
    both = Report((Judged("a b.yaml", verdict("supported")), Judged("sub/c.yaml", verdict("limited")), REFUSED))
    (run,) = valid(both)["runs"]
    assert [one["location"]["uri"] for one in run["artifacts"]] == ["a%20b.yaml", "sub/c.yaml", "e.yaml"]
    assert [one["coverage"]["judged"] for one in run["properties"]["designs"]] == [4, 4]


def test_a_design_that_was_not_judged_is_an_error_at_its_place() -> None:
    run = valid(Report((REFUSED,), (PROBLEM,)))["runs"][0]
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("SUP510", "error")
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 3}
    assert run["invocations"][0]["executionSuccessful"] is False
    assert len(run["invocations"][0]["toolConfigurationNotifications"]) == 2


def test_a_fingerprint_outlives_a_move_within_the_file_and_tells_subjects_apart() -> None:
    def fingerprint(at: Origin, name: str) -> str:
        found = finding("violated", subject=name, because=None)
        (result,) = results(report(verdict("unsupported", subject("unsupported", found, name=name, at=at))))
        return str(result["partialFingerprints"]["supportable/v1"])

    here = fingerprint(Origin("d.yaml", 2, 5), "array/a1")
    assert here == fingerprint(Origin("d.yaml", 99, 1), "array/a1")
    assert here != fingerprint(Origin("d.yaml", 2, 5), "array/a2")


def test_an_absolute_path_becomes_a_file_address() -> None:
    found = replace(verdict("not_covered"), file="/srv/designs/d.yaml")
    (run,) = valid(Report((Judged("/srv/designs/d.yaml", found),)))["runs"]
    assert run["artifacts"][0]["location"] == {"uri": "file:///srv/designs/d.yaml"}


def test_the_failed_arbitration_is_shown_on_the_line_of_that_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    path = "examples/file-cluster-failed-arbitration.yaml"
    found = results(Report((Judged(path, evaluate(path, load_packs(), as_of="2009-07-01")),)))
    (result,) = [one for one in found if one["ruleId"] == "microsoft.failover-clustering/failed-tests"]
    line = result["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "Disk Arbitration" in Path(path).read_text(encoding="utf-8").splitlines()[line - 1]


def test_the_same_report_is_the_same_log() -> None:
    assert sarif_of(named("x")) == sarif_of(named("x"))
