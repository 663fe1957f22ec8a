"""The page for everyone: axe-core finds nothing serious, light or dark, and the keyboard reaches all of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.page.visit import DESKTOP, PHONE, Visit, visiting


def text(visit: Visit) -> None:
    visit.example("file-cluster-failed-arbitration", "2009-07-01").locator(".finding summary").first.click()


def form(visit: Visit) -> None:
    visit.example("half-known-cluster", "2010-03-01").get_by_role("tab", name="Form").click()


def problems(visit: Visit) -> None:
    visit.open()
    visit.type("design: d\nmachines:\n  - {id: a, knid: x}\n")
    expect(visit.page.locator(".problems")).to_be_visible()


def menu(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Examples").click()


def verdict_on_a_phone(visit: Visit) -> None:
    visit.example("half-known-cluster", "2010-03-01").get_by_role("tab", name="Verdict").click()


SHOWN: list[tuple[Callable[[Visit], None], tuple[int, int]]] = [
    (text, DESKTOP),
    (form, DESKTOP),
    (verdict_on_a_phone, PHONE),
]


def serious(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with the first places where it is so."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {[node['target'] for node in each['nodes'][:3]]} {each['nodes'][0]['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("shows", "size"), SHOWN, ids=[shows.__name__ for shows, _ in SHOWN])
def test_axe_finds_nothing_serious_in_light_or_dark(
    somebody: BrowserContext, address: str, shows: Callable[[Visit], None], size: tuple[int, int]
) -> None:
    with visiting(somebody, address, size=size) as visit:
        shows(visit)
        assert serious(visit.page) == []
        visit.page.emulate_media(color_scheme="dark")
        assert serious(visit.page) == []


def test_axe_finds_nothing_serious_in_what_comes_and_goes(visit: Visit) -> None:
    problems(visit)
    menu(visit)
    assert serious(visit.page) == []


def test_an_older_verdict_loses_its_colours_and_stays_as_easy_to_read(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.context.set_offline(True)
    try:
        page.locator(".cm-content").click()
        page.keyboard.insert_text("# more")
        expect(page.locator(".verdict-body.stale")).to_have_count(1)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert serious(page) == []
    finally:
        page.context.set_offline(False)


def test_the_keyboard_alone_reaches_the_views_the_design_and_the_findings(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    reached = []
    page.locator(".brand").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent.slice(0, 120)"
            )
        )
    for wanted in ("Time", "Examples", "Copy as Markdown", "Record in ledger"):
        assert any(wanted in each for each in reached), wanted
    assert any("did not support" in each for each in reached), reached
    assert any(each.startswith("# A SQL Server") for each in reached), "the editor itself"


def test_the_colours_can_be_chosen_and_stay(visit: Visit) -> None:
    page = visit.open()
    light = page.evaluate("getComputedStyle(document.body).color")
    page.get_by_role("button", name="Dark colours").click()
    dark = page.evaluate("getComputedStyle(document.body).color")
    assert dark != light
    page.goto(f"{visit.address}/?again#/workbench")
    assert page.evaluate("getComputedStyle(document.body).color") == dark


def test_a_phone_shows_every_side_without_scrolling_sideways(somebody: BrowserContext, address: str) -> None:
    with visiting(somebody, address, size=PHONE) as visit:
        page = visit.example("half-known-cluster", "2010-03-01")
        for side in ("Text", "Form", "Picture", "Verdict"):
            page.get_by_role("tab", name=side).click()
            page.wait_for_timeout(100)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], side
