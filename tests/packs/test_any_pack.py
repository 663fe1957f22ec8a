"""Whatever stands in a pack, loading ends with packs and problems, never with a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportable.document import dump_yaml
from supportable.document.values import Plain
from supportable.packs.load import load_packs
from supportable.plan.build import changes_on, plan
from tests.packs.acme import HEAD, SHARED, shelf

WORDS = st.sampled_from(
    [
        *("array", "server", "bay", "power", "design", "true", "false", "unsupported", "advisory", "same", "limited"),
        *("array.mirrored", "array.bays", "server.array", "array.good", 'satisfies(array, "acme.arrays")', "as_of"),
        *("2009-05-20", "2010-01-01", "2009-02-30", "1", "1.0.0", "", "a", "b", "n", "ACME-100", "ACME-200", "none"),
        *("array.good", "array.better", "server.good", "{{ array.id }}", "{{", "acme.arrays >=1.0", "n.width > 1", "~"),
    ]
)
SCALARS = st.none() | WORDS | WORDS.map(Plain)
KEYS = st.sampled_from(
    [
        *("id", "title", "subject", "when", "covers", "each", "where", "require", "unless", "otherwise", "refused"),
        *("message", "remedies", "effective", "cite", "disputed", "revisions", "notes", "tags", "if", "outcome", "ref"),
        *("from", "until", "last_seen", "section", "revision", "fact", "value", "type", "n", "rules", "derive", "pack"),
        *("version", "language", "requires", "glossary", "term", "text", "", "a/b", "~1"),
    ]
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)

CITE = [{"ref": "ACME-100"}]
EXPRESSIONS = st.sampled_from(
    ["array.mirrored", "array.good", "array.better", "array.bays.all(b, b.width > 1)", "array.oops", "1 +", "true"]
)
DATES = st.none() | st.sampled_from(["2009-05-20", "2010-01-01", "2011-01-01"])
EFFECTIVE = st.fixed_dictionaries({}, optional={"from": DATES, "until": DATES, "last_seen": DATES})
SAID = {
    "when": EXPRESSIONS,
    "covers": st.sampled_from([Plain("true"), Plain("false")]),
    "each": st.sampled_from([{"n": "array.bays"}, {"n": "array.servers"}, {"n": "array.model"}]),
    "where": st.sampled_from(["n.width > 1", "array.mirrored"]),
    "require": EXPRESSIONS,
    "otherwise": st.sampled_from(["limited", "advisory", "same", [{"if": "array.mirrored", "outcome": "limited"}]]),
    "unless": st.just([{"if": "array.mirrored", "cite": CITE}]),
    "message": st.sampled_from(["It does not hold", "{{ n.id }}", "{{ array.oops }}"]),
    "remedies": st.just(["Mend it"]),
    "cite": st.just(CITE),
}
RULES = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b"]),
        "title": st.just("T"),
        "subject": st.sampled_from(["array", "array", "server"]),
    },
    optional={
        **SAID,
        "effective": EFFECTIVE,
        "revisions": st.lists(
            st.fixed_dictionaries({"effective": EFFECTIVE}, optional=SAID), max_size=3
        ),
        "oops": ANYTHING,
    },
)  # fmt: skip
DERIVATIONS = st.fixed_dictionaries(
    {"fact": st.sampled_from(["array.good", "array.better", "array.oops"]), "title": st.just("T"), "value": EXPRESSIONS}
)


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shelf(tmp_path_factory.mktemp("any"), SHARED)


def load(folder: Path, head: str, rules: object) -> None:
    shelf(folder, {"acme/arrays/pack.yaml": head, "acme/arrays/rules/a.yaml": dump_yaml(rules)})
    loaded = load_packs([folder], discover=False)
    assert len(loaded.packs) + len(loaded.broken) == 1
    for broken in loaded.broken:
        assert broken.problems
        assert all(each.code.startswith("SUP") and each.message for each in broken.problems)
    for day in (*changes_on(loaded), 733000):
        plan(loaded, day)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(rules=ANYTHING)
def test_any_rule_file(shelves: Path, rules: object) -> None:
    load(shelves, HEAD, rules)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(head=ANYTHING)
def test_any_head(shelves: Path, head: object) -> None:
    load(shelves, dump_yaml(head), {"rules": []})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(rules=st.lists(RULES, max_size=3), derive=st.lists(DERIVATIONS, max_size=3))
def test_any_rules_of_the_right_shape(shelves: Path, rules: object, derive: object) -> None:
    load(shelves, HEAD, {"rules": rules, "derive": derive})
