"""What is compressed once is sent often: with whatever stands around it, it is a gzip file of all of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable_api import Settings, create_app
from supportable_api.packed import Packed
from tests.api.core.asking import DAY, GUESTS, YAML
from tests.api.running import running


@given(st.binary(), st.lists(st.tuples(st.binary(max_size=100), st.binary(max_size=100)), min_size=1, max_size=6))
def test_it_unpacks_to_all_three_as_one_member(content: bytes, around: list[tuple[bytes, bytes]]) -> None:
    packed = Packed(content)
    for place, (before, after) in enumerate(around):
        if place == 2:
            packed.prepare()
        unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
        assert unpacking.decompress(packed.between(before, after)) == before + content + after
        # Only a whole member whose checksum and length are right ends; browsers read no second one.
        assert (unpacking.eof, unpacking.unused_data) == (True, b"")


def test_more_than_a_block_around_it_is_refused() -> None:
    with pytest.raises(ValueError, match="65536 bytes"):
        Packed(b"").between(b"x" * 65536, b"")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a real server: what goes over the wire is looked at."""
    database = tmp_path_factory.mktemp("packed") / "ledger.db"
    with (
        running(create_app(Settings(database=f"sqlite:///{database}"))) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client


@pytest.mark.parametrize("accept", ["application/json", "text/html", "text/markdown", "application/sarif+json"])
@pytest.mark.parametrize("record", ["true", "false"])
def test_a_verdict_is_the_same_for_who_takes_gzip(client: httpx.Client, accept: str, record: str) -> None:
    def asked(coding: str) -> tuple[httpx.Headers, bytes]:
        headers = {**YAML, "Accept": accept, "Accept-Encoding": coding}
        query = {"as_of": DAY, "record": record}
        with client.stream("POST", "/v1/evaluations", params=query, content=GUESTS, headers=headers) as answer:
            sent = b"".join(answer.iter_raw())
            assert int(answer.headers["Content-Length"]) == len(sent)
            return answer.headers, sent

    def without_id(headers: httpx.Headers, content: bytes) -> bytes:
        return content.replace(headers.get("Supportable-Evaluation", "-").encode(), b"ID")

    plain, content = asked("identity")
    for _ in range(6):
        packed, sent = asked("gzip")
        assert len(sent) < len(content) / 3
        assert without_id(packed, gzip.decompress(sent)) == without_id(plain, content)
        assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept, Accept-Encoding")
        assert packed["ETag"] == plain["ETag"][:-1] + '-gzip"'
        assert packed["Content-Type"] == plain["Content-Type"]
    assert ("Content-Encoding" in plain, plain["Vary"]) == (False, "Accept")
