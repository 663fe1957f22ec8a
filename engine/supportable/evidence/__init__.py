"""What cluster validation leaves behind (a console transcript, a report in XML, HTML or MHT), read as facts.

The words of these files are those of Windows; the facts they become are those of the shipped vocabulary: a cluster's
`validation`, with its outcome, its day, whether tests were left out, and its tests.
"""

from supportable.evidence.attach import UNSAID, Attached, attach, attach_reports, report_named_by
from supportable.evidence.model import Report, Said, Test
from supportable.evidence.read import REPORT_LIMITS, read_report, report_in

__all__ = [
    "REPORT_LIMITS",
    "UNSAID",
    "Attached",
    "Report",
    "Said",
    "Test",
    "attach",
    "attach_reports",
    "read_report",
    "report_in",
    "report_named_by",
]
