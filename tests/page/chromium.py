"""Debian's Chromium, driven by Playwright: where it is, and how it is started."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of a Chromium that the system has, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def without(reason: str) -> None:
    """Skip, loudly; or fail where SUPPORTABLE_REQUIRE_CHROMIUM is set: a check not made must not pass for one."""
    if os.environ.get("SUPPORTABLE_REQUIRE_CHROMIUM"):
        pytest.fail(f"a browser is required in this run: {reason}")
    pytest.skip(f"the page is not tried in a browser: {reason}")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without windows, ended at the end."""
    path = chromium()
    assert path is not None
    with sync_playwright() as playwright:
        # The sandbox needs rights that a container does not give; the only pages it sees are our own.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
