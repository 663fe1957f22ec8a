"""`supportable keys`: made, listed and revoked on the database, the secret shown once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from supportable.ledger import open_ledger
from supportable_api.auth.command import keys_app
from tests.cli.runs import supportable

SECRET = re.compile(r"spk_[0-9a-z]{12}_[A-Za-z0-9_-]{43}")


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


def keys(*arguments: str, database: str) -> tuple[int, str, str]:
    run = CliRunner().invoke(keys_app, [*arguments, "--database", database])
    return run.exit_code, run.stdout, run.stderr


def test_the_secret_stands_alone_on_stdout_and_is_accepted(database: str) -> None:
    code, out, err = keys("create", "nightly build", "--tenant", "acme", "--scope", "read", database=database)
    secret = out.strip()
    assert (code, bool(SECRET.fullmatch(secret))) == (0, True)
    assert secret not in err
    with open_ledger(database) as ledger:
        info = ledger.find_key(secret)
    assert info is not None
    assert (info.tenant, info.label, info.scopes) == ("acme", "nightly build", ("read",))
    assert info.expires_at is not None
    assert (info.expires_at - info.created_at).days in {364, 365}


def test_it_is_listed_without_its_secret_and_revoked_by_its_name(database: str) -> None:
    made = json.loads(
        keys("create", "ci", "--scope", "admin", "--scope", "read", "--format", "json", database=database)[1]
    )
    keys("create", "other", "--tenant", "bolt", "--expires", "never", database=database)
    code, listed, _ = keys("list", database=database)
    lines = listed.splitlines()
    assert (code, len(lines)) == (0, 3)
    assert made["secret"] not in listed
    assert lines[1].split()[:5] == [made["key"], "default", "ci", "read", "admin"]
    assert lines[2].endswith("good without end")
    code, out, _ = keys("revoke", made["key"], database=database)
    assert (code, out.startswith(f"{made['key']} (ci) is revoked since ")) == (0, True)
    with open_ledger(database) as ledger:
        assert ledger.find_key(made["secret"]) is None
    told = json.loads(keys("list", "--tenant", "default", "--format", "json", database=database)[1])
    assert [(item["key"], item["scopes"], item["revoked_at"] is None) for item in told] == [
        (made["key"], ["read", "admin"], False)
    ]
    assert "secret" not in told[0]
    again = keys("revoke", made["key"], database=database)
    assert again[1] == out, "it stays revoked since the first time"


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "x", "--scope", "write"),
        ("create", "x", "--expires", "yesterday"),
        ("create", "x", "--expires", "2020-01-01"),
        ("create", "x", "--expires", "0d"),
        ("create", "x", "--expires", "999999d" * 2),
        ("create", "x", "--tenant", ""),
        ("create", "x", "--tenant", "a b"),
        ("create", "x" * 600),
        ("revoke", "nosuchkey123"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_told_and_nothing_is_made(database: str, arguments: tuple[str, ...]) -> None:
    code, out, err = keys(*arguments, database=database)
    assert (code, out) == (3, "")
    assert re.search(r"SUP7\d\d ", err)
    with open_ledger(database) as ledger:
        assert ledger.list_keys() == ()


def test_a_secret_that_is_pasted_by_mistake_is_not_repeated(database: str) -> None:
    secret = keys("create", "x", database=database)[1].strip()
    code, out, err = keys("revoke", secret, database=database)
    assert (code, secret[20:] in out + err) == (3, False)


def test_another_tenants_key_is_not_revoked_by_mistake(database: str) -> None:
    made = json.loads(keys("create", "x", "--tenant", "acme", "--format", "json", database=database)[1])
    assert keys("revoke", made["key"], "--tenant", "bolt", database=database)[0] == 3
    with open_ledger(database) as ledger:
        assert ledger.find_key(made["secret"]) is not None


def test_who_did_it_is_recorded_and_listed(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ana")
    made = json.loads(keys("create", "ci", "--format", "json", database=database)[1])
    assert (made["created_by"], made["revoked_by"]) == ("user:ana", "")
    monkeypatch.setenv("LOGNAME", "bea")
    code, out, _ = keys("revoke", made["key"], database=database)
    assert (code, out.endswith(" by user:bea\n")) == (0, True)
    monkeypatch.setenv("LOGNAME", "cem")
    assert keys("revoke", made["key"], database=database)[1] == out, "it stays revoked by who was first"
    line = keys("list", database=database)[1].splitlines()[1]
    assert re.search(r"Z  user:ana  revoked .*Z by user:bea$", line)
    (told,) = json.loads(keys("list", "--format", "json", database=database)[1])
    assert (told["created_by"], told["revoked_by"]) == ("user:ana", "user:bea")
    with open_ledger(database) as ledger:
        assert ledger.verify() == []


def test_a_user_whose_name_is_no_text_makes_no_key(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ana\nbea")
    code, out, err = keys("create", "ci", database=database)
    assert (code, out, "SUP734" in err) == (3, "", True)


def test_an_expiry_is_a_span_or_a_day(database: str) -> None:
    for given in ("12h", "30d"):
        keys("create", given, "--expires", given, database=database)
    keys("create", "day", "--expires", "2999-01-31", database=database)
    with open_ledger(database) as ledger:
        half, month, day = ledger.list_keys()
    for info, expected in ((half, 0.5), (month, 30.0)):
        assert info.expires_at is not None
        assert abs((info.expires_at - info.created_at).total_seconds() / 86400 - expected) < 0.01
    assert day.expires_at is not None
    assert day.expires_at.isoformat() == "2999-01-31T00:00:00+00:00"


def test_it_is_a_command_and_takes_the_database_from_the_environment(database: str) -> None:
    made = supportable("keys", "create", "shell", SUPPORTABLE_DATABASE=database)
    assert (made.code, bool(SECRET.fullmatch(made.out.strip()))) == (0, True)
    assert "shell" in supportable("keys", "list", SUPPORTABLE_DATABASE=database).out
    assert supportable("keys", "list", SUPPORTABLE_DATABASE="none").code == 3


@pytest.mark.parametrize("arguments", [("list",), ("revoke", "nosuchkey123")], ids=" ".join)
def test_a_database_that_is_not_there_is_not_made_by_looking_for_keys(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    path = tmp_path / "elsewhere.db"
    code, out, err = keys(*arguments, database=f"sqlite:///{path}")
    assert (code, out, path.exists()) == (3, "", False)
    assert "SUP730" in err
