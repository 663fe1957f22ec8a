"""Python source under construction: lines, blocks, names of locals, constants by table."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any

DEEP = 30
"""Blocks inside blocks from which on an expression is given a function of its own. Python takes 100 at most."""


class Constants:
    """Values that generated code uses, each under a name of ours: no text of a pack ever becomes source."""

    def __init__(self) -> None:
        self.table: dict[str, Any] = {}
        self._names: dict[Hashable, str] = {}

    def name(self, value: Any) -> str:
        """The global name under which the value stands; equal values of one class share one."""
        try:
            key: Hashable = (value.__class__, value)
            found = self._names.get(key)
        except TypeError:
            key = (value.__class__, id(value))
            found = self._names.get(key)
        if found is None:
            found = self._names[key] = f"K{len(self._names)}"
            self.table[found] = value
        return found


class Code:
    """The body of one function: its lines, and which expressions are held by which local where we stand.

    A local that is named inside a block is forgotten, and its name free again, when the block ends.
    """

    def __init__(self, constants: Constants, depth: int = 1) -> None:
        self.constants = constants
        self.lines: list[str] = []
        self.depth = depth
        self._locals = 0
        self._most = 0
        self._scopes: list[dict[Hashable, Any]] = [{}]

    def line(self, text: str) -> None:
        """One line at the present depth."""
        self.lines.append(" " * self.depth + text)

    def local(self, value: str | None = None) -> str:
        """A name that is free here, assigned to at once where a value is given."""
        name = f"v{self._locals}"
        self._locals += 1
        if value is not None:
            self.line(f"{name} = {value}")
        return name

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is learnt within is forgotten at the end."""
        held = self._locals
        self._scopes.append({})
        yield
        self._scopes.pop()
        self._locals = held

    @contextmanager
    def indented(self, header: str) -> Iterator[None]:
        """A block, without a scope of its own."""
        self.line(header)
        self.depth += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass")
        self.depth -= 1

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """A block with a scope of its own."""
        with self.indented(header), self.scope():
            yield

    def known(self, key: Hashable) -> Any:
        """What holds an expression where we stand, or None."""
        for scope in reversed(self._scopes):
            found = scope.get(key)
            if found is not None:
                return found
        return None

    def learn(self, key: Hashable, holder: Any) -> None:
        """Note what holds an expression, until the present scope ends."""
        self._scopes[-1][key] = holder
