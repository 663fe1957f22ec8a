# ruff: noqa: E501 - a message stands on one line, as it is told
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.document import Document
from supportable.errors import Problem, VocabularyError
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.words import LANGUAGE_WORDS, TYPE_WORDS
from tests.vocabulary.documents import as_document, problems_of, types


def of_attribute(spec: str, *, beside: str = "") -> list[str]:
    """The problems of one attribute `a` of `machine`, without place and file."""
    body = f"types:\n  machine:\n    attributes:\n      kind: {{enum: [physical, virtual]}}\n{beside}      a: {spec}\n"
    return [problem.split(" ", 1)[1] for problem in problems_of(types(body + "records: {note: {}}\n"))]


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ("txt", "SUP210 “txt” is no type by itself | did you mean “text”?"),
        ("machine", "SUP210 “machine” is no type by itself | write {ref: machine} for one of them, {list: machine} for any number"),
        ("note", "SUP210 “note” is no type by itself | write {record: note}"),
        ("enum", "SUP210 “enum” is no type by itself | write {enum: …}"),
        ("", "SUP210 a type was expected, not nothing | write a type such as text, bool, product or {enum: [a, b]}"),
        ("[text]", "SUP210 a type was expected, not a list | write a type such as text, bool, product or {enum: [a, b]}"),
        ("{ask: Why?}", "SUP210 no type is given | write a type such as text, bool, product or {enum: [a, b]}"),
        ("{bool, int}", "SUP210 two types are given: bool and int | keep one of them"),
        ("{bool: yes}", "SUP210 “bool” takes nothing after it | write {bool} or bool"),
        ("{list: {list: text}}", "SUP210 a list cannot hold lists | put the inner list into a record"),
        ("{enum: []}", "SUP212 at least one allowed value is needed"),
        ("{enum: [up, up]}", "SUP212 “up” is given twice"),
        ("{enum: [none, up]}", "SUP212 “none” is a reserved word and cannot be an allowed value | write something like “none-given”"),
        ('{scale: [low, "unknown"]}', "SUP212 “unknown” is a reserved word and cannot be an allowed value | write something like “unknown-given”"),
        ('{enum: ["a "]}', "SUP212 'a ' cannot be an allowed value | use printable characters"),
        ("{enum: up}", "SUP201 the allowed values must be a list, not “up” | write [up]"),
        ("{ref: machin}", "SUP213 there is no entity type “machin” | did you mean “machine”?"),
        ("{ref: note}", "SUP213 there is no entity type “note” | “note” is a record, which has no id: write {record: note}"),
        ("{record: machine}", "SUP213 there is no record “machine” | “machine” is an entity type, which has ids: write {ref: machine}"),
        ("{ref: design}", "SUP213 there is no entity type “design” | known here: machine"),
        ("{list: machines}", "SUP213 there is nothing called “machines” | did you mean “machine”?"),
        ("{product: [servre]}", "SUP214 there is no product “servre” | did you mean “server”?"),
        ("{int: 9..1}", "SUP211 the range 9..1 begins above its end: write the lower value first"),
        ("{int: many}", "SUP211 “many” is no range: write the lowest and the highest value, as in 0..100"),
        ("{int: 0..1.5}", "SUP211 1.5 cannot end a range of whole numbers"),
        ("{int: 0..9223372036854775808}", "SUP211 9223372036854775808 does not fit 64 bits in steps of 1"),
        ('{number: "GiB, 5..1"}', "SUP211 the range 5..1 begins above its end: write the lower value first"),
        ('{number: "GiB, 0..1, 0.5"}', "SUP211 the step 0.5 is no power of ten from 1 down: write 1, 0.1, 0.01 …"),
        ('{number: "GiB, 0..1, 10"}', "SUP211 the step 10 is no power of ten from 1 down: write 1, 0.1, 0.01 …"),
        ('{number: "GiB, 0..0.05, 0.1"}', "SUP211 0.05 cannot end a range of multiples of 0.1"),
        ('{number: "GiB, 0..1e16, 0.001"}', "SUP211 1e16 does not fit 64 bits in steps of 0.001"),
        ('{number: "0.1, GiB"}', "SUP211 “0.1, GiB” is no number type: write unit, range and step, as in GiB, 0..1000000, 0.001"),
        ('{number: "G;B"}', "SUP211 “G;B” is no unit"),
        ("{text, rests_on: true}", "SUP253 “rests_on” is for references, not for text"),
        ("{list: text, part: true}", "SUP253 “part” is for references, not for list of text"),
        ("{text, part: often}", "SUP203 “part” must be true or false, not “often”"),
        ("{text, aks: Why?}", "SUP204 unknown key “aks” | did you mean “ask”?"),
    ],
)  # fmt: skip
def test_a_wrong_type_is_told_with_a_way_out(spec: str, problem: str) -> None:
    assert of_attribute(spec) == [problem]


CONDITION = 'write attribute == "value", or attribute in ["a", "b"]; join several by &&'


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ("{bool, absent: maybe}", "SUP215 the reading of an absent bool: “maybe” is neither true nor false | write true or false"),
        ("{enum: [up, down], absent: upp}", "SUP215 the reading of an absent enum [up, down]: “upp” is none of the values allowed here | did you mean “up”?"),
        ("{product, absent: Acme Servre 2}", "SUP215 “Acme Servre 2” names no product | Acme Server 2 or Acme Server 4 or Acme Server 3"),
        ("{int: 0..9, absent: 10}", "SUP215 the reading of an absent int: 10 is more than 9, the most allowed here"),
        ("{ref: machine, absent: m1}", "SUP215 “m1” cannot be the reading of an absent machine | it can be unknown or none"),
        ("{record: note, absent: {}}", "SUP215 one reading with one condition was expected | write absent: none, a value, or {none: attribute == \"value\"}"),
        ("{list: text, absent: [a]}", "SUP215 a list cannot be the reading of an absent list of text | it can be unknown or none"),
        ("{text, absent: null}", "SUP215 nothing cannot be the reading of an absent text | it can be unknown or none"),
        ('{text, absent: {unknown: kind == "physical"}}', "SUP215 `unknown` needs no condition: it is the reading anyway"),
        ("{text, absent: {none: kind}}", f"SUP216 “kind” is no condition | {CONDITION}"),
        ("{text, absent: {none: kind = 1}}", f"SUP216 “kind = 1” is no condition | {CONDITION}"),
        ("{text, absent: {none: kind != \"physical\"}}", f"SUP216 “kind != \"physical\"” is no condition | {CONDITION}"),
        ("{text, absent: {none: 'kind == \"virtual\" &&'}}", f"SUP216 “kind == \"virtual\" &&” is no condition | {CONDITION}"),
        ("{text, absent: {none: 'kind == \"virtual\" || kind == \"physical\"'}}", f"SUP216 “kind == \"virtual\" || kind == \"physical\"” is no condition | {CONDITION}"),
        ("{text, absent: {none: [a]}}", f"SUP216 a condition was expected, not a list | {CONDITION}"),
        ('{text, absent: {none: kint == "physical"}}', "SUP216 there is no attribute “kint” here | did you mean “kind”?"),
        ('{text, absent: {none: kind == "fysical"}}', "SUP216 “kind” is never \"fysical\" | did you mean “\"physical\"”?"),
        ("{text, absent: {none: kind == true}}", "SUP216 “kind” is never true | known here: \"physical\", \"virtual\""),
        ('{text, absent: {none: b == "x"}}', "SUP216 “b” is of type text: a condition can only ask for the value of an enum or bool"),
        ('{text, absent: {none: c == true}}', "SUP216 the reading of “c” depends on a condition itself | use an attribute whose own absence has no condition"),
    ],
)  # fmt: skip
def test_a_wrong_reading_of_absence_is_told_with_a_way_out(spec: str, problem: str) -> None:
    beside = '      b: text\n      c: {bool, absent: {false: kind == "physical"}}\n'
    assert of_attribute(spec, beside=beside) == [problem]


@pytest.mark.parametrize(
    ("inverse", "problem"),
    [
        ("rack", "SUP254 “rack” names no attribute | write type.attribute"),
        ("rak.machine", "SUP254 there is no entity type “rak” | did you mean “rack”?"),
        ("note.machine", "SUP254 there is no entity type “note” | known here: machine, rack"),
        ("design.machines", "SUP254 there is no entity type “design” | known here: machine, rack"),
        ("rack.machin", "SUP254 “rack” has no attribute “machin” | did you mean “machine”?"),
        ("rack.height", "SUP254 “rack.height” is no reference, so that nothing inverts it"),
        ("rack.rows", "SUP254 “rack.rows” is no reference, so that nothing inverts it"),
        ("rack.next", "SUP254 “rack.next” refers to “rack”, not to “machine”"),
    ],
)
def test_a_wrong_inverse_is_told_with_a_way_out(inverse: str, problem: str) -> None:
    text = types(f"""
types:
  machine: {{attributes: {{a: {{inverse: {inverse}}}}}}}
  rack: {{attributes: {{machine: {{ref: machine}}, height: int, next: {{ref: rack}}, rows: {{inverse: rack.next}}}}}}
records: {{note: {{attributes: {{machine: {{ref: machine}}}}}}}}
""")
    assert [found.split(" ", 1)[1] for found in problems_of(text)] == [problem]


def test_an_inverse_has_no_reading_and_no_second_type_and_no_place_in_a_record() -> None:
    text = types("""
types:
  machine: {attributes: {host: {ref: machine}, vms: {inverse: machine.host, absent: none, text: }}}
records: {note: {attributes: {vms: {inverse: machine.host}}}}
""")
    assert problems_of(text) == [
        "v1.yaml:6:77 SUP210 an inverse list is computed: “absent” has no place here | say it where the references stand",
        "v1.yaml:6:91 SUP210 an inverse list is computed: “text” has no place here | say it where the references stand",
        "v1.yaml:7:36 SUP219 nothing can refer to a record, so that it has no inverse",
    ]


@pytest.mark.parametrize("word", sorted(LANGUAGE_WORDS))
def test_a_word_of_the_language_names_no_attribute_type_or_section(word: str) -> None:
    # In quotes, as `true` would be a key of its own kind to other readers.
    named = types(f'types: {{m: {{section: "{word}", attributes: {{"{word}": text}}}}, "{word}": {{}}}}')
    assert [found.split(" | ")[0].split(" ", 2)[1:] for found in problems_of(named)] == [
        ["SUP209", f"“{word}” is a word of the language and cannot be the name of a section"],
        ["SUP209", f"“{word}” is a word of the language and cannot be the name of an attribute"],
        ["SUP209", f"“{word}” is a word of the language and cannot be the name of a type"],
    ]


@pytest.mark.parametrize("word", TYPE_WORDS)
def test_a_built_in_type_lends_its_name_to_no_other(word: str) -> None:
    assert problems_of(types(f"types: {{{word}: {{}}}}")) == [
        f"v1.yaml:4:9 SUP209 “{word}” is a type of the language and cannot be the name of a type"
    ]
    assert problems_of(types(f"types: {{m: {{attributes: {{{word}: text}}}}}}")) == []


@pytest.mark.parametrize("name", ["Machine", "9lives", "a-b", "ä", "", "_a", "a" * 65])
def test_a_name_is_made_of_lower_case_letters_digits_and_underscores(name: str) -> None:
    [problem] = problems_of(types(f'types: {{"{name}": {{}}}}'))
    assert " SUP208 " in problem


def test_what_is_defined_twice_is_told_with_both_places() -> None:
    first = types("""
types: {machine: {attributes: {a: text}}}
products: {tape: {title: Acme Tape, names: [atape]}}
design: {attributes: {owner: text}}
""")
    second = types("""
types: {machine: {attributes: {b: text}}, other: {section: machines}}
records: {machine: {}}
products: {tape: {title: Acme Tape, names: [atape]}}
design: {attributes: {owner: text, machines: text}}
""")
    third = types("types: {machine: {extend: true, attributes: {a: int}}}")
    more = "; to add attributes to a type, write extend: true"
    assert problems_of(first, second, third) == [
        f"v2.yaml:5:9 SUP217 “machine” is defined twice | it is defined at v1.yaml:5:9 already{more}",
        "v2.yaml:5:43 SUP217 “other” has the same section as “machine”: machines | give one of them another section",
        f"v2.yaml:6:11 SUP217 “machine” is defined twice | it is defined at v1.yaml:5:9 already{more}",
        "v2.yaml:7:12 SUP217 “tape” is defined twice | it is defined at v1.yaml:6:12 already",
        f"v2.yaml:8:23 SUP217 the attribute “owner” of “design” is defined twice | it is defined at v1.yaml:7:23 already{more}",
        "v2.yaml:8:36 SUP217 “machines” is an attribute of the design and the section of “machine” | rename one of them",
        f"v3.yaml:4:46 SUP217 the attribute “a” of “machine” is defined twice | it is defined at v1.yaml:5:32 already{more}",
    ]


def test_only_what_exists_can_be_extended_and_only_by_attributes() -> None:
    text = types("""
types: {machine: {}, machin: {extend: true}, note: {extend: true}}
records: {note: {}, machine: {extend: true}, text2: {extend: maybe}}
""")
    other = types("types: {machine: {extend: true, title: Box}}")
    assert problems_of(text, other) == [
        "v1.yaml:5:22 SUP218 there is nothing called “machin” in types to extend | did you mean “machine”?",
        "v1.yaml:5:46 SUP218 there is nothing called “note” in types to extend | known here: machine",
        "v1.yaml:6:21 SUP218 there is nothing called “machine” in records to extend | known here: note, text2",
        "v1.yaml:6:62 SUP203 extend must be true or false, not “maybe”",
        "v2.yaml:4:33 SUP218 “title” belongs where “machine” is defined | an extension adds attributes and nothing else",
    ]


def test_a_record_may_not_contain_itself() -> None:
    text = types(
        "records: {a: {attributes: {x: {record: b}}}, b: {attributes: {y: {list: {record: {z: {record: a}}}}}}}"
    )
    assert problems_of(text) == ["v1.yaml:4:11 SUP219 the record “a” contains itself: a → b → b.y → a"]


def test_a_label_names_attributes() -> None:
    assert problems_of(types("types: {m: {label: [modle], attributes: {model: text}}}")) == [
        "v1.yaml:4:9 SUP256 “modle”, in the label of “m”, is none of its attributes | did you mean “model”?"
    ]


def test_a_document_says_what_it_is() -> None:
    assert problems_of("types: {}", "vocabulary: [a]\nversion: one\nlanguage: 2\ntype: {}") == [
        "v1.yaml:1:1 SUP205 the key “vocabulary” is missing | add vocabulary: …",
        "v1.yaml:1:1 SUP205 the key “version” is missing | add version: …",
        "v1.yaml:1:1 SUP205 the key “language” is missing | add language: …",
        "v2.yaml:1:13 SUP202 the name of a vocabulary must be a text, not a list",
        "v2.yaml:2:10 SUP207 “one” is not a version | write numbers and dots, as in 1.0.0",
        "v2.yaml:3:11 SUP206 language “2” is not known to this engine | this engine reads language 1",
        "v2.yaml:4:1 SUP204 unknown key “type” | did you mean “types”?",
    ]


def test_a_section_is_absent_in_one_of_two_ways() -> None:
    assert problems_of(types("types: {m: {absent: empty}}")) == [
        "v1.yaml:4:21 SUP215 “empty” cannot be the reading of an absent section | write unknown or none"
    ]


def test_problems_of_products_stand_where_they_were_written() -> None:
    first = types("noise: [acme]\nproducts: {tape: {title: Acme Tape, names: [atape]}}")
    second = types("noise: [inc, [a]]\nproducts: {disc: {titel: Acme Disc, names: [adisc]}}")
    places = [problem.split(" ")[0] for problem in problems_of(first, second)]
    assert places == ["v2.yaml:4:14", "v2.yaml:5:18", "v2.yaml:5:19"]


def test_no_problem_hides_another() -> None:
    text = types("""
types:
  machine:
    attributes:
      host: {ref: machin, absent: {none: state == "up"}}
      state: {enum: [none]}
      other: {text, absent: {none: state == "up"}}
""")
    # The condition on `state`, whose type is wrong, is no problem of its own.
    assert [problem.split(" ")[:2] for problem in problems_of(text)] == [
        ["v1.yaml:8:19", "SUP213"],
        ["v1.yaml:9:22", "SUP212"],
    ]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "text", "machine", "none", "0..1", "a b", "machine.x"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["attributes", "machine", "x", "enum", "list", "ref", "record", "inverse", "absent", "none", "number", "int",
             "product", "section", "extend", "judged", "label", "ask", "answers", "title", "part", "rests_on"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


def found_in(document: Document) -> tuple[Problem, ...]:
    try:
        load_vocabulary([document])
    except VocabularyError as error:
        return error.problems
    return ()


@settings(max_examples=300)
@given(types=ANYTHING, records=ANYTHING, design=ANYTHING)
def test_whatever_a_document_holds_it_loads_or_is_told_to_be_wrong(
    types: object, records: object, design: object
) -> None:
    document = as_document(
        {"vocabulary": "v", "version": "1", "language": 1, "types": types, "records": records, "design": design}
    )
    assert all(problem.code.startswith("SUP2") and problem.message for problem in found_in(document))


@given(ANYTHING)
def test_whatever_stands_for_a_document(root: object) -> None:
    with pytest.raises(VocabularyError):
        load_vocabulary([Document("x.yaml", as_document(root).root, "")])
