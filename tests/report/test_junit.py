"""JUnit XML: what build servers count."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from supportable.report.junit import junit_of
from supportable.report.model import Report
from tests.report.documents import HOSTILE, PROBLEM, REFUSED, named, report
from tests.report.verdicts import finding, resting, subject, verdict


def read(shown: Report) -> ElementTree.Element:
    return ElementTree.fromstring(junit_of(shown).encode())


def counts(element: ElementTree.Element) -> tuple[str, ...]:
    return tuple(element.attrib[key] for key in ("tests", "failures", "errors", "skipped"))


@pytest.mark.parametrize(
    ("status", "expected", "child"),
    [
        ("unsupported", ("1", "1", "0", "0"), "failure"),
        ("limited", ("1", "1", "0", "0"), "failure"),
        ("undetermined", ("1", "0", "1", "0"), "error"),
        ("not_covered", ("1", "0", "0", "1"), "skipped"),
        ("conditional", ("1", "0", "0", "0"), "system-out"),
        ("supported", ("1", "0", "0", "0"), "system-out"),
    ],
)
def test_each_status_has_its_outcome(status: str, expected: tuple[str, ...], child: str) -> None:
    root = read(report(verdict(status)))
    (suite,) = root
    assert counts(root) == counts(suite) == expected
    (case,) = suite.findall("testcase")
    assert (case.get("name"), case.get("file"), case.get("line")) == ("array/a1", "d.yaml", "2")
    assert case[0].tag == child


def test_a_failure_says_what_is_wrong_by_which_article_and_what_to_do() -> None:
    failure = read(report(verdict("unsupported"))).find(".//failure")
    assert failure is not None
    assert failure.attrib == {"message": "unsupported: a1 is not mirrored", "type": "unsupported"}
    assert failure.text is not None
    assert failure.text.splitlines() == [
        "a1 is not mirrored (unsupported)",
        "  do: Mirror a1",
        "  article: ACME-100, Arrays, first, https://support.acme.example/100",
        "  rule: acme.arrays/mirrored 1.0.0",
    ]


def test_a_suite_has_the_status_of_the_design_and_its_coverage() -> None:
    properties = {one.get("name"): one.get("value") for one in read(report(verdict("supported"))).iter("property")}
    assert properties["status"] == "supported"
    assert properties["coverage"] == "3 of 4 judged subjects covered; not covered: server/s9"
    assert properties["as_of"] == "2026-11-01"


def test_a_subject_that_passes_says_which_article_states_support_and_on_what_it_rests() -> None:
    one = subject("supported", finding("satisfied"), rests_on=resting("limited", "server/s1"))
    assert read(report(verdict("supported", one))).findtext(".//system-out") == (
        "rests on server/s1: limited\n\nsupport is stated: A mirrored array is supported [ACME-100]"
    )


def test_what_was_not_judged_and_packs_that_did_not_load_are_errors() -> None:
    root = read(Report((REFUSED,), (PROBLEM,)))
    assert [(suite.get("name"), *counts(suite)) for suite in root] == [
        ("packs", "1", "0", "1", "0"),
        ("e.yaml", "1", "0", "1", "0"),
    ]
    assert counts(root) == ("2", "0", "2", "0")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_leaves_the_document_whole(name: str) -> None:
    assert [one.tag for one in read(named(name)).iter()] == [one.tag for one in read(named("harmless")).iter()]
