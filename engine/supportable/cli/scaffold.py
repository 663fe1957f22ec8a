"""Packs and rules to begin with, made from the vocabulary: their text is an example, but it loads, and its cases show
the rule violated, satisfied, not applicable and open."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from supportable.cli import codes
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.language.ir import Attr, walk
from supportable.packs import PackSet
from supportable.packs.model import Rule
from supportable.packs.shape import PACK_NAME, RULE_ID
from supportable.vocabulary.model import Attribute, Vocabulary
from supportable.vocabulary.types import BoolType, EnumType, ProductType

FIRST_RULE = "first-rule"
FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """An attribute with two values to tell apart, each as it is written in a design and asked for in an expression."""

    name: str
    good: str
    bad: str
    condition: str
    shown: str


def write_pack(vocabulary: Vocabulary, name: str, into: Path, subject: str) -> tuple[Path, list[Path]]:
    """Write the pack `name` below the shelf `into`; its folder, and all that was written.

    Raises UsageError for a name that cannot be one, a type that there is not, and files that are there already.
    """
    if not re.fullmatch(PACK_NAME, name):
        hint = "publisher and subject matter in small letters, joined by a dot, as in acme.databases"
        raise UsageError([Problem(codes.BAD_NAME, f"“{name}” cannot be the name of a pack", hint=hint)])
    publisher, _, matter = name.partition(".")
    article = f"{publisher.upper()}-{matter.upper().replace('.', '-')}-1"
    folder = into / publisher / matter.replace(".", "-")
    title = matter.replace("-", " ").replace(".", " ").capitalize()
    head = (
        f"pack: {name}\nversion: 0.1.0\ntitle: {title}\npublisher: {publisher.capitalize()}\nlanguage: 1\n"
        f"description: What {publisher.capitalize()} supports, and on which conditions.\n"
    )
    references = (
        f"# The articles that {name} may cite, and how far each was read: full, opening or secondary.\n"
        f"references: {name}\nversion: 0.1.0\narticles:\n  {article}:\n    title: Support policy\n"
        f"    url: https://example.com/support-policy\n    publisher: {publisher.capitalize()}\n    confidence: full\n"
    )
    choices = choices_of(vocabulary, subject)
    section = vocabulary.entities[subject].section
    files = {
        folder / "pack.yaml": head,
        folder / "rules" / f"{FIRST_RULE}.yaml": rule_text(FIRST_RULE, subject, choices, article),
        folder / "cases" / f"{FIRST_RULE}.yaml": cases_text(FIRST_RULE, subject, section, choices, article),
        into / "references" / f"{name}.yaml": references,
    }
    return folder, _write(files)


def write_rule(packset: PackSet, folder: Path, name: str, subject: str, cite: str) -> list[Path]:
    """Write the rule `name` and its cases into the pack at `folder`; what was written.

    Raises UsageError as `write_pack` does, and for an article that there is not.
    """
    inside = folder.resolve()
    pack = next((pack for pack in packset.packs if Path(pack.folder).resolve() == inside), None)
    if pack is None and not folder.is_dir():
        raise UsageError([Problem(codes.NO_SUCH_PACK, f"there is no pack in {folder}")])
    if pack is None:
        problems = [
            problem for one in packset.broken if Path(one.folder).resolve() == inside for problem in one.problems
        ]
        raise UsageError(problems or [Problem(codes.NO_SUCH_PACK, f"there is no pack in {folder}")])
    if not re.fullmatch(RULE_ID, name):
        hint = "small letters, figures and dashes, as in memory-minimum"
        raise UsageError([Problem(codes.BAD_NAME, f"“{name}” cannot be the id of a rule", hint=hint)])
    if any(rule.id == name for rule in pack.rules):
        raise UsageError([Problem(codes.ALREADY_THERE, f"{pack.name} has a rule “{name}” already")])
    cited = [citation.ref for rule in pack.rules for revision in rule.revisions for citation in revision.cite]
    article = cite or (cited[0] if cited else "")
    if article not in packset.references:
        hint = did_you_mean(article, packset.references) if article else "name an article with --cite"
        raise UsageError([Problem(codes.NOTHING_TO_BUILD_ON, f"there is no article “{article}” to cite", hint=hint)])
    read = {(node.entity, node.name) for rule in pack.rules for node in _read(rule)}
    choices = choices_of(packset.vocabulary, subject, spoken_for={each for type_, each in read if type_ == subject})
    section = packset.vocabulary.entities[subject].section
    since = _day_after_all_cases(folder)
    files = {
        folder / "rules" / f"{name}.yaml": rule_text(name, subject, choices, article, since=since),
        folder / "cases" / f"{name}.yaml": cases_text(name, subject, section, choices, article, since=since),
    }
    return _write(files)


def _read(rule: Rule) -> Iterator[Attr]:
    """What the requirements of a rule read."""
    for revision in rule.revisions:
        yield from (node for node in walk(revision.require) if isinstance(node, Attr))


def _day_after_all_cases(folder: Path) -> date:
    """A day on which a new rule can begin without changing what any case of the pack expects."""
    days = [date.today()]  # noqa: DTZ011  policies have days and no zone
    for path in sorted((folder / "cases").glob("*.y*ml")):
        found = re.findall(r"^\s*(?:- )?as_of:\s*[\"']?(\d{4}-\d{2}-\d{2})", path.read_text("utf-8"), re.MULTILINE)
        days += [date.fromisoformat(day) + timedelta(days=1) for day in found]
    return max(days)


def choices_of(vocabulary: Vocabulary, subject: str, *, spoken_for: Collection[str] = ()) -> tuple[Choice, Choice]:
    """Two attributes of the type to make an example of: one for `when`, and one for `require` that no other rule of
    the pack requires anything of.

    Raises UsageError for a type that there is not, or that has no two such.
    """
    sections = [name for name, entity in vocabulary.entities.items() if entity.section and not entity.record]
    if subject not in sections:
        hint = did_you_mean(subject, sections)
        raise UsageError([Problem(codes.NOTHING_TO_BUILD_ON, f"there is no type “{subject}” to judge", hint=hint)])
    found = []
    attributes = vocabulary.entities[subject].attributes.values()
    for attribute in sorted(attributes, key=lambda each: (each.name != "kind", each.name)):
        choice = _choice(vocabulary, subject, attribute)
        if choice is not None:
            found.append(choice)
    free = [choice for choice in found[1:] if choice.name not in spoken_for]
    if not free:
        hint = "choose another type with --subject"
        message = f"a {subject} has no two attributes left with fixed answers to make an example of"
        raise UsageError([Problem(codes.NOTHING_TO_BUILD_ON, message, hint=hint)])
    return found[0], free[0]


def _choice(vocabulary: Vocabulary, subject: str, attribute: Attribute) -> Choice | None:
    if attribute.inverse_of is not None or attribute.absent.reading != "unknown":
        return None
    fact = f"{subject}.{attribute.name}"
    if isinstance(attribute.type, BoolType):
        return Choice(attribute.name, "true", "false", fact, fact)
    if isinstance(attribute.type, EnumType) and len(attribute.type.values) > 1:
        good, bad = attribute.type.values[:2]
        return Choice(attribute.name, good, bad, f'{fact} == "{good}"', fact)
    if isinstance(attribute.type, ProductType):
        ladders = attribute.type.ladders or tuple(sorted(vocabulary.ladders))
        if len(ladders) > 1:
            good, bad = (f"{{name: {name}}}" for name in ladders[:2])
            return Choice(attribute.name, good, bad, f'{fact}.name == "{ladders[0]}"', fact)
    return None


def rule_text(
    name: str, subject: str, choices: tuple[Choice, Choice], article: str, *, since: date | None = None
) -> str:
    """A rule file with one rule, in force from the day `since` if there is one."""
    when, require = choices
    title = name.replace("-", " ").capitalize()
    effective = f"    effective: {{from: {since}}}\n" if since is not None else ""
    return f"""\
# A rule reads: for every {subject} where `when` holds, `require` must hold; otherwise the outcome is …
# `covers: true` says that the article states support: without such a rule a {subject} is not covered.
rules:
  - id: {name}
    title: {title}
    subject: {subject}
{effective}    when: {when.condition}
    covers: true
    require: {require.condition}
    otherwise: unsupported
    message: "{{{{ {subject}.id }}}} has {require.name} {{{{ {require.shown} }}}}"
    remedies: ["Choose another {require.name.replace("_", " ")} for {{{{ {subject}.id }}}}"]
    cite: [{{ref: {article}}}]
"""


def cases_text(
    name: str,
    subject: str,
    section: str,
    choices: tuple[Choice, Choice],
    article: str,
    *,
    since: date | None = None,
) -> str:
    """A case file with four cases of the rule; with `since`, one more of the day before.

    The first rule of a pack decides the status; of a later one only its own findings can be told beforehand.
    """
    when, require = choices
    rows = [
        ("what the article asks for is there", since, when.good, require.good, "supported", "satisfied"),
        ("what the article asks for is not there", since, when.good, require.bad, "unsupported", "violated"),
        ("the article does not speak of it", since, when.bad, require.good, "not_covered", "not_applicable"),
        ("nobody said", since, when.good, "", "undetermined", "open"),
    ]
    if since is not None:
        rows.append(("the day before", since - timedelta(days=1), when.good, require.good, "", "not_in_force"))
    text = "# Each case is a design, a day, and what is expected; `supportable test` runs them.\n"
    for title, day, first, second, status, kind in rows:
        given = f"{{id: one, {when.name}: {first}" + (f", {require.name}: {second}" if second else "") + "}"
        expected = f"status: {status}, " if since is None else ""
        expected += f"{kind}: [{name}]" + (f", cites: [{article}]" if kind == "violated" else "")
        text += f"""\
- case: {title}
  as_of: {day or FIRST_DAY}
  design: {{{section}: [{given}]}}
  expect:
    {subject}/one: {{{expected}}}
"""
    return text


def _write(files: dict[Path, str]) -> list[Path]:
    there = [path for path in files if path.exists()]
    if there:
        hint = "choose another name, or another place with --into"
        raise UsageError([Problem(codes.ALREADY_THERE, f"{path} is there already", hint=hint) for path in there])
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            message = f"{path} cannot be written: {error.strerror or error}"
            raise UsageError([Problem(codes.NOT_WRITABLE, message)]) from None
    return list(files)
