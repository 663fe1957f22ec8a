"""The report as one HTML page that needs nothing else: no network, no script, no font."""

from supportable.report.html.page import html_of

__all__ = ["html_of"]
