"""The lock holds what was released, and says so when it is no longer what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable.errors import DocumentError, PackError
from supportable.packs.load import load_packs
from supportable.packs.lock import check_lock, read_lock, write_lock
from supportable.packs.packset import PackSet
from tests.packs.acme import SHARED, head, shelf


def packs(folder: Path, **versions: str) -> PackSet:
    files = {f"{name}/pack.yaml": head(f"acme.{name}", version=version) for name, version in versions.items()}
    return load_packs([shelf(folder, SHARED, files)], discover=False)


def codes_and_lines(packset: PackSet, path: Path) -> list[tuple[str, str, int]]:
    problems = check_lock(packset, read_lock(path, name="packs.lock"))
    return [(each.code, each.message, each.origin.line) for each in problems]


def test_what_was_written_is_what_is_there(tmp_path: Path) -> None:
    packset = packs(tmp_path / "shelf", b="1.0.0", a="2.1.0-rc.1")
    write_lock(packset, tmp_path / "packs.lock")
    assert check_lock(packset, read_lock(tmp_path / "packs.lock")) == ()
    a, b = packset.packs
    assert (tmp_path / "packs.lock").read_text().splitlines()[1:] == [
        "lock: 1",
        "packs:",
        "  acme.a:",
        '    version: "2.1.0-rc.1"',
        f"    digest: sha256:{a.digest}",
        "  acme.b:",
        '    version: "1.0.0"',
        f"    digest: sha256:{b.digest}",
    ]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_each_disagreement_has_its_own_code(tmp_path: Path) -> None:
    write_lock(packs(tmp_path / "then", back="1.2.0", changed="1.0.0", gone="1.0.0", raised="1.0.0"), tmp_path / "lock")
    now = packs(tmp_path / "now", back="1.1.9", changed="1.0.0", new="1.0.0", raised="1.0.1")
    head_of_changed = tmp_path / "now" / "changed" / "pack.yaml"
    head_of_changed.write_text(head_of_changed.read_text() + "description: other\n")
    now = load_packs([tmp_path / "now"], discover=False)
    assert codes_and_lines(now, tmp_path / "lock") == [
        ("SUP352", "acme.back went back from 1.2.0 to 1.1.9", 4),
        ("SUP351", "acme.changed 1.0.0 is not what it was: its content differs from the lock", 7),
        ("SUP350", "acme.new 1.0.0 is not in the lock", 0),
        ("SUP350", "acme.raised 1.0.1 is not in the lock, which has 1.0.0", 13),
        ("SUP354", "acme.gone is in the lock and not among the packs", 10),
    ]


def test_what_is_before_a_release_is_lower_than_it(tmp_path: Path) -> None:
    write_lock(packs(tmp_path / "then", a="1.0.0"), tmp_path / "lock")
    now = packs(tmp_path / "now", a="1.0.0-rc.2")
    assert [code for code, _, _ in codes_and_lines(now, tmp_path / "lock")] == ["SUP352"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[]", 1),
        ("lock: 2\npacks: {}", 1),
        ("lock: 1\npacks: []", 1),
        ("lock: 1\npacks:\n  acme.a: 1.0.0", 3),
        ("lock: 1\npacks:\n  acme.a: {version: 1, digest: x}", 3),
        ("lock: 1\npacks:\n  acme.a:\n    version: 1.0.0\n    digest: sha1:00", 5),
    ],
)
def test_a_lock_that_is_none_is_refused_at_its_line(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "packs.lock"
    path.write_text(text)
    with pytest.raises(PackError) as raised:
        read_lock(path)
    assert [(each.code, each.origin.line) for each in raised.value.problems] == [("SUP353", line)]


def test_a_lock_that_is_not_there_is_a_document_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        read_lock(tmp_path / "packs.lock")


def test_broken_packs_are_not_locked(tmp_path: Path) -> None:
    packset = packs(tmp_path / "shelf", a="1")
    with pytest.raises(PackError) as raised:
        write_lock(packset, tmp_path / "lock")
    assert [each.code for each in raised.value.problems] == ["SUP307"]
    assert not (tmp_path / "lock").exists()
