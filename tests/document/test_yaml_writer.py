from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from supportable.document import Map, Plain, Seq, Value, dump_yaml, read_text
from supportable.document.refusals import FORBIDDEN
from supportable.errors import DocumentError

words = st.sampled_from(
    ["null", "~", "", "no", "Yes", "y", "true", "2008", "1.0", "1e3", "0x1f", "12:30:00", "2009-05-26", ".inf",
     "<<", "=", "-", "---", "...", "--- a", "... a", "a: b", "a:", "a #b", "#a", "- a", "? a", ": a", "[a", "a]",
     "{a", "!a", "&a", "*a", "@a", "`a", "%a", "|", ">", "'a", '"a"', " a", "a ", "C:\\dir", "none", "unknown",
     "a\n", "a\nb", "a\nb\n", "a\n\nb\n\n", "\na", " a\nb", "a \nb", "a\n b\n", "a\n---\nb", "a\n...\nb",
     "a\n#b", "k: |\n x", "a\tb", "\ta\n\tb", "a\r\nb", "\x85", "\u2028", "\ufeff", "\xa0", "\xad", "😀",
     "a" * 1100, "é" * 1100, '"' * 600]
)  # fmt: skip
allowed_text = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not FORBIDDEN.search(text))
texts = words | allowed_text | st.text(":-?#[]{},&*!|>'\"%@`~ \n\tab.=<0", max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def as_read(value: object) -> object:
    """What a reader that types nothing sees of `value`."""
    if isinstance(value, dict):
        return {key: as_read(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_read(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else value


@given(values)
@example({"a": [[], {}, [[{"b": []}]], {"c": {"d": "x\ny"}}]})
def test_reading_gives_back_what_was_written(value: object) -> None:
    assert read_text(dump_yaml(value), "it.yaml").root == as_read(value)


@given(values)
@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
def test_an_ordinary_reader_sees_the_same_values_and_types(loader: type[yaml.SafeLoader], value: object) -> None:
    assert yaml.load(dump_yaml(value), Loader=loader) == value


@given(st.text(":-?#[]{},&*!|>'\"%@`~ ab.=<0é", max_size=8).map(lambda text: f"- {text}\n- x\n"))
@example("- ...\n")
@example("- -1\n- :x\n- ?x\n- a:b\n- a#b\n")
@example("- {a: [b, ...]}\n")
def test_what_was_plain_stays_plain(text: str) -> None:
    def plain(value: Value) -> list[str]:
        if isinstance(value, Map):
            return [each for inner in value.values() for each in plain(inner)]
        if isinstance(value, Seq):
            return [each for inner in value for each in plain(inner)]
        return [str(value)] if isinstance(value, Plain) else []

    try:
        first = read_text(text, "it.yaml").root
    except DocumentError:
        return
    again = read_text(dump_yaml(first), "it.yaml").root
    assert again == first
    missing = [each for each in plain(first) if each not in plain(again)]
    assert missing == []


def test_it_reads_like_something_a_person_wrote() -> None:
    value = {
        "design": "sql-guest-cluster",
        "machines": [
            {"id": "host1", "os": {"name": "windows-server", "release": Plain("2008-r2")}, "count": 2, "spare": False},
            {"id": "vm1", "host": None, "disks": [], "notes": "first line\n\n  third line\n", "tags": ["a: b", "no"]},
        ],
        "2008": [["u", "v"], ["w"]],
        "empty": {},
        "path": "C:\\Windows",
        "open": [Plain("a"), Plain("...")],
    }
    assert (
        dump_yaml(value)
        == """\
design: sql-guest-cluster
machines:
  - id: host1
    os:
      name: windows-server
      release: 2008-r2
    count: 2
    spare: false
  - id: vm1
    host: null
    disks: []
    notes: |
      first line

        third line
    tags:
      - "a: b"
      - "no"
"2008":
  - - u
    - v
  - - w
empty: {}
path: C:\\Windows
open:
  - a
  - ...
"""
    )


@pytest.mark.parametrize("value", [1.5, {"a": 1.5}, {1: "a"}, {None: 1}, [{"a": {1, 2}}], b"a", object()])
def test_what_has_no_settled_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        dump_yaml(value)


@pytest.mark.parametrize("value", ["\0", "a\x1b", "\ud800", {"\x07": 1}, "\ufffe", Plain("a\x7f")])
def test_characters_that_no_document_may_hold_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="U\\+"):
        dump_yaml(value)


def test_nothing_is_written_that_would_be_too_deep_to_read() -> None:
    deepest: list[object] = []
    for _ in range(63):
        deepest = [deepest]
    assert read_text(dump_yaml(deepest), "it.yaml").root == deepest
    with pytest.raises(ValueError, match="deeper"):
        dump_yaml([deepest])
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(ValueError, match="deeper"):
        dump_yaml(endless)
