from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.document import Document, Limits, Plain, dump_yaml, read_line, read_text
from supportable.document.toml_places import places_in
from supportable.errors import DesignError, DocumentError
from supportable.intake import DESIGN_LIMITS, load_design
from supportable.intake.formats import read_lines
from supportable.intake.formats_merged import merged
from supportable.intake.formats_written import FORMATS, written
from supportable.packs import load_packs
from supportable.vocabulary.model import Vocabulary

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@functools.cache
def whole_vocabulary() -> Vocabulary:
    return load_packs().vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    return whole_vocabulary()


def digest(text: str, name: str, vocabulary: Vocabulary) -> str:
    return load_design(read_text(text, name), vocabulary).digest


# -- conversion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_states_the_same_in_every_format_and_back(path: Path, vocabulary: Vocabulary) -> None:
    stated = load_design(path, vocabulary).digest
    for format in FORMATS:
        root: Any = read_text(path.read_bytes(), path.name).root
        text = written(root, format, vocabulary)
        assert digest(text, f"x.{format}", vocabulary) == stated
        for back in FORMATS:
            again: Any = read_text(text, f"x.{format}").root
            assert digest(written(again, back, vocabulary), f"x.{back}", vocabulary) == stated


WORDS = st.sampled_from(
    ["none", "unknown", "true", "True", "no", "2008", "+5", "007", ".5", "1e3", "-0", "2009-06-30", "it's", 'a "b" c']
) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
MACHINES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"id": st.text("abcäö #.'\"[]={}", min_size=1, max_size=8).filter(str.strip)},
    optional={
        "site": WORDS.filter(str.isprintable),
        "memory": st.sampled_from(["1", "1.50", "+2", ".5", "1e1", "unknown", "none"]).map(Plain),
        "virtual_processors": st.sampled_from(["4", "+8", "007", "unknown"]).map(Plain),
        "nested": st.sampled_from(["true", "False", "TRUE", "unknown"]).map(Plain),
        "kind": st.sampled_from(["physical", "virtual", None]),
        "os": st.sampled_from(
            ["Windows Server 2008 R2", "Solaris 10", {"name": "windows-server", "release": Plain("2008")}, "none", None]
        ),
        "count": st.sampled_from(["1", "12"]).map(Plain),
    },
)
DESIGNS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"machines": st.lists(MACHINES, max_size=3, unique_by=lambda each: str(each["id"])), "open": st.booleans()},
    optional={"clusters": st.sampled_from([[], "none", "unknown", None, ["..."]])},
)


@given(drawn=DESIGNS)
@settings(deadline=None)
def test_any_design_states_the_same_in_every_format(drawn: dict[str, Any]) -> None:
    vocabulary = whole_vocabulary()
    more = ["..."] if drawn.pop("open") else []
    design = {**drawn, "machines": drawn["machines"] + more}
    if not all(each["id"].isprintable() for each in drawn["machines"]):
        return
    document = read_text(dump_yaml(design), "design.yaml")
    stated = load_design(document, vocabulary).digest
    root: Any = document.root
    for format in FORMATS:
        assert digest(written(root, format, vocabulary), f"x.{format}", vocabulary) == stated


def test_toml_leaves_out_null_and_keeps_open_lists(vocabulary: Vocabulary) -> None:
    root: Any = read_text("machines: [{id: a, os: null, components: [...]}, ...]\nclusters: [{id: c}]", "x.yaml").root
    assert written(root, "toml", vocabulary) == (
        'machines = [\n  { id = "a", components = ["..."] },\n  "...",\n]\n\n[[clusters]]\nid = "c"\n'
    )


# -- TOML -------------------------------------------------------------------------------------------------------------

TOML = """\
design = "d" # machines = 1
machines = [
  { id = "a", memory = 1_0.50 },
  {id='b',tags = ["x", '''y
z''']},
  "...",
]
[[clusters]]
id = "c"
date = 2009-01-02
  [clusters.validation]
  "out.come" = "passed"
  [[clusters.validation.tests]]
  name = "T"
[[clusters]]
validation.outcome = true
"""


def test_toml_values_are_those_of_yaml_and_know_their_place() -> None:
    document = read_text(TOML.replace("\n", "\r\n"), "x.toml")
    assert document.root == {
        "design": "d",
        "machines": [{"id": "a", "memory": "10.50"}, {"id": "b", "tags": ["x", "y\nz"]}, "..."],
        "clusters": [
            {"id": "c", "date": "2009-01-02", "validation": {"out.come": "passed", "tests": [{"name": "T"}]}},
            {"validation": {"outcome": "true"}},
        ],
    }
    places = {
        "/design": (1, 10), "/machines": (2, 12), "/machines/0": (3, 3), "/machines/0/memory": (3, 24),
        "/machines/1/tags/1": (4, 24), "/machines/2": (6, 3), "/clusters/0/date": (10, 8),
        "/clusters/0/validation": (11, 3), "/clusters/0/validation/out.come": (12, 16),
        "/clusters/0/validation/tests/0/name": (14, 10), "/clusters/1": (15, 1),
        "/clusters/1/validation/outcome": (16, 22),
    }  # fmt: skip
    found = {pointer: document.origin_of(pointer) for pointer in places}
    assert {pointer: (origin.line, origin.column) for pointer, origin in found.items()} == places
    assert document.origin_of_key("/clusters/1/validation/outcome").column == 12


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a = [", "SUP132", 1),
        ("a = 1\na = 2", "SUP132", 2),
        ("x = " + "1" * 5000, "SUP132", 1),
        ("a = " + "[" * 70 + "]" * 70, "SUP113", 1),
        ("a = " + "{b = " * 5000, "SUP113", 1),
        (".".join("a" * 100) + " = 1", "SUP113", 1),
        ('a = 1\nb = "\\u0000"', "SUP108", 2),
    ],
)
def test_bad_toml_is_told_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(DocumentError) as caught:
        read_text(text, "x.toml")
    assert [(each.code, each.origin.line) for each in caught.value.problems] == [(code, line)]


@given(st.text("a1.=[]{}\"'#,\n \\", max_size=60))
def test_looking_for_places_ends_for_any_text(text: str) -> None:
    assert places_in(text, max_depth=64).values.keys() >= set()


# -- several files ----------------------------------------------------------------------------------------------------


def parts(*texts: str) -> list[Document]:
    return [read_text(text, f"{name}.yaml") for name, text in zip("abc", texts, strict=False)]


def test_sections_are_joined_and_every_value_keeps_its_file(vocabulary: Vocabulary) -> None:
    document = merged(
        parts(
            "design: d\nmachines:\n  - {id: m1}\nsupport_contract: premier",
            "machines:\n  - {id: m2, os: Solaris 10}\nclusters:\n  - {id: c, nodes: [m1, m2]}\n"
            "support_contract: premier",
        ),
        vocabulary,
    )
    facts = load_design(document, vocabulary)
    assert [row.id for row in facts.tables["machine"].own()] == ["m1", "m2"]
    assert str(facts.origin("/machines/0/id")) == "a.yaml:3:10"
    assert str(facts.origin("/machines/1/os")) == "b.yaml:2:18"
    assert str(facts.origin("/clusters/0/nodes/0")) == "b.yaml:4:21"
    whole = "design: d\nmachines: [{id: m1}, {id: m2, os: Solaris 10}]\nclusters: [{id: c, nodes: [m1, m2]}]\n"
    assert facts.digest == digest(whole + "support_contract: premier", "w.yaml", vocabulary)


def test_a_section_is_open_if_it_is_in_any_file(vocabulary: Vocabulary) -> None:
    for texts in (
        ("machines: [{id: a}, ...]", "machines: [{id: b}]"),
        ("machines: [{id: a}]", "machines: [{id: b}, ...]"),
        ("machines: unknown", "machines: [{id: a}, {id: b}]"),
        ("machines: [{id: a}, {id: b}]", "machines: unknown"),
    ):
        facts = load_design(merged(parts(*texts), vocabulary), vocabulary)
        assert (len(facts.design.machines.sure), facts.design.machines.open) == (2, True)
    closed = load_design(merged(parts("machines: none", "machines: [{id: a}]"), vocabulary), vocabulary)
    assert (len(closed.design.machines.sure), closed.design.machines.open) == (1, False)


def test_an_id_in_two_files_and_values_that_differ_are_told_with_both_places(vocabulary: Vocabulary) -> None:
    with pytest.raises(DesignError) as caught:
        merged(
            parts("design: one\nmachines: [{id: m}]", "design: two\nmachines:\n  - {id: m}\nclusters: {id: c}", "[]"),
            vocabulary,
        )
    assert [(each.code, str(each.origin), "a.yaml:" in each.hint) for each in caught.value.problems] == [
        ("SUP556", "b.yaml:1:9", True),
        ("SUP504", "b.yaml:4:11", False),
        ("SUP500", "c.yaml:1:1", False),
        ("SUP513", "b.yaml:3:10", True),
    ]


def test_a_design_may_be_loaded_from_a_list_of_files(vocabulary: Vocabulary, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("machines: [{id: m}]")
    (tmp_path / "b.toml").write_text('[[clusters]]\nid = "c"\nnodes = ["m"]\n')
    facts = load_design([tmp_path / "a.yaml", str(tmp_path / "b.toml")], vocabulary)
    assert facts.row("cluster/c").nodes.sure == (facts.row("machine/m"),)
    with pytest.raises(DesignError):
        load_design([], vocabulary)


# -- JSON lines -------------------------------------------------------------------------------------------------------


def test_each_line_is_a_design_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "fleet.ndjson"
    path.write_bytes(b'{"design": "a"}\n\n{"design": \n{"design": "\xff"}\r\n{"design":  "b"}')
    found = list(read_lines(path))
    told = [
        (number, str(each.root) if isinstance(each, Document) else [(p.code, p.origin.line) for p in each.problems])
        for number, each in found
    ]
    assert told == [
        (1, "{'design': 'a'}"),
        (3, [("SUP130", 3)]),
        (4, [("SUP107", 4)]),
        (5, "{'design': 'b'}"),
    ]
    last = found[-1][1]
    assert isinstance(last, Document)
    assert str(last.origin_of("/design")) == f"{path}:5:13"


def test_a_line_that_is_too_long_is_refused_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "fleet.jsonl"
    path.write_text('{"design": "' + "x" * 5000 + '"}\n{"design": "b"}\n')
    limits = replace(DESIGN_LIMITS, document=Limits(max_bytes=100))
    codes = [
        each.problems[0].code if isinstance(each, DocumentError) else "fine"
        for _, each in read_lines(path, limits=limits)
    ]
    assert codes == ["SUP104", "fine"]


def test_a_file_without_designs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.ndjson").write_text("\n\n")
    for name in ("empty.ndjson", "gone.ndjson"):
        with pytest.raises(DocumentError):
            list(read_lines(tmp_path / name))


def test_a_line_may_not_hold_two_designs() -> None:
    with pytest.raises(DocumentError) as caught:
        read_line(b'{"design": "a"} {"design": "b"}', "f.ndjson", 7)
    assert [each.origin.line for each in caught.value.problems] == [7]
