"""The service says whether it lives and whether it is ready."""

from __future__ import annotations

import httpx
import pytest

from supportable.errors import Problem
from supportable.ledger import Ledger, LedgerUnavailable


def test_it_lives(client: httpx.Client) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")


def test_a_real_server_is_ready(server: str) -> None:
    answer = httpx.get(f"{server}/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True


def test_without_its_ledger_it_is_not_ready_but_lives(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_ledger: Ledger) -> None:
        raise LedgerUnavailable([Problem("SUP740", "it is at postgresql://secret@host/name")])

    monkeypatch.setattr(Ledger, "ping", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (503, "SUP792")
    assert "secret" not in answer.text
    assert client.get("/healthz").status_code == 200
