"""Tokens of a provider: what is accepted, as whom, and what is told to those that are not."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from supportable_api.auth import Caller, Refused
from supportable_api.auth.jwks import PAUSE, SigningKeys
from supportable_api.auth.settings import OidcSettings
from supportable_api.auth.tokens import Tokens
from tests.api.auth.provider import AUDIENCE, Provider, Signer, provider

RSA = Signer.rsa("first")
EC = Signer.ec("second")
STRANGER = Signer.rsa("first")
"""Signs as if it were the first, with a key of its own."""
ADA = Caller("default", "ada", frozenset({"read"}))


@pytest.fixture(scope="module")
def shared() -> Iterator[Provider]:
    with provider(RSA, EC) as one:
        yield one


@pytest.fixture
def own() -> Iterator[Provider]:
    with provider(RSA, EC) as one:
        yield one


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def accepted(oidc: OidcSettings, token: str) -> Caller | tuple[int, str]:
    return asked(Tokens(oidc), token)


def asked(tokens: Tokens, token: str) -> Caller | tuple[int, str]:
    try:
        return asyncio.run(tokens.caller(token))
    except Refused as refused:
        return refused.status, refused.problem.code


NOT_ACCEPTED = (401, "SUP751")
SILENT = (503, "SUP753")


@pytest.mark.parametrize("signer", [RSA, EC], ids=["RS256", "ES256"])
def test_a_good_token_names_its_holder(shared: Provider, signer: Signer) -> None:
    assert accepted(shared.settings(), shared.token(signer)) == ADA


def test_the_address_of_the_keys_may_be_given_outright(shared: Provider) -> None:
    oidc = shared.settings(issuer="https://elsewhere.example", jwks_url=f"{shared.url}/keys")
    assert accepted(oidc, shared.token(RSA, iss="https://elsewhere.example")) == ADA


@pytest.mark.parametrize("audience", [["other", AUDIENCE], AUDIENCE])
def test_the_audience_may_be_one_of_several(shared: Provider, audience: object) -> None:
    assert accepted(shared.settings(), shared.token(RSA, aud=audience)) == ADA


def now(seconds: int) -> int:
    return int(time.time()) + seconds


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -31},
        {"nbf": 60},
        {"iat": 60},
        {"exp": "soon"},
        {"exp": None},
        {"exp": float("nan")},
        {"iss": "https://other.example"},
        {"iss": ["https://other.example"]},
        {"aud": "other"},
        {"aud": ["other", "another"]},
        {"aud": []},
        {"aud": {"supportable": 1}},
        {"sub": ""},
        {"sub": 7},
    ],
    ids=repr,
)
def test_a_token_that_is_not_in_order_is_not_accepted(shared: Provider, claims: dict[str, Any]) -> None:
    moved = {name: now(value) if isinstance(value, int) and name != "sub" else value for name, value in claims.items()}
    token = raw(RSA, {**jwt.decode(shared.token(RSA), options={"verify_signature": False}), **moved})
    assert accepted(shared.settings(), token) == NOT_ACCEPTED


def raw(signer: Signer, claims: dict[str, Any]) -> str:
    """A signed token of any claims: what PyJWT would refuse to make."""
    return jwt.api_jws.encode(
        json.dumps(claims).encode(), signer.private, algorithm=signer.algorithm, headers={"kid": signer.kid}
    )


@pytest.mark.parametrize("name", ["exp", "iss", "aud", "sub"])
def test_a_token_must_say_whose_it_is_for_whom_and_how_long(shared: Provider, name: str) -> None:
    assert accepted(shared.settings(), shared.token(RSA, without=(name,))) == NOT_ACCEPTED


@pytest.mark.parametrize("claims", [{"exp": -20}, {"nbf": 20}, {"iat": 20}], ids=repr)
def test_clocks_may_differ_by_the_leeway(shared: Provider, claims: dict[str, int]) -> None:
    moved: dict[str, Any] = {name: now(value) for name, value in claims.items()}
    token = shared.token(RSA, **moved)
    assert accepted(shared.settings(leeway=30.0), token) == ADA
    assert accepted(shared.settings(leeway=0.0), token) == NOT_ACCEPTED


def test_another_key_under_the_same_id_is_not_accepted(shared: Provider) -> None:
    assert accepted(shared.settings(), shared.token(STRANGER)) == NOT_ACCEPTED


def b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unsigned(shared: Provider, header: dict[str, Any], signature: bytes = b"") -> str:
    claims = jwt.decode(shared.token(RSA), options={"verify_signature": False})
    return ".".join((b64(json.dumps(header).encode()), b64(json.dumps(claims).encode()), b64(signature)))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, 7, ["RS256"]], ids=repr)
@pytest.mark.parametrize("kid", [{}, {"kid": "first"}], ids=repr)
def test_a_token_without_a_signature_is_not_accepted(shared: Provider, algorithm: object, kid: dict[str, str]) -> None:
    token = unsigned(shared, {"alg": algorithm, "typ": "JWT", **kid})
    assert accepted(shared.settings(), token) == NOT_ACCEPTED


@pytest.mark.parametrize("form", ["pem", "der", "jwk"])
def test_the_public_key_is_no_secret_to_sign_with(shared: Provider, form: str) -> None:
    """The classic: HS256 over the text of the public key, which anyone may read."""
    assert isinstance(RSA.private, rsa.RSAPrivateKey)
    public = RSA.private.public_key()
    secret = {
        "pem": public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
        "der": public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo),
        "jwk": json.dumps(RSA.jwk()).encode(),
    }[form]
    signed = unsigned(shared, {"alg": "HS256", "typ": "JWT", "kid": "first"}).rpartition(".")[0]
    token = f"{signed}.{b64(hmac.digest(secret, signed.encode(), hashlib.sha256))}"
    assert accepted(shared.settings(), token) == NOT_ACCEPTED


def test_a_shared_secret_among_the_keys_is_passed_over(own: Provider) -> None:
    """Even where it was allowed by mistake in a set: what is public is no secret."""
    own.keys.append({"kty": "oct", "kid": "shared", "alg": "HS256", "k": b64(b"s" * 32)})
    claims = jwt.decode(own.token(RSA), options={"verify_signature": False})
    token = jwt.encode(claims, b"s" * 32, algorithm="HS256", headers={"kid": "shared"})
    assert accepted(own.settings(), token) == NOT_ACCEPTED


def test_only_the_algorithms_on_the_list_are_accepted(shared: Provider) -> None:
    assert accepted(shared.settings(algorithms=("ES256",)), shared.token(RSA)) == NOT_ACCEPTED
    assert accepted(shared.settings(algorithms=("ES256",)), shared.token(EC)) == ADA


def test_a_key_is_used_for_its_own_algorithm_only(shared: Provider) -> None:
    other = Signer(RSA.kid, RSA.private, "PS256")
    assert accepted(shared.settings(algorithms=("RS256", "PS256")), shared.token(other)) == NOT_ACCEPTED
    crossed = Signer(RSA.kid, EC.private, "ES256")
    assert accepted(shared.settings(), shared.token(crossed)) == NOT_ACCEPTED


def test_a_key_that_names_no_algorithm_serves_those_on_the_list(own: Provider) -> None:
    own.keys = [{name: value for name, value in RSA.jwk().items() if name != "alg"}]
    assert accepted(own.settings(algorithms=("PS256",)), own.token(Signer(RSA.kid, RSA.private, "PS256"))) == ADA
    assert accepted(own.settings(algorithms=("PS256",)), own.token(RSA)) == NOT_ACCEPTED


@pytest.mark.parametrize("more", [{"use": "enc"}, {"key_ops": ["encrypt"]}, {"key_ops": "verify"}], ids=repr)
def test_a_key_for_other_ends_checks_no_signature(own: Provider, more: dict[str, Any]) -> None:
    own.keys = [RSA.jwk(**more)]
    assert accepted(own.settings(), own.token(RSA)) == NOT_ACCEPTED


def test_a_short_key_is_not_accepted(own: Provider) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    weak = Signer("weak", private, "RS256")
    own.keys = [weak.jwk()]
    with pytest.warns(match="1024 bits"):
        token = own.token(weak)
    assert accepted(own.settings(), token) == NOT_ACCEPTED


def test_a_token_without_a_key_id_means_the_only_key(own: Provider) -> None:
    token = own.token(Signer("", RSA.private, "RS256"))
    assert accepted(own.settings(), token) == NOT_ACCEPTED  # there are two
    own.keys = [RSA.jwk()]
    assert accepted(own.settings(), token) == ADA


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp-of-mine"], "exp-of-mine": 1},
        {"jku": "http://127.0.0.1:9/keys"},
        {"x5u": "http://127.0.0.1:9/keys"},
        {"jwk": STRANGER.jwk()},
    ],
    ids=lambda header: next(iter(header)),
)
def test_a_token_cannot_bring_its_own_key_or_rules(shared: Provider, header: dict[str, Any]) -> None:
    assert accepted(shared.settings(), shared.token(STRANGER, header=header)) == NOT_ACCEPTED


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b", "a.b.c", "a.b.c.d.e", "..", "é.é.é", "x" * 20_000, "\x00.\x00.\x00", "[].[].[]"],
    ids=lambda token: repr(token[:9]),
)
def test_what_is_no_token_is_not_accepted(shared: Provider, token: str) -> None:
    assert accepted(shared.settings(), token) == NOT_ACCEPTED


def test_a_token_that_was_altered_is_not_accepted(shared: Provider) -> None:
    token = shared.token(RSA)
    header, claims, signature = token.split(".")
    raised = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"scope": "admin"}
    assert accepted(shared.settings(), ".".join((header, b64(json.dumps(raised).encode()), signature))) == NOT_ACCEPTED


# Scopes and tenants.


@pytest.mark.parametrize(
    ("settings", "claims", "scopes"),
    [
        ({}, {"scope": "read evaluate admin"}, {"read", "evaluate", "admin"}),
        ({}, {"scope": ["read", "other", 7]}, {"read"}),
        ({}, {"scope": "reader administrator"}, set()),
        ({}, {"scope": {"read": True}}, set()),
        ({}, {"scope": None}, set()),
        ({"scope_claim": "scp"}, {"scp": "evaluate", "scope": "admin"}, {"evaluate"}),
        ({"scope_prefix": "supportable."}, {"scope": "read supportable.evaluate"}, {"evaluate"}),
        ({"scope_claim": "realm_access.roles"}, {"realm_access": {"roles": ["admin"]}}, {"admin"}),
        ({"scope_claim": "https://x.example/scopes"}, {"https://x.example/scopes": ["read"]}, {"read"}),
        ({"scope_claim": "scope.deep"}, {"scope": "read"}, set()),
    ],
)
def test_scopes_are_read_from_the_claim_that_is_set(
    shared: Provider, settings: dict[str, Any], claims: dict[str, Any], scopes: set[str]
) -> None:
    assert accepted(shared.settings(**settings), shared.token(RSA, **claims)) == Caller(
        "default",
        "ada",
        frozenset(scopes),  # type: ignore[arg-type]
    )


def test_the_tenant_is_read_from_the_claim_that_is_set(shared: Provider) -> None:
    oidc = shared.settings(tenant_claim="org.id", subject_claim="email")
    token = shared.token(RSA, org={"id": "acme"}, email="ada@acme.example")
    assert accepted(oidc, token) == Caller("acme", "ada@acme.example", frozenset({"read"}))


@pytest.mark.parametrize(
    "claims", [{}, {"tid": ""}, {"tid": None}, {"tid": ["acme"]}, {"tid": "a\nb"}, {"tid": "x" * 101}]
)
def test_without_a_tenant_of_its_own_nobody_is_put_into_another(shared: Provider, claims: dict[str, Any]) -> None:
    assert accepted(shared.settings(tenant_claim="tid"), shared.token(RSA, **claims)) == (403, "SUP754")


# Keys that change, and a provider that is silent.


def test_keys_are_asked_for_once_and_again_when_they_are_old(own: Provider) -> None:
    clock = Clock()
    tokens = Tokens(own.settings(refresh=300.0), SigningKeys(own.settings(refresh=300.0), clock=clock))
    seen = []
    for later in (0, 1, 299, 1, 1):
        clock.now += later
        assert asked(tokens, own.token(RSA)) == ADA
        seen.append(own.asked)
    assert seen == [1, 1, 1, 2, 2]


def test_a_new_key_is_found_without_a_restart(own: Provider) -> None:
    clock = Clock()
    tokens = Tokens(own.settings(), SigningKeys(own.settings(), clock=clock))
    assert asked(tokens, own.token(RSA)) == ADA
    new = Signer.rsa("third")
    own.keys = [new.jwk()]
    clock.now += PAUSE
    assert asked(tokens, own.token(new)) == ADA
    assert asked(tokens, own.token(RSA)) == NOT_ACCEPTED, "the old one is gone at once"


def test_unknown_key_ids_do_not_make_us_besiege_the_provider(own: Provider) -> None:
    clock = Clock()
    tokens = Tokens(own.settings(), SigningKeys(own.settings(), clock=clock))
    for number in range(20):
        assert asked(tokens, own.token(Signer(f"made-up-{number}", STRANGER.private, "RS256"))) == NOT_ACCEPTED
    assert own.asked == 1
    clock.now += PAUSE
    assert asked(tokens, own.token(Signer("made-up", STRANGER.private, "RS256"))) == NOT_ACCEPTED
    assert own.asked == 2


@pytest.mark.parametrize("state", ["broken", "garbage", "elsewhere", "huge"])
def test_a_provider_out_of_order_is_our_fault_not_the_callers(own: Provider, state: Any) -> None:
    own.state = state
    clock = Clock()
    tokens = Tokens(own.settings(), SigningKeys(own.settings(), clock=clock))
    assert asked(tokens, own.token(RSA)) == SILENT
    own.state = "well"
    assert asked(tokens, own.token(RSA)) == SILENT, "it is not asked again at once"
    clock.now += PAUSE
    assert asked(tokens, own.token(RSA)) == ADA


def test_a_provider_that_is_not_there_is_our_fault(own: Provider) -> None:
    gone = own.settings(jwks_url="http://127.0.0.1:9/keys")
    assert accepted(gone, own.token(RSA)) == SILENT


def test_a_discovery_document_of_another_issuer_is_not_believed(own: Provider) -> None:
    other = own.settings(issuer=own.url + "/")
    assert accepted(other, own.token(RSA, iss=own.url + "/")) == SILENT


def test_known_keys_stay_good_while_the_provider_is_silent_and_then_no_longer(own: Provider) -> None:
    clock = Clock()
    oidc = own.settings(refresh=300.0, stale=3600.0)
    tokens = Tokens(oidc, SigningKeys(oidc, clock=clock))
    assert asked(tokens, own.token(RSA)) == ADA
    own.state = "broken"
    clock.now += 3900
    assert asked(tokens, own.token(RSA)) == ADA
    assert asked(tokens, own.token(Signer("new", STRANGER.private, "RS256"))) == SILENT, "it may be a new key"
    clock.now += 1
    assert asked(tokens, own.token(RSA)) == SILENT


def test_many_callers_at_once_ask_the_provider_once(own: Provider) -> None:
    tokens = Tokens(own.settings())
    token = own.token(RSA)

    async def together() -> list[Caller]:
        return await asyncio.gather(*(tokens.caller(token) for _ in range(20)))

    assert asyncio.run(together()) == [ADA] * 20
    assert own.asked == 1


def test_a_provider_that_is_slow_is_given_up(own: Provider) -> None:
    def slow(oidc: OidcSettings) -> Any:
        time.sleep(0.3)
        return {}

    oidc = own.settings(timeout=0.05)
    assert asked(Tokens(oidc, SigningKeys(oidc, fetch=slow)), own.token(RSA)) == SILENT


def test_the_curve_of_a_key_is_held_to(own: Provider) -> None:
    other = Signer("second", ec.generate_private_key(ec.SECP384R1()), "ES384")
    assert accepted(own.settings(algorithms=("ES256", "ES384")), own.token(other)) == NOT_ACCEPTED
