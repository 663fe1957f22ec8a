"""One real server, on SQLite, for all tests of the page that a process runs, and a browser for those of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from supportable_api import Settings, create_app
from tests.api.running import running
from tests.page.chromium import browsing, chromium, without
from tests.page.visit import Visit, visiting, visitor


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a ledger of its own."""
    database = tmp_path_factory.mktemp("page") / "ledger.db"
    with running(create_app(Settings(database=f"sqlite:///{database}"))) as address:
        yield address


# Playwright's event loop runs in this thread while a browser is open: tests of other files, which may be run by the
# same process, must find none.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        without("there is no Chromium here; .ci/chromium fetches one")
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def somebody(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with visitor(browser, address) as somebody:
        yield somebody


@pytest.fixture
def visit(somebody: BrowserContext, address: str) -> Iterator[Visit]:
    """A new tab at a desk: nothing is there of what was written in others."""
    with visiting(somebody, address) as visit:
        yield visit
