from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.document import Document, Map, Plain, Seq, Value, read_text
from supportable.document.refusals import FORBIDDEN
from supportable.errors import Problem
from supportable.origin import Origin
from tests.document.faults import found, problems_of

allowed_text = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not FORBIDDEN.search(text))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | allowed_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(allowed_text, inner, max_size=4),
    max_leaves=20,
)


def read(text: str) -> Value:
    return read_text(text, "it.json").root


def typed(value: Value) -> object:
    """What the standard library would have made of the same JSON."""
    if isinstance(value, Map):
        return {key: typed(each) for key, each in value.items()}
    if isinstance(value, Seq):
        return [typed(each) for each in value]
    return json.loads(value) if isinstance(value, Plain) else value


@given(json_values, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_it_reads_what_the_standard_library_writes(value: object, indent: int | str | None, ascii_only: bool) -> None:
    assert typed(read(json.dumps(value, indent=indent, ensure_ascii=ascii_only))) == value


@given(st.text('[]{},:"\\ \n01-.eEtrufalsn+NIy/', max_size=12))
def test_it_accepts_exactly_what_the_standard_library_accepts(text: str) -> None:
    def refuse(word: str) -> None:
        raise ValueError(word)

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("duplicate")
        return dict(pairs)

    try:
        expected = json.loads(text, parse_constant=refuse, object_pairs_hook=unique)
    except ValueError:
        assert problems_of(text, "it.json")
    else:
        assert typed(read(text)) == expected


def test_numbers_and_truth_values_keep_their_spelling() -> None:
    root = read('[12, -0, 1.50, 1E+5, true, false, null, "12"]')
    assert isinstance(root, Seq)
    assert root == ["12", "-0", "1.50", "1E+5", "true", "false", None, "12"]
    assert [type(each) for each in root] == [Plain] * 6 + [type(None), str]


def test_huge_numbers_are_just_text() -> None:
    assert read("9" * 100_000) == "9" * 100_000


def test_every_escape_is_read_surrogate_pairs_included() -> None:
    assert read(r'"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"'.replace(r"\b\f", "")) == '"\\/\n\r\té😀'


def test_positions_are_those_of_the_text() -> None:
    document = read_text('\n {"a": [1,\r\n  {"b": "é"}],\n\t"c": null}\n', "it.JSON")
    places = {each: document.origin_of(each) for each in ("", "/a", "/a/0", "/a/1", "/a/1/b", "/c")}
    assert places == {
        "": Origin("it.JSON", 2, 2),
        "/a": Origin("it.JSON", 2, 8),
        "/a/0": Origin("it.JSON", 2, 9),
        "/a/1": Origin("it.JSON", 3, 3),
        "/a/1/b": Origin("it.JSON", 3, 9),
        "/c": Origin("it.JSON", 4, 7),
    }
    assert document.origin_of_key("/a/1/b") == Origin("it.JSON", 3, 4)


def test_duplicate_keys_and_what_is_no_number_are_reported_together() -> None:
    assert problems_of('{"a": 1, "a": NaN,\n "b": [-Infinity, Infinity, {"c": 1, "c": 2}]}', "it.json") == (
        Problem(
            "SUP116",
            "the key “a” is given twice",
            Origin("it.json", 1, 10),
            "it is given at line 1, column 2 already: keep one of the two",
        ),
        Problem("SUP131", "NaN is no JSON number", Origin("it.json", 1, 15), "write null where the value is not known"),
        Problem(
            "SUP131", "-Infinity is no JSON number", Origin("it.json", 2, 8), "write null where the value is not known"
        ),
        Problem(
            "SUP131", "Infinity is no JSON number", Origin("it.json", 2, 19), "write null where the value is not known"
        ),
        Problem(
            "SUP116",
            "the key “c” is given twice",
            Origin("it.json", 2, 38),
            "it is given at line 2, column 30 already: keep one of the two",
        ),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'["\ud800"]', ("SUP109", 1, 2, "half of a surrogate pair, U+D800, stands alone")),
        (r'["\ude00 😀"]', ("SUP109", 1, 2, "half of a surrogate pair, U+DE00, stands alone")),
        (r'{"\u0000": 1}', ("SUP108", 1, 2, "the character U+0000 is not text")),
        ('"\x7f"', ("SUP108", 1, 2, "the character U+007F is not text")),
        (" \n", ("SUP105", 1, 1, "the file holds nothing but white space")),
        ("[1,\n2", ("SUP130", 2, 2, "“,” or “]” is missing")),
        ("[1}", ("SUP130", 1, 3, "“,” or “]” is missing")),
        ("[1,]", ("SUP130", 1, 4, "a comma stands before “]”")),
        ('{"a": 1,}', ("SUP130", 1, 9, "a comma stands before “}”")),
        ('{"a" 1}', ("SUP130", 1, 6, "“:” is missing after the key “a”")),
        ("{a: 1}", ("SUP130", 1, 2, "a key in double quotes is missing")),
        ('{"a":}', ("SUP130", 1, 6, "a value is missing")),
        ("['a']", ("SUP130", 1, 2, "“'a'” is no JSON value")),
        ("[01]", ("SUP130", 1, 2, "“01” is no JSON value")),
        ("[\u0661]", ("SUP130", 1, 2, "“\u0661” is no JSON value")),
        ("// x\n[]", ("SUP130", 1, 1, "“//” is no JSON value")),
        ('["a', ("SUP130", 1, 2, "the string is not closed in its line")),
        ('["a\nb"]', ("SUP130", 1, 4, "a line break or tab stands in a string")),
        ('["C:\\dir"]', ("SUP130", 1, 5, "this backslash does not begin an escape")),
        ("[1] 2", ("SUP130", 1, 5, "text goes on after the end of the value")),
        ("--- {}", ("SUP130", 1, 1, "“---” is no JSON value")),
    ],
)
def test_broken_json_is_explained_where_it_breaks(text: str, expected: tuple[str, int, int, str]) -> None:
    (problem,) = problems_of(text, "it.json")
    assert (problem.code, problem.origin.line, problem.origin.column, problem.message) == expected


def test_the_name_of_the_file_decides_and_yaml_reads_most_json_alike() -> None:
    text = '{"a": [1, "b", null]}'
    as_json, as_yaml = read_text(text, "it.json"), read_text(text, "it.yaml")
    assert as_yaml == Document("it.yaml", as_json.root, as_json.digest, as_json.mark)
    assert found("{a: 1}", "it.json") == [("SUP130", 1, 2)]
