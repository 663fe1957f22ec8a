"""The meaning of expressions, written to be read: three-valued, one node at a time, each step with its proof.

This is the specification that the faster readings are tested against; it follows language.md §4 form by form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from supportable.facts import EMPTY, Facts, Row, value_of
from supportable.facts import OPEN as OPEN_LIST
from supportable.language import ir
from supportable.plan.model import Plan
from supportable.readings import asked, lists, values
from supportable.readings.findings import FALSE, OPEN, TRUE, Bounds
from supportable.readings.lists import Listing
from supportable.readings.proof import Proof, deciding, worth_showing
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import DateType, ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN

Environment = dict[str, Any]


class Evaluator:
    """Evaluates expressions of one plan over one design.

    `derived[d]` holds the values of derivation `d` for every row of its entity's table; `bounds` what is known so far
    of subjects under packs that some `satisfies` asks about, keyed by (pack, subject name). Both are filled stratum by
    stratum by whoever owns the evaluator.
    """

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.plan = plan
        self.facts = facts
        self.derived: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.bounds: dict[tuple[str, str], Bounds] = {}
        self._forms: dict[type[ir.Node], Callable[[Any, Environment], Proof]] = {
            ir.Const: self._const,
            ir.Var: self._var,
            ir.Attr: self._attr,
            ir.Not: self._not,
            ir.And: self._and,
            ir.Or: self._or,
            ir.Cmp: self._cmp,
            ir.IsNone: self._is_none,
            ir.IfElse: self._if_else,
            ir.Arith: self._arith,
            ir.TextTest: self._text_test,
            ir.TextSize: self._text_size,
            ir.Where: partial(lists.filtered, self),
            ir.Quant: partial(lists.quantified, self),
            ir.Count: partial(lists.counted, self),
            ir.Agg: partial(lists.aggregated, self),
            ir.Choices: partial(lists.chosen, self),
            ir.Lookup: partial(asked.looked_up, self),
            ir.Listed: partial(asked.listed, self),
            ir.Satisfies: partial(asked.satisfying, self),
        }

    # -- entry points ---------------------------------------------------------------------------------------------

    def evaluate(self, node: ir.Node, env: Environment) -> Proof:
        """The node's value, or its truth where it is one, with its proof."""
        return self._forms[type(node)](node, env)

    def value(self, node: ir.Node, env: Environment) -> Proof:
        """The node as a value: a truth becomes true, false or unknown."""
        proof = self.evaluate(node, env)
        if proof.is_truth:
            return proof._replace(value=values.value_of(proof.value), is_truth=False)
        return proof

    def truth(self, node: ir.Node, env: Environment) -> Proof:
        """The node where a truth is needed: none turns false."""
        proof = self.evaluate(node, env)
        if proof.is_truth:
            return proof
        return proof._replace(value=values.truth_of(proof.value), is_truth=True)

    def listing(self, node: ir.Node, env: Environment) -> Listing:
        """The members of a list expression."""
        return lists.members_of(self, node, env)

    def absent(self, type_: Type, row: int) -> Any:
        """What stands for an absent value of that type: unknown (row 0) or none (row 1)."""
        if isinstance(type_, ProductType):
            return NONE_PRODUCT if row else UNKNOWN_PRODUCT
        if isinstance(type_, RefType):
            return self.facts.tables[type_.entity].rows[row]
        if isinstance(type_, RecordType):
            return self.facts.tables[type_.record].rows[row]
        if isinstance(type_, ListType):
            return EMPTY if row else OPEN_LIST
        return NONE if row else UNKNOWN

    # -- leaves and navigation ------------------------------------------------------------------------------------

    def _const(self, node: ir.Const, _env: Environment) -> Proof:
        value = self.absent(node.type, 0) if node.value is UNKNOWN else node.value
        return Proof(node, value, is_truth=False)

    def _var(self, node: ir.Var, env: Environment) -> Proof:
        if node.name == "design":
            return Proof(node, self.facts.design, is_truth=False)
        if node.name == "as_of":
            return Proof(node, self.plan.as_of, is_truth=False)
        return Proof(node, env[node.name], is_truth=False)

    def _attr(self, node: ir.Attr, env: Environment) -> Proof:
        of = self.evaluate(node.of, env)
        below = () if isinstance(node.of, ir.Var) else (of,)
        owner = of.value
        if not node.derived:
            row = owner if isinstance(owner, Row) else None
            value = getattr(owner, node.name) if row is None else value_of(row, node.name)
            return Proof(node, value, is_truth=False, children=below, row=row)
        if owner.i < 2:
            return Proof(node, self.absent(node.type, owner.i), is_truth=False, children=below, row=owner)
        return Proof(
            node,
            self.derived[node.entity, node.name][owner.i],
            is_truth=False,
            children=below,
            row=owner,
            extra="derived",
        )

    # -- truths ---------------------------------------------------------------------------------------------------

    def _not(self, node: ir.Not, env: Environment) -> Proof:
        of = self.truth(node.of, env)
        return Proof(node, 2 - of.value, is_truth=True, children=(of,))

    def _and(self, node: ir.And, env: Environment) -> Proof:
        args = [self.truth(arg, env) for arg in node.args]
        return deciding(node, min(arg.value for arg in args), args)

    def _or(self, node: ir.Or, env: Environment) -> Proof:
        args = [self.truth(arg, env) for arg in node.args]
        return deciding(node, max(arg.value for arg in args), args)

    def _cmp(self, node: ir.Cmp, env: Environment) -> Proof:
        left, right = self._operand(node.left, env), self._operand(node.right, env)
        if isinstance(node.left, ir.Count) or isinstance(node.right, ir.Count):
            found = {
                values.compare_intervals(node.op, one, other)
                if isinstance(one, tuple) and isinstance(other, tuple)
                else values.compare(node.op, "plain", one, other)
                for one in _intervals(left)
                for other in _intervals(right)
            }
        else:
            found = {
                values.compare(node.op, node.kind, one, other, node.scale)
                for one in _candidates(left)
                for other in _candidates(right)
            }
        return Proof(node, values.agree(found), is_truth=True, children=worth_showing(left, right))

    def _operand(self, node: ir.Node, env: Environment) -> Proof:
        if isinstance(node, ir.Count):
            return lists.counted(self, node, env)
        return self.value(node, env)

    def _is_none(self, node: ir.IsNone, env: Environment) -> Proof:
        of = self.value(node.of, env)
        found = {
            TRUE if values.is_none(value) else OPEN if values.is_unknown(value) else FALSE for value in _candidates(of)
        }
        return Proof(node, values.agree(found), is_truth=True, children=worth_showing(of))

    def _text_test(self, node: ir.TextTest, env: Environment) -> Proof:
        left, right = self.value(node.left, env), self.value(node.right, env)
        return Proof(
            node, values.test_text(node.op, left.value, right.value), is_truth=True, children=worth_showing(left, right)
        )

    # -- values ---------------------------------------------------------------------------------------------------

    def _if_else(self, node: ir.IfElse, env: Environment) -> Proof:
        cond = self.truth(node.cond, env)
        if cond.value == TRUE:
            then = self.value(node.then, env)
            return Proof(node, then.value, is_truth=False, children=(cond, then))
        if cond.value == FALSE:
            other = self.value(node.other, env)
            return Proof(node, other.value, is_truth=False, children=(cond, other))
        then, other = self.value(node.then, env), self.value(node.other, env)
        shared = values.common([then.value, other.value])
        result = self.absent(node.type, 0) if shared is None else shared
        return Proof(node, result, is_truth=False, children=(cond, then, other))

    def _arith(self, node: ir.Arith, env: Environment) -> Proof:
        left, right = self.value(node.left, env), self.value(node.right, env)
        dates = isinstance(node.left.type, DateType) or isinstance(node.right.type, DateType)
        result = values.calculate(
            node.op, left.value, right.value, dates=dates, gives_date=isinstance(node.type, DateType)
        )
        return Proof(node, result, is_truth=False, children=worth_showing(left, right))

    def _text_size(self, node: ir.TextSize, env: Environment) -> Proof:
        of = self.value(node.of, env)
        result = of.value if of.value is NONE or of.value is UNKNOWN else len(of.value)
        return Proof(node, result, is_truth=False, children=worth_showing(of))


def _candidates(operand: Proof) -> tuple[Any, ...]:
    """The values a direct operand can have: all candidates of a lookup, else the one."""
    if isinstance(operand.node, ir.Lookup) and operand.extra is not None:
        found: tuple[Any, ...] = operand.extra[2]
        return found
    return (operand.value,)


def _intervals(operand: Proof) -> list[Any]:
    """A direct operand beside a count, as intervals; unknown and none stay themselves."""
    if isinstance(operand.node, ir.Count):
        return [operand.extra]
    return [(value, value) if isinstance(value, int) else value for value in _candidates(operand)]
