"""One browser and one real server, on SQLite, for all tests of the page that a process runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from supportable_api import Settings, create_app
from tests.api.running import running
from tests.page.chromium import browsing, chromium, without
from tests.page.visit import Visit, visiting


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a ledger of its own."""
    database = tmp_path_factory.mktemp("page") / "ledger.db"
    with running(create_app(Settings(database=f"sqlite:///{database}"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        without("there is no Chromium here; .ci/chromium fetches one")
    with browsing() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A new visitor at a desk: nothing is kept from those before."""
    with visiting(browser, address) as visit:
        yield visit
