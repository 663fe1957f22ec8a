"""Whatever the bytes, there is a document or a DocumentError whose problems stand inside the file."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supportable.document import Limits, read_text
from supportable.errors import DocumentError, Problem

pieces = st.sampled_from(
    ["a", "b: ", "- ", "? ", ": ", "\n", "\n  ", "\n    ", "\t", " ", "[", "]", "{", "}", ", ", "'", '"', "|", ">",
     "|2-\n", "|0\n", "&x ", "*x", "!", "!!str ", "!<", "%YAML 1.2\n", "%TAG ! x\n", "%", "---", "...", "#",
     " #c\n", "<<: ", "~", "\\", "\\x", "\\ud800", "\\u0041", "@", "`", "\ufeff", "\x85", "\u2028", "\r", "\r\n",
     "é", "😀", "\0", "\x07", "\ud800", "NaN", "1e5", "null", "true", "//"]
)  # fmt: skip
small = Limits(max_bytes=400, max_depth=6, max_scalar=40, max_nodes=40, max_problems=5)


def problems(text: bytes | str, file: str) -> tuple[Problem, ...]:
    try:
        read_text(text, file, limits=small)
    except DocumentError as error:
        assert error.problems, "an error without a problem"  # noqa: PT017 - both ends are fine, only silence is not
        return error.problems
    return ()


@pytest.mark.parametrize("file", ["it.yaml", "it.json"])
@given(data=st.binary(max_size=60))
@example(data=b"\xff\xfe")
@example(data=b"\xef\xbb\xbf")
def test_any_bytes_are_read_or_refused(file: str, data: bytes) -> None:
    for problem in problems(data, file):
        assert problem.origin.file == file
        assert problem.message


@pytest.mark.parametrize("file", ["it.yaml", "it.json"])
@given(parts=st.lists(pieces, max_size=25))
def test_any_heap_of_pieces_is_read_or_refused_in_words_and_in_order(file: str, parts: list[str]) -> None:
    text = "".join(parts)
    found = problems(text, file)
    places = [(problem.origin.line, problem.origin.column) for problem in found]
    assert places == sorted(places)
    for problem in found:
        assert 0 <= problem.origin.line <= len(text.splitlines()) + 1
        assert "not YAML:" not in problem.message, "a complaint of the parser that has no wording of its own"
