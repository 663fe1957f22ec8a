"""From a plan to productions and a schedule.

Truths become facts about frames: an `&&` is a join, an `||` one production for each operand, a `!` exchanges the two
facts that say true and false. A quantifier is a join of members with what is said of them; its other side, that no
member fails, no production can say: it is given between two rounds. Single values (comparisons, lookups, arithmetic,
counts) are computed in between and given as facts too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

from supportable.language import ir
from supportable.packs.model import Revision
from supportable.plan.model import Plan, PlannedRule, Stratum
from supportable.readings.durable_rete.kinds import kind_productions
from supportable.readings.durable_rete.places import (
    Assume,
    Choose,
    Complete,
    EnterRule,
    EnterTables,
    Enumerate,
    Judge,
    Kind,
    ListPlace,
    Lowered,
    RulePlace,
    Same,
    Scope,
    Site,
    Step,
    Store,
)
from supportable.readings.durable_rete.productions import Production, conjunction, rulesets
from supportable.vocabulary.types import BOOL


def lower(plan: Plan) -> Lowered:
    """The plan's productions and schedule. Raises EvaluationError for rulesets beyond what the engine can hold."""
    return _Lowering(plan).lowered()


class _Lowering:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.made = Lowered()
        self.productions: dict[int, list[Production]] = defaultdict(list)
        self.start = self.top = 0
        self.numbers = count(1)
        self.by_meaning: dict[tuple[int, ir.Node], Site] = {}
        self.lists: dict[tuple[int, ir.Node], ListPlace] = {}
        self.bodies: dict[tuple[int, str], Scope] = {}
        self.stored: dict[tuple[str, str], tuple[int, Site | None]] = {}

    def lowered(self) -> Lowered:
        for stratum in self.plan.strata:
            self._stratum(stratum)
        made = self.made
        tested: set[str] = set()
        strata = {f"round{number}": held for number, held in sorted(self.productions.items())}
        strata["kinds"] = kind_productions()
        for name, held in strata.items():
            for ruleset, productions in rulesets(name, held).items():
                made.rulesets[ruleset] = [production.as_plain() for production in productions]
                tested.update(name for production in productions for name in production.names)
        made.tested = frozenset(tested)
        return made

    # -- the schedule -------------------------------------------------------------------------------------------------

    def _at(self, number: int, step: Step) -> int:
        self.made.rounds.setdefault(number, []).append(step)
        self.top = max(self.top, number)
        return number

    def _next_phase(self) -> None:
        self.start = self.top = self.top + 1

    def _new(self, letter: str) -> str:
        return f"{letter}{next(self.numbers)}"

    def _fresh(self) -> Iterator[str]:
        while True:
            yield self._new("j")

    def _scope(self, names: tuple[str, ...], available: int, frames: int, *, root: bool) -> Scope:
        return Scope(next(self.numbers), names, available, frames, root)

    # -- strata and rules ---------------------------------------------------------------------------------------------

    def _stratum(self, stratum: Stratum) -> None:
        self._next_phase()
        tables: dict[str, Scope] = {}

        def table(entity: str) -> Scope:
            if entity not in tables:
                tables[entity] = self._scope((entity,), self.start, next(self.numbers), root=True)
                self._at(self.start, EnterTables(tables[entity], entity))
            return tables[entity]

        for derivation in stratum.derivations:
            scope = table(derivation.entity)
            number = self._value(scope, derivation.value)
            site = self._truth(scope, derivation.value) if derivation.type == BOOL else None
            self.stored[derivation.entity, derivation.name] = (number, site)
            self._at(number, Store(derivation, scope))
        whens = {
            (rule.index, place): self._asked(table(rule.rule.subject), revision.when)
            for rule in stratum.rules
            for place, revision in enumerate(rule.readings)
        }
        self._next_phase()
        places = tuple(
            self._rule(rule, revision, whens[rule.index, place])
            for rule in stratum.rules
            for place, revision in enumerate(rule.readings)
        )
        self._next_phase()
        self._at(self.start, Judge(places))

    def _rule(self, rule: PlannedRule, revision: Revision, when: Site) -> RulePlace:
        scope = self._scope((rule.rule.subject,), self.start, next(self.numbers), root=True)
        entering: list[Step] = self.made.rounds.setdefault(self.start, [])
        waiting = len(entering)
        over, inner = None, scope
        if revision.each is not None:
            over = self._list(scope, revision.each.over)
            inner = self._body(over, revision.each.var)
        same = None
        own = revision.require
        if revision.otherwise and revision.otherwise[0].outcome == "same":
            assert isinstance(own, ir.Satisfies)
            own = same = Same(own.type, own.of, own.pack, origin=own.origin, text=own.text)
            self.made.kept.append(same)
        unless = tuple(one.condition for one in revision.unless)
        texts = [_either(text, unless) for text in (own, *(dispute.require for dispute in revision.disputed))]
        strictest = texts[0] if len(texts) == 1 else ir.And(BOOL, tuple(texts))
        require = self._asked(inner, strictest)
        self._fails(require)
        place = RulePlace(next(self.numbers), rule, revision, when, scope, inner, over, require, same)
        if over is not None:
            place.violates, place.inhabited = self._new("v"), self._new("i")
            rounds = self.productions[require.round]
            rounds.append(Production(place.violates, over.belongs, ((require.fails, "f"),)))
            rounds.append(Production(place.violates, over.more))
            rounds.append(Production(place.inhabited, over.belongs))
            rounds.append(Production(place.inhabited, over.more))
        if len(texts) > 1:
            place.differs = self._new("d")
            some = self._asked(inner, ir.Or(BOOL, tuple(texts)))
            held = [some.holds, require.fails]
            self.productions[max(some.round, require.round)] += conjunction(place.differs, held, self._fresh())
        place.outcomes = self._outcomes(inner, revision)
        # Its frames come before anything else of the rule.
        entering.insert(waiting, EnterRule(place))
        self.made.kept.append(texts)
        return place

    def _outcomes(self, scope: Scope, revision: Revision) -> tuple[tuple[int, str], ...]:
        """An alternative may apply where its condition is possible and none before it is certain."""
        found: list[tuple[int, str]] = []
        before: list[str] = []
        for place, alternative in enumerate(revision.otherwise):
            needs, number = list(before), self.start
            if alternative.condition is not None:
                site = self._asked(scope, alternative.condition)
                number = site.round
                needs.append(site.holds)
                before.append(self._fails(site))
            if not needs:
                return ((place, ""),)
            name = self._new("o")
            self.productions[number] += conjunction(name, needs, self._fresh())
            found.append((place, name))
            if alternative.condition is None:
                break
        return tuple(found)

    # -- truths -------------------------------------------------------------------------------------------------------

    def _asked(self, scope: Scope, node: ir.Node) -> Site:
        """The site, with the facts that say it is true."""
        site = self._truth(scope, node)
        self._holds(site)
        return site

    def _truth(self, scope: Scope, node: ir.Node) -> Site:
        site = self.by_meaning.get((scope.index, node))
        if site is None:
            site = self._new_site(scope, node)
            self.by_meaning[scope.index, node] = site
        self.made.sites[scope.index, id(node)] = site
        self.made.kept.append(node)
        return site

    def _new_site(self, scope: Scope, node: ir.Node) -> Site:
        site = Site(next(self.numbers), scope, node, "atom")
        match node:
            case ir.Not():
                site.round = self._truth(scope, node.of).round
            case ir.And() | ir.Or():
                site.round = max(self._truth(scope, arg).round for arg in node.args)
            case ir.Quant():
                site.kind = node.op
                site.over = self._list(scope, node.over)
                body = self._truth(self._body(site.over, node.var, node), node.body)
                site.round = max(site.over.round, body.round) + 1
                self._at(site.round, Complete(site))
            case ir.Choices():
                self._choices(site, node)
            case ir.Attr() if node.derived and node.type == BOOL:
                self._derived(site, node)
            case _:
                site.round = self._operands(scope, node)
                self._at(site.round, Assume(site))
        return site

    def _derived(self, site: Site, node: ir.Attr) -> None:
        """A derived truth: its facts are those of the definition, for the row that the owner's expression leads to."""
        number, _ = self.stored[node.entity, node.name]
        names = site.scope.names
        itself = site.scope.root and isinstance(node.of, ir.Var) and node.of.name == names[0]
        kind: Kind = "derived" if itself else "link"
        site.kind = kind
        site.round = max(self._value(site.scope, node.of), number)
        if kind == "link":
            self._at(site.round, Assume(site))

    def _choices(self, site: Site, node: ir.Choices) -> None:
        site.kind = "choices"
        over = site.over = self._list(site.scope, node.over)
        number = max(over.base_round, over.round + bool(over.filters), self._value(site.scope, node.k))
        names = (*site.scope.names, node.taken, node.left)
        inner = self._scope(names, number, next(self.numbers), root=False)
        self.made.inner[site.scope.index, id(node)] = inner
        self._at(number, Choose(site, inner))
        body = self._truth(inner, node.body)
        site.round = max(number, body.round) + 1
        self._at(site.round, Complete(site))

    def _holds(self, site: Site) -> str:
        """The name of the facts that say the site is true, with what concludes them."""
        return self._says(site, truth=True)

    def _fails(self, site: Site) -> str:
        """The name of the facts that say the site is false, with what concludes them."""
        return self._says(site, truth=False)

    def _says(self, site: Site, *, truth: bool) -> str:
        name = site.holds if truth else site.fails
        if name:
            return name
        name = self._name(site, truth=truth)
        if truth:
            site.holds = name
        else:
            site.fails = name
        self._conclude(site, name, truth=truth)
        return name

    def _name(self, site: Site, *, truth: bool) -> str:
        if isinstance(site.node, ir.Not):
            return self._says(self._truth(site.scope, site.node.of), truth=not truth)
        if site.kind == "derived":
            return self._says(self._definition(site.node), truth=truth)
        return f"{'t' if truth else 'f'}{site.index}"

    def _definition(self, node: ir.Node) -> Site:
        """The site of the definition of a derived truth."""
        assert isinstance(node, ir.Attr)
        _, definition = self.stored[node.entity, node.name]
        assert definition is not None
        return definition

    def _conclude(self, site: Site, name: str, *, truth: bool) -> None:
        """The productions that conclude one side of a site; none where its facts are given."""
        node, scope, rounds = site.node, site.scope, self.productions[site.round]
        match node:
            case ir.And() | ir.Or():
                args = [self._says(self._truth(scope, arg), truth=truth) for arg in node.args]
                if truth == isinstance(node, ir.And):
                    rounds += conjunction(name, args, self._fresh())
                else:
                    rounds += [Production(name, arg) for arg in dict.fromkeys(args)]
            case ir.Quant() if truth == (node.op == "exists"):
                assert site.over is not None
                body = self._truth(self._body(site.over, node.var, node), node.body)
                rounds.append(Production(name, site.over.belongs, ((self._says(body, truth=truth), "f"),)))
                rounds.append(Production(name, site.over.more))
            case ir.Choices() if not truth:
                body = self._truth(self.made.inner[scope.index, id(node)], node.body)
                rounds.append(Production(name, f"c{site.index}", ((self._fails(body), "f"),)))
            case ir.Quant() | ir.Choices():
                # The other side is what was not concluded of this one.
                self._says(site, truth=not truth)
            case ir.Attr() if site.kind == "link":
                definition = self._says(self._definition(node), truth=truth)
                rounds.append(Production(name, f"l{site.index}", ((definition, "f"),)))

    # -- lists --------------------------------------------------------------------------------------------------------

    def _list(self, scope: Scope, node: ir.Node) -> ListPlace:
        place = self.lists.get((scope.index, node))
        if place is None:
            place = self._filtered(scope, node) if isinstance(node, ir.Where) else self._base(scope, node)
            self.lists[scope.index, node] = place
        self.made.lists[scope.index, id(node)] = place
        self.made.kept.append(node)
        return place

    def _base(self, scope: Scope, node: ir.Node) -> ListPlace:
        number = self._value(scope, node)
        place = ListPlace(scope, node, next(self.numbers), number, number, self._new("m"), self._new("n"))
        self._at(number, Enumerate(place))
        return place

    def _filtered(self, scope: Scope, node: ir.Where) -> ListPlace:
        over = self._list(scope, node.over)
        cond = self._asked(self._body(over, node.var, node), node.cond)
        name = self._new("m")
        number = max(over.round, cond.round)
        self.productions[number].append(Production(name, over.belongs, ((cond.holds, "f"),), keeps=True))
        filters = (*over.filters, name)
        return ListPlace(scope, over.base, over.frames, over.base_round, number, name, over.more, filters)

    def _body(self, over: ListPlace, variable: str, binder: ir.Node | None = None) -> Scope:
        """The scope of what is said of the members of a list."""
        key = (over.frames, variable)
        scope = self.bodies.get(key)
        if scope is None:
            names = (*over.scope.names, variable)
            scope = self.bodies[key] = self._scope(names, over.base_round, over.frames, root=False)
        if binder is not None:
            self.made.inner[over.scope.index, id(binder)] = scope
            self.made.kept.append(binder)
        return scope

    # -- values -------------------------------------------------------------------------------------------------------

    def _value(self, scope: Scope, node: ir.Node) -> int:
        """The round in which the node's value can be computed."""
        if ir.is_truth(node) and not (isinstance(node, ir.Agg)):
            return self._asked(scope, node).round + 1
        return self._operands(scope, node)

    def _operands(self, scope: Scope, node: ir.Node) -> int:
        """The round in which a node that is no connective can be computed from its operands."""
        match node:
            case ir.Where():
                return self._list(scope, node).round + 1
            case ir.Count():
                return self._members(scope, node.over)
            case ir.Agg():
                number = self._members(scope, node.over)
                body = self._body(self._list(scope, node.over), node.var, node)
                number = max(number, self._value(body, node.body))
                return number if node.k is None else max(number, self._value(scope, node.k))
            case ir.IfElse():
                cond = self._asked(scope, node.cond).round + 1
                return max(cond, self._value(scope, node.then), self._value(scope, node.other))
            case ir.Attr() if node.derived:
                number, _ = self.stored[node.entity, node.name]
                return max(number, self._value(scope, node.of))
            case _:
                return max((self._value(scope, child) for child in ir.children(node)), default=scope.available)

    def _members(self, scope: Scope, node: ir.Node) -> int:
        """The round in which it can be told which members belong to a list."""
        place = self._list(scope, node)
        return place.round + 1 if place.filters else place.base_round


def _either(text: ir.Node, exemptions: tuple[ir.Node, ...]) -> ir.Node:
    return ir.Or(BOOL, (text, *exemptions)) if exemptions else text
