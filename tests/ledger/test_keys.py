"""API keys: shown once, found by their secret, void when revoked or expired."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from supportable.errors import UsageError
from supportable.ledger import KeyInfo, Ledger, open_ledger


def test_a_key_is_found_by_its_secret_alone(ledger: Ledger) -> None:
    info, secret = ledger.create_key("acme", "ci", ("read", "evaluate"))
    assert ledger.find_key(secret) == info
    assert info == KeyInfo("acme", info.prefix, "ci", ("read", "evaluate"), info.created_at, None, None)
    assert secret.startswith(f"spk_{info.prefix}_")


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: secret[:-1],
        lambda secret: secret + "A",
        lambda secret: secret[:-1] + ("A" if secret[-1] != "A" else "B"),
        lambda secret: secret.upper(),
        lambda secret: "spk_" + secret[5:],
        lambda secret: secret.split("_", 2)[2],
        lambda secret: f"spk_{secret.split('_')[1]}_",
        lambda _: "",
        lambda _: "spk__",
        lambda _: "spk_\ud800_x",
        lambda _: "spk_'; DROP TABLE ledger_keys; --_x",
    ],
)
def test_anything_but_the_secret_finds_nothing(ledger: Ledger, change: object) -> None:
    _, secret = ledger.create_key("acme", "ci", ("read",))
    assert ledger.find_key(change(secret)) is None  # type: ignore[operator]


def test_a_revoked_key_finds_nothing_and_stays_listed(ledger: Ledger) -> None:
    info, secret = ledger.create_key("acme", "ci", ("read",))
    revoked = ledger.revoke_key("acme", info.prefix)
    assert revoked is not None
    assert revoked.revoked_at is not None
    assert ledger.find_key(secret) is None
    assert ledger.list_keys("acme") == (revoked,)
    # Revoking once more does not move the time.
    assert ledger.revoke_key("acme", info.prefix) == revoked


def test_a_key_is_valid_until_it_expires_and_not_at_that_moment(address: str) -> None:
    times = [datetime(2026, 1, 1, tzinfo=UTC)]
    with open_ledger(address, clock=lambda: times[0]) as ledger:
        expires = times[0] + timedelta(hours=1)
        info, secret = ledger.create_key("acme", "ci", ("read",), expires)
        times[0] = expires - timedelta(microseconds=1)
        assert ledger.find_key(secret) == info
        assert ledger.has_keys()
        times[0] = expires
        assert ledger.find_key(secret) is None
        assert not ledger.has_keys()


def test_there_are_no_keys_at_first_and_none_when_all_are_revoked(ledger: Ledger) -> None:
    assert not ledger.has_keys()
    info, _ = ledger.create_key("acme", "ci", ("read",))
    assert ledger.has_keys()
    ledger.revoke_key("acme", info.prefix)
    assert not ledger.has_keys()


def test_each_tenant_lists_and_revokes_its_own(ledger: Ledger) -> None:
    mine, secret = ledger.create_key("acme", "a", ("read",))
    other, _ = ledger.create_key("other", "b", ("read",))
    assert ledger.list_keys("acme") == (mine,)
    assert ledger.list_keys() == (mine, other)
    assert ledger.revoke_key("other", mine.prefix) is None
    assert ledger.find_key(secret) == mine
    assert ledger.revoke_key(None, mine.prefix) is not None
    assert ledger.find_key(secret) is None


def test_who_made_and_who_revoked_a_key_is_listed_as_the_chain_says(ledger: Ledger) -> None:
    first, secret = ledger.create_key("acme", "a", ("read",), by="user:ana")
    ledger.create_key("acme", "b", ("read",))
    ledger.create_key("other", "c", ("read",), by="user:cem")
    revoked = ledger.revoke_key(None, first.prefix, by="user:bea")
    again = ledger.revoke_key("acme", first.prefix, by="user:late")
    assert revoked is not None
    assert again is not None
    assert [(each.created_by, each.revoked_by) for each in (first, revoked, again)] == [
        ("user:ana", ""), ("user:ana", "user:bea"), ("user:ana", "user:bea"),
    ]  # fmt: skip
    assert [(each.label, each.created_by, each.revoked_by) for each in ledger.list_keys()] == [
        ("a", "user:ana", "user:bea"), ("b", "", ""), ("c", "user:cem", ""),
    ]  # fmt: skip
    assert [each.created_by for each in ledger.list_keys("other")] == ["user:cem"]
    assert ledger.list_keys("nobody") == ()
    assert ledger.find_key(secret) is None


@pytest.mark.parametrize("scopes", [(), ("read write",), ("",), ("a\0",)])
def test_scopes_that_cannot_be_kept_are_refused(ledger: Ledger, scopes: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        ledger.create_key("acme", "ci", scopes)
    assert caught.value.problems[0].code == "SUP734"


def test_no_secret_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        secrets = [ledger.create_key("acme", "ci", ("read",))[1] for _ in range(3)]
    # The log was taken into the file when the last connection was closed.
    assert not path.with_name("ledger.db-wal").exists()
    content = path.read_bytes()
    for secret in secrets:
        assert secret.encode() not in content
        assert secret.split("_", 2)[2].encode() not in content
    with sqlite3.connect(path) as connection:
        (count,) = connection.execute("SELECT count(*) FROM ledger_keys").fetchone()
    connection.close()
    assert count == 3
