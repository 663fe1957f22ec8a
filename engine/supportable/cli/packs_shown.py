"""Packs as text: the table of all, and one in detail."""

from __future__ import annotations

import sys
from pathlib import Path

from supportable.packs import PackSet
from supportable.packs.model import Pack
from supportable.report import console_for
from supportable.report.page import Page
from supportable.verdict.words import iso


def table_of(packset: PackSet) -> None:
    """Every pack in a line, on stdout."""
    page = Page(console_for(sys.stdout))
    rows = [(pack.name, pack.version, str(len(pack.rules)), pack.title, "") for pack in packset.packs]
    for broken in packset.broken:
        rows.append((broken.name, "", "", f"does not load: {len(broken.problems)} problems", "red"))
    head = ("pack", "version", "rules", "title", "bold")
    name, version = (max(len(row[column]) for row in [head, *rows]) for column in (0, 1))
    for row in [head, *rows]:
        first = f"{row[0].ljust(name)}  {row[1].ljust(version)}  {row[2].rjust(5)}  "
        page.hung((row[3], row[4]), first=first, rest=" " * len(first))


def describe(packset: PackSet, pack: Pack) -> None:
    """One pack with its rules, definitions and terms, on stdout."""
    page = Page(console_for(sys.stdout))
    page.line((f"{pack.name} {pack.version}", "bold"), f"  {pack.title}")
    for label, words in (
        ("publisher", pack.publisher),
        ("about", pack.description),
        ("requires", ", ".join(f"{one.pack} {one.versions}".strip() for one in pack.requires)),
        ("digest", f"sha256:{pack.digest}"),
        ("folder", pack.folder),
        ("cases", _cases(pack)),
    ):
        if words:
            page.labelled(label, " ".join(words.split()), indent=2)
    if pack.rules:
        page.heading(f"Rules ({len(pack.rules)})")
    for rule in pack.rules:
        kinds = [word for word, holds in (
            ("states support", any(revision.covers for revision in rule.revisions)),
            ("advisory", all(revision.advisory for revision in rule.revisions)),
        ) if holds]  # fmt: skip
        dates = [iso(revision.effective.since) for revision in rule.revisions if revision.effective.since]
        notes = [rule.subject, *kinds, *(f"from {day}" for day in dates if day)]
        page.line((f"{rule.id}  ", "bold"), rule.title, (f"  ({', '.join(notes)})", "dim"), indent=2)
    if pack.derive:
        page.heading(f"Definitions ({len(pack.derive)})")
    for derived in pack.derive:
        page.line((f"{derived.fact}  ", "bold"), derived.title, indent=2)
    if pack.glossary:
        page.heading(f"Terms ({len(pack.glossary)})")
    for term in pack.glossary:
        page.line((f"{term.term}  ", "bold"), " ".join(term.text.split()), indent=2)
    articles = sorted({cite.ref for rule in pack.rules for revision in rule.revisions for cite in revision.cite})
    if articles:
        page.heading(f"Articles ({len(articles)})")
    for ref in articles:
        reference = packset.references[ref]
        page.line((f"{ref}  ", "bold"), reference.title, indent=2)
        page.line((reference.url, "underline"), indent=4, hang=0)


def _cases(pack: Pack) -> str:
    folder = Path(pack.folder, "cases")
    return f"{sum(1 for _ in folder.glob('*.yaml'))} files" if folder.is_dir() else ""
