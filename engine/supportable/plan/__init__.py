"""Stage 4: what is to be judged on one day, in which order. One file a pass."""

from supportable.plan.build import changes_on, plan
from supportable.plan.model import Plan

__all__ = ["Plan", "changes_on", "plan"]
