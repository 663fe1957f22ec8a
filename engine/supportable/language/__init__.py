"""The expressions of the policy language: text in, typed nodes out."""

from __future__ import annotations

from supportable.language.compile import compile_condition, compile_expression, compile_template
from supportable.language.scope import Scope
from supportable.language.show import show

__all__ = ["Scope", "compile_condition", "compile_expression", "compile_template", "show"]
