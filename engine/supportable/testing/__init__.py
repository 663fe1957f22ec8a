"""The case runner: the tests of a pack, written in YAML beside its rules; for our packs and anyone's."""

from supportable.testing.completeness import completeness
from supportable.testing.model import Case, CaseReport, CaseResult, Mismatch
from supportable.testing.run import run_cases

__all__ = ["Case", "CaseReport", "CaseResult", "Mismatch", "completeness", "run_cases"]
