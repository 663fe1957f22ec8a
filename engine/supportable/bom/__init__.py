"""Bills of materials: a quote or price list in, the same lines out with what is supported, why, and by which text."""

from supportable.bom.as_json import bom_to_json
from supportable.bom.judge import judge_bom
from supportable.bom.limits import BOM_LIMITS, BomLimits
from supportable.bom.model import Bom, JudgedBom, JudgedLine, Line, Recognised, Said, Source, Statement
from supportable.bom.profile import PART_KINDS, Profile, profile_of, read_profile
from supportable.bom.read import read_bom, read_source
from supportable.bom.recognise import Recogniser
from supportable.bom.table import read_lines

__all__ = [
    "BOM_LIMITS",
    "PART_KINDS",
    "Bom",
    "BomLimits",
    "JudgedBom",
    "JudgedLine",
    "Line",
    "Profile",
    "Recognised",
    "Recogniser",
    "Said",
    "Source",
    "Statement",
    "bom_to_json",
    "judge_bom",
    "profile_of",
    "read_bom",
    "read_lines",
    "read_profile",
    "read_source",
]
