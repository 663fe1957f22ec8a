"""The service says whether it lives and whether it is ready."""

from __future__ import annotations

import httpx


def test_it_lives(client: httpx.Client) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")


def test_a_real_server_is_ready(server: str) -> None:
    answer = httpx.get(f"{server}/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
