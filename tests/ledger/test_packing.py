"""Contents come out of their rows as they went in, or not at all."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.ledger.packing import Packed, Packer, is_whole, pack, seal_of, unpack


@given(st.binary(max_size=2000))
def test_what_is_packed_comes_out_again(content: bytes) -> None:
    packed = pack(content)
    assert is_whole(packed)
    assert unpack(packed.packed, packed.size) == content


@given(st.binary(max_size=300), st.data())
def test_no_other_bytes_pass_for_it(content: bytes, data: st.DataObject) -> None:
    packed = pack(content)
    bit = data.draw(st.integers(0, len(packed.packed) * 8 - 1))
    altered = bytearray(packed.packed)
    altered[bit // 8] ^= 1 << bit % 8
    assert not is_whole(replace(packed, packed=bytes(altered)))
    assert not is_whole(replace(packed, size=packed.size + 1))


def test_a_row_that_would_swell_is_not_inflated_beyond_what_it_says() -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    with pytest.raises(ValueError, match="size"):
        unpack(bomb, 10)
    assert not is_whole(Packed("0" * 64, 10, bomb, seal_of("0" * 64, 10, bomb)))


@pytest.mark.parametrize("tail", [b"x", b"\0", zlib.compress(b"more")])
def test_nothing_may_follow_what_is_packed(tail: bytes) -> None:
    packed = pack(b"content")
    with pytest.raises(ValueError, match="size"):
        unpack(packed.packed + tail, packed.size)


def test_a_packer_answers_the_same_and_keeps_to_its_bound() -> None:
    contents = [bytes([number]) * 5000 + b"%d" % number for number in range(40)]
    most = 5 * (len(contents[0]) + len(pack(contents[0]).packed))
    packer = Packer(most)
    for content in (*contents, *reversed(contents)):
        assert packer.pack(content) == pack(content)
    held = sum(each.size + len(each.packed) for each in packer._lately.values())
    assert 0 < held == packer._held <= most
    # What was asked for last is what is kept.
    first = packer.pack(contents[0])
    assert packer.pack(contents[0]) is first
