"""Plain values in words."""

from __future__ import annotations

from typing import Any

import pytest

from supportable.report.values import in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "unknown"),
        (True, "yes"),
        (False, "no"),
        ("none", "none"),
        (12, "12"),
        ({"name": "windows-server", "release": "2008", "edition": None}, "windows-server 2008"),
        ([], "[]"),
        (["a", "..."], "[a, …]"),
        (["a", {"possibly": "b"}], "[a, possibly b]"),
    ],
)
def test_a_value_reads_as_one_would_say_it(value: Any, words: str) -> None:
    assert in_words(value) == words
