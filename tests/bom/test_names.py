"""Names as quotes write them, and those that only look like one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from supportable import PackSet
from supportable.bom import Line, Recogniser

HELD: dict[str, list[Any]] = yaml.load(
    (Path(__file__).parent / "names.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
)
NONE: list[str] = HELD["none"]
NAMED = [(one["text"], kind, one["is"]) for kind, entries in HELD.items() if kind != "none" for one in entries]
CASES = [*NAMED, *((text, "", "") for text in NONE)]


@pytest.fixture(scope="module")
def recogniser(packs: PackSet) -> Recogniser:
    return Recogniser(packs)


@pytest.mark.parametrize(("text", "kind", "title"), CASES, ids=[text for text, _, _ in CASES])
def test_a_name_is_what_it_says_and_nothing_is_guessed(
    recogniser: Recogniser, text: str, kind: str, title: str
) -> None:
    found, _, _ = recogniser.of(Line("", 1, "item", {}, description=text))
    assert (kind, title) == ("", "") if found is None else (found.kind, found.title) == (kind, title)


def test_the_corpus_is_large_on_both_sides() -> None:
    assert len({text for text, _, _ in CASES}) == len(CASES)
    assert len(NAMED) >= 250
    assert len(NONE) >= 120


def test_a_part_number_is_known_whatever_stands_beside_it(recogniser: Recogniser) -> None:
    for part, title in (
        ("868703-B21", "HPE ProLiant DL380 Gen10"),
        ("868703-B21 ABB", "HPE ProLiant DL380 Gen10"),
        ("7X06CTO1WW", "Lenovo ThinkSystem SR650"),
        ("P9D94A", "HPE StoreFabric SN1100Q"),
        ("7NQ-00302", "SQL Server Standard"),
    ):
        found, _, _ = recogniser.of(Line("", 1, "item", {}, part=part, description="something"))
        assert found is not None
        assert (found.title, found.by) == (title, "part number")
    for part in ("AJ763A", "aj763a", " AJ763A ", "AJ763A#0D1", "AJ763A 0D1"):
        found, _, _ = recogniser.of(Line("", 1, "item", {}, part=part.strip(), description="something"))
        assert found is not None
        assert (found.kind, found.title, found.by) == ("hba", "HP StorageWorks 82E", "part number")


def test_what_is_not_recognised_has_its_nearest_names(packs: PackSet) -> None:
    # Its own recogniser: nearest names are looked up for so many texts only.
    found, _, nearest = Recogniser(packs).of(Line("", 1, "item", {}, description="Windwos Server 2008 R2"))
    assert found is None
    assert "Windows Server 2008 R2" in nearest
