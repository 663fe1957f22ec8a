"""Stage 9: a verdict as something a person reads."""

from supportable.report.terminal import console_for
from supportable.report.text import write_verdict

__all__ = ["console_for", "write_verdict"]
