"""Stage 7: findings in, one frozen verdict out, with everything that explains it."""

from __future__ import annotations

from supportable.verdict.as_json import to_bytes, to_json
from supportable.verdict.cross_check import CrossCheckError
from supportable.verdict.evaluate import evaluate, plan_for
from supportable.verdict.model import Verdict

__all__ = ["CrossCheckError", "Verdict", "evaluate", "plan_for", "to_bytes", "to_json"]
