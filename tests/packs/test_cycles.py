"""What rests on itself is an error that prints the circle, in every pack that is on it."""

from __future__ import annotations

from pathlib import Path

from supportable.packs.load import load_packs
from tests.packs.acme import SHARED, derive, head, rule, shelf


def circles(folder: Path, files: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    loaded = load_packs([shelf(folder, SHARED, files)], discover=False)
    return {broken.name: [(each.code, each.message) for each in broken.problems] for broken in loaded.broken}


def test_definitions_that_go_in_a_circle_are_printed_from_the_least_on(tmp_path: Path) -> None:
    files = {
        "a/pack.yaml": head("acme.a"),
        "a/rules/z.yaml": derive("array.c", "array.a"),
        "a/rules/y.yaml": derive("array.b", "array.c || array.mirrored"),
        "a/rules/x.yaml": derive("array.a", "array.b"),
        "a/rules/w.yaml": derive("array.after", "array.a"),
    }
    message = (
        "definitions go in a circle: array.a (a/rules/x.yaml:2) → array.b (a/rules/y.yaml:2) → "
        "array.c (a/rules/z.yaml:2) → array.a"
    )
    assert circles(tmp_path, files) == {"acme.a": [("SUP343", message)]}


def test_a_definition_of_itself_is_a_circle(tmp_path: Path) -> None:
    files = {"a/pack.yaml": head("acme.a"), "a/rules/x.yaml": derive("array.a", "array.a == false")}
    assert circles(tmp_path, files) == {
        "acme.a": [("SUP343", "definitions go in a circle: array.a (a/rules/x.yaml:2) → array.a")]
    }


def test_a_circle_through_references_counts(tmp_path: Path) -> None:
    """Which rows are on it cannot be known before there is a design."""
    value = "array.servers.all(s, s.array.a)"
    files = {"a/pack.yaml": head("acme.a"), "a/rules/x.yaml": derive("array.a", value)}
    assert list(circles(tmp_path, files)) == ["acme.a"]


def test_a_circle_through_satisfies_is_found_across_packs(tmp_path: Path) -> None:
    files = {
        "a/pack.yaml": head("acme.a", "acme.b"),
        "a/rules/x.yaml": rule("asks-b", "array", require='satisfies(array, "acme.b")'),
        "b/pack.yaml": head("acme.b", "acme.a"),
        "b/rules/x.yaml": rule("reads", "array", require="array.good"),
        "b/rules/y.yaml": derive("array.good", 'satisfies(array, "acme.a")'),
    }
    message = (
        "definitions go in a circle: the rules of acme.a (a/rules/x.yaml:9) → the rules of acme.b (b/rules/x.yaml:9) → "
        "array.good (b/rules/y.yaml:2) → the rules of acme.a"
    )
    found = circles(tmp_path, files)
    assert {name: problems[-1] for name, problems in found.items()} == {
        "acme.a": ("SUP343", message),
        "acme.b": ("SUP343", message),
    }


def test_a_pack_that_asks_about_itself_is_a_circle(tmp_path: Path) -> None:
    files = {
        "a/pack.yaml": head("acme.a"),
        "a/rules/x.yaml": rule("asks", "server", require='satisfies(server.array, "acme.a")'),
    }
    assert circles(tmp_path, files) == {
        "acme.a": [
            ("SUP343", "definitions go in a circle: the rules of acme.a (a/rules/x.yaml:9) → the rules of acme.a")
        ]
    }


def test_packs_may_require_each_other_without_a_circle(tmp_path: Path) -> None:
    files = {
        "a/pack.yaml": head("acme.a", "acme.b"),
        "a/rules/x.yaml": derive("array.a", "array.b"),
        "b/pack.yaml": head("acme.b", "acme.a"),
        "b/rules/x.yaml": derive("array.b", "array.mirrored"),
        "b/rules/y.yaml": rule("reads", "array", require="array.a"),
    }
    assert circles(tmp_path, files) == {}


def test_a_long_chain_of_definitions_is_refused_and_costs_no_stack(tmp_path: Path) -> None:
    chain = "derive:\n" + "".join(
        f"  - {{fact: array.a{index:04}, title: A, value: array.a{index + 1:04}}}\n" for index in range(1500)
    )
    chain += "  - {fact: array.a1500, title: A, value: array.mirrored}\n"
    files = {"a/pack.yaml": head("acme.a"), "a/rules/x.yaml": chain}
    [(code, _)] = circles(tmp_path, files)["acme.a"]
    assert code == "SUP346"
