"""The words of validation reports, and what each means here.

A word that is not listed has no meaning: what it would have said stays unknown and is told.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from supportable.evidence.model import Outcome, TestOutcome

CATEGORIES: Final = {
    "Cluster Configuration": "cluster-configuration",
    "Hyper-V Configuration": "hyper-v-configuration",
    "Inventory": "inventory",
    "Network": "network",
    "Storage": "storage",
    "System Configuration": "system-configuration",
}
"""The categories that rules speak of, by the report's name for them."""

OTHER_CATEGORIES: Final = ("Storage Spaces Direct",)
"""Categories of reports that rules do not speak of yet."""

RESULTS: Final[dict[str, TestOutcome]] = {
    "success": "passed", "succeeded": "passed", "passed": "passed",
    "warning": "warning", "warnings": "warning",
    "failed": "failed", "failure": "failed", "error": "failed",
    "canceled": "cancelled", "cancelled": "cancelled",
    "not run": "not-run", "not selected": "not-run", "unselected": "not-run",
    "not applicable": "not-applicable",
}  # fmt: skip
"""How a test ended, by the report's word for it, in lower case."""

FLAGS: Final[dict[str, Outcome | None]] = {
    "ClusterApproved": "passed",
    "ClusterConditionallyApproved": "passed-with-warnings",
    "HadUnselectedTests": None,
}
"""The flags of a “Test Result:” line with the outcome each stands for, None for one that says nothing of it."""

SOME_SELECTED: Final = "Testing has completed for the tests you selected"
ALL_SELECTED: Final = "Testing has completed successfully"
"""How the summary of a run begins in which some tests were left out, and in which none was."""

TESTS: Final = tuple(
    """\
List Cluster Volumes|List Clustered Roles|Validate Quorum Configuration|Validate Resource Status
Validate Service Principal Name|Validate Volume Consistency|List Information About Servers Running Hyper-V
Validate Hyper-V Role Installed|List Fibre Channel Host Bus Adapters|List iSCSI Host Bus Adapters
List SAS Host Bus Adapters|List BIOS Information|List Environment Variables|List Memory Information
List Operating System Information|List Plug and Play Devices|List Running Processes|List Services Information
List Software Updates|List System Drivers|List System Information|List Unsigned Drivers|List Network Binding Order
Validate Cluster Network Configuration|Validate IP Configuration|Validate Multiple Subnet Properties
Validate Network Communication|Validate Windows Firewall Configuration|List Disks|List Potential Cluster Disks
Validate CSV Network Bindings|Validate CSV Settings|Validate Disk Access Latency|Validate Disk Arbitration
Validate Disk Failover|Validate File System|Validate Microsoft MPIO-based disks|Validate Multiple Arbitration
Validate SCSI-3 Persistent Reservation|Validate Simultaneous Failover|Validate Active Directory Configuration
Validate All Drivers Signed|Validate Memory Dump Settings|Validate Operating System Edition
Validate Operating System Version|Validate Required Services|Validate Same Processor Architecture
Validate Service Pack Levels|Validate Software Update Levels|Validate System Drive Variable""".replace("\n", "|").split(
        "|"
    )
)
"""Names of tests, to put the spaces back where a console broke the line. Others are read all the same."""

_SQUEEZED: Final = {re.sub(r"\s+", "", name).casefold(): name for name in (*CATEGORIES, *OTHER_CATEGORIES, *TESTS)}
_REPORT_NAME: Final = re.compile(
    r"Validation\s*Report\s*(\d{4})\.(\d\d)\.(\d\d)\s*At\s*\d\d\.\d\d\.\d\d", re.IGNORECASE
)
_ISO: Final = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?!\d)")
_SLASHED: Final = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4})(?!\d)")


def known_name(text: str) -> str:
    """The known category or test that `text` is but for white space and case, or ""."""
    return _SQUEEZED.get(re.sub(r"\s+", "", text).casefold(), "")


def result_of(text: str) -> TestOutcome | None:
    """How a test ended by the word that stands for it, None for a word that is not known."""
    return RESULTS.get(" ".join(text.split()).casefold())


def day_in_name(text: str) -> str:
    """The day in the name that a report is stored under (“Validation Report 2017.01.14 At 06.40.21.htm”), or ""."""
    found = _REPORT_NAME.search(text)
    return _day(*map(int, found.groups())) if found else ""


def day_of(text: str) -> str:
    """The day that a text begins with, or "" where there is none or it could be two, as in 3/4/2019."""
    if found := _ISO.match(text.strip()):
        return _day(*map(int, found.groups()))
    if found := _SLASHED.match(text.strip()):
        first, second, year = map(int, found.groups())
        both = {day for day in (_day(year, first, second), _day(year, second, first)) if day}
        return both.pop() if len(both) == 1 else ""
    return ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
