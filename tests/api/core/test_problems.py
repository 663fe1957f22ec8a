"""Every error of the engine has a status, and what it says of us stays with us."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator

import httpx
import pytest

import supportable
from supportable.errors import Problem, SupportableError
from supportable.ledger import Ledger, LedgerUnavailable
from supportable.ledger.errors import LedgerUncertain
from supportable_api.problems import STATUS_OF, TITLES, error_response, status_of, title_of
from tests.api.core.asking import DAY, GUESTS, NDJSON, YAML, codes_of

EXPECTED = {
    "DocumentError": 400,
    "VocabularyError": 422,
    "PackError": 422,
    "DesignError": 422,
    "EvaluationError": 503,
    "CrossCheckError": 503,
    "UsageError": 400,
    "LedgerError": 500,
    "LedgerUnavailable": 503,
    "LedgerUncertain": 503,
    "DesignChanged": 412,
    # A defect of ours: it is told as one.
    "UncitedVerdict": 500,
}
PROBLEMS = (Problem("SUP740", "it is at postgresql://host/name"),)


def kinds() -> Iterator[type[SupportableError]]:
    """Every kind of error that the engine has, but for those that no service raises: of its client, and of pytest."""
    for module in pkgutil.walk_packages(supportable.__path__, "supportable."):
        if module.name.endswith(".errors") or module.name.endswith("cross_check"):
            importlib.import_module(module.name)
    waiting = SupportableError.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        home = kind.__module__.split(".")
        if home[0] == "supportable" and home[1] not in ("client", "pytest", "report"):
            yield kind


def test_every_kind_of_error_has_its_status_and_its_title() -> None:
    made = {kind.__name__: kind.__new__(kind) for kind in kinds()}
    for error in made.values():
        error.problems = PROBLEMS
    assert {name: status_of(error) for name, error in made.items()} == EXPECTED
    assert [name for name, error in made.items() if title_of(error) == "Something is wrong"] == ["UncitedVerdict"]
    assert set(STATUS_OF) == set(TITLES)


@pytest.mark.parametrize(("kind", "again"), [(LedgerUnavailable, "1"), (LedgerUncertain, None)])
def test_where_the_database_is_stays_with_us(kind: type[LedgerUnavailable], again: str | None) -> None:
    answer = error_response(kind(PROBLEMS))
    told = json.loads(bytes(answer.body))
    assert (answer.status_code, codes_of(told), answer.headers.get("Retry-After")) == (503, ["SUP740"], again)
    assert b"postgresql" not in bytes(answer.body)


def test_what_cannot_be_recorded_is_not_answered_as_if_it_were(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_ledger: Ledger, asked: list[object]) -> list[LedgerUnavailable]:
        return [LedgerUnavailable(PROBLEMS) for _ in asked]

    monkeypatch.setattr(Ledger, "append_all", full)
    single = client.post("/v1/evaluations", params={"as_of": DAY}, content=GUESTS, headers=YAML)
    assert (single.status_code, codes_of(single.json())) == (503, ["SUP740"])
    batch = client.post("/v1/evaluations:batch", content=b"{}\n{}\n", headers=NDJSON)
    assert [codes_of(json.loads(line)["problem"]) for line in batch.content.splitlines()] == [["SUP740"]] * 2
    assert "postgresql" not in single.text + batch.text
