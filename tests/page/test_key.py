"""Where the service asks for a key, the page asks for it too, and takes it along."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from supportable.ledger import open_ledger
from supportable_api import Settings, create_app
from tests.api.running import running
from tests.page.visit import visiting, visitor


def test_the_page_asks_for_a_key_until_it_has_one_that_does(browser: Browser, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'ledger.db'}"
    ledger = open_ledger(database)
    _, secret = ledger.create_key("acme", "page", ("read", "evaluate"))
    ledger.close()
    with (
        running(create_app(Settings(database=database, auth="on"))) as address,
        visitor(browser, address) as somebody,
        visiting(somebody, address) as visit,
    ):
        page = visit.open()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("This service asks for a key")
        page.get_by_label("Key", exact=True).fill("not it")
        page.keyboard.press("Enter")
        expect(dialog).to_contain_text("That key does not do")
        page.get_by_label("Key", exact=True).fill(secret)
        page.keyboard.press("Enter")
        expect(page.locator(".headline h2")).to_have_text("sql-guest-cluster")
        expect(dialog).to_have_count(0)
