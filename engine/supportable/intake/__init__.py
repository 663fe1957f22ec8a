"""Stage 5: what somebody proposes, from a file or Python values, as facts typed and linked by the vocabulary."""

from supportable.intake.change import relaxed, with_value
from supportable.intake.limits import DESIGN_LIMITS, DesignLimits
from supportable.intake.load import load_design
from supportable.intake.varied import Varied

__all__ = ["DESIGN_LIMITS", "DesignLimits", "Varied", "load_design", "relaxed", "with_value"]
