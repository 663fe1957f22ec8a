"""The same facts give the same answer: in any order of entities, members and keys, and in any format."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from supportable import PackSet, evaluate, load_packs, to_bytes
from supportable.document import read_file
from supportable.verdict.as_json import to_bytes as canonical

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs([ROOT / "policies" / "supportable_policies"], discover=False)


def shuffled(value: Any, source: random.Random) -> Any:
    """The same design with sections, keys and entities in another order; lists of records keep theirs, as they are
    named by their place."""
    if isinstance(value, dict):
        keys = list(value)
        source.shuffle(keys)
        return {key: shuffled(value[key], source) for key in keys}
    if isinstance(value, list):
        named = [item for item in value if not isinstance(item, dict) or "id" in item]
        items = [shuffled(item, source) for item in value if item != "..."]
        if len(named) == len(value):
            source.shuffle(items)
        return items + (["..."] if "..." in value else [])
    return value


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_a_design_changes_nothing_but_positions(path: Path, seed: int, packs: PackSet) -> None:
    plain = read_file(path).root
    assert isinstance(plain, dict)
    first = evaluate(plain, packs, as_of="2009-07-01")
    other = evaluate(shuffled(plain, random.Random(seed)), packs, as_of="2009-07-01")
    assert json.loads(canonical(other, positions=False)) == json.loads(canonical(first, positions=False))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_asked_twice_the_bytes_are_the_same(path: Path, packs: PackSet) -> None:
    first, second = (to_bytes(evaluate(path, packs, as_of="2024-01-01")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_both_readings_give_the_same_verdict(path: Path, packs: PackSet) -> None:
    for day in ("2009-07-01", "2024-01-01"):
        compiled, reference = (
            json.loads(to_bytes(evaluate(path, packs, as_of=day, reading=reading)))
            for reading in ("compiled", "reference")
        )
        del compiled["engine"], reference["engine"]
        assert compiled == reference
