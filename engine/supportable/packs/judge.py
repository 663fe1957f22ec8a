"""From drafts to packs: everything that files say is checked against the vocabulary, the references and one another.

All packs are judged together, because they define facts for one another; yet each has problems of its own only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from supportable.errors import Problem, did_you_mean
from supportable.language.codes import UNKNOWN_ATTRIBUTE
from supportable.language.ir import Attr, Node, Satisfies, walk
from supportable.packs import codes
from supportable.packs.citing import citations_of
from supportable.packs.definitions import CYCLE_HINT, Definitions
from supportable.packs.dependencies import Thing, cycles_in, expressions_of, graph_of
from supportable.packs.draft import Draft, Placed
from supportable.packs.expressions import Compiler
from supportable.packs.model import Pack, Requirement, Rule, Term
from supportable.packs.packset import BrokenPack
from supportable.packs.place import in_order, problem
from supportable.packs.rules import RuleJudge
from supportable.packs.shape import RuleShape
from supportable.packs.versions import meets, parse_requirement
from supportable.vocabulary.catalogues import Catalogue
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.references import Reference


def judge(
    drafts: Sequence[Draft],
    vocabulary: Vocabulary,
    references: Mapping[str, Reference],
    catalogues: Mapping[str, Catalogue],
) -> tuple[tuple[Pack, ...], tuple[BrokenPack, ...]]:
    """The packs that are right, sorted by name, and those that are not, with all problems in order of place.

    Where two packs contradict each other (one name, one fact), the one that comes later in `drafts` is broken.
    """
    named = _first_of_each_name(drafts)
    broken = [_broken(draft) for draft in drafts if named[draft.name] is not draft]
    for draft in named.values():
        _check_requirements(draft, named)
    definitions = Definitions(vocabulary, references, catalogues, named.values())
    definitions.judge()
    askable = {name for draft in named.values() for name in draft.may_ask()}
    packs = {
        name: _pack(draft, definitions, Compiler(vocabulary, catalogues, askable, definitions.type_of, draft.problems),
                    vocabulary, references)
        for name, draft in named.items()
    }  # fmt: skip
    for pack in packs.values():
        _check_uses(pack, named, definitions)
    _check_cycles(list(packs.values()), named)
    _break_dependants(named)
    right = tuple(packs[name] for name in sorted(packs) if not named[name].problems)
    broken += [_broken(draft) for draft in named.values() if draft.problems]
    return right, tuple(broken)


def _broken(draft: Draft) -> BrokenPack:
    problems = draft.problems
    if draft.lost is None:
        # A file that cannot be read may define what the others use.
        problems = [each for each in problems if each.code != UNKNOWN_ATTRIBUTE]
    return BrokenPack(draft.name, str(draft.folder), in_order(problems))


def _first_of_each_name(drafts: Sequence[Draft]) -> dict[str, Draft]:
    named: dict[str, Draft] = {}
    for draft in drafts:
        first = named.setdefault(draft.name, draft)
        if first is not draft:
            message = f"there is another pack “{draft.name}”, and it was found first"
            hint = f"the other is in {first.folder}: leave one of them out"
            draft.problems.append(problem(codes.SAME_NAME, message, draft.place / "pack", hint))
    return named


def _requirements(draft: Draft) -> list[Requirement]:
    parsed = [parse_requirement(text) for text in draft.head.requires]
    return [Requirement(*each) for each in parsed if each is not None]


def _check_requirements(draft: Draft, named: Mapping[str, Draft]) -> None:
    for index, text in enumerate(draft.head.requires):
        parsed = parse_requirement(text)
        if parsed is None:
            continue
        place = draft.place / "requires" / index
        name, versions = parsed
        if name not in named:
            hint = did_you_mean(name, named)
            draft.problems.append(
                problem(codes.REQUIRED_MISSING, f"the pack “{name}”, which is required, is not there", place, hint)
            )
        elif not meets(named[name].head.version, versions) and named[name].whole:
            message = f"{name} {versions} is required, and {named[name].head.version} is there"
            draft.problems.append(problem(codes.REQUIRED_VERSION, message, place, "install another version of it"))


def _all_required(name: str, named: Mapping[str, Draft]) -> set[str]:
    """The packs that a pack requires, directly or not."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for required in _requirements(named[waiting.pop()]):
            if required.pack in named and required.pack not in found:
                found.add(required.pack)
                waiting.append(required.pack)
    return found


def _pack(
    draft: Draft,
    definitions: Definitions,
    compiler: Compiler,
    vocabulary: Vocabulary,
    references: Mapping[str, Reference],
) -> Pack:
    """The pack as far as it is right: rules and definitions that are wrong are left out, and noted."""
    rule_judge = RuleJudge(draft.name, vocabulary, references, compiler, draft.problems)
    _check_ids(draft.rules, draft.problems)
    rules = [rule for rule in map(rule_judge.rule, draft.rules) if rule is not None]
    glossary = tuple(
        Term(
            placed.shape.term,
            placed.shape.text,
            citations_of(placed.shape.cite, placed.place / "cite", references, draft.problems),
            placed.place.origin,
        )
        for placed in draft.glossary
    )
    head = draft.head
    return Pack(
        head.pack,
        head.version,
        head.title,
        head.publisher or head.pack.partition(".")[0],
        head.description,
        tuple(_requirements(draft)),
        definitions.of_pack(draft),
        tuple(sorted(rules, key=lambda rule: rule.id)),
        glossary,
        draft.digest,
        str(draft.folder),
    )


def _check_ids(rules: Iterable[Placed[RuleShape]], problems: list[Problem]) -> None:
    first: dict[str, Placed[RuleShape]] = {}
    for placed in rules:
        before = first.setdefault(placed.shape.id, placed)
        if before is not placed:
            message = f"there is another rule “{placed.shape.id}” in this pack"
            hint = f"the other is in {(before.place / 'id').origin}"
            problems.append(problem(codes.SAME_RULE, message, placed.place / "id", hint))


def _check_uses(pack: Pack, named: Mapping[str, Draft], definitions: Definitions) -> None:
    """Note what a pack uses of packs that it does not name as required."""
    draft = named[pack.name]
    direct = {requirement.pack for requirement in pack.requires}
    reached = _all_required(pack.name, named) | {pack.name}
    for node in _nodes_of(pack):
        if isinstance(node, Satisfies) and node.pack not in direct | {pack.name}:
            hint = f"add “{node.pack}” to requires" if node.pack in named else did_you_mean(node.pack, named)
            message = f"“{node.pack}” is asked about, and is not among the packs required"
            draft.problems.append(Problem(codes.PACK_NOT_REQUIRED, message, node.origin, hint, "author"))
        elif isinstance(node, Attr) and node.derived:
            owner = definitions.owner_of(node.entity, node.name)
            if owner is not None and owner not in reached:
                message = f"“{node.entity}.{node.name}” is defined by {owner}, which is not required"
                hint = f"add “{owner}” to requires"
                draft.problems.append(Problem(codes.DERIVED_ELSEWHERE, message, node.origin, hint, "author"))


def _nodes_of(pack: Pack) -> Iterable[Node]:
    for derivation in pack.derive:
        for reading in derivation.readings:
            yield from walk(reading.value)
    for rule in pack.rules:
        yield from _nodes_of_rule(rule)


def _nodes_of_rule(rule: Rule) -> Iterable[Node]:
    for revision in rule.revisions:
        for node in expressions_of(revision):
            yield from walk(node)


def _check_cycles(packs: list[Pack], named: Mapping[str, Draft]) -> None:
    """Note in every pack on a cycle that it is on it, and print the cycle."""
    graph = graph_of(packs)
    owners = {Thing(each.fact): (pack.name, each.origin) for pack in packs for each in pack.derive}
    for cycle in cycles_in(graph):
        steps = []
        for thing, following in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            # A definition is shown where it stands, a pack where it asks for what follows.
            origin = graph[thing][following] if thing.is_pack else owners[thing][1]
            steps.append((thing, origin))
        shown = [f"{thing} ({origin.file}:{origin.line})" for thing, origin in steps]
        message = "definitions go in a circle: " + " → ".join([*shown, str(cycle[0])])
        told: set[str] = set()
        for thing, origin in steps:
            owner = thing.name if thing.is_pack else owners[thing][0]
            if owner not in told:
                told.add(owner)
                named[owner].problems.append(Problem(codes.CYCLE, message, origin, CYCLE_HINT, "author"))


def _break_dependants(named: Mapping[str, Draft]) -> None:
    """Note in every pack that rests on a broken one that it does; again and again, as those are broken then too."""
    told: set[tuple[str, int]] = set()
    changed = True
    while changed:
        changed = False
        for name, draft in named.items():
            for index, text in enumerate(draft.head.requires):
                parsed = parse_requirement(text)
                required = named.get(parsed[0]) if parsed is not None else None
                if required is not None and required.problems and (name, index) not in told and required is not draft:
                    told.add((name, index))
                    changed = True
                    message = f"the pack “{required.name}”, which is required, did not load"
                    hint = f"see what is wrong in {required.place.document.file}"
                    place = draft.place / "requires" / index
                    draft.problems.append(problem(codes.REQUIRED_BROKEN, message, place, hint))
