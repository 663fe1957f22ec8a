"""Because-trees as they should be: what the checker saw, told down to the design's own facts."""

from __future__ import annotations

from typing import Any

from supportable.facts import Facts, Row, value_of
from supportable.language import ir
from supportable.packs.model import STATUS_NAMES
from supportable.verify.judging import Element, Said
from supportable.verify.meaning import Meaning, Seen
from supportable.verify.words import Json, cited, named, place, plain

TRUTHS = ("false", "unknown", "true")


class Trees:
    """Tells what was seen of one design. A definition is told where it is first used in a finding's reading."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning, self.plan = meaning, meaning.plan
        self.facts: Facts = meaning.facts
        self._told: set[tuple[str, str, int]] = set()
        self._definitions: dict[tuple[str, str, int], Seen] = {}

    def of_reading(self, said: Said, pack: str) -> Json:
        """Why one text of a rule says what it says of a subject."""
        self._told.clear()
        steps = [] if isinstance(said.revision.when, ir.Const) else [self.step(said.when, pack)]
        steps += [self._element(element, said, pack) for element in said.elements]
        if said.open_list is not None:
            end = self.step(said.open_list, pack)
            at = {key: held for key, held in end.get("at", {}).items() if key != "pack"}
            kept: Json = {key: end[key] for key in ("expression", "fact", "value", "pointer") if key in end}
            kept |= {"truth": "unknown", "open": True}
            steps.append(kept | {"at": at} if at else kept)
        if len(steps) == 1:
            return steps[0]
        whole = {"expression": "when … require", "at": place(said.revision.origin, pack)}
        return whole | _given(note=said.revision.title, children=steps)

    def _element(self, element: Element, said: Said, pack: str) -> Json:
        main = self.step(element.require, pack)
        more = [self.step(seen, pack) for _, seen in element.unless if element.require.value != 2]
        more += [self.step(seen, pack) for seen in element.disputed]
        more += [self.step(seen, pack) for _, seen in element.outcomes if seen is not None and element.truth != 2]
        if element.belongs != 2:
            more += [self.step(seen, pack) for seen in element.why]
        member = named(element.value) if said.revision.each is not None else ""
        if not more:
            return {"member": member, **main} if member else main
        whole = _given(expression=main.get("expression", ""), member=member, children=[main, *more])
        whole["truth"] = TRUTHS[max(2 - element.belongs, element.truth)]
        return whole | ({"at": {**main["at"], "pack": pack}} if "at" in main else {})

    def step(self, seen: Seen, pack: str) -> Json:
        """One expression with what it came to, and what decided it."""
        node = seen.node
        member = {} if seen.member is None else _given(member=named(seen.member))
        if isinstance(node, ir.Attr) and isinstance(seen.row, Row) and seen.mark != "open":
            return self._fact(seen, node, pack) | member
        children = [self.step(below, pack) for below in seen.below]
        came_to = {"truth": TRUTHS[seen.value]} if seen.truth else {"value": plain(seen.value, node.type)}
        step = _given(expression=node.text, open=seen.mark == "open", children=children, **self._asked(seen))
        return step | came_to | member | {"at": place(node.origin, pack)}

    def _fact(self, seen: Seen, node: ir.Attr, pack: str) -> Json:
        row: Row = seen.row
        below = [self.step(each, pack) for each in seen.below]
        if row.i < 2:
            step = _given(expression=node.text, children=below)
            return step | {"value": "none" if row.i else None, "at": place(node.origin, pack)}
        fact = f"{row.name}.{node.name}"
        if node.derived:
            key = (node.entity, node.name, row.i)
            planned = self.plan.derivation(node.entity, node.name)
            if key not in self._told:
                self._told.add(key)
                if key not in self._definitions:
                    self._definitions[key] = self.meaning.value(planned.value, {node.entity: row})
                below.append(self.step(self._definitions[key], planned.pack))
            citations = [cited(each, self.plan.references) for each in planned.cite]
            step = _given(expression=node.text, note=planned.title, citations=citations, children=below)
            value = plain(self.meaning.derived[key], node.type)
            return step | {"fact": fact, "value": value, "at": place(planned.value.origin, planned.pack)}
        pointer = f"{row.pointer}/{node.name}"
        step = _given(fact=fact, pointer=pointer, assumed=node.name in row.assumed, children=below)
        step["value"] = plain(value_of(row, node.name), node.type)
        if self.facts.document is not None and node.name in row.given:
            step["at"] = place(self.facts.document.origin_of(pointer))
        return step

    def _asked(self, seen: Seen) -> Json:
        """What a catalogue or another pack answered."""
        node = seen.node
        if isinstance(node, ir.Lookup | ir.Listed) and seen.found is not None and not seen.mark:
            rows = [row for row in seen.found[0] if row is not None]
            return {
                "row": "; ".join(f"{node.catalogue} {row.origin.file}:{row.origin.line}" for row in rows),
                "citations": [cited(each, self.plan.references) for row in rows for each in row.cite],
                "note": "" if rows else f"no row in {node.catalogue}",
            }
        if isinstance(node, ir.Satisfies) and seen.row is not None:
            name = seen.row.name if seen.row.i > 1 else ("an unknown one", "none")[seen.row.i]
            bounds = seen.found
            status = "none" if bounds is None else STATUS_NAMES[bounds.worst] if bounds.decided else "undetermined"
            return {"note": f"{name} under {node.pack}: {status}"}
        return {}


def _given(**fields: Any) -> Json:
    """What is not empty: the others are left out of a step."""
    return {key: held for key, held in fields.items() if held}
