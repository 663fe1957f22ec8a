"""The expressions of a pack, compiled against the vocabulary, with problems collected instead of raised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeVar

from supportable.errors import PackError, Problem
from supportable.language import Scope, compile_condition, compile_expression, compile_template
from supportable.language.ir import Const, Node
from supportable.packs.model import Template
from supportable.packs.place import Place
from supportable.vocabulary.catalogues import Catalogue
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.types import BOOL, Type

T = TypeVar("T")

TRUE: Final = Const(BOOL, value=True, text="true")
"""What a condition that is left out means."""


class Unavailable(Exception):
    """An expression uses a definition that is wrong itself: that is what has to be mended, and it is noted there."""


class Compiler:
    """Compiles for one pack. `derived` types the attributes that packs define: None where no pack does; `packs` are
    the names that `satisfies` may name.

    The same text at the same place with the same variables is compiled once, so that what several revisions
    inherit is reported once.
    """

    __slots__ = ("_catalogues", "_derived", "_known", "_packs", "_problems", "_vocabulary")

    def __init__(
        self,
        vocabulary: Vocabulary,
        catalogues: Mapping[str, Catalogue],
        packs: Collection[str],
        derived: Callable[[str, str], Type | None],
        problems: list[Problem],
    ) -> None:
        self._vocabulary = vocabulary
        self._catalogues = catalogues
        self._packs = packs
        self._derived = derived
        self._problems = problems
        self._known: dict[tuple[object, ...], object] = {}

    def note(self, problem: Problem) -> None:
        """Note a problem beside those of expressions."""
        self._problems.append(problem)

    def value(self, text: str, place: Place, variables: Mapping[str, Type]) -> Node | None:
        """An expression of any type; None if it is wrong, which is noted."""
        return self._once("value", text, place, variables, compile_expression)

    def condition(self, text: str, place: Place, variables: Mapping[str, Type]) -> Node | None:
        """An expression that is true, unknown or false; None if it is wrong, which is noted."""
        return self._once("condition", text, place, variables, compile_condition)

    def template(self, text: str, place: Place, variables: Mapping[str, Type]) -> Template | None:
        """A text with values in it; None if it is wrong, which is noted."""
        parts = self._once("template", text, place, variables, compile_template)
        return None if parts is None else Template(parts)

    def _once(
        self,
        kind: str,
        text: str,
        place: Place,
        variables: Mapping[str, Type],
        compile_text: Callable[..., T],
    ) -> T | None:
        key = (kind, place.document.file, place.pointer, tuple(sorted(variables.items(), key=lambda item: item[0])))
        if key not in self._known:
            scope = Scope(self._vocabulary, dict(variables), self._catalogues, self._packs, self._derived)
            try:
                self._known[key] = compile_text(text, place.origin, scope)
            except PackError as error:
                self._problems += error.problems
                self._known[key] = None
            except Unavailable:
                self._known[key] = None
        return self._known[key]  # type: ignore[return-value]  # the key holds the kind, and so the type
