"""Error codes in words: made from the tables that the stages keep, so that none is forgotten."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from typing import Final

from supportable.cli import codes as own_codes
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.packs.lint.checks import BY_CODE
from supportable.report import console_for
from supportable.report.page import Page

STAGES: Final = {
    "1": ("reading a document", "the file itself cannot be read: its bytes, its YAML or JSON, its size",
          ("supportable.document.codes",)),
    "2": ("the vocabulary, references and catalogues", "what packs and designs may speak of is not in order",
          ("supportable.vocabulary",)),
    "3": ("a pack", "pack.yaml or a rule file has another shape than it should, or contradicts itself",
          ("supportable.packs.codes",)),
    "4": ("an expression in a pack", "the text of a condition does not compile", ("supportable.language.codes",)),
    "5": ("a design", "the design does not fit the vocabulary", ("supportable.intake.codes",)),
    "6": ("an evaluation", "it was stopped by one of its limits", ()),
    "7": ("the request", "it asks for what there is not", ("supportable.cli.codes",)),
    "8": ("a pack's quality", "a pack loads, and its rules, its cases or its pages are not as they should be",
          ("supportable.testing.codes", "supportable.packs.lint.codes", "supportable.testing.quality_codes")),
    "9": ("this software", "a defect of ours: please report it", ()),
}  # fmt: skip
"""By the first figure: which stage, what it means, and the modules, or packages of such, that name the codes."""


def known_codes() -> dict[str, str]:
    """Every code that a stage names, with its name in words."""
    found: dict[str, str] = {"SUP999": "a defect of this software"}
    for _, _, modules in STAGES.values():
        for module in modules:
            for name, value in _constants(module):
                if isinstance(value, str) and re.fullmatch("SUP[0-9]{3}", value) and name.isupper():
                    found.setdefault(value, name.replace("_", " ").lower())
    return found


def _constants(name: str) -> Iterator[tuple[str, object]]:
    """What a module names, or all modules of a package."""
    module = importlib.import_module(name)
    yield from vars(module).items()
    for each in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield from vars(importlib.import_module(f"{name}.{each.name}")).items()


def explain_code(code: str) -> None:
    """Say on stdout what a code means. Raises UsageError for one that there is not."""
    codes = known_codes()
    if code not in codes:
        raise UsageError(
            [Problem(own_codes.NOTHING_TO_EXPLAIN, f"there is no code {code}", hint=did_you_mean(code, codes))]
        )
    stage, meaning, _ = STAGES[code[3]]
    page = Page(console_for(sys.stdout))
    page.line((code, "bold"), f"  {codes[code]}")
    page.labelled("found in", stage, indent=2)
    page.labelled("meaning", meaning, indent=2)
    check = BY_CODE.get(code)
    if check is not None:
        page.labelled("finding", check.title, indent=2)
        page.labelled("why", check.why, indent=2)
        for label, example in (("instead of", check.bad), ("write", check.good)):
            for place, line in enumerate(example.splitlines()):
                page.labelled("" if place else label, line, indent=2)
    alike = sorted(other for other in codes if other[3] == code[3] and other != code)
    page.heading("Others of this stage")
    for other in alike:
        page.line((f"{other}  ", "dim"), codes[other], indent=2)
