"""Supportable: is this design supported, why, what is missing, and what would fix it?

Load packs once, then judge designs::

    packs = load_packs()
    verdict = evaluate("design.yaml", packs, as_of="2009-07-01")

Everything here is typed, free of global state, and safe to use from several threads. `__version__` is the version of
the engine; every verdict names it.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

from supportable.version import __version__

if TYPE_CHECKING:
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

# What is asked for is loaded when it is first asked for: a program that wants an error class should not wait for YAML.
_HOMES = {
    "errors": (
        "DesignError",
        "DocumentError",
        "EvaluationError",
        "PackError",
        "Problem",
        "SupportableError",
        "UsageError",
        "VocabularyError",
    ),
    "facts": ("Facts",),
    "intake": ("load_design",),
    "origin": ("Origin",),
    "packs": ("PackSet", "load_packs"),
    "verdict": ("Verdict", "evaluate", "to_bytes", "to_json"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(_import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
