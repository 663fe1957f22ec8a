"""A visit to the page: a browser's tab that notes whatever a page must never do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

DESKTOP = (1440, 900)
PHONE = (390, 844)

_BEGIN = """
if (!sessionStorage.getItem("a tab that was here before")) {
  localStorage.clear();
  sessionStorage.setItem("a tab that was here before", "yes");
}
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""


@dataclass
class Visit:
    """A tab at the page. `wrongs` are what it did that no page of ours may do."""

    page: Page
    address: str
    wrongs: list[str] = field(default_factory=list)

    def open(self, where: str = "#/workbench") -> Page:
        """The page at that place, with nothing kept from before."""
        self.page.goto(f"{self.address}/{where}")
        return self.page

    def example(self, name: str, as_of: str) -> Page:
        """The workbench with a shipped example, judged."""
        self.open(f"?{name}-{as_of}#/workbench?example={name}&as_of={as_of}")
        self.page.locator(".headline").wait_for(state="attached")
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until the verdict is that of the text as it is."""
        self.page.locator(".verdict-panel[aria-busy=false]").wait_for(state="attached")

    def type(self, text: str) -> None:
        """The design, typed anew into the editor."""
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)
        self.page.wait_for_timeout(150)
        self.settled()

    def text(self) -> str:
        """The design's text as the page keeps it."""
        kept: str = self.page.evaluate("JSON.parse(localStorage.getItem('supportable-draft')).text")
        return kept

    def status(self) -> str:
        """The verdict's status, in words."""
        return self.page.locator(".headline .huge .word").inner_text()


@contextmanager
def visitor(browser: Browser, address: str, *, scale: float = 1) -> Iterator[BrowserContext]:
    """Somebody with a browser, who may come several times: what was fetched once is kept, as it is for everyone."""
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
        device_scale_factor=scale,
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    context.add_init_script(_BEGIN)
    try:
        yield context
    finally:
        context.close()


@contextmanager
def visiting(
    context: BrowserContext,
    address: str,
    *,
    size: tuple[int, int] = DESKTOP,
    scheme: Literal["dark", "light"] = "light",
) -> Iterator[Visit]:
    """A tab of its own at the page, closed at the end; what it did wrong is looked at by then. Nothing that was
    written in another tab is there."""
    page = context.new_page()
    if size != DESKTOP:
        page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    visit = Visit(page, address)
    page.on("pageerror", lambda error: visit.wrongs.append(f"an error nobody caught: {error}"))
    page.on("console", _noting(visit))
    page.on("request", _kept_home(visit))
    page.on("dialog", _refusing(visit))
    try:
        yield visit
        violations: list[Any] = page.evaluate("window.violations")
        visit.wrongs.extend(f"against the policy: {each}" for each in violations)
        assert visit.wrongs == []
    finally:
        page.close()


def _refusing(visit: Visit) -> Callable[[Dialog], None]:
    def refuse(dialog: Dialog) -> None:
        visit.wrongs.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    return refuse


def _noting(visit: Visit) -> Callable[[ConsoleMessage], None]:
    def note(message: ConsoleMessage) -> None:
        # That a design was refused is told on the console by the browser itself, and is no fault of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            visit.wrongs.append(f"on the console: {message.text}")

    return note


def _kept_home(visit: Visit) -> Callable[[Request], None]:
    def note(request: Request) -> None:
        if not request.url.startswith((visit.address, "blob:", "data:")):
            visit.wrongs.append(f"asked another server: {request.url}")

    return note
