"""Tokens through the whole service: a provider on one side, requests on the other."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from supportable_api import Settings, create_app
from tests.api.auth.provider import AUDIENCE, Provider, Signer, provider
from tests.api.in_process import serving

SIGNER = Signer.ec("only")


@pytest.fixture(scope="module")
def told() -> Iterator[Provider]:
    with provider(SIGNER) as one:
        yield one


@pytest.fixture(scope="module")
def client(told: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(
        host="0.0.0.0",
        database=f"sqlite:///{tmp_path_factory.mktemp('oidc') / 'ledger.db'}",
        oidc_issuer=told.url,
        oidc_audience=AUDIENCE,
        oidc_tenant_claim="org",
        oidc_subject_claim="email",
    )
    with serving(create_app(settings)) as made:
        yield made


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_reads_and_judges_for_its_tenant(client: httpx.Client, told: Provider) -> None:
    ada = bearer(told.token(SIGNER, org="acme", email="ada@acme.example", scope="read evaluate"))
    eve = bearer(told.token(SIGNER, org="bolt", email="eve@bolt.example", scope="read evaluate"))
    made = client.post("/v1/evaluations", content="design: a\n", headers={**ada, "Content-Type": "application/yaml"})
    assert made.status_code == 201
    assert client.get(made.headers["location"], headers=ada).json()["by"] == "ada@acme.example"
    assert client.get(made.headers["location"], headers=eve).status_code == 404
    assert client.get("/v1/evaluations", headers=eve).json()["items"] == []


def test_a_token_without_the_scope_is_told_which(client: httpx.Client, told: Provider) -> None:
    answer = client.post("/v1/packs:reload", headers=bearer(told.token(SIGNER, org="acme", email="a", scope="read")))
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (403, "SUP752")
    assert 'scope="admin"' in answer.headers["www-authenticate"]


def test_a_token_without_a_tenant_is_told_so(client: httpx.Client, told: Provider) -> None:
    answer = client.get("/v1/packs", headers=bearer(told.token(SIGNER, email="a")))
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (403, "SUP754")
    assert "“org”" in answer.json()["detail"]


def test_a_bad_token_is_answered_as_a_bad_key_is(client: httpx.Client, told: Provider) -> None:
    bad = told.token(SIGNER, org="acme", email="a", aud="others")
    answers = [client.get("/v1/packs", headers=bearer(credential)) for credential in (bad, "spk_222222222222_x", "x")]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"] == 'Bearer realm="supportable", error="invalid_token"'


def test_a_token_is_no_api_key(client: httpx.Client, told: Provider) -> None:
    token = told.token(SIGNER, org="acme", email="a")
    assert client.get("/v1/packs", headers={"X-API-Key": token}).status_code == 401


def test_a_silent_provider_is_told_as_our_trouble(told: Provider) -> None:
    settings = Settings(database="none", oidc_issuer="http://127.0.0.1:9", oidc_audience=AUDIENCE)
    with serving(create_app(settings)) as client:
        answer = client.get("/v1/packs", headers=bearer(told.token(SIGNER)))
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert answer.headers["retry-after"] == "5"
        (problem,) = answer.json()["problems"]
        assert (problem["code"], problem["move"]) == ("SUP753", "us")
        assert client.get("/healthz").status_code == 200
