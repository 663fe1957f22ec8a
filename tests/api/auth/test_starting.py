"""A service does not start open to everyone, nor closed to everyone; and on loopback it answers this machine only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from supportable.errors import UsageError
from supportable.ledger import Ledger, open_ledger
from supportable_api import Settings, create_app
from supportable_api.auth.authentication import Closed, Open, authentication
from supportable_api.auth.settings import is_loopback
from tests.api.in_process import serving

OIDC = {"oidc_issuer": "https://login.example", "oidc_audience": "supportable"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}") as made:
        yield made


def started(ledger: Ledger | None, **settings: Any) -> type[object] | list[str]:
    try:
        return type(authentication(Settings(**settings), ledger))
    except UsageError as error:
        return [problem.code for problem in error.problems]


OUTSIDE = ["0.0.0.0", "::", "192.168.1.5", "2001:db8::1", "supportable.example", ""]
INSIDE = ["127.0.0.1", "127.8.8.8", "::1", "localhost"]


@pytest.mark.parametrize("host", OUTSIDE)
def test_it_never_starts_open_to_the_network(ledger: Ledger, host: str) -> None:
    assert started(None, host=host) == ["SUP757"]
    assert started(ledger, host=host) == ["SUP757"]
    ledger.create_key("acme", "", ("read",))
    assert started(ledger, host=host, auth="off") == ["SUP757"]
    assert started(None, host=host, auth="off", **OIDC) == ["SUP757"]
    assert started(ledger, host=host) is Closed
    assert started(None, host=host, **OIDC) is Closed


@pytest.mark.parametrize("host", INSIDE)
def test_on_loopback_it_asks_once_there_is_something_to_ask_for(ledger: Ledger, host: str) -> None:
    assert started(None, host=host) is Open
    assert started(ledger, host=host) is Open
    assert started(None, host=host, **OIDC) is Closed
    ledger.create_key("acme", "", ("read",))
    assert started(ledger, host=host) is Closed
    assert started(ledger, host=host, auth="off") is Open


def test_keys_that_are_over_are_none(ledger: Ledger) -> None:
    info, _ = ledger.create_key("acme", "", ("read",))
    ledger.revoke_key(None, info.prefix)
    ledger.create_key("acme", "", ("read",), datetime.now(UTC) - timedelta(days=1))
    assert started(ledger, host="0.0.0.0") == ["SUP757"]


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_it_does_not_start_closed_to_everyone(ledger: Ledger, host: str) -> None:
    assert started(None, host=host, auth="on") == ["SUP790"]
    assert started(ledger, host=host, auth="on") == ["SUP790"]


@pytest.mark.parametrize(
    ("settings", "problems"),
    [
        ({"oidc_issuer": "http://login.example"}, 2),
        ({"oidc_issuer": "login.example", "oidc_audience": "a"}, 1),
        ({"oidc_issuer": "file:///etc/passwd", "oidc_audience": "a"}, 1),
        ({"oidc_issuer": "https://[", "oidc_audience": "a"}, 1),
        ({**OIDC, "oidc_jwks": "http://login.example/keys"}, 1),
        ({**OIDC, "oidc_algorithms": ()}, 1),
        ({**OIDC, "oidc_algorithms": ("RS256", "HS256", "none")}, 2),
        ({**OIDC, "oidc_tenant": "a b"}, 1),
        ({**OIDC, "oidc_audience": ""}, 1),
    ],
    ids=str,
)
def test_a_provider_that_is_set_up_wrong_is_told_in_full(settings: dict[str, Any], problems: int) -> None:
    assert started(None, **settings) == ["SUP790"] * problems


def test_a_provider_on_this_machine_may_speak_without_tls() -> None:
    assert started(None, oidc_issuer="http://127.0.0.1:9", oidc_audience="a") is Closed


@pytest.mark.parametrize("host", ["localhost.evil.example", "127.0.0.1.evil.example", "0127.0.0.1", "127.1", "0", ""])
def test_what_only_looks_like_loopback_is_not(host: str) -> None:
    assert not is_loopback(host)


# Without authentication.


@pytest.fixture(scope="module")
def open_client() -> Iterator[httpx.Client]:
    settings = Settings(database="none", cors_origins=("https://wiki.example",))
    with serving(create_app(settings)) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "localhost:1", "[::1]", "[::1]:8000", "LOCALHOST"]
)
def test_this_machine_is_let_in_by_any_of_its_names(open_client: httpx.Client, host: str) -> None:
    assert open_client.get("/v1/packs", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "192.168.1.5", "127.0.0.1.evil.example", "", "[", "127.0.0.1@evil.example"],
)
def test_a_name_that_was_made_to_lead_here_is_refused(open_client: httpx.Client, host: str) -> None:
    """A page of another site can give its own name this machine's address, and would then be of the same origin."""
    answer = open_client.get("/v1/packs", headers={"Host": host})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (403, "SUP756")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1.evil.example", "file://"])
def test_pages_of_other_sites_are_refused(open_client: httpx.Client, origin: str) -> None:
    """A browser on this machine sends their requests here; some need no permission to be sent."""
    answer = open_client.post(
        "/v1/boms", files={"file": ("a.csv", b"Qty,Part\r\n1,x\r\n", "text/csv")}, headers={"Origin": origin}
    )
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (403, "SUP756")


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://localhost:3000", "https://wiki.example"])
def test_pages_of_this_machine_and_those_that_are_named_are_not(open_client: httpx.Client, origin: str) -> None:
    assert open_client.get("/v1/packs", headers={"Origin": origin}).status_code == 200
