"""The examples say in their first lines what they are; they are."""

from __future__ import annotations

import io
from datetime import date

import jsonschema
import pytest

from supportable import PackSet, evaluate, load_packs, to_json
from supportable.cli.examples import Example, find_examples
from supportable.report import console_for, write_verdict
from supportable.verdict.schema import verdict_schema


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


@pytest.mark.parametrize(("example", "day", "status"), JUDGED)
def test_its_verdict_fits_the_schema_and_can_be_read(packs: PackSet, example: Example, day: date, status: str) -> None:
    verdict = evaluate(example.path, packs, as_of=day)
    jsonschema.Draft202012Validator(verdict_schema()).validate(to_json(verdict))
    for width in (80, 200):
        for explain in (False, True):
            stream = io.StringIO()
            write_verdict(console_for(stream, width=width), verdict, explain=explain)
            long = [line for line in stream.getvalue().splitlines() if len(line) > width and " " in line.strip("│├└─ ")]
            assert long == []


def test_every_example_names_a_day() -> None:
    assert [example.path.name for example in find_examples() if not example.expected] == []
