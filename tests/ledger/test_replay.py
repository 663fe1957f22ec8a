"""An evaluation can be judged again from the ledger alone: the packs of its day come out of it as they went in."""

from __future__ import annotations

import json
from dataclasses import replace as but
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from supportable.document import read_text
from supportable.errors import LedgerError, UsageError
from supportable.intake import load_design
from supportable.ledger import (
    Entry,
    Evaluation,
    Ledger,
    PackContents,
    document_name,
    load_packs_to_record,
    open_ledger,
    replay,
)
from supportable.ledger.pack_contents import read_manifest
from supportable.ledger.tables import contents
from supportable.packs import PackSet
from supportable.verdict import evaluate, to_bytes
from supportable.version import __version__
from tests.packs.acme import ARRAYS, SHARED, shelf

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DESIGN = b'{"arrays": [{"id": "a", "model": "M1", "mirrored": false}]}'


def judged(
    content: bytes,
    packs: tuple[PackSet, PackContents],
    media_type: str = "application/json",
    only: tuple[str, ...] | None = None,
) -> Evaluation:
    """The evaluation of a design, as a service records it."""
    packset, files = packs
    facts = load_design(read_text(content, document_name(media_type)), packset.vocabulary)
    day = date(2023, 1, 1)
    verdict = evaluate(facts, packset, as_of=day, only=only)
    return Evaluation(
        content,
        media_type,
        verdict.design,
        day,
        only,
        to_bytes(verdict),
        verdict.status,
        verdict.at_worst,
        verdict.at_best,
        files,
        "me",
        __version__,
    )


@pytest.fixture(scope="module")
def shipped() -> tuple[PackSet, PackContents]:
    return load_packs_to_record()


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    shelf(tmp_path / "shelf", SHARED, ARRAYS)
    return tmp_path / "shelf"


def test_every_example_is_judged_again_byte_by_byte(
    ledger: Ledger, shipped: tuple[PackSet, PackContents], kind: str
) -> None:
    examples = EXAMPLES if kind == "sqlite" else EXAMPLES[:1]
    for example in examples:
        entry = ledger.append("acme", judged(example.read_bytes(), shipped, "application/yaml"))
        again = replay(ledger, "acme", entry.id)
        assert (again.same, again.packs_same, again.engine_same) == (True, True, True)
        assert again.again == ledger.content("acme", entry.verdict)


def test_a_choice_of_packs_is_judged_by_the_same_choice(ledger: Ledger, shipped: tuple[PackSet, PackContents]) -> None:
    only = ("microsoft.lifecycle",)
    entry = ledger.append("acme", judged(EXAMPLES[0].read_bytes(), shipped, "application/yaml", only))
    again = replay(ledger, "acme", entry.id)
    assert again.same
    assert entry.only == only


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/json", DESIGN),
        ("application/yaml", b"arrays:\n  - {id: a, model: M1,\n     mirrored: false}\n"),
        ("application/toml", b'[[arrays]]\nid = "a"\nmodel = "M1"\nmirrored = false\n'),
    ],
)
def test_positions_are_those_of_the_format_it_came_in(
    ledger: Ledger, acme: Path, media_type: str, content: bytes
) -> None:
    entry = ledger.append("acme", judged(content, load_packs_to_record([acme], discover=False), media_type))
    assert replay(ledger, "acme", entry.id).same


def test_packs_that_changed_since_do_not_matter(ledger: Ledger, acme: Path) -> None:
    before = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
    rule = acme / "acme/arrays/rules/mirrors.yaml"
    rule.write_text(rule.read_text().replace("unsupported", "limited"))
    after = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
    assert (before.status, after.status) == ("unsupported", "limited")
    for path in sorted(acme.rglob("*.yaml")):
        path.unlink()
    for entry in (before, after):
        again = replay(ledger, "acme", entry.id)
        assert (again.same, again.packs_same) == (True, True)


def test_several_shelves_are_told_apart(ledger: Ledger, tmp_path: Path) -> None:
    shelf(tmp_path / "one", SHARED)
    shelf(tmp_path / "two", ARRAYS)
    packs = load_packs_to_record([tmp_path / "one", tmp_path / "two"], discover=False)
    assert {file.shelf for file in packs[1].files} == {0, 1}
    entry = ledger.append("acme", judged(DESIGN, packs))
    again = replay(ledger, "acme", entry.id)
    assert (again.same, again.packs_same) == (True, True)


def test_a_pack_that_was_named_by_its_folder_is_found_again(ledger: Ledger, acme: Path, tmp_path: Path) -> None:
    shelf(tmp_path / "shared", SHARED)
    packs = load_packs_to_record([tmp_path / "shared", acme / "acme" / "arrays"], discover=False)
    entry = ledger.append("acme", judged(DESIGN, packs))
    again = replay(ledger, "acme", entry.id)
    assert (again.same, again.packs_same) == (True, True)


def test_a_broken_pack_beside_the_others_is_as_broken_then(ledger: Ledger, acme: Path) -> None:
    shelf(acme, {"acme/wrong/pack.yaml": "pack: acme.wrong\n"})
    packs = load_packs_to_record([acme], discover=False)
    assert [pack.name for pack in packs[0].broken] == ["acme.wrong"]
    entry = ledger.append("acme", judged(DESIGN, packs))
    assert replay(ledger, "acme", entry.id).same


def test_a_verdict_that_the_packs_do_not_give_is_told(ledger: Ledger, acme: Path) -> None:
    given = judged(DESIGN, load_packs_to_record([acme], discover=False))
    forged = given.verdict.replace(b'"status":"unsupported"', b'"status":"supported"')
    entry = ledger.append("acme", but(given, verdict=forged, engine="0.0.1", status="supported"))
    # The chain is whole: it says what was recorded, not that it was right.
    assert ledger.verify() == []
    again = replay(ledger, "acme", entry.id)
    assert (again.same, again.engine_same) == (False, False)
    assert again.again == given.verdict


class TestWhatCannotBeReplayed:
    """It says why."""

    def test_there_is_no_such(self, ledger: Ledger, acme: Path) -> None:
        entry = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
        for tenant, id in (("acme", "nothing"), ("other", entry.id)):
            with pytest.raises(UsageError) as caught:
                replay(ledger, tenant, id)
            assert caught.value.problems[0].code == "SUP732"

    def test_it_is_no_evaluation(self, ledger: Ledger) -> None:
        version = ledger.put_design("acme", "d", b"{}", "application/json", by="me")
        with pytest.raises(UsageError) as caught:
            replay(ledger, "acme", version.id)
        assert caught.value.problems[0].code == "SUP732"

    def test_it_was_pruned(self, ledger: Ledger, acme: Path) -> None:
        entry = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
        ledger.prune("acme", before=datetime.now(UTC) + timedelta(days=1), reason="over", by="me")
        with pytest.raises(LedgerError) as caught:
            replay(ledger, "acme", entry.id)
        assert caught.value.problems[0].code == "SUP736"

    def test_its_packs_were_not_kept(self, ledger: Ledger, acme: Path) -> None:
        packset, _ = load_packs_to_record([acme], discover=False)
        given = judged(DESIGN, (packset, PackContents("", ())))
        entry = ledger.append("acme", but(given, packs=None))
        with pytest.raises(LedgerError) as caught:
            replay(ledger, "acme", entry.id)
        assert caught.value.problems[0].code == "SUP736"

    @pytest.mark.parametrize("part", ["design", "verdict", "packs"])
    def test_a_content_was_altered(self, ledger: Ledger, acme: Path, part: str) -> None:
        entry = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
        spoil(ledger, getattr(entry, part))
        with pytest.raises(LedgerError) as caught:
            replay(ledger, "acme", entry.id)
        assert caught.value.problems[0].code == "SUP748"

    def test_a_pack_file_is_missing(self, ledger: Ledger, acme: Path) -> None:
        entry = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
        manifest = ledger.content("acme", entry.packs)
        assert manifest is not None
        _, _, digest = read_manifest(manifest).files[-1]
        with ledger._database.writing() as connection:
            connection.execute(contents.delete().where(contents.c.digest == digest))
        with pytest.raises(LedgerError) as caught:
            replay(ledger, "acme", entry.id)
        assert caught.value.problems[0].code == "SUP748"


def spoil(ledger: Ledger, digest: str) -> None:
    with ledger._database.writing() as connection:
        connection.execute(update(contents).where(contents.c.digest == digest).values(size=contents.c.size + 1))


@pytest.mark.parametrize("name", ["../x.yaml", "/etc/x.yaml", "a/../../x.yaml", "a\\..\\x", "", "a\0b"])
def test_a_list_of_files_that_leads_out_of_its_folder_is_refused(name: str) -> None:
    manifest = json.dumps({"format": 1, "packset": "x", "files": [[0, name, "0" * 64]]}).encode()
    with pytest.raises(LedgerError) as caught:
        read_manifest(manifest)
    assert caught.value.problems[0].code == "SUP748"


def test_the_packs_to_record_are_those_that_are_loaded(acme: Path) -> None:
    packset, files = load_packs_to_record([acme], discover=False)
    assert files.packset == packset.digest
    assert [(file.shelf, file.name) for file in files.files] == [
        (0, path.relative_to(acme).as_posix())
        for kind in ("vocabulary", "references", "catalogues", "acme/arrays")
        for path in sorted((acme / kind).rglob("*.yaml"))
        if "cases" not in path.parts
    ]
    assert all((acme / file.name).read_bytes() == file.content for file in files.files)


def test_replaying_leaves_nothing_behind(
    ledger: Ledger, acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry: Entry = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    assert replay(ledger, "acme", entry.id).same
    assert list(scratch.iterdir()) == []


def test_opening_again_changes_nothing(address: str, acme: Path) -> None:
    with open_ledger(address) as ledger:
        entry = ledger.append("acme", judged(DESIGN, load_packs_to_record([acme], discover=False)))
    with open_ledger(address) as ledger:
        assert replay(ledger, "acme", entry.id).same
