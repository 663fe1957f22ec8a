"""Source for expressions: statements that leave a value, a truth (0, 1, 2) or the bounds of a count in an atom.

An atom is the name of a local or of a constant, or a literal `0`, `1`, `2`: it can stand anywhere, any number of times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from supportable.facts import EMPTY, OPEN, slot_of
from supportable.language import ir
from supportable.plan.model import Plan
from supportable.readings.compiled import comparisons, lists, runtime
from supportable.readings.compiled.code import DEEP, Code
from supportable.readings.compiled.lookups import Finder
from supportable.readings.compiled.memory import Memory
from supportable.readings.compiled.sharing import Expressions
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import DateType, ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN

Environment = dict[str, str]
"""The local that holds each variable."""


class Writer:
    """Writes the expressions of one function, in which `run` is the `Run`, `m` its memory.

    `uses` collects what the function must fetch before it begins: the name of a local and the source it is fetched by.
    `outlined` collects functions for expressions that stand too deep in this one.
    """

    def __init__(self, plan: Plan, expressions: Expressions, code: Code, memory: Memory) -> None:
        self.plan = plan
        self.expressions = expressions
        self.code = code
        self.uses: dict[str, str] = {}
        self.outlined: list[str] = []
        self.env: Environment = {}
        self._memory = memory

    def mind_the_time(self) -> None:
        """Stop here if the time is up: before each pass over a list, and for each subject."""
        self.uses.setdefault("end", "run.end")
        self.code.line("if clock() > end: late()")

    # -- what is asked for --------------------------------------------------------------------------------------------

    def truth(self, node: ir.Node) -> str:
        """The node's truth; none turns false."""
        if isinstance(node, ir.Const):
            return "2" if node.value is True else "1" if node.value is UNKNOWN else "0"
        return self._once("truth", node, self._truth)

    def value(self, node: ir.Node) -> str:
        """The node's value; a truth becomes true, false or unknown."""
        if isinstance(node, ir.Const):
            return self.unknown(node.type) if node.value is UNKNOWN else self.constant(node.value)
        if isinstance(node, ir.Var):
            return self._variable(node)
        if self.expressions.filters(node) and isinstance(node.type, ListType):
            # Lists are the same or not by identity, and each evaluation of a `where` makes another.
            return self._value(node)
        return self._once("value", node, self._value)

    def constant(self, value: Any) -> str:
        """A value that is known now."""
        if value is UNKNOWN:
            return "U"
        return "N" if value is NONE else self.code.constants.name(value)

    def unknown(self, type_: Type) -> str:
        """What stands for an unknown value of that type."""
        if isinstance(type_, ProductType):
            return self.constant(UNKNOWN_PRODUCT)
        if isinstance(type_, ListType):
            return self.constant(OPEN)
        if isinstance(type_, RefType | RecordType):
            entity = type_.entity if isinstance(type_, RefType) else type_.record
            name = self.constant(entity)
            return self.use(f"unknown_{name}", f"run.tables[{name}].rows[0]")
        return "U"

    def use(self, name: str, source: str) -> str:
        """A local that is fetched before the function begins."""
        self.uses.setdefault(name, source)
        return name

    # -- sharing ------------------------------------------------------------------------------------------------------

    def _once(self, kind: str, node: ir.Node, write: Callable[[ir.Node], str]) -> str:
        expressions = self.expressions
        key = (kind, expressions.number(node), *(self.env.get(name, name) for name in expressions.free(node)))
        found: str | None = self.code.known(key)
        if found is None:
            if self.code.depth > DEEP and expressions.cost(node) > 2:
                found = self._outlined(kind, node)
            else:
                found = write(node)
            self.code.learn(key, found)
        return found

    def _outlined(self, kind: str, node: ir.Node) -> str:
        """A call of a function that evaluates the node. It stands before all loops, and sees their variables."""
        name = f"{kind}_{len(self.uses)}_{len(self.outlined)}_{self.expressions.number(node)}"
        taken = [self.env[free] for free in self.expressions.free(node) if free in self.env]
        parameters = {held: f"p{place}" for place, held in enumerate(dict.fromkeys(taken))}
        outer_code, outer_env = self.code, self.env
        self.code = Code(outer_code.constants, depth=2)
        self.env = {free: parameters[held] for free, held in outer_env.items() if held in parameters}
        result = self._truth(node) if kind == "truth" else self._value(node)
        self.code.line(f"return {result}")
        lines = self.code.lines
        self.code, self.env = outer_code, outer_env
        self.outlined += [f" def {name}({', '.join(parameters.values())}):", *lines]
        return self.code.local(f"{name}({', '.join(parameters)})")

    # -- truths -------------------------------------------------------------------------------------------------------

    def _truth(self, node: ir.Node) -> str:
        match node:
            case ir.Not():
                return self._not(self.truth(node.of))
            case ir.And():
                return self._conjunction(node.args)
            case ir.Or():
                return self._disjunction(node.args)
            case ir.Cmp():
                return comparisons.compare(self, node)
            case ir.IsNone():
                return comparisons.is_none(self, node.of)
            case ir.TextTest():
                test = self.constant(runtime.text_test(node.op))
                return self.code.local(f"{test}({self.value(node.left)}, {self.value(node.right)})")
            case ir.Quant():
                return lists.quantifier(self, node)
            case ir.Agg(op="same"):
                return lists.aggregate(self, node)
            case ir.Choices():
                return lists.choices(self, node)
            case ir.Listed():
                finder = Finder(self.plan.catalogues[node.catalogue], self.plan.as_of, None, 1, 0)
                keys = [self.value(key) for key in node.keys]
                return self.code.local(f"{self.constant(finder.truth)}({', '.join(keys)})")
            case ir.Satisfies():
                return self.code.local(f"{self.dependency(node)}.truth({self.value(node.of)})")
            case ir.Attr(derived=True) if self._memory.as_truth(node):
                return self._remembered(node)
        value = self.value(node)
        return self.code.local(f"2 if {value} is True else 1 if {value} is U else 0")

    def dependency(self, node: ir.Satisfies) -> str:
        """What knows the bounds of subjects under the pack that is asked about."""
        name = self.constant(node.pack)
        return self.use(f"pack_{name}", f"run.packs[{name}]")

    def _not(self, of: str) -> str:
        if of in ("0", "1", "2"):
            return str(2 - int(of))
        return self.code.local(f"2 - {of}")

    def conjunction(self, nodes: tuple[ir.Node, ...]) -> str:
        """The minimum of the truths of the nodes; true of none."""
        return self.truth(nodes[0]) if len(nodes) == 1 else self._conjunction(nodes)

    def disjunction(self, nodes: tuple[ir.Node, ...]) -> str:
        """The maximum of the truths of the nodes; false of none."""
        return self.truth(nodes[0]) if len(nodes) == 1 else self._disjunction(nodes)

    def _conjunction(self, nodes: tuple[ir.Node, ...]) -> str:
        return self._chain(nodes, ends="0", goes_on="2", more="<")

    def _disjunction(self, nodes: tuple[ir.Node, ...]) -> str:
        found = comparisons.one_of(self, nodes)
        if found is None:
            return self._chain(nodes, ends="2", goes_on="0", more=">")
        covered, rest = found
        return self._chain(rest, ends="2", goes_on=covered, more=">") if rest else covered

    def _chain(self, nodes: tuple[ir.Node, ...], *, ends: str, goes_on: str, more: str) -> str:
        """The minimum or maximum, each operand evaluated only while the result is not settled.

        Whoever comes to the block of an operand has been in those of all operands before it, so that these blocks
        share one scope.
        """
        code = self.code
        nodes = tuple(sorted(nodes, key=self.expressions.cost))
        if goes_on in ("0", "2") and nodes:
            first, nodes = self.truth(nodes[0]), nodes[1:]
            if first == goes_on and nodes:
                return self._chain(nodes, ends=ends, goes_on=goes_on, more=more)
            if first == ends:
                return first
        else:
            first = goes_on
        if not nodes:
            return first
        result = code.local(first)
        unsettled = f"if {result}:" if ends == "0" else f"if {result} != 2:"
        with code.scope():
            for node in nodes:
                with code.indented(unsettled):
                    truth = self.truth(node)
                    code.line(f"if {truth} {more} {result}: {result} = {truth}")
        return result

    # -- values -------------------------------------------------------------------------------------------------------

    def _value(self, node: ir.Node) -> str:
        if ir.is_truth(node):
            return self.code.local(f"V[{self.truth(node)}]")
        match node:
            case ir.Attr():
                return self._attribute(node)
            case ir.IfElse():
                return self._choice(node)
            case ir.Arith():
                dates = isinstance(node.left.type, DateType) or isinstance(node.right.type, DateType)
                gives_date = isinstance(node.type, DateType)
                calculate = self.constant(runtime.arithmetic(node.op, dates=dates, gives_date=gives_date))
                return self.code.local(f"{calculate}({self.value(node.left)}, {self.value(node.right)})")
            case ir.TextSize():
                of = self.value(node.of)
                return self.code.local(f"{of} if {of} is N or {of} is U else len({of})")
            case ir.Where():
                return lists.filtered(self, node)
            case ir.Count():
                low, high = lists.interval(self, node)
                return self.code.local(f"{low} if {low} == {high} else U")
            case ir.Agg():
                return lists.aggregate(self, node)
            case ir.Lookup():
                unknown = self.constant(self._known_unknown(node.type))
                return self.code.local(f"common_of({self.candidates(node)}, {unknown})")
        raise TypeError(f"no such expression: {node.__class__.__name__}")

    def candidates(self, node: ir.Lookup) -> str:
        """The values that a lookup can have, as a tuple."""
        return self._once("candidates", node, self._candidates)

    def _candidates(self, node: ir.Node) -> str:
        assert isinstance(node, ir.Lookup)
        unknown = self._known_unknown(node.type)
        none: Any = NONE
        if isinstance(node.type, ProductType):
            none = NONE_PRODUCT
        elif isinstance(node.type, ListType):
            none = EMPTY
        catalogue = self.plan.catalogues[node.catalogue]
        finder = Finder(catalogue, self.plan.as_of, node.column, unknown, none)
        keys = [self.value(key) for key in node.keys]
        return self.code.local(f"{self.constant(finder.found)}({', '.join(keys)})")

    @staticmethod
    def _known_unknown(type_: Type) -> Any:
        # A column holds no references: there are no rows to stand for them.
        if isinstance(type_, ProductType):
            return UNKNOWN_PRODUCT
        return OPEN if isinstance(type_, ListType) else UNKNOWN

    def _variable(self, node: ir.Var) -> str:
        if node.name == "design":
            return self.use("design", "run.design")
        if node.name == "as_of":
            return self.constant(self.plan.as_of)
        return self.env[node.name]

    def _attribute(self, node: ir.Attr) -> str:
        if node.derived and self._memory.as_truth(node):
            owner, truth = self.value(node.of), self.truth(node)
            return self.code.local(f"N if {owner}.i == 1 else V[{truth}]")
        if node.derived:
            return self._remembered(node)
        owner = self.value(node.of)
        slot = node.name if isinstance(node.of.type, ProductType) else slot_of(node.name)
        if slot.isascii() and slot.isidentifier():
            return self.code.local(f"{owner}.{slot}")
        return self.code.local(f"getattr({owner}, {self.constant(slot)})")

    def _remembered(self, node: ir.Attr) -> str:
        """A derived attribute: what is remembered of the row, or what its definition says."""
        code, owner = self.code, self.value(node.of)
        where = self._memory.where(node)
        key = ("memory", where.entity, owner)
        held = code.known(key)
        if held is None:
            held = code.local(f"m[{where.entity}][{owner}.i]")
            code.learn(key, held)
        result = code.local(f"{held}[{where.place}]")
        code.line(f"if {result} is None: {result} = {where.function}(run, m, {owner})")
        return result

    def _choice(self, node: ir.IfElse) -> str:
        condition = self.truth(node.cond)
        if condition == "2":
            return self.value(node.then)
        if condition == "0":
            return self.value(node.other)
        code = self.code
        unknown = self.unknown(node.type)
        if condition == "1":
            return code.local(f"common({self.value(node.then)}, {self.value(node.other)}, {unknown})")
        result = code.local()
        other = code.local()
        with code.block(f"if {condition}:"):
            code.line(f"{result} = {self.value(node.then)}")
        with code.block(f"if {condition} != 2:"):
            code.line(f"{other} = {self.value(node.other)}")
            code.line(f"{result} = common({result}, {other}, {unknown}) if {condition} else {other}")
        return result
