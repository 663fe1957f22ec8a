"""Whatever is changed behind the ledger's back, `verify` finds it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, Table, Text, bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from supportable.ledger import Fault, Ledger, open_ledger
from supportable.ledger.chain import hash_of
from supportable.ledger.database import Database
from supportable.ledger.tables import contents, entries, heads, keys
from tests.ledger.evaluations import LATER_PACKS, evaluation
from tests.ledger.postgresql import Server

TABLES = (heads, entries, contents, keys)


def fill(ledger: Ledger) -> None:
    """Entries of every kind: evaluations by two sets of packs, versions of designs, erased ones, for two tenants."""
    for number in range(3):
        ledger.append("acme", evaluation(f"old {number}"))
    ledger.put_design("acme", "sql", b"{}", "application/json", by="me")
    ledger.put_design("acme", "sql", b"[]", "application/json", by="me")
    ledger.prune("acme", before=datetime.now(UTC) + timedelta(days=1), reason="over", by="me")
    for number in range(2):
        ledger.append("acme", evaluation(f"new {number}", packs=LATER_PACKS))
    ledger.delete_design("acme", "sql", by="me")
    ledger.append("other", evaluation("theirs"))
    ledger.create_key("other", "ci", ("read",), datetime(2099, 1, 1, tzinfo=UTC), by="me")
    ledger.revoke_key("other", ledger.create_key("other", "old", ("admin",))[0].prefix)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill(ledger)
    assert ledger.verify() == []
    return ledger


def kinds(faults: list[Fault]) -> set[tuple[str, int | None, str]]:
    return {(fault.tenant, fault.sequence, fault.kind) for fault in faults}


def change(ledger: Ledger, *statements: Any) -> None:
    with ledger._database.writing() as connection:
        for statement in statements:
            connection.execute(statement)


def at(sequence: int, tenant: str = "acme") -> tuple[Any, Any]:
    return (entries.c.tenant == tenant, entries.c.sequence == sequence)


def test_an_altered_entry_is_named(filled: Ledger) -> None:
    change(filled, update(entries).where(*at(2)).values(status="unsupported"))
    assert kinds(filled.verify()) == {("acme", 2, "altered")}


def test_a_removed_entry_is_named(filled: Ledger) -> None:
    change(filled, delete(entries).where(*at(8)))
    faults = filled.verify()
    assert ("acme", 8, "removed") in kinds(faults)
    # The contents that only it needed are there, and nobody speaks of them.
    assert {fault.kind for fault in faults} == {"removed", "inserted"}


def test_removed_entries_at_the_end_are_found(filled: Ledger) -> None:
    change(filled, delete(entries).where(*at(9)))
    assert ("acme", 9, "removed") in kinds(filled.verify())


def test_exchanged_entries_are_found(filled: Ledger) -> None:
    swap = [
        update(entries).where(*at(7)).values(sequence=99),
        update(entries).where(*at(8)).values(sequence=7),
        update(entries).where(*at(99)).values(sequence=8),
    ]
    change(filled, *swap)
    found = kinds(filled.verify())
    assert {("acme", 7, "moved"), ("acme", 8, "moved"), ("acme", 9, "moved")} <= found


def test_an_inserted_entry_is_found(filled: Ledger) -> None:
    row = row_of(filled, 8)
    change(filled, insert(entries).values({**row, "sequence": 10, "id": "another"}))
    assert ("acme", 10, "inserted") in kinds(filled.verify())


def test_an_entry_for_a_tenant_who_has_none_is_found(filled: Ledger) -> None:
    row = row_of(filled, 1)
    change(filled, insert(entries).values({**row, "tenant": "nobody"}))
    assert "removed" in {fault.kind for fault in filled.verify() if fault.tenant == "nobody"}


def row_of(ledger: Ledger, sequence: int) -> dict[str, Any]:
    found = select(entries).where(*at(sequence))
    return ledger._database.read(lambda connection: dict(connection.execute(found).mappings().one()))


def test_a_rehashed_entry_is_found_by_the_one_after_it(filled: Ledger) -> None:
    row = {**row_of(filled, 7), "status": "unsupported"}
    forged = {"status": "unsupported", "hash": hash_of(row["previous"], row)}
    change(filled, update(entries).where(*at(7)).values(forged))
    assert kinds(filled.verify()) == {("acme", 8, "moved")}


def test_a_removed_head_is_found(filled: Ledger) -> None:
    change(filled, delete(heads).where(heads.c.tenant == "acme"))
    assert kinds(filled.verify()) == {("acme", None, "removed")}


def test_a_removed_content_is_found_by_who_needs_it(filled: Ledger) -> None:
    row = row_of(filled, 7)
    change(filled, delete(contents).where(contents.c.digest == row["verdict"]))
    assert kinds(filled.verify()) == {("acme", 7, "content")}


def test_a_removed_pack_file_is_found(filled: Ledger) -> None:
    (digest,) = (digest for digest, held in LATER_PACKS.contents().items() if held == b"storage, later")
    change(filled, delete(contents).where(contents.c.digest == digest))
    faults = filled.verify()
    assert [(fault.tenant, fault.kind) for fault in faults] == [("acme", "content")]
    assert "acme/storage/pack.yaml" in faults[0].message


def test_a_content_that_nobody_stored_is_found(filled: Ledger) -> None:
    digest = row_of(filled, 7)["verdict"]
    copied = select(text("'stranger'"), contents.c.digest, contents.c.size, contents.c.packed, contents.c.seal)
    change(
        filled,
        insert(contents).from_select(list(contents.c.keys()), copied.where(contents.c.digest == digest)),
    )
    assert kinds(filled.verify()) == {("stranger", None, "inserted")}


def test_erasing_without_saying_so_is_found(filled: Ledger) -> None:
    change(filled, update(entries).where(*at(7)).values(salt=None, by=None, name=None, pruned_by=6))
    found = kinds(filled.verify())
    assert ("acme", 6, "altered") in found


def test_a_chain_cut_off_cleanly_is_found_by_its_anchor_alone(filled: Ledger) -> None:
    anchor = filled.head("acme")
    assert anchor is not None
    last, before = row_of(filled, 9), row_of(filled, 8)
    change(
        filled,
        delete(entries).where(*at(9)),
        update(heads).where(heads.c.tenant == "acme").values(sequence=8, hash=before["hash"]),
    )
    assert last["hash"] == anchor.hash
    assert filled.verify() == []
    assert kinds(filled.verify(expect=[anchor.hash])) == {("", None, "anchor")}
    assert filled.verify(expect=[before["hash"]]) == []


def test_a_tenant_removed_altogether_is_found_by_its_anchor_alone(filled: Ledger) -> None:
    anchor = filled.head("other")
    assert anchor is not None
    change(filled, *(delete(table).where(table.c.tenant == "other") for table in TABLES))
    assert filled.verify() == []
    assert kinds(filled.verify(expect=[anchor.hash])) == {("", None, "anchor")}


def test_an_anchor_of_another_tenant_does_not_count(filled: Ledger) -> None:
    anchor = filled.head("other")
    assert anchor is not None
    assert filled.verify("other", expect=[anchor.hash]) == []
    assert kinds(filled.verify("acme", expect=[anchor.hash])) == {("acme", None, "anchor")}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"scopes": "read evaluate admin"}, "altered"),
        ({"expires_at": None}, "altered"),
        ({"revoked_at": None, "scopes": "read"}, "altered"),
        ({"tenant": "acme"}, "removed"),
    ],
)
def test_a_key_that_was_given_more_is_found(filled: Ledger, values: dict[str, str | None], kind: str) -> None:
    scopes = "admin" if "revoked_at" in values else "read"
    change(filled, update(keys).where(keys.c.scopes == scopes).values(values))
    assert [(fault.kind) for fault in filled.verify("other")] == [kind]


def test_a_key_that_was_slipped_in_is_found(filled: Ledger) -> None:
    found = select(keys).limit(1)
    row = filled._database.read(lambda connection: dict(connection.execute(found).mappings().one()))
    change(filled, insert(keys).values({**row, "prefix": "222222222222"}))
    assert kinds(filled.verify()) == {("other", None, "inserted")}


def test_one_tenant_can_be_looked_at_alone(filled: Ledger) -> None:
    change(filled, update(entries).where(*at(1)).values(status="x"))
    assert filled.verify("other") == []
    assert kinds(filled.verify("acme")) == {("acme", 1, "altered")}


def test_an_altered_file_is_found_by_what_the_database_says_of_it(tmp_path: Path, migrated: Path) -> None:
    path = tmp_path / "ledger.db"
    shutil.copy(migrated, path)
    with open_ledger(f"sqlite:///{path}") as ledger:
        fill(ledger)
    content = path.read_bytes()
    # An index that leads nowhere: no row is altered, and one would not be found by its id.
    with open_ledger(f"sqlite:///{path}") as ledger:
        pages = ledger._database.read(
            lambda connection: connection.exec_driver_sql(
                "SELECT rootpage FROM sqlite_master WHERE name = 'ledger_entries_by_name'"
            ).scalar_one()
        )
    size = int.from_bytes(content[16:18], "big")
    place = (pages - 1) * size + size - 20
    path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    with open_ledger(f"sqlite:///{path}") as ledger:
        assert {fault.kind for fault in ledger.verify()} == {"database"}


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with open_ledger(f"sqlite:///{tmp_path_factory.mktemp('law') / 'ledger.db'}") as ledger:
        fill(ledger)
        yield ledger


@pytest.fixture(scope="module")
def on_postgresql(postgresql: Server) -> Iterator[Ledger]:
    with open_ledger(postgresql.database("migrated")) as ledger:
        fill(ledger)
        yield ledger


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_alteration_of_any_row_is_found_on_sqlite(on_sqlite: Ledger, data: st.DataObject) -> None:
    check_one(on_sqlite, data)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_alteration_of_any_row_is_found_on_postgresql(on_postgresql: Ledger, data: st.DataObject) -> None:
    check_one(on_postgresql, data)


def check_one(ledger: Ledger, data: st.DataObject) -> None:
    """Alter one value, look, and put it back."""
    database = ledger._database
    table: Table = data.draw(st.sampled_from(TABLES))
    found = select(table).order_by(*table.primary_key)
    rows = database.read(lambda connection: connection.execute(found).mappings().all())
    row = dict(data.draw(st.sampled_from(rows)))
    column = data.draw(st.sampled_from(list(table.c)))
    altered = data.draw(alterations(row[column.name], column.type, sqlite=database.is_sqlite))
    name = str(column.name)
    try:
        write(database, table, row, name, altered)
    except DBAPIError:
        # Refused: a key that is there already, a null where none may be.
        assume(False)
    try:
        assert ledger.verify() != [], f"{table.name}.{name}: {row[name]!r} -> {altered!r}"
    finally:
        write(database, table, {**row, name: altered}, name, row[name])
    assert ledger.head("acme") is not None


def write(database: Database, table: Table, row: dict[str, Any], name: str, value: Any) -> None:
    """Set one value of the row that has this primary key now."""
    place = {key.name: row[key.name] for key in table.primary_key}
    if name in place and isinstance(value, bytes):
        place[name] = row[name]
    with database.engine.connect().execution_options(supportable_writes=True) as connection, connection.begin():
        shown = bindparam("value", value, type_=LargeBinary() if isinstance(value, bytes) else None)
        is_text = isinstance(table.c[name].type, Text) and isinstance(value, bytes)
        new: Any = func.cast(shown, Text()) if is_text else shown
        if is_text:
            new = text("CAST(:value AS TEXT)").bindparams(shown)
        found = update(table).values({name: new})
        for key, held in place.items():
            if isinstance(held, bytes):
                found = found.where(text(f"CAST({key} AS BLOB) = :held_{key}").bindparams(**{f"held_{key}": held}))
            else:
                found = found.where(table.c[key] == held)
        changed = connection.execute(found).rowcount
        assert changed == 1


def alterations(value: Any, kind: Any, *, sqlite: bool) -> st.SearchStrategy[Any]:
    """Other values for a column: with one bit the other way, without a piece, nothing, something where nothing was."""
    if value is None:
        return st.just(7 if "INT" in str(kind).upper() else "x")
    nothing = st.none()
    if isinstance(value, int):
        return st.one_of(nothing, st.integers(0, 40).map(lambda bit: value ^ (1 << bit)))
    if isinstance(value, bytes):
        flipped = st.integers(0, len(value) * 8 - 1).map(lambda bit: flip(value, bit))
        return st.one_of(nothing, flipped, st.just(value[:-1]), st.just(value + b"\0"), st.just(b""))
    if not value:
        return st.one_of(nothing, st.just("x"))
    encoded = value.encode()
    bits = st.integers(0, len(encoded) * 8 - 1).map(lambda bit: flip(encoded, bit))
    # PostgreSQL refuses text that is none; SQLite takes any bytes for it.
    legible = bits.filter(is_text).map(lambda altered: altered.decode())
    changed = st.one_of(nothing, legible, st.just(value + " "), st.just(""), st.just(value.swapcase() + "x"))
    return st.one_of(changed, bits) if sqlite else changed


def flip(value: bytes, bit: int) -> bytes:
    """The bytes with one bit the other way."""
    return value[: bit // 8] + bytes([value[bit // 8] ^ 1 << bit % 8]) + value[bit // 8 + 1 :]


def is_text(value: bytes) -> bool:
    try:
        return "\0" not in value.decode()
    except UnicodeDecodeError:
        return False
