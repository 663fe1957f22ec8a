from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.errors import DocumentError
from supportable.evidence import Report, report_in
from tests.evidence.reports import EXAMPLES, TRANSCRIPT, results_of, said


def read(text: str) -> Report:
    return report_in(text.encode(), "console.txt")


def test_warnings_flags_and_the_name_of_the_report_become_facts_with_their_places() -> None:
    report = read(TRANSCRIPT)
    assert said(report) == ("passed-with-warnings", "2017-01-14", True)
    assert results_of(report) == [("Network", "Validate Network Communication", "warning")]
    assert [node.value for node in report.nodes] == ["node1", "node2"]
    assert report.notes == ()
    assert report.outcome is not None
    assert str(report.outcome.origin) == "console.txt:5:21"
    assert str(report.tests[0].origin) == "console.txt:2:1"


def test_without_the_flag_for_it_no_test_was_left_out() -> None:
    assert said(
        read(TRANSCRIPT.replace("HadUnselectedTests, ", "").replace("for the tests you selected", "successfully"))
    ) == (
        "passed-with-warnings",
        "2017-01-14",
        False,
    )


def test_a_flag_that_is_not_known_leaves_the_outcome_unknown_and_is_named() -> None:
    report = read(TRANSCRIPT.replace("ClusterConditionallyApproved", "ClusterConditionallyApproved, SomethingNew"))
    assert said(report) == (None, "2017-01-14", True)
    assert [(note.code, "SomethingNew" in note.message, note.origin.line) for note in report.notes] == [
        ("SUP555", True, 5)
    ]


def test_a_test_that_failed_fails_the_run_whatever_flags_are_not_known() -> None:
    report = read(
        "WARNING: Storage - Validate Disk Arbitration: The test reported failures..\nTest Result:\nNotApproved\n"
    )
    assert said(report)[0] == "failed"
    assert results_of(report) == [("Storage", "Validate Disk Arbitration", "failed")]


def test_a_failure_and_an_approval_contradict_each_other_and_neither_is_believed() -> None:
    report = read(
        "WARNING: Storage - Validate Disk Arbitration: The test reported failures..\n"
        "Test Result:\nClusterConditionallyApproved\n"
    )
    assert said(report)[0] is None
    assert any("a test failed" in note.message for note in report.notes)


def test_the_plain_approval_is_a_pass() -> None:
    assert said(read("Test Result:\nClusterApproved\nTesting has completed successfully."))[0] == "passed"


def test_a_warning_may_stand_behind_other_output_and_be_of_a_category_with_a_dash() -> None:
    report = read(
        "Name  State\nDtc   Offline WARNING: Hyper-V Configuration - Validate Hyper-V Role Installed: The test "
        "reported some warnings..\nTest Result:\nClusterConditionallyApproved\n"
    )
    assert results_of(report) == [("Hyper-V Configuration", "Validate Hyper-V Role Installed", "warning")]
    assert str(report.tests[0].origin) == "console.txt:2:15"


@given(width=st.integers(min_value=20, max_value=200))
@settings(deadline=None)
def test_however_wide_the_console_was_the_same_is_read(width: int) -> None:
    whole = read(TRANSCRIPT)
    lines = [line[at : at + width] for line in TRANSCRIPT.splitlines() for at in range(0, max(len(line), 1), width)]
    cut = read("\n".join(lines) + "\n")
    assert (said(cut), results_of(cut)) == (said(whole), results_of(whole))
    # A command that fills its line may go on in the next.
    named = ["node1", "node2"] if width > len(TRANSCRIPT.splitlines()[0]) else []
    assert [node.value for node in cut.nodes] == named


def test_lines_broken_at_spaces_keep_their_words_apart_also_in_names_that_are_not_known() -> None:
    report = read(
        "WARNING: Network - Validate Something Quite\nNew: The test\nreported some\nwarnings..\n"
        "Test Result:\nHadUnselectedTests,\nClusterConditionallyApproved\n"
        "Testing has completed for the tests you selected.\n"
    )
    assert results_of(report) == [("Network", "Validate Something Quite New", "warning")]
    assert said(report) == ("passed-with-warnings", None, True)


def test_a_name_chosen_by_hand_says_no_day() -> None:
    text = re.sub(r"C:\\.*", r"C:\\Temp\\20111103.mht", TRANSCRIPT)
    report = read(text)
    assert said(report) == ("passed-with-warnings", None, True)
    assert ["day" in note.message for note in report.notes] == [True]


def test_a_warning_that_is_about_no_test_is_named() -> None:
    report = read("WARNING: The names of some imported commands\n" + TRANSCRIPT)
    assert [("imported commands" in note.message, note.origin.line) for note in report.notes] == [(True, 1)]


def test_two_runs_in_one_file_are_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        read(TRANSCRIPT + TRANSCRIPT)
    assert [(each.code, each.origin.line) for each in caught.value.problems] == [("SUP546", 11)]


def test_a_transcript_cut_off_before_its_result_says_no_outcome() -> None:
    report = read(TRANSCRIPT.split("WARNING:\n")[0])
    assert said(report) == (None, None, None)
    assert any("ends before" in note.message for note in report.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_consoles_write_in_any_of_their_encodings(encoding: str) -> None:
    report = report_in(TRANSCRIPT.replace("admin", "Jürgen").encode(encoding), "console.txt")
    assert said(report) == ("passed-with-warnings", "2017-01-14", True)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "SUP541"), (b"nothing of the kind\n", "SUP541"), (b"GIF89a\0\0\1", "SUP541")],
)
def test_what_is_no_transcript_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        report_in(data, "it")
    assert [each.code for each in caught.value.problems] == [code]


@given(st.text(alphabet="WARNING: TestResult-Ths.\n\r,;HadUnselectedTests", max_size=200))
@settings(deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert report_in(text.encode(), "console.txt").form == "transcript"
    except DocumentError as refused:
        assert refused.problems  # noqa: PT017 - either is right


def test_the_wrapped_example() -> None:
    report = report_in((EXAMPLES / "fabrikam-wrapped-transcript.txt").read_bytes(), "it")
    assert said(report) == ("passed-with-warnings", "2019-06-18", False)
    assert results_of(report) == [
        ("Cluster Configuration", "Validate Resource Status", "warning"),
        ("System Configuration", "Validate Software Update Levels", "warning"),
    ]


def test_the_colours_of_a_console_say_nothing() -> None:
    plain = (EXAMPLES / "northwind-failed-transcript.txt").read_text()
    coloured = re.sub(r"^(WARNING:.*)$", "\x1b[33;1m\\1\x1b[0m", plain, flags=re.MULTILINE)
    assert coloured != plain
    assert read(coloured) == read(plain)


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        ("PS C:\\> Test-Cluster con-a, con-b", ["con-a", "con-b"]),
        ("PS C:\\Users\\ops> test-cluster 'con-a','con-b' -Include Inventory", ["con-a", "con-b"]),
        ("PS>Test-Cluster con-a.contoso.example | Out-Null", ["con-a.contoso.example"]),
        ("PS C:\\> Test-Cluster -List", []),
        ("PS C:\\> Test-Cluster", []),
        ("Then I ran Test-Cluster again", []),
    ],
)
def test_nodes_may_be_named_by_place_behind_a_prompt(typed: str, nodes: list[str]) -> None:
    text = f"{typed}\nWARNING: \nTest Result:\nClusterApproved\n{'Testing has completed successfully. ' * 4}\n"
    assert [node.value for node in read(text).nodes] == nodes
