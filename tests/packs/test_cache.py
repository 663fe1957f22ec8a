"""A recalled set is the set that loading makes; a cache that cannot be trusted is as good as none."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from supportable.packs import cache, load
from supportable.packs.load import load_packs
from supportable.packs.packset import PackSet
from tests.packs.acme import ARRAYS, HEAD, SHARED, derive, head, shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    extra = {"acme/arrays/rules/b.yaml": derive("array.empty", "size(array.bays) == 0"), "odd/pack.yaml": "[]"}
    return shelf(tmp_path / "shelf", SHARED, ARRAYS, extra)


@pytest.fixture
def kept(cache_of_its_own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SUPPORTABLE_NO_CACHE")
    return cache_of_its_own


def parts(packset: PackSet) -> tuple[object, ...]:
    """Everything in a set that has an equality of its own."""
    vocabulary = packset.vocabulary
    return (
        packset.packs,
        packset.broken,
        packset.references,
        packset.catalogues,
        packset.digest,
        vocabulary.entities,
        vocabulary.sections,
        vocabulary.digest,
        vocabulary.ladders.keys(),
    )


def never(*_: object) -> PackSet:
    raise AssertionError("loaded anew")


def without_loading(monkeypatch: pytest.MonkeyPatch, folder: Path) -> PackSet:
    import supportable.packs.assemble  # noqa: PLC0415  patched below

    with monkeypatch.context() as patch:
        patch.setattr(supportable.packs.assemble, "assemble", never)
        return load_packs([folder], discover=False)


def test_a_hit_equals_a_cold_load(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = load_packs([folder], discover=False)
    assert len(list(kept.iterdir())) == 1
    assert parts(without_loading(monkeypatch, folder)) == parts(cold)


def test_any_change_of_content_is_seen(folder: Path, kept: Path) -> None:
    before = load_packs([folder], discover=False)
    head_file = folder / "acme/arrays/pack.yaml"
    held = head_file.stat()
    head_file.write_text(HEAD.replace("1.0.0", "1.0.1"))
    os.utime(head_file, ns=(held.st_atime_ns, held.st_mtime_ns))
    after = load_packs([folder], discover=False)
    assert (before.packs[0].version, after.packs[0].version) == ("1.0.0", "1.0.1")
    shelf(folder, {"acme/more/pack.yaml": head("acme.more")})
    assert len(load_packs([folder], discover=False).packs) == 2
    assert kept.is_dir()


def test_the_directory_and_its_files_are_private(folder: Path, kept: Path) -> None:
    load_packs([folder], discover=False)
    (file,) = kept.iterdir()
    assert (oct(kept.stat().st_mode)[-3:], oct(file.stat().st_mode)[-3:]) == ("700", "600")


@pytest.mark.parametrize("damage", [b"", b"supportable packs 1\n", b"\x80\x05.", None])
def test_a_damaged_file_is_loaded_anew(
    damage: bytes | None, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = load_packs([folder], discover=False)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-5] + b"xxxxx" if damage is None else damage)
    assert parts(load_packs([folder], discover=False)) == parts(cold)
    assert parts(without_loading(monkeypatch, folder)) == parts(cold)


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, ("went-off",))


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755, 0o750])
def test_nothing_is_unpickled_from_a_directory_that_others_may_enter(
    mode: int, folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    load_packs([folder], discover=False)
    (file,) = kept.iterdir()
    content = pickle.dumps(Bomb())
    file.write_bytes(b"supportable packs 1\n" + hashlib.sha256(content).digest() + content)
    kept.chmod(mode)
    assert load_packs([folder], discover=False).packs
    assert not (tmp_path / "went-off").exists()


def test_nothing_is_unpickled_from_a_file_that_others_may_write_or_that_is_a_link(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    load_packs([folder], discover=False)
    (file,) = kept.iterdir()
    content = pickle.dumps(Bomb())
    file.write_bytes(b"supportable packs 1\n" + hashlib.sha256(content).digest() + content)
    file.chmod(0o666)
    assert cache.recall(file.stem) is None
    file.chmod(0o600)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert cache.recall(file.stem) is None
    assert not (tmp_path / "went-off").exists()


def test_a_directory_that_is_a_link_is_not_used(folder: Path, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o700)
    kept.symlink_to(tmp_path / "open")
    assert load_packs([folder], discover=False).packs
    assert list((tmp_path / "open").iterdir()) == []


def test_the_switch_turns_it_off(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTABLE_NO_CACHE", "1")
    load_packs([folder], discover=False)
    assert not kept.exists()


def test_no_home_means_no_cache(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert load_packs([folder], discover=False).packs
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(kept.parent))
    assert cache.cache_folder() == kept.parent / ".cache" / "supportable"


def test_another_engine_finds_nothing(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_packs([folder], discover=False)
    monkeypatch.setattr(load, "engine_fingerprint", lambda: b"another")
    load_packs([folder], discover=False)
    assert len(list(kept.iterdir())) == 2


def test_old_entries_make_room(folder: Path, kept: Path) -> None:
    for number in range(20):
        shelf(folder, {"acme/arrays/pack.yaml": HEAD.replace("1.0.0", f"1.0.{number}")})
        load_packs([folder], discover=False)
    assert len(list(kept.iterdir())) == 16


def test_a_hit_imports_neither_the_grammar_nor_the_shapes(folder: Path, kept: Path) -> None:
    load_packs([folder], discover=False)
    program = (
        "import sys; from supportable.packs.load import load_packs; "
        f"assert load_packs([{str(folder)!r}], discover=False).packs; "
        "print(sorted({'lark', 'pydantic'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout == "[]\n"
    assert len(list(kept.iterdir())) == 1
