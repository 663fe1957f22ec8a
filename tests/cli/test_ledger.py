"""`supportable ledger` and `supportable replay`, as a shell runs them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from supportable.cli import edge
from supportable.cli.ledger import MOST_DAYS
from supportable.document import read_text
from supportable.intake import load_design
from supportable.ledger import Entry, Evaluation, load_packs_to_record, open_ledger
from supportable.verdict import evaluate, to_bytes
from supportable.version import __version__
from tests.cli.runs import Run, supportable
from tests.packs.acme import ARRAYS, SHARED, shelf

DESIGN = b'{"arrays": [{"id": "a", "model": "M1", "mirrored": false}]}'
RECORDED = [datetime(2020, 11, day, 12, tzinfo=UTC) for day in (1, 2, 3)]


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def made(address: str, tmp_path: Path) -> list[Entry]:
    """Three evaluations of one design, a day apart."""
    packset, packs = load_packs_to_record([shelf(tmp_path / "shelf", SHARED, ARRAYS)], discover=False)
    facts = load_design(read_text(DESIGN, "design.json"), packset.vocabulary)
    clock = iter([time for time in RECORDED for _ in range(2)])
    entries = []
    with open_ledger(address, clock=lambda: next(clock)) as ledger:
        for day in (1, 2, 3):
            verdict = evaluate(facts, packset, as_of=date(2023, 1, day))
            evaluation = Evaluation(
                design=DESIGN,
                media_type="application/json",
                name=f"design-{day}",
                as_of=date(2023, 1, day),
                only=None,
                verdict=to_bytes(verdict),
                status=verdict.status,
                at_worst=verdict.at_worst,
                at_best=verdict.at_best,
                packs=packs,
                by="me",
                engine=__version__,
            )
            entries.append(ledger.append("local", evaluation))
    return entries


Command = Callable[..., Run]


@pytest.fixture
def run(address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in this process, which is much faster, on the database of this test."""
    monkeypatch.setenv("SUPPORTABLE_DATABASE", address)

    def running(*arguments: str) -> Run:
        code = edge.run(arguments)
        out, err = capfd.readouterr()
        return Run(code, out, err)

    return running


def alter(address: str, statement: str) -> None:
    connection = sqlite3.connect(address.removeprefix("sqlite:///"))
    with connection:
        connection.execute(statement)
    connection.close()


def test_what_was_recorded_is_listed_newest_first(run: Command, made: list[Entry]) -> None:
    found = run("ledger", "list")
    assert found.code == 0
    assert found.out.splitlines() == [
        f"{entry.id}  2020-11-0{day} 12:00:00  2023-01-0{day}  unsupported   design-{day}  me"
        for day, entry in ((3, made[2]), (2, made[1]), (1, made[0]))
    ]


def test_the_list_as_json_is_filtered_and_paged(run: Command, made: list[Entry]) -> None:
    first = run("ledger", "list", "--format", "json", "--limit", "2", "--until", "2020-11-03")
    lines = [json.loads(line) for line in first.out.splitlines()]
    assert [(line["id"], line["recorded_at"]) for line in lines] == [
        (made[1].id, "2020-11-02T12:00:00Z"),
        (made[0].id, "2020-11-01T12:00:00Z"),
    ]
    second = run("ledger", "list", "--limit", "1")
    cursor = re.search(r"--cursor (\S+)", second.err)
    assert cursor is not None
    rest = run("ledger", "list", "--format", "json", "--cursor", cursor[1])
    assert [json.loads(line)["name"] for line in rest.out.splitlines()] == ["design-2", "design-1"]


def test_a_whole_ledger_is_told_whole_and_its_head_is_an_anchor(
    run: Command, made: list[Entry], tmp_path: Path
) -> None:
    head = run("ledger", "head")
    assert head.out == f"local 3 {made[2].hash}\n"
    anchor = tmp_path / "anchor"
    anchor.write_text(head.out)
    found = run("ledger", "verify", "--expect-from", str(anchor), "--expect", made[0].hash)
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines()[-1] == "the ledger is what was written"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_anchor_is_kept_in_any_form_that_head_is_written_in(
    run: Command, made: list[Entry], tmp_path: Path, form: str, encoding: str
) -> None:
    anchor = tmp_path / "anchor"
    anchor.write_text(run("ledger", "head", "--format", form).out, encoding=encoding)
    assert run("ledger", "verify", "--expect-from", str(anchor)).code == 0
    anchor.write_text(anchor.read_text(encoding).replace(made[2].hash, "f" * 64), encoding=encoding)
    found = run("ledger", "verify", "--expect-from", str(anchor))
    assert (found.code, found.err) == (1, f"(database): anchor: no entry has the hash {'f' * 64}\n")


def test_a_file_without_an_anchor_in_it_holds_nothing(run: Command, made: list[Entry], tmp_path: Path) -> None:
    for content in ("", "\n \n"):
        (tmp_path / "anchor").write_text(content)
        found = run("ledger", "verify", "--expect-from", str(tmp_path / "anchor"))
        assert (found.code, found.out) == (3, "")
        assert "SUP700" in found.err


@pytest.mark.parametrize(
    "arguments", [("verify",), ("head",), ("prune", "--older-than", "1", "--reason", "r")], ids=lambda each: each[0]
)
def test_a_tenant_that_is_not_there_is_not_taken_for_one_that_is_in_order(
    run: Command, made: list[Entry], arguments: tuple[str, ...]
) -> None:
    found = run("ledger", *arguments, "--tenant", "locla")
    assert (found.code, found.out) == (3, "")
    assert "SUP700 the ledger has no tenant “locla”" in found.err
    assert run("ledger", "head").out == f"local 3 {made[2].hash}\n"


def test_a_tenant_whose_chain_was_taken_out_is_told_by_its_anchor(
    run: Command, address: str, made: list[Entry]
) -> None:
    for table in ("ledger_entries", "ledger_heads", "ledger_contents"):
        alter(address, f"DELETE FROM {table}")
    found = run("ledger", "verify", "--tenant", "local", "--expect", made[2].hash)
    assert (found.code, found.err) == (1, f"local: anchor: no entry has the hash {made[2].hash}\n")


def test_an_altered_ledger_is_told_row_by_row(run: Command, address: str, made: list[Entry]) -> None:
    alter(address, "UPDATE ledger_entries SET status = 'supported' WHERE sequence = 2")
    found = run("ledger", "verify", "--format", "json")
    assert found.code == 1
    told = json.loads(found.out)
    assert (told["holds"], [(fault["sequence"], fault["kind"]) for fault in told["faults"]]) == (
        False,
        [(2, "altered")],
    )
    assert "local 2: altered" in run("ledger", "verify").err


def test_an_anchor_that_is_gone_fails(run: Command, made: list[Entry]) -> None:
    found = run("ledger", "verify", "--expect", "0" * 64)
    assert found.code == 1
    assert "anchor: no entry has the hash 000" in found.err


def test_an_evaluation_is_replayed(run: Command, address: str, made: list[Entry], tmp_path: Path) -> None:
    found = run("replay", made[1].id, "-o", str(tmp_path / "again.json"))
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines()[-1] == "unsupported: the verdict is the same, byte by byte"
    with open_ledger(address) as ledger:
        assert (tmp_path / "again.json").read_bytes().rstrip(b"\n") == ledger.content("local", made[1].verdict)


def test_a_verdict_that_was_not_what_the_packs_say_is_told(
    run: Command, address: str, made: list[Entry], tmp_path: Path
) -> None:
    with open_ledger(address) as ledger:
        recorded = ledger.content("local", made[0].verdict)
        assert recorded is not None
        forged = json.loads(recorded)
        forged["status"] = "supported"
        entry = ledger.append(
            "local",
            Evaluation(
                design=DESIGN,
                media_type="application/json",
                name="forged",
                as_of=date(2023, 1, 1),
                only=None,
                verdict=json.dumps(forged).encode(),
                status="supported",
                at_worst="supported",
                at_best="supported",
                packs=load_packs_to_record([tmp_path / "shelf"], discover=False)[1],
                by="me",
                engine="0.0.1",
            ),
        )
    found = run("replay", entry.id, "--format", "json")
    assert found.code == 1
    assert json.loads(found.out) == {
        "id": entry.id,
        "same": False,
        "engine": {"then": "0.0.1", "now": __version__},
        "packs_same": True,
        "status": {"then": "supported", "now": "unsupported"},
        "differs": ["status"],
    }
    shown = run("replay", entry.id)
    assert f"the engine was 0.0.1 then and is {__version__} now" in shown.err
    assert shown.out.splitlines()[-1] == "then supported, now unsupported: the verdicts differ in status"


def test_there_is_no_such_evaluation_for_another_tenant(run: Command, made: list[Entry]) -> None:
    found = run("replay", made[0].id, "--tenant", "other")
    assert found.code == 3
    assert "SUP732" in found.err


def test_pruning_erases_and_says_so(run: Command, made: list[Entry]) -> None:
    found = run("ledger", "prune", "--before", "2020-11-03", "--reason", "two days are enough")
    assert (found.code, found.out) == (0, "erased 2 contents of 2 entries\n")
    assert run("ledger", "verify", "--expect", made[2].hash).code == 0
    assert "SUP736" in run("replay", made[0].id).err
    assert run("replay", made[2].id).code == 0
    listed = run("ledger", "list").out.splitlines()
    assert [line.endswith("(erased)") for line in listed] == [False, True, True]


def test_older_than_counts_days_back_from_now(run: Command, made: list[Entry]) -> None:
    days = (datetime.now(UTC) - RECORDED[1]).days
    pruned = run("ledger", "prune", "--older-than", str(days), "--reason", "r", "--format", "json")
    assert json.loads(pruned.out)["entries"] == 2


def test_pruning_where_nothing_was_recorded_begins_no_chain(run: Command) -> None:
    assert run("ledger", "upgrade").code == 0
    found = run("ledger", "prune", "--older-than", str(MOST_DAYS), "--reason", "r")
    assert (found.code, found.out) == (0, "erased 0 contents of 0 entries\n")
    assert run("ledger", "head").out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("ledger", "prune", "--reason", "r"),
        ("ledger", "prune", "--reason", "r", "--before", "2026-01-01", "--older-than", "3"),
        ("ledger", "prune", "--before", "2026-01-01"),
        ("ledger", "prune", "--reason", "r", "--older-than", str(MOST_DAYS + 1)),
        ("ledger", "prune", "--reason", "r", "--before", "yesterday"),
        ("ledger", "list", "--cursor", "x"),
        ("ledger", "list", "--since", "x"),
        ("ledger", "verify", "--database", "nonsense"),
        ("ledger", "verify", "--expect-from", "no-such-file"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Command, made: list[Entry], arguments: tuple[str, ...]) -> None:
    found = run(*arguments)
    assert found.code == 3
    assert re.search(r"SUP(1|7)\d\d ", found.err)


def test_a_database_that_is_not_there_is_not_made_by_looking(run: Command, address: str) -> None:
    for arguments in (("ledger", "verify"), ("ledger", "list"), ("ledger", "head"), ("replay", "x")):
        found = run(*arguments)
        assert found.code == 3
        assert "SUP730" in found.err
    assert not Path(address.removeprefix("sqlite:///")).exists()


def test_upgrade_makes_it(run: Command) -> None:
    assert run("ledger", "upgrade").code == 0
    found = run("ledger", "verify")
    assert (found.code, found.out) == (0, "the ledger is what was written\n")


def test_no_password_is_shown(run: Command) -> None:
    found = run("ledger", "verify", "--database", "postgresql://me:secret@127.0.0.1:1/name")
    assert found.code == 3
    assert "SUP740" in found.err
    assert "secret" not in found.err + found.out


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text(
        "import importlib.util as u\n"
        "found = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name in ('sqlalchemy', 'alembic') else found(name, *rest)\n"
    )
    found = supportable("ledger", "list", PYTHONPATH=str(tmp_path))
    assert found.code == 3
    assert "SUP727 the ledger needs sqlalchemy and alembic, which are not installed" in found.err
    assert "pip install 'supportable[ledger]'" in found.err
