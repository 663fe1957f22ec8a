"""One written value at a time: from what the design says to the typed value, or to a problem."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, Final

from supportable.document import Plain
from supportable.facts import EMPTY, OPEN, Members, Row, Unrecognised
from supportable.intake import codes
from supportable.intake.faults import Faults, below, shown
from supportable.intake.layout import RECORD, Field
from supportable.vocabulary.convert import ConversionError, UnrecognisedProduct
from supportable.vocabulary.products import UNKNOWN_PRODUCT
from supportable.vocabulary.unknown import NONE, UNKNOWN

WRONG: Final = object()
"""The value of what could not be read and was noted."""

TEXTS: Final = frozenset((str, Plain))
RESERVED: Final = frozenset(("none", "unknown"))
DOTS: Final = "..."

_HASHABLE: Final = frozenset((str, Plain, int, float, bool))
_MOST_KNOWN: Final = 4096
_LINE_SEPARATORS: Final = "\u2028\u2029"
_LINE_BREAKS: Final = {9: " ", 10: " ", 13: " "}
"""The control characters that a text of several lines may hold."""

ReadRecord = Callable[[Field, Any, Row, int], Any]


def bad_character(text: str) -> str:
    """The first control character or half surrogate pair of `text`; tabs and line breaks count; "" if there is none."""
    if text.isprintable():
        return ""
    for each in text:
        if each in _LINE_SEPARATORS or unicodedata.category(each) in ("Cc", "Cs"):
            return each
    return ""


class Values:
    """The reader of values of one design.

    `ids` holds, for each type, its rows by id, with the reserved words leading to the unknown and the none row; it is
    complete before the first value is read. `read_record` makes a row of a map.
    """

    __slots__ = ("_faults", "_ids", "_read_record", "readers", "unrecognised")

    def __init__(self, faults: Faults, ids: dict[str, dict[str, Row]], read_record: ReadRecord) -> None:
        self._faults = faults
        self._ids = ids
        self._read_record = read_record
        self.unrecognised: list[Unrecognised] = []
        # In the order of the kinds that layout.py numbers.
        self.readers = (
            self.scalar, self.text, self.enum, self.product, self.ref, self.record, self.list, self.inverse,
        )  # fmt: skip

    # A place of -1 stands for the attribute itself, others for members of its list.

    def scalar(self, field: Field, raw: Any, row: Row, place: int) -> Any:
        """A bool, number or date."""
        # The class is part of the key: 1, 1.0 and True are equal to Python but not to a vocabulary.
        key = (raw.__class__, raw) if raw.__class__ in _HASHABLE else None
        value = field.known.get(key)
        if value is not None:
            return value
        value = self._converted(field, raw, row, place)
        if key is not None and value is not WRONG and len(field.known) < _MOST_KNOWN:
            field.known[key] = value
        return value

    def text(self, field: Field, raw: Any, row: Row, place: int) -> Any:
        """A text of printable characters and white space."""
        # In quotes or not: JSON has no other way to say these words.
        if raw == "none":
            return NONE
        if raw == "unknown":
            return UNKNOWN
        value = self._converted(field, raw, row, place)
        return value if value is WRONG or value.isprintable() else self._checked(value, field, row, place)

    def _checked(self, text: str, field: Field, row: Row, place: int) -> Any:
        bad = bad_character(text.translate(_LINE_BREAKS))
        if not bad:
            return text
        message = f"{self.fact(field, row, place)}: the character U+{ord(bad):04X} is not text"
        self._faults.note(codes.BAD_CHARACTER, message, self.pointer(field, row, place), "delete it")
        return WRONG

    def enum(self, field: Field, raw: Any, row: Row, place: int) -> Any:
        """One of the words that the vocabulary lists."""
        value = field.known.get(raw) if raw.__class__ in TEXTS else None
        return value if value is not None else self._converted(field, raw, row, place, codes.NOT_ALLOWED)

    def product(self, field: Field, raw: Any, row: Row, place: int) -> Any:
        """A product, as text that the vocabulary's names recognise or as a map of its fields."""
        if raw.__class__ in TEXTS:
            key: Any = raw
        elif isinstance(raw, dict) and all(value.__class__ in _HASHABLE for value in raw.values()):
            key = tuple([(name, value.__class__, value) for name, value in raw.items()])
        else:
            return self._converted(field, raw, row, place)
        value = field.known.get(key)
        if value is not None:
            return value
        value = self._converted(field, raw, row, place)
        if isinstance(value, UnrecognisedProduct):
            if self._checked(value.text, field, row, place) is WRONG:
                return WRONG
            self.unrecognised.append(Unrecognised(self.pointer(field, row, place), value.text, value.nearest))
            return UNKNOWN_PRODUCT
        if value is not WRONG and len(field.known) < _MOST_KNOWN:
            field.known[key] = value
        return value

    def ref(self, field: Field, raw: Any, row: Row, place: int) -> Any:
        """The row of an entity, by its id."""
        found = self._ids[field.target].get(raw) if raw.__class__ in TEXTS else None
        return found if found is not None else self._no_such_id(field, raw, row, place)

    def record(self, field: Field, raw: Any, row: Row, place: int) -> Any:
        """The row of a record, from a map."""
        if isinstance(raw, dict):
            return self._read_record(field, raw, row, place)
        if raw.__class__ in TEXTS and raw in RESERVED:
            return field.none if raw == "none" else field.unknown
        message = f"{self.fact(field, row, place)} must be a map of its attributes, not {shown(raw)}"
        self._faults.note(codes.NOT_A_RECORD, message, self.pointer(field, row, place))
        return WRONG

    def inverse(self, field: Field, raw: Any, row: Row, place: int) -> Any:  # noqa: ARG002 - one signature for all
        """Nothing: what is computed from the other side cannot be given."""
        assert field.inverse_of is not None
        owner, forward = field.inverse_of
        message = f"{self.fact(field, row, place)} is computed and cannot be given"
        hint = f"state it on the other side: write {owner}.{forward} instead"
        self._faults.note_key(codes.INVERSE_GIVEN, message, self.pointer(field, row, place), hint)
        return WRONG

    def list(self, field: Field, raw: Any, row: Row, place: int) -> Any:  # noqa: ARG002 - lists hold no lists
        """The members of a list; all of them, unless its last one is `...`."""
        if not isinstance(raw, (list, tuple)):
            return self.list_word(field, raw, row)
        if not raw:
            return EMPTY
        more = raw[-1] == DOTS
        member = field.member
        assert member is not None
        read, is_record = self.readers[member.kind], member.kind == RECORD
        kept: list[Any] = []
        seen: dict[Any, int] = {}
        for at in range(len(raw) - 1 if more else len(raw)):
            item = raw[at]
            if item is None or (item.__class__ in TEXTS and (item == DOTS or item in RESERVED)):
                self._no_member(field, item, row, at)
                continue
            value = read(member, item, row, at)
            if value is WRONG:
                continue
            kept.append(value)
            if not is_record:
                # Products that nobody recognised are told apart by their text.
                key = item if value is UNKNOWN_PRODUCT and item.__class__ in TEXTS else value
                first = seen.setdefault(key, at)
                if first != at:
                    self._repeated(field, item, row, (first, at))
        if not kept:
            return OPEN if more else EMPTY
        return Members(tuple(kept), open=more)

    def list_word(self, field: Field, raw: Any, row: Row) -> Any:
        """What a list is when it is no list: `none`, `unknown`, or an error."""
        if raw.__class__ in TEXTS and raw in RESERVED:
            return field.none if raw == "none" else field.unknown
        hint = f"write [{raw}]" if raw.__class__ in TEXTS and raw.isprintable() and len(raw) <= 60 else ""
        message = f"{self.fact(field, row, -1)} must be a list, not {shown(raw)}"
        self._faults.note(codes.NOT_A_LIST, message, self.pointer(field, row, -1), hint)
        return WRONG

    # -- where a value stands, and what is wrong with it --------------------------------------------------------------

    def fact(self, field: Field, row: Row, place: int) -> str:
        """What a message calls the value: "machine/sqlvm1.os", "member 2 of machine/sqlvm1.components"."""
        name = field.name if row.type == "design" else f"{row.name}.{field.name}"
        return name if place < 0 else f"member {place + 1} of {name}"

    def pointer(self, field: Field, row: Row, place: int) -> str:
        """The JSON Pointer of the value."""
        pointer = below(row.pointer, field.name)
        return pointer if place < 0 else f"{pointer}/{place}"

    def _converted(self, field: Field, raw: Any, row: Row, place: int, code: str = codes.WRONG_VALUE) -> Any:
        assert field.convert is not None
        try:
            return field.convert(raw)
        except ConversionError as error:
            message, hint = error.message, error.hint
        except ValueError:
            # Python refuses to write out a whole number of thousands of digits, even for a message.
            message, hint = "the number has too many digits", ""
        message = f"{self.fact(field, row, place)}: {message}"
        self._faults.note(code, message, self.pointer(field, row, place), hint)
        return WRONG

    def _no_such_id(self, field: Field, raw: Any, row: Row, place: int) -> Any:
        fact, pointer = self.fact(field, row, place), self.pointer(field, row, place)
        if raw.__class__ not in TEXTS:
            hint = f"put the id in quotes: '{raw}'" if raw.__class__ is int and abs(raw) < 10**20 else ""
            message = f"{fact}: the id of a {field.target} was expected, not {shown(raw)}"
            self._faults.note(codes.WRONG_VALUE, message, pointer, hint)
            return WRONG
        elsewhere = [name for name in sorted(self._ids) if name != field.target and raw in self._ids[name]]
        ids = self._ids[field.target]
        if elsewhere:
            hint = f"{shown(raw)} is a {' and a '.join(elsewhere)}, where a {field.target} is due"
        else:
            none_given = len(ids) == len(RESERVED)
            known = (id for id in ids if id not in RESERVED)
            hint = f"the design gives no {field.target}" if none_given else self._faults.near(raw, known)
        self._faults.note(codes.NO_SUCH_ID, f"{fact}: there is no {field.target} {shown(raw)}", pointer, hint)
        return WRONG

    def _no_member(self, field: Field, item: Any, row: Row, at: int) -> None:
        fact, pointer = self.fact(field, row, at), self.pointer(field, row, at)
        if item is None:
            message, code, hint = f"{fact} is null", codes.NULL_MEMBER, "delete it"
        elif item == DOTS:
            message, code = f"{fact}: `...` stands before the end of the list", codes.MISPLACED_DOTS
            hint = "it means that there may be more: put it last"
        else:
            message, code = f"{fact}: `{item}` cannot be a member of a list", codes.RESERVED_MEMBER
            hint = "if more may follow than is listed, end the list with `...`" if item == "unknown" else "write []"
        self._faults.note(code, message, pointer, hint)

    def _repeated(self, field: Field, item: Any, row: Row, places: tuple[int, int]) -> None:
        first, again = places
        origin = self._faults.origin(self.pointer(field, row, first))
        message = f"{self.fact(field, row, again)} repeats {shown(item)}"
        hint = f"it is member {first + 1} already" + (f", at line {origin.line}" if origin.line else "")
        self._faults.note(codes.REPEATED_MEMBER, message, self.pointer(field, row, again), hint)
