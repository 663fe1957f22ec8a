"""The column types of all steps so far; a step that needs others brings its own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.types import TypeEngine

WHOLE: Final[TypeEngine[int]] = BigInteger().with_variant(Integer(), "sqlite")
WORDS: Final[TypeEngine[str]] = Text().with_variant(Text(collation="C"), "postgresql")
