"""API keys over HTTP: which are accepted, as whom, and that nobody is told why one is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from supportable.ledger import open_ledger
from supportable_api.auth.keyring import REMEMBERED, KeyRing
from supportable_api.auth.refusals import Refused
from tests.api.callers import Keyring, called, keyring


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return keyring(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def client(keys: Keyring) -> Iterator[httpx.Client]:
    with called(keys) as made:
        yield made


def told(answer: httpx.Response) -> tuple[int, dict[str, object], str | None]:
    """All that a caller can learn from a refusal but the time it took."""
    return answer.status_code, answer.json(), answer.headers.get("www-authenticate")


def test_a_key_is_accepted_in_either_header(client: httpx.Client, keys: Keyring) -> None:
    secret = keys.key("acme", "read")
    for headers in (
        {"Authorization": f"Bearer {secret}"},
        {"authorization": f"bearer  {secret}"},
        {"X-API-Key": secret},
    ):
        assert client.get("/v1/packs", headers=headers).status_code == 200, headers


def test_whatever_is_wrong_with_a_key_the_answer_is_the_same(client: httpx.Client, keys: Keyring) -> None:
    good = keys.key("acme", "read")
    expired = keys.key("acme", "read", expires=datetime.now(UTC) - timedelta(seconds=1))
    revoked = keys.key("acme", "read")
    with open_ledger(keys.database) as ledger:
        ledger.revoke_key(None, revoked.split("_")[1])
    wrong = {
        "expired": expired,
        "revoked": revoked,
        "never made": "spk_222222222222_" + "x" * 43,
        "one letter off": good[:-1] + ("a" if good[-1] != "a" else "b"),
        "half": good[:30],
        "only its name": good.rpartition("_")[0],
        "another's secret": f"{good.rpartition('_')[0]}_{expired.rpartition('_')[2]}",
        "longer": good + "x",
        "much longer": good + "x" * 1000,
        "no key": "spk_",
        "a token where there is no provider": "eyJhbGciOiJub25lIn0.e30.",
        "of other letters": "spk_é",
    }
    answers = {
        name: told(client.get("/v1/packs", headers=[(b"Authorization", b"Bearer " + secret.encode())]))
        for name, secret in wrong.items()
    }
    assert {name: answer[0] for name, answer in answers.items()} == dict.fromkeys(wrong, 401)
    assert len({str(answer) for answer in answers.values()}) == 1, answers
    assert client.get("/v1/packs", headers={"X-API-Key": good}).status_code == 200


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic YTpi", "Digest x", "Token spk_x", "spk_x"])
def test_what_is_no_bearer_is_no_credential(client: httpx.Client, value: str) -> None:
    status, body, header = told(client.get("/v1/packs", headers={"Authorization": value}))
    assert (status, header) == (401, 'Bearer realm="supportable"')
    assert "SUP750" in str(body)


def test_two_credentials_are_one_too_many(client: httpx.Client, keys: Keyring) -> None:
    secret = keys.key("acme", "read")
    for headers in (
        [("Authorization", f"Bearer {secret}"), ("X-API-Key", secret)],
        [("X-API-Key", secret), ("X-API-Key", secret)],
        [("Authorization", f"Bearer {secret}"), ("Authorization", f"Bearer {secret}")],
    ):
        answer = client.get("/v1/packs", headers=headers)
        assert (answer.status_code, answer.json()["problems"][0]["code"]) == (400, "SUP755")


def test_a_key_is_never_written_where_it_could_be_read(client: httpx.Client, keys: Keyring) -> None:
    secret = keys.key("acme", "read")
    hidden = secret.split("_", 2)[2]
    answer = client.get("/v1/nothing-here", headers={"X-API-Key": secret})
    assert hidden not in answer.text + str(answer.headers)
    with open_ledger(keys.database) as ledger:
        assert hidden not in str(ledger.list_keys())
    folder = Path(keys.database.removeprefix("sqlite:///")).parent
    written = [path.read_bytes() for path in folder.iterdir()]
    assert any(secret.split("_")[1].encode() in content for content in written), "its name is there"
    assert not any(hidden.encode() in content for content in written)


def test_what_is_recorded_names_the_key(client: httpx.Client, keys: Keyring) -> None:
    secret = keys.key("namers")
    headers = {"X-API-Key": secret, "Content-Type": "application/yaml"}
    made = client.post("/v1/evaluations", content="design: a\n", headers=headers)
    kept = client.get(made.headers["location"], headers=headers).json()
    assert kept["by"] == f"key:{secret.split('_')[1]}"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def accepted(ring: KeyRing, secret: str) -> bool:
    try:
        asyncio.run(ring.caller(secret))
    except Refused:
        return False
    return True


def test_a_revoked_key_is_over_within_seconds_and_one_that_ends_ends_at_once(keys: Keyring) -> None:
    clock = Clock()
    with open_ledger(keys.database) as ledger:
        info, secret = ledger.create_key("acme", "short", ("read",))
        ring = KeyRing(ledger, clock=clock)
        assert accepted(ring, secret)
        ledger.revoke_key(None, info.prefix)
        assert accepted(ring, secret), "remembered"
        clock.now += REMEMBERED
        assert not accepted(ring, secret)
        _, ending = ledger.create_key("acme", "ending", ("read",), datetime.now(UTC) + timedelta(seconds=0.4))
        assert accepted(ring, ending)
        while accepted(ring, ending):
            pass
        _, late = ledger.create_key("acme", "made later", ("read",))
        assert accepted(ring, late), "what was not found is never remembered"
