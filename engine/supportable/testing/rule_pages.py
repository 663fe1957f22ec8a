"""Pages about rules, made from what packs say and from their cases: one a rule, one a pack, and an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from supportable.errors import Problem
from supportable.language.ir import Const
from supportable.packs.model import Alternative, Derivation, Effective, Pack, Revision, Rule, Template
from supportable.packs.packset import PackSet
from supportable.packs.timing import day
from supportable.report.signs import CONFIDENCES, WORDS
from supportable.testing.markdown import code_block, inline_code, plain, within
from supportable.testing.model import Case
from supportable.testing.naming import expectation_on, said
from supportable.testing.run import cases_of
from supportable.vocabulary.references import Citation

MADE: str = "*Generated from the packs by `supportable packs docs`; a test fails when it is stale.*"


def rule_pages(packs: PackSet, names: Sequence[str], problems: list[Problem]) -> dict[str, str]:
    """Every page by its path, with “/”, below the folder it belongs into. What is wrong with cases is noted.

    Equal packs give equal pages, wherever they were loaded from.
    """
    pages: dict[str, str] = {}
    index = ["# Rules", "", MADE, ""]
    for name in sorted(names):
        pack = packs.pack(name)
        cases = cases_of(packs, name, problems)
        index.append(f"- [{plain(pack.title)}]({name}/README.md), {len(pack.rules)} rules")
        pages[f"{name}/README.md"] = _page(_pack(packs, pack))
        for rule in pack.rules:
            pages[f"{name}/{rule.id}.md"] = _page(_rule(packs, pack, rule, cases))
    pages["README.md"] = _page(index)
    return pages


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


# -- a pack -----------------------------------------------------------------------------------------------------------


def _pack(packs: PackSet, pack: Pack) -> Iterator[str]:
    yield f"# {plain(pack.title)}"
    yield ""
    yield MADE
    yield ""
    yield f"Pack {inline_code(pack.name)}, version {pack.version}, publisher {plain(pack.publisher)}."
    if pack.description:
        yield ""
        yield plain(pack.description)
    if pack.requires:
        yield ""
        yield (
            "Requires " + ", ".join(inline_code(f"{each.pack} {each.versions}".strip()) for each in pack.requires) + "."
        )
    yield ""
    yield "| rule | judges | outcome |"
    yield "| --- | --- | --- |"
    for rule in pack.rules:
        yield f"| [{plain(rule.title)}]({rule.id}.md) | {rule.subject} | {_outcomes(rule)} |"
    for derivation in pack.derive:
        yield ""
        yield from _derivation(packs, derivation)
    if pack.glossary:
        yield ""
        yield "## Terms"
    for term in pack.glossary:
        yield ""
        yield f"**{plain(term.term)}.** {plain(term.text)} {_refs(term.cite)}".rstrip()


def _outcomes(rule: Rule) -> str:
    found: dict[str, None] = {}
    for revision in rule.revisions:
        if revision.covers:
            found["states support"] = None
        if not _holds_always(revision):
            for alternative in revision.otherwise:
                found[_outcome(alternative)] = None
    return ", ".join(found)


def _derivation(packs: PackSet, derivation: Derivation) -> Iterator[str]:
    yield f"## {inline_code(derivation.fact)}"
    yield ""
    yield f"{plain(derivation.title)} ({derivation.type})."
    for reading in derivation.readings:
        yield ""
        if len(derivation.readings) > 1 or _in_force(reading.effective):
            yield f"In force {_in_force(reading.effective) or 'always'}:"
            yield ""
        yield from code_block(reading.value.text)
        if reading.cite:
            yield ""
            yield from _cited(packs, reading.cite)


# -- a rule -----------------------------------------------------------------------------------------------------------


def _rule(packs: PackSet, pack: Pack, rule: Rule, cases: list[Case]) -> Iterator[str]:
    yield f"# {plain(rule.title)}"
    yield ""
    yield MADE
    yield ""
    yield (
        f"Rule {inline_code(rule.name)} of [{plain(pack.title)}](README.md), version {pack.version}. "
        f"It judges each {rule.subject}."
    )
    if rule.tags:
        yield ""
        yield "Encodes " + ", ".join(rule.tags) + "."
    if rule.notes:
        yield ""
        yield plain(rule.notes)
    for place, revision in enumerate(rule.revisions):
        yield ""
        if len(rule.revisions) > 1:
            yield f"## {_in_force(revision.effective) or 'Always'}".replace("## from", "## From").replace(
                "## until", "## Until"
            )
            yield ""
            if revision.title and revision.title != rule.title:
                yield f"**{plain(revision.title)}**"
                yield ""
            yield from _gap(revision, rule.revisions[place + 1 : place + 2])
        elif _in_force(revision.effective):
            yield f"In force {_in_force(revision.effective)}."
            yield ""
        yield from _revision(packs, revision)
    yield ""
    yield from _cases(rule, cases)


def _gap(revision: Revision, following: Sequence[Revision]) -> Iterator[str]:
    last_seen = revision.effective.last_seen
    if last_seen is not None and following and following[0].effective.since is not None:
        yield (
            f"This text was last seen on {day(last_seen)}. From then until {day(following[0].effective.since)} nobody "
            "knows which of the two held, and a finding is decided only where both agree."
        )
        yield ""


def _revision(packs: PackSet, revision: Revision) -> Iterator[str]:
    if not isinstance(revision.when, Const):
        yield "It applies when"
        yield ""
        yield from code_block(revision.when.text)
        yield ""
    if _never_holds(revision):
        yield "Nothing satisfies it."
        yield ""
    elif revision.each is not None:
        yield f"It asks of each {inline_code(revision.each.var)} in {inline_code(revision.each.over.text)} that"
        yield ""
        yield from code_block(revision.require.text)
        yield ""
    elif not _holds_always(revision):
        yield "It asks that"
        yield ""
        yield from code_block(revision.require.text)
        yield ""
    if revision.covers and not _never_holds(revision):
        yield "Where it is satisfied, this states support."
        yield ""
    for exemption in revision.unless:
        title = f"**{plain(exemption.title)}.** " if exemption.title else ""
        in_force = f", {_in_force(exemption.effective)}" if _in_force(exemption.effective) else ""
        yield f"{title}It is waived{in_force} where"
        yield ""
        yield from code_block(exemption.condition.text)
        yield ""
        yield from _cited(packs, exemption.cite)
        yield ""
    for dispute in revision.disputed:
        yield "Another text disagrees, and the stricter counts:"
        yield ""
        yield from code_block(dispute.require.text)
        yield ""
        yield from _cited(packs, (dispute.cite,))
        yield ""
    if not _holds_always(revision):
        for alternative in revision.otherwise:
            yield from _alternative(packs, revision, alternative)
    yield "Articles:"
    yield ""
    yield from _cited(packs, revision.cite)


def _alternative(packs: PackSet, revision: Revision, alternative: Alternative) -> Iterator[str]:
    words = f"**{_outcome(alternative)}**"
    if alternative.condition is not None:
        yield f"Otherwise {words} where"
        yield ""
        yield from code_block(alternative.condition.text)
    else:
        yield f"Otherwise {words}."
    message = alternative.message or revision.message
    if message is not None:
        yield ""
        yield f"> {_text(message)}"
    remedies = alternative.remedies or revision.remedies
    if remedies:
        yield ""
        yield from (f"- {_text(remedy)}" for remedy in remedies)
    if alternative.cite:
        yield ""
        yield from _cited(packs, alternative.cite)
    yield ""


def _holds_always(revision: Revision) -> bool:
    require = revision.require
    return isinstance(require, Const) and require.value is True and not revision.disputed


def _never_holds(revision: Revision) -> bool:
    return isinstance(revision.require, Const) and revision.require.value is False


def _outcome(alternative: Alternative) -> str:
    words = WORDS.get(alternative.outcome, alternative.outcome)
    if alternative.outcome == "same":
        words = "the same as what it rests on"
    return f"{words}, refused by the product" if alternative.refused else words


def _in_force(effective: Effective) -> str:
    parts = []
    if effective.since is not None:
        parts.append(f"from {day(effective.since)}")
    if effective.until is not None:
        parts.append(f"until {day(effective.until - 1)}")
    return " ".join(parts)


def _text(template: Template) -> str:
    return "".join(within(part) if isinstance(part, str) else inline_code(part.text) for part in template.parts)


def _refs(cite: Iterable[Citation]) -> str:
    names = dict.fromkeys(each.ref for each in cite)
    return f"[{', '.join(names)}]" if names else ""


def _cited(packs: PackSet, cite: Iterable[Citation]) -> Iterator[str]:
    for each in cite:
        article = packs.references[each.ref]
        parts = [f"[{each.ref}]({article.url}), {plain(article.title)}"]
        if each.section:
            parts.append(f"section “{plain(each.section)}”")
        if each.revision:
            parts.append(f"edition {each.revision}")
        confidence = article.confidence_in(each.revision)
        parts.append(CONFIDENCES.get(confidence, confidence))
        yield "- " + "; ".join(parts)


# -- its cases --------------------------------------------------------------------------------------------------------


def _cases(rule: Rule, cases: list[Case]) -> Iterator[str]:
    rows = []
    for case in cases:
        expectation = expectation_on(rule.name, case)
        if expectation is not None:
            rows.append(f"| {plain(case.title)} | {case.as_of} | {expectation.subject} | {plain(said(expectation))} |")
    if not rows:
        yield "No case names this rule."
        return
    yield "| case | as of | subject | expected |"
    yield "| --- | --- | --- | --- |"
    yield from rows
