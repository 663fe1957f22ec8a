"""`with:`, a small change to a shared design: values put at dotted paths such as `machines.sqlvm2.os`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from supportable.document import Document, Map, Mark, Seq, Value
from supportable.document.values import UNMARKED
from supportable.errors import Problem, did_you_mean
from supportable.testing import codes
from supportable.vocabulary.model import Vocabulary


def changed(
    design: Document,
    changes: Map,
    *,
    source: Document,
    pointer: str,
    vocabulary: Vocabulary,
    problems: list[Problem],
) -> Document:
    """The design with each change made, in the order given; the original stays as it is.

    A path is section, id and attribute, joined by dots, then keys of records; or an attribute of the design. In a list
    of records an entry is named by its place or its name. The value null takes away what is there; a map at an id that
    does not exist adds that entity. `pointer` is where `changes` stand in `source`; what leads nowhere is noted.
    """
    root = _copied(design.root)
    if not isinstance(root, Map):
        return design
    editor = _Editor(root, vocabulary.sections, same_file=design.file == source.file)
    for path, value in changes.items():
        fault = editor.put(path.split("."), value, changes.value_marks.get(path, UNMARKED))
        if fault is not None:
            message, hint = fault
            step = path.replace("~", "~0").replace("/", "~1")
            where = source.origin_of_key(f"{pointer}/{step}")
            problems.append(Problem(codes.NO_SUCH_PLACE, f"{path}: {message}", where, hint, "author"))
    return replace(design, root=root)


Fault = tuple[str, str]
"""What is wrong with a path, and a hint."""


class _Editor:
    def __init__(self, root: Map, sections: Mapping[str, str], *, same_file: bool) -> None:
        self.root = root
        self.sections = sections
        self.same_file = same_file

    def put(self, steps: list[str], value: Value, mark: Mark) -> Fault | None:
        mark = mark if self.same_file else UNMARKED
        if "" in steps:
            return "an empty step in the path", "write section.id.attribute"
        if steps[0] in self.sections and len(steps) > 1:
            return self._in_section(steps[0], steps[1:], value, mark)
        return self._below(self.root, steps, value, mark)

    def _in_section(self, section: str, steps: list[str], value: Value, mark: Mark) -> Fault | None:
        entries = self.root.get(section)
        if entries is None:
            entries = self.root[section] = Seq()
        if not isinstance(entries, Seq):
            return f"{section} is no list in this design", ""
        by_id = {
            str(entry["id"]): place for place, entry in enumerate(entries) if isinstance(entry, Map) and entry.get("id")
        }
        for length in range(len(steps), 0, -1):
            name, rest = ".".join(steps[:length]), steps[length:]
            if name not in by_id:
                continue
            if rest:
                entry = entries[by_id[name]]
                assert isinstance(entry, Map)
                return self._below(entry, rest, value, mark)
            if value is None:
                del entries[by_id[name]]
                del entries.item_marks[by_id[name] : by_id[name] + 1]
            else:
                entries[by_id[name]] = _with_id(name, value)
            return None
        name = ".".join(steps)
        if isinstance(value, Map) and len(steps) == 1:
            # Before a closing `...`, which stands for more that may be there.
            place = len(entries) - 1 if entries and entries[-1] == "..." else len(entries)
            entries.insert(place, _with_id(name, value))
            entries.item_marks.insert(place, mark)
            return None
        return f"{section} has no “{steps[0]}”", did_you_mean(steps[0], by_id)

    def _below(self, held: Map, steps: list[str], value: Value, mark: Mark) -> Fault | None:
        step, rest = steps[0], steps[1:]
        if not rest:
            if value is None:
                if step not in held:
                    return f"there is no “{step}” to take away", did_you_mean(step, held)
                del held[step]
                return None
            held[step] = value
            held.value_marks[step] = mark
            return None
        inner = held.get(step)
        if inner is None or isinstance(inner, str):
            inner = held[step] = Map()
        if isinstance(inner, Map):
            return self._below(inner, rest, value, mark)
        return self._in_list(inner, rest, value, mark)

    def _in_list(self, held: Seq, steps: list[str], value: Value, mark: Mark) -> Fault | None:
        step, rest = steps[0], steps[1:]
        names = {
            str(entry["name"]): place
            for place, entry in enumerate(held)
            if isinstance(entry, Map) and entry.get("name")
        }
        place = names.get(step, int(step) if step.isdecimal() else len(held))
        if place >= len(held):
            return f"the list has no entry “{step}”", did_you_mean(step, names)
        entry = held[place]
        if rest and isinstance(entry, Map):
            return self._below(entry, rest, value, mark)
        if rest:
            return f"the entry “{step}” has no keys", ""
        if value is None:
            del held[place]
            del held.item_marks[place : place + 1]
        else:
            held[place] = value
        return None


def _with_id(name: str, value: Value) -> Value:
    if not isinstance(value, Map) or "id" in value:
        return value
    entry = Map({"id": name, **value}, mark=value.mark)
    entry.key_marks, entry.value_marks = dict(value.key_marks), dict(value.value_marks)
    return entry


def _copied(value: Value) -> Value:
    if isinstance(value, Map):
        fresh = Map(((key, _copied(held)) for key, held in value.items()), mark=value.mark)
        fresh.key_marks, fresh.value_marks = dict(value.key_marks), dict(value.value_marks)
        return fresh
    if isinstance(value, Seq):
        members = Seq((_copied(held) for held in value), mark=value.mark)
        members.item_marks = list(value.item_marks)
        return members
    return value
