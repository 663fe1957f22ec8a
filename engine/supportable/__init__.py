"""Supportable: is this design supported, why, what is missing, and what would fix it?

Load packs once, then judge designs::

    packs = load_packs()
    verdict = evaluate("design.yaml", packs, as_of="2009-07-01")

Everything here is typed, free of global state, and safe to use from several threads. `__version__` is the version of the
engine; every verdict names it.
"""

from supportable.errors import (
    DesignError,
    DocumentError,
    EvaluationError,
    PackError,
    Problem,
    SupportableError,
    UsageError,
    VocabularyError,
)
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.origin import Origin
from supportable.packs import PackSet, load_packs
from supportable.verdict import Verdict, evaluate, to_bytes, to_json
from supportable.version import __version__

__all__ = [
    "DesignError",
    "DocumentError",
    "EvaluationError",
    "Facts",
    "Origin",
    "PackError",
    "PackSet",
    "Problem",
    "SupportableError",
    "UsageError",
    "Verdict",
    "VocabularyError",
    "__version__",
    "evaluate",
    "load_design",
    "load_packs",
    "to_bytes",
    "to_json",
]
