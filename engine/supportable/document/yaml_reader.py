"""YAML text to values: one pass over libyaml's events, so that nothing costs memory before it was checked.

The composer of libyaml recurses in C and expands aliases; the events do neither, and carry every position.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

from supportable.document import codes
from supportable.document.faults import Faults, shown
from supportable.document.limits import Limits
from supportable.document.refusals import (
    refuse_characters,
    refuse_depth,
    refuse_duplicate,
    refuse_length,
    refuse_number,
)
from supportable.document.values import UNMARKED, Map, Mark, Plain, Seq, Value
from supportable.document.yaml_wording import explain

# PyYAML is built without libyaml on some platforms; its own parser gives the same events, more slowly.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PLAIN_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})

# libyaml compares each %TAG line with all before it, which is quadratic: so they are looked for beforehand.
_TAG_DIRECTIVE: Final = re.compile(r"^%TAG\b", re.MULTILINE)

_NO_KEY: Final = "\0"
"""Stands for a key that was refused; no key read from a text can hold NUL."""


def read_yaml(text: str, limits: Limits, faults: Faults) -> tuple[Value, Mark]:
    """The value that YAML text holds and where it begins. Raises DocumentError through `faults`."""
    if found := _TAG_DIRECTIVE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        faults.stop(codes.TAG, "tags are not read here", (line, 1), "remove the %TAG line")
    builder = _Builder(limits, faults)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        explain(error, text, faults)
    faults.close()
    if builder.documents == 0:
        faults.stop(codes.EMPTY, "the file holds nothing but white space and comments", (1, 1))
    return builder.root, builder.root_mark


class _Builder:
    """The values under construction. `take` is called once for each event."""

    __slots__ = (
        "_current", "_depth", "_faults", "_key", "_limits", "_nodes", "_outer", "_texts",
        "documents", "root", "root_mark",
    )  # fmt: skip

    def __init__(self, limits: Limits, faults: Faults) -> None:
        self._limits = limits
        self._faults = faults
        self._current: Map | Seq | None = None
        self._key: str | None = None
        self._outer: list[tuple[Map | Seq | None, str | None]] = []
        self._texts: dict[str, Plain] = {}
        self._nodes = 0
        self.documents = 0
        self.root: Value = None
        self.root_mark = UNMARKED

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._current, self._key = self._outer.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._faults.stop(
                    codes.MANY_DOCUMENTS,
                    "a second document begins here",
                    _mark(event),
                    "keep one document in a file: remove the line “---”, or split the file",
                )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        mark = self._node(event)
        if event.tag is not None:
            self._refuse_tag(event.tag, mark)
        text: str = event.value
        if len(text) > self._limits.max_scalar:
            refuse_length(text, self._limits, mark, self._faults)
        if event.style == '"' and not text.isprintable():
            refuse_characters(text, mark, self._faults)
        if self._key is None and isinstance(self._current, Map):
            self._take_key(text, mark, plain=not event.style)
        elif event.style:
            self._put(text, mark)
        elif text in PLAIN_NULLS:
            self._put(None, mark)
        else:
            # Plain words recur: one object for each spelling keeps large documents small.
            known = self._texts.get(text)
            if known is None:
                known = self._texts[text] = Plain(text)
            self._put(known, mark)

    def _take_key(self, text: str, mark: Mark, *, plain: bool) -> None:
        assert isinstance(self._current, Map)
        self._key = text
        if plain and (text in PLAIN_NULLS or text == "<<"):
            self._key = _NO_KEY
            if text == "<<":
                hint = "write out the keys that should be merged in"
                self._faults.add(codes.MERGE_KEY, "merge keys (“<<”) are not read here", mark, hint)
            else:
                what = f"the key {text} means null" if text else "a key is missing before “:”"
                self._faults.add(codes.KEY_NOT_TEXT, what, mark, "write a text; in quotes, if it is meant so")
        elif text in self._current.key_marks:
            refuse_duplicate(text, self._current.key_marks[text], mark, self._faults)
        else:
            self._current.key_marks[text] = mark

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        mark = self._node(event)
        if event.tag is not None:
            self._refuse_tag(event.tag, mark)
        if len(self._outer) >= self._limits.max_depth:
            refuse_depth(self._limits, mark, self._faults)
        opened: Map | Seq = Map(mark=mark) if isinstance(event, yaml.MappingStartEvent) else Seq(mark=mark)
        if self._key is None and isinstance(self._current, Map):
            self._refuse_key(mark)
            # When this collection ends, its parent goes on with the value of a key that was refused.
            self._outer.append((self._current, self._key))
        else:
            self._put(opened, mark)
            self._outer.append((self._current, None))
        self._current, self._key = opened, None

    def _alias(self, event: yaml.AliasEvent) -> None:
        mark = self._node(event)
        if self._key is None and isinstance(self._current, Map):
            self._key = _NO_KEY
        else:
            self._put(None, mark)

    def _refuse_key(self, mark: Mark) -> None:
        self._key = _NO_KEY
        hint = "if this was to be a text in braces, put it in quotes"
        self._faults.add(codes.KEY_NOT_TEXT, "a map or a list cannot be a key", mark, hint)

    def _put(self, value: Value, mark: Mark) -> None:
        """Hang a value into the collection that is open, or make it the root."""
        current = self._current
        if isinstance(current, Map):
            assert self._key is not None
            current[self._key] = value
            current.value_marks[self._key] = mark
            self._key = None
        elif current is not None:
            current.append(value)
            current.item_marks.append(mark)
        else:
            self.root, self.root_mark = value, mark

    def _node(self, event: yaml.NodeEvent) -> Mark:
        """Count a node, refuse what no node may carry, and give its place."""
        mark = _mark(event)
        self._nodes += 1
        if self._nodes > self._limits.max_nodes:
            refuse_number(self._limits, mark, self._faults)
        if event.anchor is not None:
            sign, name = ("*", "an alias") if isinstance(event, yaml.AliasEvent) else ("&", "an anchor")
            self._faults.add(
                codes.ANCHOR_OR_ALIAS,
                f"{shown(sign + event.anchor)} is {name}, and those are not read here",
                mark,
                f"write the value out; if “{sign}” belongs to the text, put it in quotes",
            )
        return mark

    def _refuse_tag(self, tag: str, mark: Mark) -> None:
        spelled = "!!" + tag.removeprefix("tag:yaml.org,2002:") if tag.startswith("tag:yaml.org,2002:") else tag
        hint = "remove it: types come from the vocabulary; if “!” belongs to the text, put it in quotes"
        self._faults.add(codes.TAG, f"{shown(spelled)} is a tag, and those are not read here", mark, hint)


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    assert mark is not None, "events that were parsed have marks"
    return (mark.line + 1, mark.column + 1)
