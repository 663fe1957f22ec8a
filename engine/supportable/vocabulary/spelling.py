"""Text as the words that count: without case, marks, and the punctuation that only separates."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKS: Final = re.compile(r"[®™©℠]|\((?:r|tm|c|sm)\)", re.IGNORECASE)

# What merely separates or quotes. Anything else that is no letter or digit (`+`, `<`, `?`, `*`) may carry meaning, as
# in "2008+", and so becomes a word that has to be accounted for.
_SEPARATORS: Final = re.compile(r"[\s_\-‐‑‒–—―−/,;:|()\[\]{}'\"‘’“”„«»·•…]+")

_WORDS: Final = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\S")


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text` in order, case folded; letters and digits are parted: "W2K8R2" is w, 2, k, 8, r, 2.

    A number keeps its inner dots ("4.0"); other dots separate. A symbol that may carry meaning is a word.
    """
    # Marks go first: compatibility normalisation would turn ™ into the letters TM.
    plain = unicodedata.normalize("NFKC", _MARKS.sub(" ", text))
    # NFKC can bring marks and parentheses to light, such as ⒞, "(c)".
    plain = _MARKS.sub(" ", plain)
    visible = "".join(" " if kind == "Cc" else char for char, kind in _with_category(plain) if kind != "Cf")
    return tuple(word for word in _WORDS.findall(_SEPARATORS.sub(" ", visible.casefold())) if word != ".")


def _with_category(text: str) -> list[tuple[str, str]]:
    if text.isascii() and text.isprintable():
        return [(char, "") for char in text]
    return [(char, unicodedata.category(char)) for char in text]
