"""A design's rows: one for each entry, filled with its values; what is absent is read as the vocabulary says."""

from __future__ import annotations

from typing import Any

from supportable.errors import DesignError, Problem
from supportable.facts import EMPTY, OPEN, Members, Row, Table
from supportable.intake import codes
from supportable.intake.faults import Faults, below, shown
from supportable.intake.layout import DESIGN, INVERSE, KEY, Field, Layout, TypeLayout
from supportable.intake.limits import DesignLimits
from supportable.intake.values import DOTS, RESERVED, TEXTS, WRONG, Values, bad_character

_UNSET: frozenset[str] = frozenset()
_MOST_COUNT = 2**63 - 1


class Rows:
    """The rows of one design under construction: `rows` by type, each beginning with the unknown and the none row."""

    __slots__ = ("_depth", "_faults", "_layout", "_lenient", "_limits", "ids", "rows", "values")

    def __init__(self, layout: Layout, faults: Faults, limits: DesignLimits, *, lenient: bool) -> None:
        self._layout = layout
        self._faults = faults
        self._limits = limits
        self._lenient = lenient
        self._depth = 0
        self.rows: dict[str, list[Any]] = {name: list(each.empty.rows) for name, each in layout.types.items()}
        self.ids: dict[str, dict[str, Row]] = {
            name: {"unknown": self.rows[name][0], "none": self.rows[name][1]}
            for name, each in layout.types.items()
            if not each.entity.record
        }
        self.values = Values(faults, self.ids, self._record)

    def read(self, source: dict[str, Any], name: str) -> None:
        """Make and fill every row of the design. Raises DesignError at once for too many entities, else for nothing."""
        design = self._made(self._layout.types[DESIGN], name, f"{DESIGN}/{name}", "")
        waiting: list[tuple[Row, dict[str, Any], TypeLayout]] = []
        lists: list[tuple[str, Members]] = []
        entities = 0
        for section, type_name in self._layout.sections.items():
            raw = source.get(section)
            if raw is None:
                continue
            if isinstance(raw, (list, tuple)):
                entities += len(raw)
                if entities > self._limits.max_entities:
                    self._too_many(section)
            lists.append((section, self._section(section, self._layout.types[type_name], raw, waiting)))
        self._fill(design, source, self._layout.types[DESIGN])
        for section, members in lists:
            setattr(design, self._layout.types[DESIGN].fields[section].slot, members)
        if lists:
            given = frozenset(section for section, _ in lists)
            design.given |= given
            design.assumed -= given
        for row, entry, layout in waiting:
            self._fill(row, entry, layout)

    def tables(self) -> dict[str, Table]:
        """The rows as tables, by type."""
        types = self._layout.types
        return {
            name: Table(types[name].entity, tuple(rows)) if len(rows) > 2 else types[name].empty
            for name, rows in self.rows.items()
        }

    def _made(self, layout: TypeLayout, id: str, name: str, pointer: str) -> Row:
        """A row added to its table, without values yet."""
        rows = self.rows[layout.entity.name]
        row = layout.row_class()
        row.i = len(rows)
        row.id = id
        row.name = name
        row.pointer = pointer
        row.count = 1
        row.owner = None
        row.slot = ""
        rows.append(row)
        return row

    # -- sections and entities ----------------------------------------------------------------------------------------

    def _section(
        self, section: str, layout: TypeLayout, raw: Any, waiting: list[tuple[Row, dict[str, Any], TypeLayout]]
    ) -> Members:
        pointer = below("", section)
        if not isinstance(raw, (list, tuple)):
            if raw.__class__ in TEXTS and raw in RESERVED:
                return OPEN if raw == "unknown" else EMPTY
            hint = "begin each entry with “- ”, or put them in brackets"
            message = f"the section “{section}” must be a list, not {shown(raw)}"
            self._faults.note(codes.NOT_A_LIST, message, pointer, hint)
            return OPEN
        more = bool(raw) and raw[-1] == DOTS
        kept = []
        for place in range(len(raw) - 1 if more else len(raw)):
            entry = raw[place]
            if not isinstance(entry, dict):
                self._no_entity(section, entry, f"{pointer}/{place}", place)
                continue
            row = self._entity(layout, entry, f"{pointer}/{place}", place)
            waiting.append((row, entry, layout))
            kept.append(row)
        if not kept:
            return OPEN if more else EMPTY
        return Members(tuple(kept), open=more)

    def _entity(self, layout: TypeLayout, entry: dict[str, Any], pointer: str, place: int) -> Row:
        type_name = layout.entity.name
        raw = entry.get("id")
        ids = self.ids[type_name]
        sound = (
            raw.__class__ in TEXTS and raw not in ids and 0 < len(raw) <= self._limits.max_id and raw.isprintable()
            and not raw.isspace()
        )  # fmt: skip
        if not sound and not self._odd_id(type_name, raw, pointer, place):
            # The row is filled all the same, so that whatever else is wrong with it is found as well.
            row = self._made(layout, "", f"{layout.entity.section}, entry {place + 1}", pointer)
        else:
            id = str(raw)
            row = ids[id] = self._made(layout, id, f"{type_name}/{id}", pointer)
        count = entry.get("count")
        if count is not None:
            row.count = self._count(count, row)
        return row

    def _odd_id(self, type_name: str, raw: Any, pointer: str, place: int) -> bool:
        """Whether an unusual id will do; if not, it is noted why."""
        note = self._faults.note
        at = f"{pointer}/id"
        what = f"{self._layout.types[type_name].entity.section}, entry {place + 1}"
        if raw is None:
            note(codes.MISSING_ID, f"{what}: a {type_name} needs an id", pointer, "add id: and a name of your choice")
        elif raw.__class__ not in TEXTS:
            hint = f"put it in quotes: '{raw}'" if raw.__class__ is int and abs(raw) < 10**20 else ""
            note(codes.BAD_ID, f"{what}: an id must be a text, not {shown(raw)}", at, hint)
        elif raw in RESERVED:
            note(codes.BAD_ID, f"{what}: `{raw}` is a reserved word and cannot be an id", at, "choose another id")
        elif raw in self.ids[type_name]:
            first = self.ids[type_name][raw]
            origin = self._faults.origin(f"{first.pointer}/id")
            where = f"at {origin}" if origin.line else f"in entry {int(first.pointer.rpartition('/')[2]) + 1}"
            note(codes.DUPLICATE_ID, f"the {type_name} {shown(raw)} is given twice", at, f"it is given {where} already")
        elif not raw.strip():
            note(codes.BAD_ID, f"{what}: the id is empty", at, "choose an id")
        elif len(raw) > self._limits.max_id:
            note(codes.BAD_ID, f"{what}: an id of {len(raw):,} characters; at most {self._limits.max_id}", at)
        elif bad := bad_character(raw):
            note(codes.BAD_ID, f"{what}: the character U+{ord(bad):04X} cannot be part of an id", at, "delete it")
        else:
            return True
        return False

    def _count(self, raw: Any, row: Row) -> int:
        number = int(raw) if raw.__class__ in TEXTS and raw.isdecimal() and raw.isascii() and len(raw) < 20 else raw
        if number.__class__ is int and 1 <= number <= _MOST_COUNT:
            return int(number)
        message = f"{row.name}.count must be a whole number from 1 up, not {shown(raw)}"
        self._faults.note(codes.BAD_COUNT, message, f"{row.pointer}/count", "it says how many alike there are")
        return 1

    def _no_entity(self, section: str, entry: Any, pointer: str, place: int) -> None:
        what = f"{section}, entry {place + 1}"
        if entry is None:
            self._faults.note(codes.NULL_MEMBER, f"{what} is null", pointer, "delete it")
        elif entry.__class__ in TEXTS and entry == DOTS:
            hint = "it means that there may be more: put it last"
            self._faults.note(codes.MISPLACED_DOTS, f"{what}: `...` stands before the end of the list", pointer, hint)
        else:
            message = f"{what} must be a map of its attributes, not {shown(entry)}"
            is_word = entry.__class__ in TEXTS and entry.isprintable() and len(entry) < 60
            hint = f"write {{id: {entry}}}" if is_word else ""
            self._faults.note(codes.NOT_AN_ENTITY, message, pointer, hint)

    def _too_many(self, section: str) -> None:
        most = f"{self._limits.max_entities:,}"
        pointer = below("", section)
        origin, message = self._faults.key_origin(pointer), f"more than {most} entities in one design"
        raise DesignError([Problem(codes.TOO_MANY_ENTITIES, message, origin, pointer=pointer)])

    # -- values -------------------------------------------------------------------------------------------------------

    def _fill(self, row: Row, entry: dict[str, Any], layout: TypeLayout) -> None:
        for slot, value in layout.defaults:
            setattr(row, slot, value)
        fields, readers = layout.fields, self.values.readers
        stated = []
        for key, raw in entry.items():
            field = fields.get(key)
            if field is None:
                self._unknown_attribute(key, row, layout)
                continue
            kind = field.kind
            if raw is None or kind == KEY:
                continue
            value = readers[kind](field, raw, row, -1)
            if value is not WRONG:
                setattr(row, field.slot, value)
                stated.append(key)
        row.given = given = frozenset(stated)
        row.assumed = layout.closed - given if layout.closed else _UNSET
        for each in layout.dependents:
            if each.name not in given and all(getattr(row, slot) in values for slot, values in each.conditions):
                setattr(row, each.slot, each.value)
                if each.closes:
                    row.assumed |= {each.name}

    def _record(self, field: Field, raw: dict[str, Any], owner: Row, place: int) -> Any:
        pointer = self.values.pointer(field, owner, place)
        if self._depth >= self._limits.max_depth:
            message = f"records stand inside one another more than {self._limits.max_depth} deep"
            self._faults.note(codes.TOO_DEEP, message, pointer)
            return WRONG
        name = f"{owner.name}.{field.name}" if place < 0 else f"{owner.name}.{field.name}/{place}"
        layout = self._layout.types[field.target]
        row = self._made(layout, "", name, pointer)
        row.owner = owner
        row.slot = field.name
        self._depth += 1
        self._fill(row, raw, layout)
        self._depth -= 1
        return row

    def _unknown_attribute(self, key: object, row: Row, layout: TypeLayout) -> None:
        if not isinstance(key, str):
            self._faults.note(codes.KEY_NOT_TEXT, f"{row.name}: the key {shown(key)} is no text", row.pointer)
            return
        report = self._faults.warn_key if self._lenient else self._faults.note_key
        known = [name for name, field in layout.fields.items() if field.kind != INVERSE]
        hint = self._faults.near(key, known)
        if row.type == DESIGN:
            report(codes.UNKNOWN_SECTION, f"there is no section or attribute {shown(key)}", below("", key), hint)
        else:
            message = f"{row.name}: a {row.type} has no attribute {shown(key)}"
            report(codes.UNKNOWN_ATTRIBUTE, message, below(row.pointer, key), hint)
