"""A shelf whose vocabulary, references or catalogues are wrong is told as broken, and stops nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable import VocabularyError, load_packs

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "policies" / "supportable_policies"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vocabulary/theirs.yaml", "vocabulary: theirs\nversion: 1.0.0\nlanguage: 1\ntypes: 7\n"),
        ("references/theirs.yaml", "references: theirs\nversion: 1.0.0\narticles: [no]\n"),
        ("catalogues/theirs.yaml", "catalogue: theirs\nversion: [1\n"),
    ],
)
def test_a_broken_shelf_stops_nobody_else(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    sound = load_packs([SHIPPED], discover=False)
    for paths in ([tmp_path, SHIPPED], [SHIPPED, tmp_path]):
        loaded = load_packs(paths, discover=False)
        assert loaded.packs == sound.packs
        assert [(broken.folder, bool(broken.problems)) for broken in loaded.broken] == [(str(tmp_path), True)]


def test_a_broken_shelf_alone_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "theirs.yaml").write_text("vocabulary: theirs\n", "utf-8")
    with pytest.raises(VocabularyError):
        load_packs([tmp_path], discover=False)
