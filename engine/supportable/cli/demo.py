"""`supportable demo`: the shipped examples, judged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli.options import Installed, Shelves
from supportable.cli.problems import command, refusing

if TYPE_CHECKING:
    from supportable.verdict import Verdict


@command
def demo(
    full: Annotated[bool, typer.Option("--full", help="Show the whole report of every example.")] = False,
    shelf: Shelves = None,
    installed: Installed = True,
) -> None:
    """Judge the shipped example designs, each as of the days that its first lines name."""
    from supportable.cli.examples import find_examples
    from supportable.packs import load_packs
    from supportable.report import console_for, write_verdict
    from supportable.report.brief import coverage_in_words
    from supportable.report.page import Page
    from supportable.report.signs import marked
    from supportable.verdict import evaluate

    with refusing("text"):
        examples = find_examples()
        packset = load_packs(shelf or [], discover=installed)
        console = console_for(sys.stdout)
        page = Page(console)
        page.line(f"{len(examples)} example designs, in {examples[0].path.parent}")
        for example in examples:
            page.blank()
            page.line((example.path.name, "bold"), f"  {example.about}")
            for day in example.days:
                verdict = evaluate(str(example.path), packset, as_of=day)
                if full:
                    page.blank()
                    write_verdict(console, verdict)
                    continue
                page.line(f"{day}  ", marked(verdict.status), f"  {coverage_in_words(verdict)}", indent=2, hang=12)
                for reason in _reasons(verdict)[:2]:
                    page.line(reason, indent=14)
        last = examples[-1]
        page.blank()
        page.line("For the whole report of one, with the reasons down to the facts:")
        page.line(f"supportable check {_shown(last.path)} --as-of {last.days[0]} --explain", indent=2, hang=4)


def _reasons(verdict: Verdict) -> list[str]:
    """Why the design has its status, in a line each: what is wrong, else what is open, else what states support."""
    violated = [
        f"because {finding.message or finding.title} [{', '.join(dict.fromkeys(one.ref for one in finding.citations))}]"
        for subject in verdict.subjects
        for finding in subject.findings
        if finding.kind == "violated"
    ]
    asked = [f"to find out: {missing.question or missing.fact}" for missing in verdict.missing]
    stated = [
        f"as {finding.title} [{', '.join(dict.fromkeys(one.ref for one in finding.citations))}]"
        for subject in verdict.subjects
        for finding in subject.findings
        if finding.kind == "satisfied" and finding.covers
    ]
    return list(dict.fromkeys(violated or asked or stated))


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
