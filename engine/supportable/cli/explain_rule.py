"""A rule as text: what it says, since when, by which articles, and which cases show it at work."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from supportable.cli import codes
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.language.ir import Const, Node
from supportable.packs import PackSet
from supportable.packs.model import Alternative, Derivation, Effective, Pack, Revision, Rule, Term
from supportable.report import console_for
from supportable.report.page import Page
from supportable.report.signs import CONFIDENCES
from supportable.verdict.words import iso
from supportable.vocabulary.references import Citation


def explain_rule_or_term(packset: PackSet, what: str) -> None:
    """Write the rule (by id or full name), the term, the definition (by its fact) or the article on stdout.

    Raises UsageError if there is none, or if several rules are called so.
    """
    rules = [(pack, rule) for pack in packset.packs for rule in pack.rules if what in (rule.id, rule.name)]
    terms = [
        (pack, term) for pack in packset.packs for term in pack.glossary if term.term.casefold() == what.casefold()
    ]
    page = Page(console_for(sys.stdout))
    if len(rules) > 1:
        names = " or ".join(rule.name for _, rule in rules)
        raise UsageError(
            [Problem(codes.SEVERAL_OF_THAT_NAME, f"several rules are called “{what}”", hint=f"say {names}")]
        )
    derived = [(pack, each) for pack in packset.packs for each in pack.derive if each.fact == what]
    if not (rules or terms or derived or what in packset.references):
        known = [name for pack in packset.packs for rule in pack.rules for name in (rule.id, rule.name)]
        known += [term.term for pack in packset.packs for term in pack.glossary]
        known += [each.fact for pack in packset.packs for each in pack.derive]
        known += packset.references
        message = f"there is no rule, term, definition or article “{what}”"
        raise UsageError([Problem(codes.NOTHING_TO_EXPLAIN, message, hint=did_you_mean(what, known))])
    for pack, rule in rules:
        _rule(page, packset, pack, rule)
    for pack, term in terms:
        _term(page, packset, pack, term)
    for pack, each in derived:
        _derivation(page, packset, pack, each)
    if what in packset.references:
        _article(page, packset, what)


def _derivation(page: Page, packset: PackSet, pack: Pack, derived: Derivation) -> None:
    page.line((derived.title, "bold"))
    page.labelled("defines", f"{derived.fact}, {derived.type}", indent=2)
    page.labelled("pack", f"{pack.name} {pack.version}", indent=2)
    page.labelled("written in", str(derived.origin), indent=2)
    for reading in derived.readings:
        page.heading(_stretch(reading.effective))
        page.labelled("value", _text(reading.value), indent=2)
        _cited(page, packset, reading.cite, indent=2)


def _article(page: Page, packset: PackSet, ref: str) -> None:
    """An article, how far it was read, and the rules that rest on it."""
    reference = packset.references[ref]
    page.line((f"{ref}  ", "bold"), reference.title)
    page.line((reference.url, "underline"), indent=2, hang=0)
    page.labelled("publisher", reference.publisher, indent=2)
    page.labelled(
        "read", CONFIDENCES.get(reference.confidence, ""), f"; {reference.seen}" if reference.seen else "", indent=2
    )
    for revision in reference.revisions:
        words = ", ".join(part for part in (iso(revision.date) or "", revision.note) if part)
        page.labelled("edition", f"{revision.id}: {words}" if words else revision.id, indent=2)
    citing = [
        rule for pack in packset.packs for rule in pack.rules
        if any(citation.ref == ref for revision in rule.revisions for citation in revision.cite)
    ]  # fmt: skip
    if citing:
        page.heading("Cited by")
    for rule in citing:
        page.line((f"{rule.name}  ", "bold"), rule.title, indent=2)


def _term(page: Page, packset: PackSet, pack: Pack, term: Term) -> None:
    page.line((term.term, "bold"), (f"  {pack.name} {pack.version}", "dim"))
    page.line(" ".join(term.text.split()), indent=2, hang=0)
    _cited(page, packset, term.cite, indent=2)


def _rule(page: Page, packset: PackSet, pack: Pack, rule: Rule) -> None:
    page.line((rule.title, "bold"))
    page.labelled("rule", f"{rule.name}, version {pack.version}", indent=2)
    page.labelled("judges", f"each {rule.subject}", indent=2)
    page.labelled("written in", str(rule.origin), indent=2)
    if rule.notes:
        page.labelled("notes", " ".join(rule.notes.split()), indent=2)
    if rule.tags:
        page.labelled("tags", ", ".join(rule.tags), indent=2)
    for revision in rule.revisions:
        page.heading(_stretch(revision.effective))
        _revision(page, packset, rule, revision)
    cases = _cases_of(pack, rule)
    if cases:
        page.heading("Cases")
    for case in cases:
        page.line(case, indent=2)


def _stretch(effective: Effective) -> str:
    since, until, seen = iso(effective.since), iso(effective.until), iso(effective.last_seen)
    words = f"From {since}" if since else "From the beginning"
    words += f" until {until} (exclusive)" if until else ""
    return words + (f", last seen {seen}" if seen else "")


def _revision(page: Page, packset: PackSet, rule: Rule, revision: Revision) -> None:
    if revision.title and revision.title != rule.title:
        page.labelled("title", revision.title, indent=2)
    if revision.covers:
        page.labelled("states", "support: satisfied, it makes its subject supported", indent=2)
    _condition(page, "when", revision.when)
    if revision.each is not None:
        page.labelled("each", f"{revision.each.var} in {_text(revision.each.over)}", indent=2)
    _condition(page, "require", revision.require)
    for exemption in revision.unless:
        page.labelled("unless", f"{exemption.title}: " if exemption.title else "", _text(exemption.condition), indent=2)
        if exemption.effective != Effective():
            page.continued((_stretch(exemption.effective), "dim"), indent=2)
        _cited(page, packset, exemption.cite, indent=4)
    for dispute in revision.disputed:
        page.labelled("disputed", f"{dispute.cite.ref} asks for {_text(dispute.require)}", indent=2)
    for alternative in revision.otherwise:
        _alternative(page, alternative)
    if revision.message is not None:
        page.labelled("message", revision.message.plain, indent=2)
    for remedy in revision.remedies:
        page.labelled("do", remedy.plain, indent=2)
    _cited(page, packset, revision.cite, indent=2)


def _alternative(page: Page, alternative: Alternative) -> None:
    words = alternative.outcome + (" (the product itself refuses this)" if alternative.refused else "")
    if alternative.condition is not None:
        words += f" if {_text(alternative.condition)}"
    page.labelled("otherwise", words, indent=2)
    if alternative.message is not None:
        page.continued((alternative.message.plain, "dim"), indent=2)


def _condition(page: Page, label: str, node: Node) -> None:
    if not (isinstance(node, Const) and node.value is True):
        page.labelled(label, _text(node), indent=2)


def _text(node: Node) -> str:
    return " ".join(node.text.split())


def _cited(page: Page, packset: PackSet, cite: tuple[Citation, ...], *, indent: int) -> None:
    for citation in cite:
        reference = packset.references[citation.ref]
        parts = [f"{citation.ref} “{reference.title}”"]
        parts += [f"section “{citation.section}”"] if citation.section else []
        parts += [f"edition {citation.revision}"] if citation.revision else []
        parts.append(CONFIDENCES.get(reference.confidence_in(citation.revision), ""))
        page.labelled("article", ", ".join(part for part in parts if part), indent=indent)
        page.continued((reference.url, "underline"), indent=indent)


def _cases_of(pack: Pack, rule: Rule) -> list[str]:
    """The titles of the cases that name the rule, with their places; a file that cannot be read shows none."""
    from supportable.document import read_file
    from supportable.errors import DocumentError

    named = re.compile(rf"(^|[\s\[,/]){re.escape(rule.id)}($|[\s\],])")
    found = []
    for path in sorted(Path(pack.folder, "cases").glob("*.y*ml")) if pack.folder else []:
        try:
            document = read_file(path, name=f"cases/{path.name}")
        except DocumentError:
            continue
        for place, entry in enumerate(document.root if isinstance(document.root, list) else []):
            if isinstance(entry, dict) and named.search(_flat(entry.get("expect"))):
                found.append(f"{entry.get('case')}  ({document.origin_of(f'/{place}')})")
    return found


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(_flat(held) for held in value.values())
    if isinstance(value, list):
        return " ".join(_flat(held) for held in value)
    return str(value)
