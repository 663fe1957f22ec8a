"""Every way to write a pack wrongly is found, with its code and line, and all of them at once.

A line that ends in `#! SUP301` is one that must be found wrong, with that code, and no other line may be.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supportable.packs.load import load_packs
from tests.packs.acme import HEAD, SHARED, shelf

MARK = re.compile(r"#! (SUP\d{3}(?: SUP\d{3})*)$", re.MULTILINE)

WELL = """\
        otherwise: unsupported
        message: it does not hold
        remedies: [Mend it]
        cite: [{ref: ACME-100}]
"""

HEADS = {
    "an unknown key": HEAD + "publsher: Acme  #! SUP301\n",
    "no version": "pack: acme.arrays  #! SUP302\ntitle: Arrays\nlanguage: 1\n",
    "no version that sorts": HEAD.replace("version: 1.0.0", "version: 1.0  #! SUP307"),
    "another language": HEAD.replace("language: 1", "language: 2  #! SUP305"),
    "a name without publisher": HEAD.replace("acme.arrays", "Arrays  #! SUP306"),
    "a title that is a list": HEAD.replace("title: Arrays", "title: [Arrays]  #! SUP300"),
    "requires that is no list": HEAD + "requires: acme.base  #! SUP300\n",
    "a requirement that says nothing": HEAD + "requires:\n  - acme.base since 1  #! SUP308\n",
    "a required pack that is not there": HEAD + "requires:\n  - acme.base  #! SUP313\n",
    "rules that are no list": HEAD + "rules: {id: a}  #! SUP300\n",
    "a list": "- pack: acme.arrays  #! SUP300\n",
    "a number": "42  #! SUP300\n",
    "a glossary that cites nothing known": HEAD
    + "glossary:\n  - term: bay\n    text: a place\n    cite: [{ref: ACME-999}]  #! SUP324\n",
    "a glossary without text": HEAD + "glossary:\n  - term: bay  #! SUP302\n",
}

RULES = {
    "a key that nobody knows": """\
      - id: a
        title: A
        subject: array
        requires: array.mirrored  #! SUP301
        covers: true
        cite: [{ref: ACME-100}]
    """,
    "no title, no subject": "- id: a  #! SUP302 SUP302\n",
    "an id with capitals": "- {id: A, title: A, subject: array}  #! SUP306\n",
    "an entry that is no map": "- array must be mirrored  #! SUP300\n",
    "a flag in other words": """\
      - id: a
        title: A
        subject: array
        covers: yes  #! SUP300
    """,
    "an outcome in other words": f"""\
      - id: a
        title: A
        subject: array
        require: array.mirrored
{WELL.replace("unsupported", "unsuported  #! SUP303")}
    """,
    "a date that is none": """\
      - id: a
        title: A
        subject: array
        covers: true
        effective: {from: 2009-02-30}  #! SUP304
    """,
    "two variables": """\
      - id: a
        title: A
        subject: array
        each: {b: array.bays, c: array.servers}  #! SUP300
        require: "true"
    """,
    "a subject that is not there": f"""\
      - id: a
        title: A
        subject: arrays  #! SUP320
        require: array.mirrored
{WELL}
    """,
    "a subject that is a record": f"""\
      - id: a
        title: A
        subject: power  #! SUP321
        require: power.watts > 1
{WELL}
    """,
    "one id twice": f"""\
      - id: a
        title: A
        subject: array
        require: array.mirrored
{WELL}
      - id: a  #! SUP322
        title: A
        subject: array
        require: array.mirrored
{WELL}
    """,
    "a variable that is taken": f"""\
      - id: a
        title: A
        subject: array
        each: {{array: array.bays}}  #! SUP323
        require: array.width > 1
{WELL}
    """,
    "a reference and an edition that are not there": """\
      - id: a
        title: A
        subject: array
        covers: true
        cite:
          - {ref: ACME-101}  #! SUP324
          - {ref: ACME-100, revision: third}  #! SUP325
          - {ref: ACME-100, revision: second}
    """,
    "no citation": """\
      - id: a  #! SUP326
        title: A
        subject: array
        covers: true
    """,
    "a requirement and nothing else": """\
      - id: a  #! SUP326 SUP329
        title: A
        subject: array
        require: array.mirrored
    """,
    "an outcome and no words": """\
      - id: a  #! SUP327 SUP328
        title: A
        subject: array
        require: array.mirrored
        otherwise: limited
        cite: [{ref: ACME-100}]
    """,
    "grades of which one has no words": """\
      - id: a  #! SUP327 SUP328
        title: A
        subject: array
        require: array.mirrored
        otherwise:
          - {if: array.model == "A", outcome: limited, message: Older, remedies: [Newer]}
          - {outcome: unsupported}
        cite: [{ref: ACME-100}]
    """,
    "same without satisfies": f"""\
      - id: a
        title: A
        subject: array
        require: array.mirrored
{WELL.replace("otherwise: unsupported", "otherwise: same  #! SUP330")}
    """,
    "same among others": """\
      - id: a
        title: A
        subject: array
        require: satisfies(array, "acme.arrays")
        otherwise:
          - {if: array.mirrored, outcome: same}  #! SUP330
          - outcome: limited
        message: it does not hold
        remedies: [Mend it]
        cite: [{ref: ACME-100}]
    """,
    "same with a disputed text": """\
      - id: a
        title: A
        subject: array
        require: satisfies(array, "acme.arrays")
        otherwise: same
        disputed: [{ref: ACME-100, require: array.mirrored}]  #! SUP330
        message: it does not hold
        remedies: [Mend it]
        cite: [{ref: ACME-100}]
    """,
    "an advisory among others": """\
      - id: a
        title: A
        subject: array
        require: array.mirrored
        otherwise:
          - {if: array.model == "A", outcome: limited}
          - {outcome: advisory}  #! SUP331
        message: it does not hold
        remedies: [Mend it]
        cite: [{ref: ACME-100}]
    """,
    "an advisory at some times only": """\
      - id: a
        title: A
        subject: array
        require: array.mirrored
        message: it does not hold
        remedies: [Mend it]
        cite: [{ref: ACME-100}]
        revisions:
          - effective: {until: 2010-01-01}
            otherwise: advisory
          - effective: {from: 2010-01-01}
            otherwise: limited  #! SUP331
    """,
    "grades without an end, and with one too early": """\
      - id: a
        title: A
        subject: array
        require: array.mirrored
        otherwise:
          - {outcome: limited}  #! SUP332
          - {if: array.mirrored, outcome: unsupported}  #! SUP332
        message: it does not hold
        remedies: [Mend it]
        cite: [{ref: ACME-100}]
    """,
    "an advisory that covers": """\
      - id: a
        title: A
        subject: array
        covers: true  #! SUP333
        require: array.mirrored
        otherwise: advisory
        cite: [{ref: ACME-100}]
    """,
    "nothing required, nothing stated": """\
      - id: a  #! SUP334
        title: A
        subject: array
        cite: [{ref: ACME-100}]
    """,
    "dates that contradict each other": f"""\
      - id: a
        title: A
        subject: array
        require: array.mirrored
        effective:
          from: 2010-01-01
          until: 2010-01-01  #! SUP335
          last_seen: 2009-12-31  #! SUP335
{WELL}
      - id: b
        title: B
        subject: array
        require: array.mirrored
        effective: {{until: 2010-01-01, last_seen: 2010-01-01}}  #! SUP335
{WELL}
    """,
    "revisions that overlap": """\
      - id: a
        title: A
        subject: array
        covers: true
        cite: [{ref: ACME-100}]
        revisions:
          - effective: {from: 2010-01-01, until: 2012-01-01}
          - effective: {from: 2011-12-31, last_seen: 2013-01-01}  #! SUP336
          - effective: {from: 2013-01-01}  #! SUP336
          - effective: {from: 2013-01-01}  #! SUP336
          - effective: {until: 2020-01-01}  #! SUP336
    """,
    "effective beside revisions": """\
      - id: a
        title: A
        subject: array
        covers: true
        effective: {from: 2010-01-01}  #! SUP339
        cite: [{ref: ACME-100}]
        revisions:
          - effective: {from: 2010-01-01}
    """,
    "a pack asked about that is not required": f"""\
      - id: a
        title: A
        subject: array
        require: satisfies(array, "acme.array")  #! SUP419
{WELL}
    """,
    "each over what is no list": f"""\
      - id: a
        title: A
        subject: server
        each: {{a: server.array}}  #! SUP338
        require: a.mirrored
{WELL}
    """,
    "each without require, where without each": """\
      - id: a
        title: A
        subject: array
        covers: true
        each: {b: array.bays}  #! SUP338
        cite: [{ref: ACME-100}]
      - id: b
        title: B
        subject: array
        covers: true
        where: array.mirrored  #! SUP338
        cite: [{ref: ACME-100}]
    """,
    "an exception without citation": f"""\
      - id: a
        title: A
        subject: array
        require: array.mirrored
        unless:
          - {{if: array.model == "A", cite: []}}  #! SUP326
{WELL}
      - id: b
        title: B
        subject: array
        require: array.mirrored
        unless:
          - {{if: array.model == "A"}}  #! SUP302
{WELL}
    """,
    "expressions, each of them once, in all places": """\
      - id: a
        title: A
        subject: array
        when: array.mirored  #! SUP411
        require: array.modl == "A"  #! SUP411
        unless:
          - if: array.baies == none  #! SUP411
            cite: [{ref: ACME-200}]
        otherwise:
          - if: array.mirord  #! SUP411
            outcome: limited
          - outcome: unsupported
        disputed:
          - ref: ACME-201  #! SUP324
            require: array.mirroed  #! SUP411
        message: "{{ array.idd }}"  #! SUP411
        remedies:
          - "{{ array.iid }}"  #! SUP411
        cite: [{ref: ACME-100}]
        revisions:
          - effective: {until: 2010-01-01}
          - effective: {from: 2010-01-01}
    """,
}

DERIVATIONS = {
    "an entity that is not there": "- {fact: arrray.good, title: Good, value: array.mirrored}  #! SUP340\n",
    "a record": "- {fact: power.good, title: Good, value: power.watts > 1}  #! SUP340\n",
    "an attribute of the vocabulary": "- {fact: array.mirrored, title: M, value: array.model == none}  #! SUP341\n",
    "one fact twice": """\
      - {fact: array.good, title: Good, value: array.mirrored}
      - {fact: array.good, title: Good, value: array.mirrored}  #! SUP342
    """,
    "no value": "- {fact: array.good, title: Good}  #! SUP302\n",
    "a name that is no fact": "- {fact: good, title: Good, value: array.mirrored}  #! SUP306\n",
    "a value of another type than declared": """\
      - fact: array.good
        title: Good
        value: array.mirrored
        type: int  #! SUP344
    """,
    "values of two types": """\
      - fact: array.good
        title: Good
        revisions:
          - {effective: {until: 2010-01-01}, value: array.mirrored}
          - {effective: {from: 2010-01-01}, value: size(array.bays)}  #! SUP344
    """,
    "a wrong value, and one that rests on it": """\
      - {fact: array.good, title: Good, value: array.mirored}  #! SUP411
      - {fact: array.better, title: Better, value: array.good && array.mirrored}
    """,
}


def found_and_expected(
    folder: Path, files: dict[str, str]
) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]]:
    expected = []
    for name, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            if mark := MARK.search(line):
                expected += [(code, name, number) for code in mark[1].split()]
    loaded = load_packs([shelf(folder, SHARED, files)], discover=False)
    assert loaded.packs == ()
    problems = [problem for broken in loaded.broken for problem in broken.problems]
    assert all(problem.move == "author" for problem in problems)
    return sorted((each.code, each.origin.file, each.origin.line) for each in problems), sorted(expected)


@pytest.mark.parametrize("name", HEADS)
def test_a_wrong_head_is_found_where_it_is(name: str, tmp_path: Path) -> None:
    found, expected = found_and_expected(tmp_path, {"acme/arrays/pack.yaml": HEADS[name]})
    assert found == expected


@pytest.mark.parametrize("name", RULES)
def test_a_wrong_rule_is_found_where_it_is(name: str, tmp_path: Path) -> None:
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/a.yaml": "rules:\n" + RULES[name]}
    found, expected = found_and_expected(tmp_path, files)
    assert found == expected


@pytest.mark.parametrize("name", DERIVATIONS)
def test_a_wrong_definition_is_found_where_it_is(name: str, tmp_path: Path) -> None:
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/a.yaml": "derive:\n" + DERIVATIONS[name]}
    found, expected = found_and_expected(tmp_path, files)
    assert found == expected


def test_all_files_of_a_pack_are_looked_at_in_one_go(tmp_path: Path) -> None:
    files = {
        "acme/arrays/pack.yaml": HEAD.replace("1.0.0", "one  #! SUP307"),
        "acme/arrays/rules/a.yaml": "rules:\n" + RULES["a key that nobody knows"],
        "acme/arrays/rules/b.yaml": "derive:\n" + DERIVATIONS["a record"],
        "acme/arrays/rules/c.yaml": "rules:\n" + RULES["nothing required, nothing stated"].replace("id: a", "id: c"),
        "acme/arrays/rules/d.yaml": "rules: [  #! SUP110\n",
    }
    found, expected = found_and_expected(tmp_path, files)
    assert [each for each in found if each[0] != "SUP110"] == [each for each in expected if each[0] != "SUP110"]
    assert {each[1] for each in found if each[0] == "SUP110"} == {"acme/arrays/rules/d.yaml"}


def test_what_uses_a_definition_that_was_left_out_is_not_to_blame(tmp_path: Path) -> None:
    files = {
        "acme/arrays/pack.yaml": HEAD,
        "acme/arrays/rules/a.yaml": "derive:\n  - {fact: array.good, titel: G, value: array.model}  #! SUP301 SUP302\n",
        "acme/arrays/rules/b.yaml": "derive:\n  - {fact: array.better, title: Better, value: array.good}\n",
    }
    found, expected = found_and_expected(tmp_path / "misshapen", files)
    assert found == expected
    unreadable = {**files, "acme/arrays/rules/a.yaml": "derive: [\n"}
    found, _ = found_and_expected(tmp_path / "unreadable", unreadable)
    assert {each[1] for each in found} == {"acme/arrays/rules/a.yaml"}


def test_the_problems_of_a_pack_are_in_order_of_place(tmp_path: Path) -> None:
    rules = "rules:\n" + RULES["expressions, each of them once, in all places"]
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/a.yaml": rules}
    (broken,) = load_packs([shelf(tmp_path, SHARED, files)], discover=False).broken
    places = [problem.origin for problem in broken.problems]
    assert places == sorted(places)


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"", b"PK\x03\x04\x00", b"\xff\xfe"])
def test_bytes_that_are_no_text_break_one_pack_only(content: bytes, tmp_path: Path) -> None:
    folder = shelf(tmp_path, SHARED, {"acme/arrays/pack.yaml": HEAD}, {"acme/odd/pack.yaml": content})
    loaded = load_packs([folder], discover=False)
    assert [pack.name for pack in loaded.packs] == ["acme.arrays"]
    (broken,) = loaded.broken
    assert broken.name == "acme/odd"
    assert {problem.code[:4] for problem in broken.problems} == {"SUP1"}


def test_a_pack_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = b"# " + b"x" * (3 * 1024 * 1024) + b"\n"
    files = {"acme/arrays/rules/a.yaml": large, "acme/arrays/rules/b.yaml": large}
    (broken,) = load_packs([shelf(tmp_path, SHARED, {"acme/arrays/pack.yaml": HEAD}, files)], discover=False).broken
    assert [problem.code for problem in broken.problems] == ["SUP309"]


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    files = {"acme/arrays/pack.yaml": HEAD + "publsher: Acme\n"}
    (broken,) = load_packs([shelf(tmp_path, SHARED, files)], discover=False).broken
    (problem,) = broken.problems
    assert str(problem) == ("acme/arrays/pack.yaml:5:1: SUP301 unknown key “publsher”\n    did you mean “publisher”?")
