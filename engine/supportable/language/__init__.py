"""The expressions of the policy language: text in, typed nodes out.

What compiles is imported when it is first asked for: who only evaluates nodes needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportable.language.show import show

if TYPE_CHECKING:
    from supportable.language.compile import compile_condition, compile_expression, compile_template
    from supportable.language.scope import Scope

__all__ = ["Scope", "compile_condition", "compile_expression", "compile_template", "show"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from supportable.language import compile as compiling  # noqa: PLC0415  see above
    from supportable.language import scope  # noqa: PLC0415

    return scope.Scope if name == "Scope" else getattr(compiling, name)
