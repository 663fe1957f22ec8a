"""A verdict re-checked offline, by a checker that shares no code with the evaluators."""

from supportable.verify.check import LIMITS, Checker, check, facts_of, read_verdict
from supportable.verify.evidence import ReportText

__all__ = ["LIMITS", "Checker", "ReportText", "check", "facts_of", "read_verdict"]
