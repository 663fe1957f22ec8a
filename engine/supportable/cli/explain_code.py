"""Error codes in words: made from the names that the stages give them, so that none is forgotten."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import supportable
from supportable.cli import codes as own_codes
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.packs.lint.checks import BY_CODE
from supportable.report import console_for
from supportable.report.page import Page

STAGES: Final = {
    "1": ("reading a document", "the file itself cannot be read: its bytes, its YAML or JSON, its size"),
    "2": ("the vocabulary, references and catalogues", "what packs and designs may speak of is not in order"),
    "3": ("a pack", "pack.yaml or a rule file has another shape than it should, or contradicts itself"),
    "4": ("an expression in a pack", "the text of a condition does not compile"),
    "5": ("a design", "the design does not fit the vocabulary"),
    "6": ("an evaluation", "it was stopped by one of its limits, or cannot be done here"),
    "7": ("the request", "it asks for what there is not"),
    "8": ("a pack's quality", "a pack loads, and its rules, its cases or its pages are not as they should be"),
    "9": ("this software", "a defect of ours: please report it"),
}
"""By the first figure: which stage, and what it means."""

_NAMED: Final = re.compile(r'^([A-Z][A-Z_]+)(?:: Final)? = "(SUP[0-9]{3})"', re.MULTILINE)


def known_codes() -> dict[str, str]:
    """Every code to which the source of the engine or of the service gives a name, with that name in words.

    The source is read, not imported: some of it needs packages that only extras bring.
    """
    found: dict[str, str] = {"SUP999": "a defect of this software"}
    service = find_spec("supportable_api")
    for folder in (supportable.__path__[0], *(service.submodule_search_locations or () if service else ())):
        for path in sorted(Path(folder).rglob("*.py")):
            for name, code in _NAMED.findall(path.read_text(encoding="utf-8")):
                found.setdefault(code, name.replace("_", " ").lower())
    return found


def explain_code(code: str) -> None:
    """Say on stdout what a code means. Raises UsageError for one that there is not."""
    codes = known_codes()
    if code not in codes:
        raise UsageError(
            [Problem(own_codes.NOTHING_TO_EXPLAIN, f"there is no code {code}", hint=did_you_mean(code, codes))]
        )
    stage, meaning = STAGES[code[3]]
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
