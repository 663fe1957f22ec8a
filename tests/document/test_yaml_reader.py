from __future__ import annotations

import pytest
import yaml

from supportable.document import Document, Limits, Map, Plain, Seq, Value, read_text, yaml_reader
from supportable.errors import Problem
from supportable.origin import Origin
from tests.document.faults import found, problems_of


def read(text: bytes | str) -> Value:
    return read_text(text, "it.yaml").root


def spelled(value: Value) -> object:
    """A value in which what was plain and what was quoted cannot be taken for one another."""
    if isinstance(value, Map):
        return {key: spelled(each) for key, each in value.items()}
    if isinstance(value, Seq):
        return [spelled(each) for each in value]
    return ("plain", str(value)) if isinstance(value, Plain) else value


def test_no_scalar_is_guessed_to_be_anything_but_text() -> None:
    text = "release: 2008\nanswer: no\ndate: 2009-05-26\nnumber: 1.0\nflag: true\nopen: [a, ...]\ntime: 12:30:00\n"
    assert spelled(read(text)) == {
        "release": ("plain", "2008"),
        "answer": ("plain", "no"),
        "date": ("plain", "2009-05-26"),
        "number": ("plain", "1.0"),
        "flag": ("plain", "true"),
        "open": [("plain", "a"), ("plain", "...")],
        "time": ("plain", "12:30:00"),
    }


def test_quoted_and_block_scalars_are_text_and_no_longer_plain() -> None:
    text = "single: '2008'\ndouble: \"no\\u00e9\"\nliteral: |\n  a\n  b\nfolded: >-\n  a\n  b\n"
    text += "empty: ''\nnull-text: \"null\"\n"
    assert spelled(read(text)) == {
        "single": "2008",
        "double": "noé",
        "literal": "a\nb\n",
        "folded": "a b",
        "empty": "",
        "null-text": "null",
    }


@pytest.mark.parametrize("written", ["", " null", " Null", " NULL", " ~"])
def test_a_plain_null_is_none(written: str) -> None:
    assert read(f"a:{written}\nb: [x]\n") == {"a": None, "b": ["x"]}


@pytest.mark.parametrize("written", ["nUll", "none", "NaN", ".inf", "0x1F", "1_000", "1" * 5000])
def test_everything_else_keeps_its_spelling(written: str) -> None:
    assert spelled(read(f"- {written}")) == [("plain", written)]


def test_keys_are_plain_python_text_whether_quoted_or_not() -> None:
    root = read("2008: a\n\"null\": b\n'<<': c\nno: d\n? long\n: e\n")
    assert isinstance(root, Map)
    assert [(type(key), key) for key in root] == [(str, "2008"), (str, "null"), (str, "<<"), (str, "no"), (str, "long")]


def test_an_explicit_null_document_is_one_with_nothing_in_it() -> None:
    assert read_text("---\n", "it.yaml").root is None


def test_end_marker_and_comments_after_the_document_are_fine() -> None:
    assert read("# before\n---\na: 1\n...\n# after\n") == {"a": "1"}


def test_the_document_knows_its_name_its_digest_and_where_it_begins() -> None:
    assert read_text(b"\n  - a\n", "x/it.yaml") == Document(
        "x/it.yaml",
        Seq(["a"]),
        # printf '\n  - a\n' | sha256sum
        "a5bd635e7bc4923315732ae8ed0aab4930db32df40675fa6086025506ef05974",
        (2, 3),
    )


@pytest.mark.parametrize(
    "data",
    [
        "é: ü\n".encode(),
        b"\xef\xbb\xbf" + "é: ü\n".encode(),
        "é: ü\n".encode("utf-16"),
        b"\xfe\xff" + "é: ü\n".encode("utf-16-be"),
        "\ufeffé: ü\n",
        "é: ü\r\n",
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 little", "UTF-16 big", "text with mark", "text with CR LF"],
)
def test_encodings_that_say_what_they_are_are_read_and_columns_count_from_behind_the_mark(data: bytes | str) -> None:
    document = read_text(data, "it.yaml")
    assert (document.root, document.origin_of("/é")) == ({"é": "ü"}, Origin("it.yaml", 1, 4))


def test_every_duplicate_key_is_reported_at_once_with_the_place_of_the_first() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 3\nd: {c: 1}\na: 4\n"
    hint = "it is given at line {}, column {} already: keep one of the two"
    assert problems_of(text) == (
        Problem("SUP116", "the key “c” is given twice", Origin("it.yaml", 2, 11), hint.format(2, 5)),
        Problem("SUP116", "the key “a” is given twice", Origin("it.yaml", 3, 1), hint.format(1, 1)),
        Problem("SUP116", "the key “a” is given twice", Origin("it.yaml", 5, 1), hint.format(1, 1)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'a': 1\na: 2", [("SUP116", 2, 1)]),
        ("? [a]\n: b\n? {x: 1}\n: c\n", [("SUP117", 1, 3), ("SUP117", 3, 3)]),
        ("{a: 1}: 2", [("SUP117", 1, 1)]),
        ("? {a: 1, a: 2}\n: {b: 1, b: 2}\n", [("SUP117", 1, 3), ("SUP116", 1, 10), ("SUP116", 2, 10)]),
        ("~: 1\nnull: 2\n", [("SUP117", 1, 1), ("SUP117", 2, 1)]),
        ("?\n: 1\n", [("SUP117", 1, 2)]),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", [("SUP120", 1, 4), ("SUP118", 3, 3), ("SUP120", 3, 7)]),
        ("*x : 1\n", [("SUP120", 1, 1)]),
        ("!foo\na: !!python/object:os.system x\n", [("SUP119", 1, 1), ("SUP119", 2, 4)]),
        ("a: !!str 1\nb: !\n", [("SUP119", 1, 4), ("SUP119", 2, 4)]),
        ("%TAG !e! tag:example.org,2000:\n---\na: 1\n", [("SUP119", 1, 1)]),
        ("a: 1\n---\nb: 1\n", [("SUP112", 2, 1)]),
        ("a: 1\na: 2\nb: [\n", [("SUP116", 2, 1), ("SUP110", 4, 1)]),
        ("# nothing\n\n", [("SUP105", 1, 1)]),
        ("", [("SUP105", 0, 0)]),
        ("a: \x07\nb: \x1b[0m\n", [("SUP108", 1, 4), ("SUP108", 2, 4)]),
        ('a: "\\x1b"\nb: "\\0"\nc: "\\u2028\\x85"\n', [("SUP108", 1, 4), ("SUP108", 2, 4)]),
        ("a: \ud800", [("SUP109", 1, 4)]),
        ('a: "\\ud800"', [("SUP109", 1, 7)]),
        ("a: b\0c", [("SUP106", 1, 5)]),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_where_it_stands(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: 1\ncaf\xe9: x", ("SUP107", 2, 4, "the byte 0xE9 is not UTF-8; in Windows-1252 it would be “é”")),
        (b"a: \xc3", ("SUP107", 1, 4, "the byte 0xC3 is not UTF-8; in Windows-1252 it would be “Ã”")),
        (b"\xef\xbb\xbfa: \x81", ("SUP107", 1, 4, "the byte 0x81 is not UTF-8")),
        (b"\xff\xfea\0:\0 \0\0\xd8", ("SUP107", 1, 4, "the file begins like UTF-16 and does not go on so")),
        (b"PK\x03\x04\0\0", ("SUP106", 0, 0, "this is not a text file: it looks like a spreadsheet or zip archive")),
        (b"a\0:\0 \0", ("SUP106", 0, 0, "this is not a text file")),
    ],
)
def test_bytes_that_are_no_text_say_which_and_where(data: bytes, expected: tuple[str, int, int, str]) -> None:
    (problem,) = problems_of(data)
    assert (problem.code, problem.origin.line, problem.origin.column, problem.message) == expected


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: [b, c\nd: 1\n", (2, 2), "the list opened with “[” in line 1 is not closed"),
        ("a: {b: c\n", (2, 1), "the map opened with “{” in line 1 is not closed"),
        ("a: 'b\nc: d\n", (3, 1), "the quotation mark in line 1 is not closed"),
        ("a: b: c\n", (1, 5), "a “: ” stands where no key can be"),
        ("a: 1\nb\nc: 2\n", (3, 1), "a key without “:” after it"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "no key was found where one is due"),
        ("- a\nb: 1\n", (2, 1), "no “- ” was found where a list item is due"),
        ("a: 'x' y\n", (1, 8), "text goes on after the end of a value"),
        ("a: @x\n", (1, 4), "“@” cannot begin a text"),
        ("a: - b\n", (1, 4), "a list cannot begin here with “- ”"),
        ("a: [b,,c]\n", (1, 7), "a value is missing"),
        ('a: "C:\\dir"\n', (1, 7), "this backslash does not begin an escape"),
        ("a: & b\n", (1, 5), "“*” and “&” cannot begin a text"),
        ("a: |x\n  b\n", (1, 5), "only a line break may follow “|” or “>”"),
        ("%YAML 1.9\n---\na: 1\n", (1, 1), "this version of YAML is not known"),
    ],
)
def test_broken_yaml_is_explained_in_one_plain_sentence(text: str, place: tuple[int, int], message: str) -> None:
    (problem,) = problems_of(text)
    assert (problem.code, problem.origin, problem.message) == ("SUP110", Origin("it.yaml", *place), message)
    assert problem.hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a:\n\tb: 1\n", 2, "the line is indented with a tab"),
        ("\ta: 1\n", 1, "the line is indented with a tab"),
        ("a:\n  b: 1\n \tc: 1\n\td: 1\n", 3, "the line is indented with a tab; so is another line"),
    ],
)
def test_tabs_for_indentation_are_named_as_such(text: str, line: int, message: str) -> None:
    (problem,) = problems_of(text)
    assert (problem.code, problem.origin.line, problem.message) == ("SUP111", line, message)


def test_tabs_inside_text_are_text() -> None:
    assert read("a: |\n  b\tc\n  \td\ne: 'x\ty'\n") == {"a": "b\tc\n\td\n", "e": "x\ty"}


def test_limits_are_inclusive() -> None:
    exact = Limits(max_bytes=12, max_depth=2, max_scalar=3, max_nodes=4)
    assert read_text(
        "abc: [1, 2]\n", "it.yaml", limits=Limits(max_bytes=12, max_depth=2, max_scalar=3, max_nodes=5)
    ).root
    assert found("abc: [1, 2]\n", limits=exact) == [("SUP115", 1, 10)]
    assert found("abc: [1, 20]\n", limits=exact) == [("SUP104", 0, 0)]
    assert found("a: [[1]]\n", limits=exact) == [("SUP113", 1, 5)]
    assert found("- 1234\n", limits=exact) == [("SUP114", 1, 3)]
    assert found("1234: a\n", limits=exact) == [("SUP114", 1, 1)]


def test_too_many_problems_end_the_reading_with_a_word_about_it() -> None:
    text = "a: 1\n" * 10
    expected = [("SUP116", line, 1) for line in (2, 3, 4)] + [("SUP121", 4, 1)]
    assert found(text, limits=Limits(max_problems=3)) == expected


def test_whose_move_it_is_comes_from_the_caller() -> None:
    assert {problem.move for problem in problems_of("a: 1\na: 1\n")} == {"caller"}


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: 2008\nb: 'x'\nc: [~, {d: e}]\nf:\n  - g:\n    h: |\n      i\n"
    by_c = read_text(text, "it.yaml")
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    by_python = read_text(text, "it.yaml")
    assert spelled(by_python.root) == spelled(by_c.root)
    for pointer in ("/a", "/b", "/c/0", "/c/1/d", "/f/0", "/f/0/h"):
        assert by_python.origin_of(pointer) == by_c.origin_of(pointer)
