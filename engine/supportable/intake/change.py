"""The same design with one value changed: what an answer would lead to, and what rests on an assumption."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from supportable.document import Map, Seq, pointer_steps
from supportable.errors import Problem, UsageError
from supportable.facts import OPEN, Facts, value_of
from supportable.intake import codes
from supportable.intake.faults import below
from supportable.intake.limits import DESIGN_LIMITS, DesignLimits
from supportable.intake.load import load_design
from supportable.intake.values import DOTS
from supportable.vocabulary.members import Members
from supportable.vocabulary.products import Product
from supportable.vocabulary.types import ListType
from supportable.vocabulary.unknown import UNKNOWN, Absence


def with_value(facts: Facts, pointer: str, value: Any, *, limits: DesignLimits = DESIGN_LIMITS) -> Facts:
    """The facts of the same design with `value` at `pointer`; the original and its source stay as they are.

    `value` is what a design would write there: plain Python values. UNKNOWN and NONE state outright that it is not
    known or that there is none, OPEN leaves what a list or section holds and says that there may be more, Python's None
    takes the value away, as if it had never been given. Maps on the way that do not exist are made; a product that is
    written as a text becomes a map of what the text says, so that one of its fields can be changed.

    Raises DesignError if the value does not fit, UsageError if `pointer` leads nowhere.
    """
    written: Any = str(value) if isinstance(value, Absence) else value
    try:
        steps = pointer_steps(pointer)
    except ValueError as error:
        raise UsageError([Problem(codes.NO_SUCH_PLACE, str(error))]) from None
    root = _changed(facts, facts.source, "", steps, written)
    source = root if facts.document is None else replace(facts.document, root=root)
    # A design with warnings was read leniently, and any other reads the same either way.
    return load_design(source, facts.vocabulary, lenient=bool(facts.warnings), limits=limits)


def relaxed(facts: Facts, places: Iterable[tuple[str, str]], *, limits: DesignLimits = DESIGN_LIMITS) -> Facts:
    """The same design with some attributes stated to be unknown, given as (name of a row, attribute); a list or section
    is left open. It tells what a verdict owes to readings of absence.

    Raises KeyError for a row that is not there.
    """
    root = facts.source
    for name, attribute in places:
        row = facts.row(name)
        listed = isinstance(facts.tables[row.type].entity.attributes[attribute].type, ListType)
        pointer = f"{row.pointer}/{attribute}"
        root = _changed(facts, root, "", pointer_steps(pointer), OPEN if listed else str(UNKNOWN))
    source = root if facts.document is None else replace(facts.document, root=root)
    return load_design(source, facts.vocabulary, lenient=bool(facts.warnings), limits=limits)


def _changed(facts: Facts, held: Any, pointer: str, steps: list[str], value: Any) -> Any:
    """A copy of `held`, which stands at `pointer`, with `value` put where `steps` lead from there."""
    if not steps:
        return _written(held, value)
    step, rest = steps[0], steps[1:]
    if held is None or isinstance(held, str):
        held = _fields_of(facts, pointer)
    if isinstance(held, dict):
        changed = _copied_map(held)
        inner = _changed(facts, held.get(step), below(pointer, step), rest, value)
        if inner is None:
            changed.pop(step, None)
        else:
            changed[step] = inner
        return changed
    if isinstance(held, (list, tuple)) and step.isdecimal() and int(step) < len(held):
        items = _copied_list(held)
        inner = _changed(facts, held[int(step)], below(pointer, step), rest, value)
        if inner is None:
            del items[int(step)]
            if isinstance(items, Seq):
                del items.item_marks[int(step) : int(step) + 1]
        else:
            items[int(step)] = inner
        return items
    raise UsageError([Problem(codes.NO_SUCH_PLACE, f"there is nothing at {below(pointer, step)} in the design")])


def _fields_of(facts: Facts, pointer: str) -> dict[str, Any]:
    """The map to put a field into where there is none yet: what a product's text says, or else an empty one."""
    owner, _, attribute = pointer.rpartition("/")
    for table in facts.tables.values():
        for row in table.own():
            if row.pointer == owner and attribute in row.given:
                value = value_of(row, attribute)
                return dict(value.as_given()) if isinstance(value, Product) else {}
    return {}


def _written(held: Any, value: Any) -> Any:
    if not isinstance(value, Members):
        return value
    if value is not OPEN:
        raise UsageError([Problem(codes.NO_SUCH_PLACE, "write a list as a list; OPEN says that more may follow")])
    if not isinstance(held, (list, tuple)):
        return [DOTS]
    items = _copied_list(held)
    if not items or items[-1] != DOTS:
        items.append(DOTS)
    return items


def _copied_map(held: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(held, Map):
        return dict(held)
    copied = Map(held, mark=held.mark)
    copied.key_marks = dict(held.key_marks)
    copied.value_marks = dict(held.value_marks)
    return copied


def _copied_list(held: Any) -> list[Any]:
    if not isinstance(held, Seq):
        return list(held)
    copied = Seq(held, mark=held.mark)
    copied.item_marks = list(held.item_marks)
    return copied
