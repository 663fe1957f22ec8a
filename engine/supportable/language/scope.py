"""What an expression may speak of, and how far down in it we are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from supportable.vocabulary.lookups import Catalogue
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.types import DATE, RefType, Type

ALWAYS: Final[Mapping[str, Type]] = {"as_of": DATE, "design": RefType("design")}
"""The variables that every expression has."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may speak of.

    `variables` are the subject by its type's name and those that `each` and macros bind; `design` and `as_of` come on
    top. `packs` are the names that `satisfies` may name. `derived` types the attribute of an entity type that some
    pack defines, None where none does; it may raise PackError, whose problems are then those of the expression.
    """

    vocabulary: Vocabulary
    variables: Mapping[str, Type]
    catalogues: Mapping[str, Catalogue]
    packs: Collection[str]
    derived: Callable[[str, str], Type | None]

    def binding(self, name: str, type: Type) -> Scope:
        """The same scope with one variable more."""
        return replace(self, variables={**self.variables, name: type})

    def variable(self, name: str) -> Type | None:
        """The type of a variable; None if there is none of that name."""
        found = self.variables.get(name)
        return ALWAYS.get(name) if found is None else found

    def names(self) -> list[str]:
        """All variables, sorted."""
        return sorted({*self.variables, *ALWAYS})
