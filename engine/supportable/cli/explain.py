"""`supportable explain`: a rule through time, a term, a definition, an article, or an error code."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from supportable.cli.options import Installed, Shelves
from supportable.cli.problems import command, refusing


@command
def explain(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="A rule, a term, a definition, an article, or a code such as SUP116.")
    ],
    shelf: Shelves = None,
    installed: Installed = True,
) -> None:
    """Explain a rule (its text through time, its articles, its cases), a term, a definition, an article, or a code."""
    with refusing("text"):
        if re.fullmatch("SUP[0-9]{3}", what.upper()):
            from supportable.cli.explain_code import explain_code

            explain_code(what.upper())
            return
        from supportable.cli.explain_rule import explain_rule_or_term
        from supportable.packs import load_packs

        explain_rule_or_term(load_packs(shelf or [], discover=installed), what)
