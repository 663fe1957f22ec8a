"""What would decide: the unknown leaves of the proofs of open findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from supportable.facts import Members, Row, value_of
from supportable.language import ir
from supportable.plan.model import Plan
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import FALSE, OPEN, TRUE, Bounds
from supportable.readings.proof import Proof
from supportable.readings.rules import Judged, Judgement
from supportable.vocabulary.key_patterns import FIELDS
from supportable.vocabulary.products import Product
from supportable.vocabulary.types import ListType
from supportable.vocabulary.unknown import UNKNOWN


class Leaf(NamedTuple):
    """Something unknown. `kind` is "fact", "catalogue" or "policy"; `fact` names it ("machine/a.os").

    For a fact, `row` and `attribute` say where it is, and `part` the field of a product or "" for the whole.
    For policy, `asks` names the subject whose support nobody states, as (pack, row), where it is that.
    """

    kind: str
    fact: str
    row: Any = None
    attribute: str = ""
    part: str = ""
    question: str = ""


class LeafFinder:
    """Walks proofs to their unknown leaves; what is known, or does not decide, is passed over."""

    def __init__(self, plan: Plan, evaluator: Evaluator) -> None:
        self.plan = plan
        self.evaluator = evaluator
        self._definitions: dict[tuple[str, str, int], tuple[Leaf, ...]] = {}

    def of_judgement(self, judgement: Judgement) -> Iterator[Leaf]:
        """The unknown leaves that leave one revision undecided."""
        if judgement.when.value == OPEN:
            yield from self.of_proof(judgement.when)
        belongs = any(element.membership == TRUE for element in judgement.elements)
        for element in judgement.elements:
            yield from self._of_element(element, applies=belongs)
        if judgement.open_list and judgement.list_proof is not None:
            yield from self._of_list(judgement.list_proof)

    def _of_element(self, element: Judged, *, applies: bool) -> Iterator[Leaf]:
        # Where nobody belongs for certain, whether the rule applies hangs on those that may, in order or not.
        if element.membership == OPEN and (element.truth != TRUE or not applies):
            for proof in element.why:
                yield from self.of_proof(proof)
        if element.truth == OPEN:
            for proof in (element.require, *(proof for _, proof in element.unless), *element.disputed):
                yield from self.of_proof(proof)
        if element.truth != TRUE and element.low != element.high:
            for _, condition in element.outcomes:
                if condition is not None and condition.value == OPEN:
                    yield from self.of_proof(condition)
            if element.outcomes[0][0].outcome == "same" and isinstance(element.require.node, ir.Satisfies):
                yield from self._of_dependency(element.require, element.require.node)

    def of_proof(self, proof: Proof) -> Iterator[Leaf]:
        """The unknown leaves below a proof, in the order they are met; may repeat."""
        if proof.extra == "list":
            return
        if proof.member is not None and isinstance(proof.value, Members):
            yield from self._of_membership(proof)
            return
        if proof.is_truth:
            if proof.value != OPEN:
                return
            if proof.extra == "open":
                yield from self._of_list(proof)
                return
        elif not _uncertain(proof):
            return
        yield from self._of_node(proof)

    def _of_node(self, proof: Proof) -> Iterator[Leaf]:
        """The unknown leaves of a proof that is uncertain itself."""
        node = proof.node
        if proof.children and proof.children[0].node is node:
            # A body beside what says whether its member belongs: both may be asked about.
            for child in proof.children:
                yield from self.of_proof(child)
        elif isinstance(node, ir.Attr):
            yield from self._of_attribute(proof, node)
        elif isinstance(node, ir.Lookup | ir.Listed):
            yield from self._of_catalogue(proof, node)
        elif isinstance(node, ir.Satisfies):
            yield from self._of_dependency(proof, node)
        elif isinstance(node, ir.Const):
            yield Leaf("policy", "", question="Which text was in force on this day is not known")
        else:
            for child in proof.children:
                yield from self.of_proof(child)

    def _of_attribute(self, proof: Proof, node: ir.Attr) -> Iterator[Leaf]:
        row = proof.row
        if row is None and not proof.children:
            # A field of a product that is itself the member of a list: no attribute of its own leads there.
            return
        if row is None:
            owner = proof.children[0]
            inner = owner.node
            if (
                isinstance(owner.value, Product)
                and isinstance(inner, ir.Attr)
                and _own(owner.row)
                and not inner.derived
            ):
                whole = owner.value.name is UNKNOWN
                yield _fact(owner.row, inner.name, "" if whole else node.name)
            else:
                yield from self.of_proof(owner)
            return
        if not _own(row):
            for child in proof.children:
                yield from self.of_proof(child)
            return
        if node.derived:
            yield from self._of_definition(node, row)
        elif isinstance(node.type, ListType):
            yield from self._of_list(proof)
        else:
            yield _fact(row, node.name, "release" if isinstance(proof.value, Product) and _named(proof.value) else "")

    def _of_definition(self, node: ir.Attr, row: Row) -> tuple[Leaf, ...]:
        key = (node.entity, node.name, row.i)
        if key not in self._definitions:
            planned = self.plan.derivation(node.entity, node.name)
            proof = self.evaluator.value(planned.value, {planned.entity: row})
            # Each once: definitions that use one another twice would double them at every step.
            self._definitions[key] = unique(self.of_proof(proof))
        return self._definitions[key]

    def _of_list(self, proof: Proof) -> Iterator[Leaf]:
        """The unknown end of a list, and the references that may make somebody a member of it."""
        node, row = proof.node, proof.row
        if isinstance(node, ir.Where):
            for child in proof.children:
                yield from self.of_proof(child)
            return
        if not isinstance(node, ir.Attr) or not _own(row):
            for child in proof.children:
                yield from self.of_proof(child)
            return
        if node.derived:
            yield from self._of_definition(node, row)
            return
        attribute = self.plan.vocabulary.entities[node.entity].attributes[node.name]
        held: Members = value_of(row, node.name)
        if attribute.inverse_of is None:
            if held.open:
                yield _fact(row, node.name)
            return
        owner, forward = attribute.inverse_of
        if held.open:
            section = self.plan.vocabulary.entities[owner].section
            yield _fact(self.evaluator.facts.design, section)
        for member in held.maybe:
            yield _fact(member, forward)

    def _of_membership(self, proof: Proof) -> Iterator[Leaf]:
        """A possible member of a list attribute: what leaves it possible is its own forward reference."""
        assert proof.member is not None
        node = proof.node
        if isinstance(node, ir.Attr) and _own(proof.row) and not node.derived:
            attribute = self.plan.vocabulary.entities[node.entity].attributes[node.name]
            if attribute.inverse_of is not None:
                yield _fact(proof.member[0], attribute.inverse_of[1])
                return
        for child in proof.children:
            yield from self.of_proof(child)

    def _of_catalogue(self, proof: Proof, node: ir.Lookup | ir.Listed) -> Iterator[Leaf]:
        leaves = [leaf for child in proof.children for leaf in self.of_proof(child)]
        leaves = leaves or list(_partly_known(proof, node))
        if leaves:
            yield from leaves
            return
        catalogue = self.plan.catalogues[node.catalogue]
        question = f"No row of the catalogue “{catalogue.title or catalogue.name}” says so"
        stated = ""
        if catalogue.stated_by is not None:
            stated = ".".join(catalogue.stated_by)
            question += f"; the design may state it as {stated}"
        yield Leaf("catalogue", f"{node.catalogue}: {node.text}", question=question)

    def _of_dependency(self, proof: Proof, node: ir.Satisfies) -> Iterator[Leaf]:
        if not _own(proof.row):
            for child in proof.children:
                yield from self.of_proof(child)
            return
        found: Bounds = proof.extra[1]
        name = f"{proof.row.name} under {node.pack}"
        yield Leaf(
            "dependency", name, row=proof.row, attribute=node.pack,
            question="" if found.covered else f"No text in {node.pack} states support for {proof.row.name}",
        )  # fmt: skip


def _partly_known(proof: Proof, node: ir.Lookup | ir.Listed) -> Iterator[Leaf]:
    """The fields that tell apart the rows that a key could mean, of products whose place on the ladder is known."""
    rows = proof.extra[1] if proof.extra is not None else ()
    patterns = [row.keys for row in rows if row is not None] if len(rows) > 1 else []
    for child in proof.children:
        product, of = child.value, child.node
        if not (isinstance(product, Product) and isinstance(of, ir.Attr) and _own(child.row) and not of.derived):
            continue
        place = node.keys.index(of)
        for field in FIELDS:
            asked = any(getattr(keys[place], field) is not None for keys in patterns)
            if asked and getattr(product, field) is UNKNOWN:
                yield _fact(child.row, of.name, field)


def _uncertain(proof: Proof) -> bool:
    value = proof.value
    if isinstance(value, Members):
        return value.open or bool(value.maybe)
    if isinstance(value, Product):
        return value.code == -1
    if isinstance(value, Row):
        return value.i == 0
    if proof.extra is not None and isinstance(proof.node, ir.Count):
        return bool(proof.extra[0] != proof.extra[1])
    return value is UNKNOWN


def _named(product: Product) -> bool:
    return product.name is not UNKNOWN


def _own(row: Any) -> bool:
    return isinstance(row, Row) and row.i > 1


def _fact(row: Row, attribute: str, part: str = "") -> Leaf:
    return Leaf("fact", f"{row.name}.{attribute}" + (f".{part}" if part else ""), row, attribute, part)


def unique(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """Each leaf once, first met first."""
    return tuple({(leaf.kind, leaf.fact): leaf for leaf in reversed(list(leaves))}.values())[::-1]


__all__ = ["FALSE", "Leaf", "LeafFinder", "unique"]
