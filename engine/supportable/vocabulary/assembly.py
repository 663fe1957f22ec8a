"""From declarations to entity types: attributes typed, inverses resolved, absences read, sections made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from supportable.errors import Problem, did_you_mean
from supportable.vocabulary.absences import AbsenceReader
from supportable.vocabulary.attributes import BAD_RECORD, AttributeReader, Draft
from supportable.vocabulary.declarations import DESIGN, TWICE, Body, Declared, note_twice, titled
from supportable.vocabulary.inverses import resolve_inverse
from supportable.vocabulary.model import UNKNOWN_WHEN_ABSENT, Absence, Attribute, Entity, Vocabulary
from supportable.vocabulary.notation import InlineRecord, Names
from supportable.vocabulary.shape import Shape, below
from supportable.vocabulary.types import TEXT, IntType, ListType, RecordType, RefType, Type

BAD_LABEL: Final = "SUP256"

_ID: Final = Attribute("id", TEXT, title="Id")
_COUNT: Final = Attribute("count", IntType(low=1), absent=Absence("value", 1), title="How many alike")
"""What every entity has without saying: its id, and how many alike it stands for. Designs and records have neither."""


class Assembly:
    """Declarations on their way to entity types, records included; what is wrong is added to `problems`.

    `bare` has the products and names, which the values of absent attributes may need.
    """

    def __init__(self, declared: dict[str, Declared], bare: Vocabulary, problems: list[Problem]) -> None:
        self.declared = declared
        self.bare = bare
        self.problems = problems

    def entities(self) -> dict[str, Entity]:
        """All entity types and records by name, sorted."""
        self._read_attributes()
        done: set[str] = set()
        for name in sorted(self.declared):
            if self.declared[name].entity.record:
                self._check_ends(name, [], done)
        return {name: self._entity(self.declared[name]) for name in sorted(self.declared)}

    # -- attributes as drafts -------------------------------------------------------------------------------------

    def _read_attributes(self) -> None:
        records = frozenset(name for name, found in self.declared.items() if found.entity.record)
        names = Names(frozenset(self.declared) - records - {DESIGN}, records, frozenset(self.bare.ladders))
        waiting = list(self.declared.values())
        while waiting:
            declared = waiting.pop(0)
            for body in declared.bodies:
                reader = AttributeReader(body.shape, names, declared.entity)
                for draft in reader.read(body.attributes, body.pointer):
                    _add_draft(declared, draft)
                waiting.extend(self._inline(body.shape, inline) for inline in reader.notation.inline)

    def _inline(self, shape: Shape, inline: InlineRecord) -> Declared:
        title = titled(inline.name.rpartition(".")[2])
        entity = Entity(inline.name, {}, title=title, record=True, judged=False, origin=shape.origin(inline.pointer))
        found = self.declared[inline.name] = Declared(entity, [Body(shape, inline.pointer, inline.attributes)])
        return found

    def _check_ends(self, name: str, path: list[str], done: set[str]) -> None:
        """Note records that contain themselves: no table could hold them."""
        if name in path:
            cycle = " → ".join([*path[path.index(name) :], name])
            origin = self.declared[name].entity.origin
            self.problems.append(
                Problem(BAD_RECORD, f"the record “{name}” contains itself: {cycle}", origin, move="author")
            )
        elif name not in done:
            for draft in self.declared[name].drafts.values():
                inner = draft.type.of if isinstance(draft.type, ListType) else draft.type
                if isinstance(inner, RecordType) and inner.record in self.declared:
                    self._check_ends(inner.record, [*path, name], done)
            done.add(name)

    # -- drafts to attributes -------------------------------------------------------------------------------------

    def _entity(self, declared: Declared) -> Entity:
        found = [attribute for draft in declared.drafts.values() if (attribute := self._attribute(declared, draft))]
        entity = declared.entity
        if entity.name == DESIGN:
            found += self._sections(declared)
        elif not entity.record:
            found += [replace(_ID, origin=entity.origin), replace(_COUNT, origin=entity.origin)]
        attributes = {attribute.name: attribute for attribute in sorted(found, key=lambda found: found.name)}
        for name in entity.label:
            if name not in attributes:
                message = f"“{name}”, in the label of “{entity.name}”, is none of its attributes"
                hint = did_you_mean(name, attributes)
                self.problems.append(Problem(BAD_LABEL, message, entity.origin, hint, "author"))
        return replace(entity, attributes=attributes)

    def _attribute(self, declared: Declared, draft: Draft) -> Attribute | None:
        type = draft.type
        inverse_of = None
        if draft.inverse is not None:
            known = {name: (found.entity, found.drafts) for name, found in self.declared.items()}
            inverse_of = resolve_inverse(draft, declared.entity, known)
            type = ListType(RefType(inverse_of[0])) if inverse_of else None
        if type is None:
            return None
        return Attribute(
            draft.name,
            type,
            absent=self._absent(declared, draft, type),
            ask=draft.ask,
            answers=draft.answers,
            title=draft.title or titled(draft.name),
            rests_on=draft.rests_on,
            part=draft.part,
            inverse_of=inverse_of,
            origin=draft.shape.key_origin(draft.pointer),
        )

    def _absent(self, declared: Declared, draft: Draft, type: Type) -> Absence:
        if not draft.absent_given:
            return UNKNOWN_WHEN_ABSENT
        drafts = declared.drafts.values()
        types = {each.name: each.type for each in drafts}
        dependent = frozenset(each.name for each in drafts if isinstance(each.absent, dict))
        reader = AbsenceReader(draft.shape, self.bare, types, dependent)
        return reader.read(draft.absent, below(draft.pointer, "absent"), type)

    def _sections(self, design: Declared) -> Iterator[Attribute]:
        """One attribute of the design for each section: the list of all that the section holds."""
        taken: dict[str, str] = {}
        for name in sorted(self.declared):
            entity = self.declared[name].entity
            section = entity.section
            if not section:
                continue
            if section in taken:
                message = f"“{name}” has the same section as “{taken[section]}”: {section}"
                hint = "give one of them another section"
                self.problems.append(Problem(TWICE, message, entity.origin, hint, "author"))
                continue
            taken[section] = name
            if section in design.drafts:
                draft = design.drafts[section]
                message = f"“{section}” is an attribute of the design and the section of “{name}”"
                draft.shape.note_key(TWICE, message, draft.pointer, "rename one of them")
            else:
                yield Attribute(
                    section,
                    ListType(RefType(name)),
                    absent=Absence(entity.absent),
                    ask=entity.ask,
                    title=titled(section),
                    section=name,
                    origin=entity.origin,
                )


def _add_draft(declared: Declared, draft: Draft) -> None:
    first = declared.drafts.get(draft.name)
    if first is None:
        declared.drafts[draft.name] = draft
    else:
        message = f"the attribute “{draft.name}” of “{declared.entity.name}” is defined twice"
        note_twice(draft.shape, draft.pointer, message, first.shape.key_origin(first.pointer))
