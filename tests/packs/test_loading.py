"""Shelves are found and read so that one wrong pack stops no other, and everything is the same on any machine."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

import pytest

from supportable.errors import UsageError, VocabularyError
from supportable.origin import Origin
from supportable.packs.load import load_packs
from supportable.packs.model import Requirement
from supportable.vocabulary.references import Citation
from tests.packs.acme import ARRAYS, HEAD, RULE, SHARED, derive, head, rule, shelf


def names(loaded: object) -> list[str]:
    return [pack.name for pack in loaded.packs]  # type: ignore[attr-defined]


def test_a_pack_is_read_whole(tmp_path: Path) -> None:
    text = (
        HEAD + "publisher: Acme\ndescription: Which.\nrequires: [acme.base >=1.0]\nglossary: [{term: bay, text: B}]\n"
    )
    files = {
        "acme/arrays/pack.yaml": text,
        "acme/arrays/rules/a.yaml": RULE,
        "acme/arrays/rules/b.yaml": derive("array.empty", "size(array.bays) == 0"),
        "acme/base/pack.yaml": head("acme.base"),
    }
    loaded = load_packs([shelf(tmp_path, SHARED, files)], discover=False)
    assert loaded.broken == ()
    pack = loaded.pack("acme.arrays")
    assert (pack.name, pack.version, pack.title, pack.publisher, pack.description) == (
        "acme.arrays",
        "1.0.0",
        "Arrays",
        "Acme",
        "Which.",
    )
    assert pack.requires == (Requirement("acme.base", ">=1.0"),)
    assert [(each.fact, str(each.type), each.origin) for each in pack.derive] == [
        ("array.empty", "bool", Origin("acme/arrays/rules/b.yaml", 2, 11))
    ]
    (held,) = pack.rules
    assert (held.name, held.subject, held.origin) == (
        "acme.arrays/mirrored",
        "array",
        Origin("acme/arrays/rules/a.yaml", 2, 5),
    )
    (revision,) = held.revisions
    assert (revision.covers, revision.cite, revision.when.text) == (
        True,
        (Citation("ACME-100", "Arrays"),),
        "true",
    )
    assert revision.message is not None
    assert revision.message.plain == "{{ array.id }} is not mirrored"
    assert [each.outcome for each in revision.otherwise] == ["unsupported"]
    assert [term.term for term in pack.glossary] == ["bay"]


def test_a_shelf_a_pack_and_its_head_can_be_named(tmp_path: Path) -> None:
    folder = shelf(tmp_path, SHARED, ARRAYS, {"plain/pack.yaml": head("acme.plain")})
    whole = load_packs([folder], discover=False)
    assert names(whole) == ["acme.arrays", "acme.plain"]
    shared = shelf(tmp_path / "elsewhere", SHARED)
    for path in (folder / "acme/arrays", folder / "acme/arrays/pack.yaml"):
        loaded = load_packs([shared, path], discover=False)
        assert loaded.packs == (whole.pack("acme.arrays"),)


def test_what_is_reached_twice_counts_once(tmp_path: Path) -> None:
    folder = shelf(tmp_path / "shelf", SHARED, ARRAYS)
    (tmp_path / "link").symlink_to(folder)
    paths = [folder, folder / "acme" / "arrays", tmp_path / "link", folder / "acme/../acme/arrays/pack.yaml"]
    for order in (paths, paths[::-1]):
        loaded = load_packs(order, discover=False)
        assert (names(loaded), loaded.broken) == (["acme.arrays"], ())


def test_a_path_that_leads_nowhere_is_told_and_stops_nothing(tmp_path: Path) -> None:
    folder = shelf(tmp_path / "shelf", SHARED, ARRAYS)
    (tmp_path / "empty").mkdir()
    loaded = load_packs([folder, tmp_path / "shelv", tmp_path / "empty", "a\0b"], discover=False)
    assert names(loaded) == ["acme.arrays"]
    assert sorted((each.name, each.problems[0].code) for each in loaded.broken) == sorted(
        [(str(tmp_path / "empty"), "SUP310"), (str(tmp_path / "shelv"), "SUP310"), ("a\0b", "SUP310")]
    )
    (near,) = (each for each in loaded.broken if each.name.endswith("shelv"))
    assert near.problems[0].hint == "did you mean “shelf”?"


def test_a_broken_pack_stops_only_those_that_require_it(tmp_path: Path) -> None:
    files = {
        "odd/base/pack.yaml": head("odd.base") + "oops: 1\n",
        "odd/above/pack.yaml": head("odd.above", "odd.base"),
        "odd/top/pack.yaml": head("odd.top", "odd.above"),
        "odd/rules-only/rules/a.yaml": RULE,
    }
    loaded = load_packs([shelf(tmp_path, SHARED, ARRAYS, files)], discover=False)
    assert names(loaded) == ["acme.arrays"]
    assert [(each.name, [problem.code for problem in each.problems]) for each in loaded.broken] == [
        ("odd.above", ["SUP314"]),
        ("odd.base", ["SUP301"]),
        ("odd.top", ["SUP314"]),
        ("odd/rules-only", ["SUP316"]),
    ]


@pytest.mark.parametrize(
    ("versions", "fits"),
    [
        ("", True),
        (">=1.0", True),
        (">=1.2.3", True),
        (">1.2.3", False),
        ("<1.2.3", False),
        ("<=1.2.3", True),
        ("==1.2.3", True),
        (">=1, <2", True),
        (">=1, <1.2", False),
    ],
)
def test_the_version_that_is_required_must_be_there(versions: str, fits: bool, tmp_path: Path) -> None:
    files = {
        "acme/base/pack.yaml": head("acme.base", version="1.2.3"),
        "acme/above/pack.yaml": head("acme.above", f'"acme.base {versions}"'),
    }
    loaded = load_packs([shelf(tmp_path, SHARED, files)], discover=False)
    assert [problem.code for broken in loaded.broken for problem in broken.problems] == ([] if fits else ["SUP315"])


def test_of_two_packs_with_one_name_the_later_shelf_loses(tmp_path: Path) -> None:
    one, other = (shelf(tmp_path / name, SHARED if name == "one" else {}, ARRAYS) for name in ("one", "other"))
    for first, second in ((one, other), (other, one)):
        loaded = load_packs([first, second], discover=False)
        assert [pack.folder for pack in loaded.packs] == [str(first / "acme/arrays")]
        (broken,) = loaded.broken
        (problem,) = broken.problems
        assert (broken.name, broken.folder, problem.code) == ("acme.arrays", str(second / "acme/arrays"), "SUP312")
        assert str(first / "acme/arrays") in problem.hint


def test_a_fact_is_defined_by_one_pack_only(tmp_path: Path) -> None:
    files = {
        "a/a/pack.yaml": head("acme.a") + derive("array.good", "array.mirrored"),
        "b/b/pack.yaml": head("acme.b") + derive("array.good", "array.mirrored"),
    }
    loaded = load_packs([shelf(tmp_path, SHARED, files)], discover=False)
    assert names(loaded) == ["acme.a"]
    (broken,) = loaded.broken
    assert [(each.code, each.hint) for each in broken.problems] == [("SUP342", "first by acme.a in a/a/pack.yaml:7:5")]


def test_what_a_pack_uses_of_another_it_must_require(tmp_path: Path) -> None:
    files = {
        "a/pack.yaml": head("acme.a") + derive("array.good", "array.mirrored"),
        "b/pack.yaml": head("acme.b") + derive("array.better", "array.good"),
        "c/pack.yaml": head("acme.c") + rule("asks", "array", require='satisfies(array, "acme.a")'),
        "d/pack.yaml": head("acme.d", "acme.e") + derive("array.best", "array.good"),
        "e/pack.yaml": head("acme.e", "acme.a"),
        "f/pack.yaml": head("acme.f", "acme.a") + rule("asks", "array", require='satisfies(array, "acme.a")'),
    }
    loaded = load_packs([shelf(tmp_path, SHARED, files)], discover=False)
    assert names(loaded) == ["acme.a", "acme.d", "acme.e", "acme.f"]
    assert [(each.name, [problem.code for problem in each.problems]) for each in loaded.broken] == [
        ("acme.b", ["SUP345"]),
        ("acme.c", ["SUP337"]),
    ]


def test_a_wrong_vocabulary_is_raised_with_all_that_is_wrong(tmp_path: Path) -> None:
    broken = {"vocabulary/acme.yaml": "vocabulary: [", "references/acme.yaml": "references: ["}
    with pytest.raises(VocabularyError) as raised:
        load_packs([shelf(tmp_path, broken, ARRAYS)], discover=False)
    assert {problem.origin.file for problem in raised.value.problems} == set(broken)


def test_packs_are_selected_with_those_they_require(tmp_path: Path) -> None:
    files = {
        "a/pack.yaml": head("acme.a"),
        "b/pack.yaml": head("acme.b", "acme.a"),
        "c/pack.yaml": head("acme.c", "acme.b"),
        "d/pack.yaml": head("acme.d"),
        "e/pack.yaml": head("acme.e") + "oops: 1\n",
    }
    loaded = load_packs([shelf(tmp_path, SHARED, files)], discover=False)
    chosen = loaded.select(["acme.b"])
    assert names(chosen) == ["acme.a", "acme.b"]
    assert chosen.digest != loaded.digest
    assert loaded.select(names(loaded)) == loaded
    with pytest.raises(UsageError) as raised:
        loaded.select(["acme.e", "acme.x"])
    assert [problem.message for problem in raised.value.problems] == [
        "the pack “acme.e” did not load: unknown key “oops”",
        "there is no pack “acme.x”",
    ]


def test_the_digest_is_that_of_the_content_and_of_nothing_else(tmp_path: Path) -> None:
    def digest(folder: str, *files: dict[str, str]) -> str:
        return load_packs([shelf(tmp_path / folder, SHARED, *files)], discover=False).pack("acme.arrays").digest

    first = digest("first", ARRAYS)
    assert digest("second", ARRAYS) == first
    assert digest("cases", ARRAYS, {"acme/arrays/cases/a.yaml": "- case: one\n"}) == first
    assert digest("moved", {name.replace("acme/", "other/"): text for name, text in ARRAYS.items()}) == first
    assert digest("windows", {name: text.replace("\n", "\r\n") for name, text in ARRAYS.items()}) == first
    assert digest("comment", {**ARRAYS, "acme/arrays/pack.yaml": HEAD + "# one more\n"}) != first
    renamed = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/other.yaml": RULE}
    assert digest("renamed", renamed) != first


def test_origins_are_the_same_wherever_the_shelf_is(tmp_path: Path) -> None:
    one = load_packs([shelf(tmp_path / "one", SHARED, ARRAYS)], discover=False).pack("acme.arrays")
    other = load_packs([shelf(tmp_path / "other" / "place", SHARED, ARRAYS)], discover=False).pack("acme.arrays")
    assert one.rules == other.rules
    assert one.rules[0].origin == other.rules[0].origin == Origin("acme/arrays/rules/mirrors.yaml", 2, 5)


class Registered:
    """Entry points as if these distributions were installed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
        entries = [importlib.metadata.EntryPoint(name, value, "supportable.packs") for name, value in values.items()]
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda *, group: {"supportable.packs": entries}[group])


def test_installed_packages_are_shelves_and_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf(tmp_path / "acme_packs_a", SHARED, ARRAYS, {"__init__.py": "raise SystemExit('imported')"})
    shelf(tmp_path / "acme_packs_b" / "inner", {"pack.yaml": head("acme.inner")})
    shelf(tmp_path / "acme_packs_b", {"__init__.py": "raise SystemExit('imported')"})
    (tmp_path / "acme_module.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    Registered(
        monkeypatch,
        a="acme_packs_a",
        b="acme_packs_b.inner",
        gone="acme_packs_gone",
        module="acme_module",
        odd="..",
        inside="acme_packs_b.gone",
    )
    loaded = load_packs()
    assert names(loaded) == ["acme.arrays", "acme.inner"]
    assert [(each.name, each.problems[0].code) for each in loaded.broken] == [
        ("gone", "SUP311"),
        ("inside", "SUP311"),
        ("module", "SUP311"),
        ("odd", "SUP311"),
    ]
    assert not {"acme_packs_a", "acme_packs_b"} & set(sys.modules)


def test_discovery_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Registered(monkeypatch, gone="acme_packs_gone")
    folder = shelf(tmp_path, SHARED, ARRAYS)
    assert load_packs([folder], discover=False).broken == ()
    assert len(load_packs([folder], discover=True).broken) == 1
