"""The examples say in their first lines what they are; they are."""

from __future__ import annotations

from datetime import date

import pytest

from supportable import PackSet, evaluate, load_packs
from supportable.cli.examples import Example, find_examples


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


JUDGED = [
    pytest.param(example, day, status, id=f"{example.path.stem}-{day}")
    for example in find_examples()
    for day, status in zip(example.days, example.expected, strict=True)
]


@pytest.mark.parametrize(("example", "day", "status"), JUDGED)
def test_an_example_has_the_status_that_it_says(packs: PackSet, example: Example, day: date, status: str) -> None:
    assert evaluate(example.path, packs, as_of=day).status == status


def test_every_example_names_a_day() -> None:
    assert [example.path.name for example in find_examples() if not example.expected] == []
