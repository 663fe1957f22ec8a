"""What can be wrong with a design: every problem with its code, its place and a way out, all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from supportable.document import read_text
from supportable.errors import DesignError, Problem
from supportable.intake import DESIGN_LIMITS, load_design
from supportable.origin import NOWHERE, Origin
from tests.intake.example import VOCABULARY


def problems(source: Any, **options: Any) -> tuple[Problem, ...]:
    with pytest.raises(DesignError) as raised:
        load_design(read_text(source, "d.yaml") if isinstance(source, str) else source, VOCABULARY, **options)
    return raised.value.problems


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        ("[a]", "SUP500", (1, 1), "a design must be a map of its sections, not a list", "begin with"),
        ("a word", "SUP500", (1, 1), "not “a word”", "begin with"),
        ("design: x\nmachnies: []", "SUP501", (2, 1), "there is no section or attribute “machnies”", "“machines”"),
        ("design: x\nhostd: true", "SUP501", (2, 1), "there is no section or attribute “hostd”", "“hosted”"),
        ("design: [x]", "SUP502", (1, 9), "the name of a design must be a text, not a list", ""),
        ("design: none", "SUP502", (1, 9), "“none” cannot be the name of a design", "choose another"),
        ("design: ''", "SUP502", (1, 9), "“” cannot be the name of a design", "choose another"),
        ("machines: {id: a}", "SUP504", (1, 11), "the section “machines” must be a list, not a map", "begin each"),
        ("machines: a", "SUP504", (1, 11), "must be a list, not “a”", "begin each entry"),
        ("machines: [{id: a, tags: x}]", "SUP504", (1, 26), "machine/a.tags must be a list, not “x”", "write [x]"),
        ("machines:\n  - a", "SUP510", (2, 5), "machines, entry 1 must be a map of its attributes, not “a”", "{id: a}"),
        ("machines: [[]]", "SUP510", (1, 12), "machines, entry 1 must be a map of its attributes, not a list", ""),
        ("machines: [{kind: virtual}]", "SUP511", (1, 12), "machines, entry 1: a machine needs an id", "add id:"),
        ("machines: [{id: }]", "SUP511", (1, 12), "machines, entry 1: a machine needs an id", "add id:"),
        ("machines: [{id: [a]}]", "SUP512", (1, 17), "an id must be a text, not a list", ""),
        ("machines: [{id: none}]", "SUP512", (1, 17), "`none` is a reserved word and cannot be an id", "choose"),
        ("machines: [{id: 'unknown'}]", "SUP512", (1, 17), "`unknown` is a reserved word", "choose"),
        ("machines: [{id: ' '}]", "SUP512", (1, 17), "the id is empty", "choose"),
        ('machines: [{id: "a\\tb"}]', "SUP512", (1, 17), "the character U+0009 cannot be part of an id", "delete"),
        (f"machines: [{{id: {'a' * 201}}}]", "SUP512", (1, 17), "an id of 201 characters; at most 200", ""),
        ("machines:\n- {id: a}\n- {id: a}", "SUP513", (3, 8), "the machine “a” is given twice", "at d.yaml:2:8"),
        ("machines: [{id: a, count: 0}]", "SUP514", (1, 27), "machine/a.count must be a whole number from 1 up", ""),
        ("machines: [{id: a, count: unknown}]", "SUP514", (1, 27), "not “unknown”", "how many alike"),
        ("machines: [{id: a, count: 1.5}]", "SUP514", (1, 27), "not “1.5”", "how many alike"),
        ("machines: [{id: a, knid: x}]", "SUP520", (1, 20), "machine/a: a machine has no attribute “knid”", "“kind”"),
        ("machines: [{id: a, knid: }]", "SUP520", (1, 20), "a machine has no attribute “knid”", "“kind”"),
        ("clusters: [{id: a, count: 2, validation: {count: 2}}]", "SUP520", (1, 43), "has no attribute “count”", ""),
        ("design: x\nhosted: maybe", "SUP521", (2, 9), "hosted: “maybe” is neither true nor false", "write true"),
        ("machines: [{id: a, cores: many}]", "SUP521", (1, 27), "machine/a.cores: “many” is no whole number", ""),
        ("machines: [{id: a, cores: 65}]", "SUP521", (1, 27), "machine/a.cores: 65 is more than 64", ""),
        ("machines: [{id: a, memory: -1}]", "SUP521", (1, 28), "machine/a.memory: -1 is less than 0 GiB", ""),
        ("machines: [{id: a, memory: 8 GB}]", "SUP521", (1, 28), "“8 GB” is no number", "write 8 alone"),
        ("machines: [{id: a, memory: 0.0001}]", "SUP521", (1, 28), "0.0001 is no multiple of 0.001", ""),
        ("machines: [{id: a, site: [x]}]", "SUP521", (1, 26), "machine/a.site: a text is due here, not a list", ""),
        ("changes: [{id: a, date: 2009-02-30}]", "SUP521", (1, 25), "“2009-02-30” is no day of the calendar", ""),
        ("machines: [{id: a, os: {nme: x}}]", "SUP521", (1, 24), "machine/a.os: a product has no field “nme”", "name"),
        ("machines: [{id: a, os: [x]}]", "SUP521", (1, 24), "machine/a.os: a product is due here, not a list", ""),
        ("machines: [{id: a, host: [b]}]", "SUP521", (1, 26), "the id of a machine was expected, not a list", ""),
        ("machines: [{id: a, kind: phsical}]", "SUP523", (1, 26), "machine/a.kind: “phsical” is none of", "“physical”"),
        ("machines: [{id: host1, host: hots1}]", "SUP524", (1, 30), "there is no machine “hots1”", "“host1”"),
        (
            "machines: [{id: a, host: c}]\nclusters: [{id: c}]",
            "SUP524", (1, 26), "machine/a.host: there is no machine “c”", "“c” is a cluster",
        ),
        ("workloads: [{id: w, machine: m}]", "SUP524", (1, 30), "there is no machine “m”", "the design gives no"),
        (
            "machines: [{id: a}]\nclusters: [{id: c, nodes: [a, b]}]",
            "SUP524", (2, 31), "member 2 of cluster/c.nodes: there is no machine “b”", "known here: a",
        ),
        (
            "machines: [{id: a, vms: [b]}]",
            "SUP525", (1, 20), "machine/a.vms is computed and cannot be given", "write machine.host instead",
        ),
        (
            "clusters: [{id: c, validation: passed}]",
            "SUP526", (1, 32), "cluster/c.validation must be a map of its attributes, not “passed”", "",
        ),
        (
            "clusters: [{id: c, validation: {tests: [x]}}]",
            "SUP526", (1, 41), "member 1 of cluster/c.validation.tests must be a map", "",
        ),
        ("machines: [{id: a}, null]", "SUP530", (1, 21), "machines, entry 2 is null", "delete it"),
        ("machines: [{id: a, tags: [x, ~]}]", "SUP530", (1, 30), "member 2 of machine/a.tags is null", "delete it"),
        (
            "machines: [{id: a, tags: [x, y, x]}]",
            "SUP531", (1, 33), "member 3 of machine/a.tags repeats “x”", "it is member 1 already, at line 1",
        ),
        (
            "machines: [{id: a, logos: [SQL Server 2008, {name: sql-server, release: 2008}]}]",
            "SUP531", (1, 45), "member 2 of machine/a.logos repeats a map", "it is member 1 already",
        ),
        ("machines: [{id: a, logos: [Foo, Foo]}]", "SUP531", (1, 33), "member 2 of machine/a.logos repeats “Foo”", ""),
        (
            "machines: [{id: a}]\nclusters: [{id: c, nodes: [a, a]}]",
            "SUP531", (2, 31), "member 2 of cluster/c.nodes repeats “a”", "it is member 1 already",
        ),
        ("machines: [..., {id: a}]", "SUP532", (1, 12), "machines, entry 1: `...` stands before", "put it last"),
        ("machines: [{id: a, tags: [..., x]}]", "SUP532", (1, 27), "`...` stands before the end", "put it last"),
        ("machines: [{id: a, tags: [x, unknown]}]", "SUP533", (1, 30), "`unknown` cannot be a member", "end the list"),
        ("machines: [{id: a, tags: [none]}]", "SUP533", (1, 27), "`none` cannot be a member of a list", "write []"),
    ],
)  # fmt: skip
def test_one_problem(text: str, code: str, place: tuple[int, int], message: str, hint: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.origin) == (code, Origin("d.yaml", *place))
    assert message in problem.message
    assert hint in problem.hint
    assert problem.move == "caller"
    document = read_text(text, "d.yaml")
    assert problem.origin in (document.origin_of(problem.pointer), document.origin_of_key(problem.pointer))


def test_all_problems_are_told_at_once_in_the_order_of_the_document() -> None:
    text = """\
workloads: [{id: w, product: SQL Server 2008, cluster: clu}]
design: none
machines:
  - {id: a, kind: virtal, cores: 0, host: b}
  - {kind: phsical}
  - {id: a, count: 0}
nodes: []
"""
    assert [(each.code, each.origin.line) for each in problems(text)] == [
        ("SUP524", 1),
        ("SUP502", 2),
        ("SUP523", 4),
        ("SUP521", 4),
        ("SUP524", 4),
        ("SUP511", 5),
        ("SUP523", 5),
        ("SUP513", 6),
        ("SUP514", 6),
        ("SUP501", 7),
    ]


def test_none_of_very_many_problems_is_dropped() -> None:
    machines = [{"id": f"m{place}", "host": f"x{place}"} for place in range(3000)]
    assert len(problems({"machines": machines})) == 3000


def test_lenient_reading_turns_unknown_attributes_and_sections_into_warnings_and_nothing_else() -> None:
    text = "machnies: []\nmachines: [{id: a, knid: x, site: here}]"
    facts = load_design(read_text(text, "d.yaml"), VOCABULARY, lenient=True)
    assert facts.warnings == (
        "d.yaml:1:1: SUP501 there is no section or attribute “machnies”\n    did you mean “machines” or “changes”?",
        "d.yaml:2:20: SUP520 machine/a: a machine has no attribute “knid”\n    did you mean “kind” or “id”?",
    )
    assert facts.row("machine/a").given == {"site"}
    assert [each.code for each in problems(text.replace("here", "[here]"), lenient=True)] == ["SUP521"]


def test_too_many_entities_stop_the_reading() -> None:
    limits = replace(DESIGN_LIMITS, max_entities=3)
    source = {"machines": [{"id": "a"}, {"id": "b"}], "clusters": [{"id": "c"}]}
    assert len(load_design(source, VOCABULARY, limits=limits).design.machines.sure) == 2
    source["clusters"].append({"id": "d"})
    (problem,) = problems(source, limits=limits)
    assert (problem.code, problem.message) == ("SUP503", "more than 3 entities in one design")


def test_a_design_in_memory_has_no_places_but_names_the_facts() -> None:
    (problem,) = problems({"machines": [{"id": "a", "kind": "virtul"}]})
    assert (problem.origin, problem.message.split(":")[0]) == (NOWHERE, "machine/a.kind")
