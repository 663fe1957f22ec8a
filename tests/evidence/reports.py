"""Reports to read in tests."""

from __future__ import annotations

from pathlib import Path

from supportable.evidence import Report

EXAMPLES = Path(__file__).parents[2] / "examples" / "evidence"
XML = EXAMPLES / "Validation Report 2024.09.03 At 10.15.27.xml"

TRANSCRIPT = """\
PS C:\\> Test-Cluster -Node node1, node2
WARNING: Network - Validate Network Communication: The test reported some warnings..
WARNING:
Test Result:
HadUnselectedTests, ClusterConditionallyApproved
Testing has completed for the tests you selected. You should review the warnings in the Report.  A cluster solution is \
supported by Microsoft only if you run all cluster validation tests, and all tests succeed (with or without warnings).
Test report file path: C:\\Users\\admin\\AppData\\Local\\Temp\\2\\Validation Report 2017.01.14 At 06.40.21.htm
"""


def results_of(report: Report) -> list[tuple[str, str, str | None]]:
    return [(test.category, test.name, test.outcome) for test in report.tests]


def said(report: Report) -> tuple[object, object, object]:
    """Outcome, date and whether tests were left out, None where not said."""
    return tuple(None if each is None else each.value for each in (report.outcome, report.date, report.unselected))  # type: ignore[return-value]
