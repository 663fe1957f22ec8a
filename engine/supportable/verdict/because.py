"""From proofs to because-trees: the steps a reader follows, ending in the design's own facts."""

from __future__ import annotations

from typing import Any

from supportable.facts import Facts, Members, Row, value_of
from supportable.language import ir
from supportable.origin import Origin
from supportable.plan.model import Plan, PlannedDerivation
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import Bounds
from supportable.readings.proof import Proof
from supportable.readings.rules import Judged, Judgement
from supportable.verdict.model import Cited, Step, status_of
from supportable.verdict.words import as_plain
from supportable.vocabulary.references import Citation

TRUTH_NAMES = ("false", "unknown", "true")


class Narrator:
    """Turns proofs into steps for one plan and design. Definitions of derived facts are told where they are used."""

    def __init__(self, plan: Plan, facts: Facts, evaluator: Evaluator) -> None:
        self.plan = plan
        self.facts = facts
        self.evaluator = evaluator
        self._definitions: dict[tuple[str, str, int], Proof] = {}
        self._told: set[tuple[str, str, int]] = set()
        self._places: dict[str, Origin] = {}

    def judgement(self, judgement: Judgement, pack: str) -> Step:
        """Why one revision came out as it did: first its condition, then its requirement, element by element.

        A derived fact that is used more than once is explained where it is first used.
        """
        self._told.clear()
        revision = judgement.revision
        steps = []
        if not isinstance(revision.when, ir.Const):
            steps.append(self.step(judgement.when, pack))
        for element in judgement.elements:
            steps.append(self._element(element, judgement, pack))
        if judgement.open_list and judgement.list_proof is not None:
            steps.append(self._list_end(judgement.list_proof, pack))
        if len(steps) == 1:
            return steps[0]
        return Step(
            expression="when … require", note=revision.title, pack=pack, at=revision.origin, children=tuple(steps)
        )

    def _element(self, element: Judged, judgement: Judgement, pack: str) -> Step:
        main = self.step(element.require, pack)
        extra = [*(self.step(proof, pack) for _, proof in element.unless if element.require.value != 2)]
        extra += [self.step(proof, pack) for proof in element.disputed]
        extra += [self.step(proof, pack) for _, proof in element.outcomes if proof is not None and element.truth != 2]
        if element.membership != 2:
            extra += [self.step(proof, pack) for proof in element.why]
        member = ""
        if judgement.revision.each is not None:
            member = member_name(element.element)
        if not extra:
            return _named(main, member)
        truth = TRUTH_NAMES[max(2 - element.membership, element.truth)]
        return Step(
            expression=main.expression, truth=truth, member=member, pack=pack, at=main.at, children=(main, *extra)
        )

    def _list_end(self, proof: Proof, pack: str) -> Step:
        step = self.step(proof, pack)
        return Step(
            expression=step.expression,
            truth="unknown",
            fact=step.fact,
            value=step.value,
            has_value=step.has_value,
            pointer=step.pointer,
            open=True,
            at=step.at,
        )

    def step(self, proof: Proof, pack: str) -> Step:
        """One proof as a step, with everything below it."""
        node = proof.node
        member = member_name(proof.member[0]) if proof.member is not None else ""
        if isinstance(node, ir.Attr) and isinstance(proof.row, Row) and not (proof.is_truth and proof.extra == "open"):
            return _named(self._fact(proof, node, pack), member)
        children = tuple(self.step(child, pack) for child in proof.children)
        note, row, cited = self._note(proof)
        return Step(
            expression=node.text,
            truth=TRUTH_NAMES[proof.value] if proof.is_truth else "",
            value=None if proof.is_truth else as_plain(proof.value, node.type),
            has_value=not proof.is_truth,
            member=member,
            open=proof.extra == "open",
            note=note,
            row=row,
            cited=cited,
            pack=pack,
            at=node.origin,
            children=children,
        )

    def _fact(self, proof: Proof, node: ir.Attr, pack: str) -> Step:
        row: Row = proof.row
        below = tuple(self.step(child, pack) for child in proof.children)
        if row.i < 2:
            return Step(
                expression=node.text, value=None if row.i == 0 else "none", has_value=True, pack=pack, at=node.origin,
                children=below,
            )  # fmt: skip
        fact = f"{row.name}.{node.name}"
        plain = as_plain(self._held(node, row), node.type)
        if node.derived:
            definition = self._definition(node, row)
            return Step(
                expression=node.text, fact=fact, value=plain, has_value=True, pack=definition.pack, at=definition.at,
                note=definition.note, cited=definition.cited, children=(*below, *definition.children),
            )  # fmt: skip
        pointer = f"{row.pointer}/{node.name}"
        return Step(
            fact=fact,
            value=plain,
            has_value=True,
            pointer=pointer,
            assumed=node.name in row.assumed,
            at=self._place(row, node.name, pointer),
            children=below,
        )

    def _held(self, node: ir.Attr, row: Row) -> Any:
        """The fact itself, also where the proof is of the truth it was needed as."""
        if node.derived:
            return self.evaluator.derived[node.entity, node.name][row.i]
        return value_of(row, node.name)

    def _definition(self, node: ir.Attr, row: Row) -> Step:
        key = (node.entity, node.name, row.i)
        planned = self.plan.derivation(node.entity, node.name)
        inner: tuple[Step, ...] = ()
        if key not in self._told:
            self._told.add(key)
            inner = (self.step(self._proof(key, planned, row), planned.pack),)
        return Step(
            pack=planned.pack,
            at=planned.value.origin,
            note=planned.title,
            cited=tuple(self.cited(citation) for citation in planned.cite),
            children=inner,
        )

    def _proof(self, key: tuple[str, str, int], planned: PlannedDerivation, row: Row) -> Proof:
        known = self._definitions.get(key)
        if known is None:
            known = self._definitions[key] = self.evaluator.value(planned.value, {planned.entity: row})
        return known

    def _place(self, row: Row, name: str, pointer: str) -> Origin | None:
        if self.facts.document is None or name not in row.given:
            return None
        known = self._places.get(pointer)
        if known is None:
            known = self._places[pointer] = self.facts.document.origin_of(pointer)
        return known

    def _note(self, proof: Proof) -> tuple[str, str, tuple[Cited, ...]]:
        node = proof.node
        # As the list that a quantifier goes over, a lookup carries a word in place of its rows.
        if isinstance(node, ir.Lookup | ir.Listed) and isinstance(proof.extra, tuple):
            found = [row for row in proof.extra[1] if row is not None]
            row = "; ".join(f"{node.catalogue} {row.origin.file}:{row.origin.line}" for row in found)
            cited = tuple(self.cited(citation) for row in found for citation in row.cite)
            return ("" if found else f"no row in {node.catalogue}"), row, cited
        if isinstance(node, ir.Satisfies) and proof.extra is not None:
            bounds: Bounds | None = proof.extra[1]
            name = proof.row.name if proof.row.i > 1 else ("an unknown one", "none")[proof.row.i]
            return (f"{name} under {node.pack}: {status_of(bounds) if bounds else 'none'}"), "", ()
        return "", "", ()

    def cited(self, citation: Citation) -> Cited:
        """A citation with the article's title, address and confidence."""
        reference = self.plan.references[citation.ref]
        confidence = reference.confidence
        for revision in reference.revisions:
            if revision.id == citation.revision and revision.confidence:
                confidence = revision.confidence
        return Cited(citation.ref, reference.title, reference.url, citation.section, citation.revision, confidence)


def member_name(member: Any) -> str:
    """A list member's name: of an entity or record its name, of a value its text, of a choice those in it."""
    if isinstance(member, Members):
        return ", ".join(sorted(member_name(one) for one in member.sure)) or "none"
    return member.name if isinstance(member, Row) else str(member)


def _named(step: Step, member: str) -> Step:
    if not member or step.member:
        return step
    return step._replace(member=member)
