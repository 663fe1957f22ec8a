from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from supportable.document import Document, Limits, Map, read_file, read_stream, read_text
from supportable.errors import DocumentError, Problem
from supportable.origin import Origin


def problem_of(path: str | Path, **limits: int) -> Problem:
    with pytest.raises(DocumentError) as caught:
        read_file(path, limits=Limits(**limits))
    (problem,) = caught.value.problems
    return problem


def test_a_file_is_read_under_its_path_or_the_name_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(b"a: 1\n")
    digest = hashlib.sha256(b"a: 1\n").hexdigest()
    assert read_file(path) == Document(str(path), Map({"a": "1"}), digest, (1, 1))
    assert read_file(str(path), name="rules/pack.yaml").origin_of("/a") == Origin("rules/pack.yaml", 1, 4)


def test_the_digest_is_of_the_bytes_with_lines_ending_in_lf() -> None:
    assert read_text(b"a: 1\r\nb: 2\r\n", "it.yaml").digest == read_text(b"a: 1\nb: 2\n", "it.yaml").digest


def test_the_digest_is_of_the_bytes_as_stored() -> None:
    data = "a: 1\n".encode("utf-16")
    assert read_text(data, "it.yaml").digest == hashlib.sha256(data).hexdigest()


def test_a_missing_file_names_its_likely_neighbour(tmp_path: Path) -> None:
    (tmp_path / "design.yaml").touch()
    path = tmp_path / "desing.yaml"
    assert problem_of(path) == Problem(
        "SUP100", "there is no such file", Origin(str(path)), "did you mean “design.yaml”?"
    )
    assert problem_of(tmp_path / "no" / "x.yaml").hint == "the directory does not exist either"


def test_directories_and_paths_through_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert problem_of(tmp_path).message == "this is a directory"
    assert problem_of(tmp_path / "a" / "b").message == "a part of this path is a file, not a directory"
    assert {problem_of(tmp_path).code, problem_of(tmp_path / "a" / "b").code} == {"SUP101"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.touch(mode=0)
    assert problem_of(path).code == "SUP102"


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert problem_of(tmp_path / "a.yaml").code == "SUP102"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_names_that_no_file_can_have_are_refused(name: str) -> None:
    assert problem_of(name).code == "SUP103"


def test_a_file_of_just_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n")
    assert read_file(path, limits=Limits(max_bytes=5)).root == {"a": "1"}
    assert problem_of(path, max_bytes=4).code == "SUP104"


def test_text_is_measured_in_bytes_too() -> None:
    assert read_text("é", "it.yaml", limits=Limits(max_bytes=2)).root == "é"
    with pytest.raises(DocumentError, match="SUP104"):
        read_text("éé", "it.yaml", limits=Limits(max_bytes=3))


def test_an_endless_device_is_read_no_further_than_the_limit() -> None:
    assert problem_of("/dev/zero", max_bytes=1000).code == "SUP104"


class Trickle(io.RawIOBase):
    """A stream that hands out one byte at a time and counts them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        assert isinstance(buffer, memoryview | bytearray)
        piece = self._data[self.taken : self.taken + 1]
        buffer[: len(piece)] = piece
        self.taken += len(piece)
        return len(piece)


def test_a_stream_that_trickles_is_read_whole() -> None:
    assert read_stream(Trickle(b"a: 1\n")) == read_text(b"a: 1\n", "<stdin>")  # type: ignore[arg-type]


def test_of_a_stream_at_most_one_byte_more_than_the_limit_is_taken() -> None:
    stream = Trickle(b"a" * 100)
    with pytest.raises(DocumentError, match="SUP104"):
        read_stream(stream, limits=Limits(max_bytes=10))  # type: ignore[arg-type]
    assert stream.taken == 11


def test_a_stream_that_fails_is_named() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError("the disk is on fire")

    with pytest.raises(DocumentError) as caught:
        read_stream(Broken(), "report.yaml")
    assert [str(each) for each in caught.value.problems] == [
        "report.yaml: SUP103 the stream cannot be read: the disk is on fire"
    ]


def test_whose_move_it_is_comes_from_the_caller() -> None:
    with pytest.raises(DocumentError) as caught:
        read_text("", "pack.yaml", move="author")
    assert [each.move for each in caught.value.problems] == ["author"]
