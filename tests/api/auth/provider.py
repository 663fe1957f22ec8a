"""An OIDC provider on this machine: real keys, tokens and HTTP; its keys can be changed, and it can fall silent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from supportable_api.auth.settings import OidcSettings

AUDIENCE = "supportable"
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under an id."""

    kid: str
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    algorithm: str

    @classmethod
    def rsa(cls, kid: str) -> Signer:
        return cls(kid, rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256")

    @classmethod
    def ec(cls, kid: str) -> Signer:
        return cls(kid, ec.generate_private_key(ec.SECP256R1()), "ES256")

    def jwk(self, **more: Any) -> dict[str, Any]:
        if isinstance(self.private, rsa.RSAPrivateKey):
            made = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        else:
            made = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**made, "kid": self.kid, "use": "sig", "alg": self.algorithm, **more}


@dataclass(slots=True)
class Provider:
    """What the provider says, and how often it was asked; set `state` to see what happens when it fails."""

    url: str
    keys: list[dict[str, Any]] = field(default_factory=list)
    state: Literal["well", "broken", "garbage", "elsewhere", "huge"] = "well"
    asked: int = 0

    def settings(self, **more: Any) -> OidcSettings:
        return OidcSettings(**{"issuer": self.url, "audience": AUDIENCE, "timeout": 5.0, **more})

    def token(
        self,
        signer: Signer,
        *,
        header: Mapping[str, Any] = NOTHING,
        without: tuple[str, ...] = (),
        **claims: Any,
    ) -> str:
        """A token that is good for five minutes and may read, but for what `claims` change and `without` leaves out."""
        now = int(time.time())
        said = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "ada",
            "iat": now,
            "exp": now + 300,
            "scope": "openid read",
            **claims,
        }
        told = {name: value for name, value in said.items() if name not in without}
        return jwt.encode(
            told,
            signer.private,
            algorithm=signer.algorithm,
            headers={**({"kid": signer.kid} if signer.kid else {}), **header},
        )


@contextmanager
def provider(*signers: Signer) -> Iterator[Provider]:
    """A provider with the keys of `signers`, on a port of its own."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self._send(json.dumps({"issuer": told.url, "jwks_uri": f"{told.url}/keys"}).encode())
                return
            told.asked += 1
            if told.state == "broken":
                self.send_error(500)
            elif told.state == "elsewhere":
                self.send_response(302)
                self.send_header("Location", f"{told.url}/other")
                self.end_headers()
            elif told.state == "garbage":
                self._send(b"<html>maintenance</html>")
            elif told.state == "huge":
                self._send(json.dumps({"keys": told.keys, "padding": "x" * 300_000}).encode())
            else:
                self._send(json.dumps({"keys": told.keys}).encode())

        def _send(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        told = Provider(f"http://127.0.0.1:{server.server_address[1]}", [signer.jwk() for signer in signers])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
