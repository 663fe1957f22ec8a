"""When a design was supported: the strip, the slider on it, and what changed the status."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.page.test_access import serious
from tests.page.visit import PHONE, Visit, visiting

PATIENCE = 60_000
"""A timeline judges a design on many days; the first one also plans them."""


def time_of(visit: Visit, name: str, as_of: str) -> Page:
    page = visit.example(name, as_of)
    page.get_by_role("link", name="Time", exact=True).click()
    page.locator(".change").first.wait_for(timeout=PATIENCE)
    return page


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Judged as of")


def shown_day(page: Page) -> str:
    found: str = page.locator(".strip-card input[type=date]").input_value()
    return found


def test_the_strip_says_when_it_and_each_subject_was_supported_and_by_which_articles_that_changed(visit: Visit) -> None:
    page = time_of(visit, "sql-guest-cluster", "2009-05-01")
    assert page.get_by_role("list", name="Status over time, in words").all_inner_texts()[0].split("\n") == [
        "1 January 2003 to 19 May 2009: unsupported",
        "20 May 2009 to 9 July 2019: supported",
        page.locator("ul.hidden li").last.inner_text(),
    ]
    expect(page.locator("ul.hidden li").last).to_have_text(re.compile("^10 July 2019 to .*: unsupported$"))
    turned = page.locator(".change", has_text="20 May 2009")
    expect(turned).to_contain_text("SQL Server failover clustering inside virtual machines is supported")
    expect(turned.get_by_role("link", name="KB956893").first).to_have_attribute("href", "#/policies/article/KB956893")
    # Never by colour alone: each status has its hatching, its sign and its word.
    labels = page.locator(".bar-label").all_text_contents()
    assert labels == ["✗ unsupported", "✓ supported", "✗ unsupported"]
    assert len(set(page.locator(".bar-hatch").evaluate_all("all => all.map(each => each.getAttribute('fill'))"))) == 2
    page.get_by_role("button", name="Show 6 subjects").click()
    assert len(page.locator(".strip .lane").all()) == 6
    expect(page.locator(".strip-legend")).to_contain_text("not covered")


def test_keys_clicks_and_drags_set_the_day_that_the_workbench_judges_by(visit: Visit) -> None:
    page = time_of(visit, "sql-guest-cluster", "2009-05-01")
    handle = slider(page)
    expect(handle).to_have_attribute("aria-valuetext", "1 May 2009: unsupported")
    handle.focus()
    page.keyboard.press("ArrowRight")
    assert shown_day(page) == "2009-05-02"
    page.keyboard.press("Shift+ArrowRight")
    assert shown_day(page) == "2009-06-02"
    page.keyboard.press("PageUp")
    assert shown_day(page) == "2010-06-02"
    page.keyboard.press("Control+ArrowRight")
    assert shown_day(page) == "2019-07-10"
    page.keyboard.press("Control+ArrowLeft")
    assert shown_day(page) == "2009-05-20"
    page.keyboard.press("Home")
    assert shown_day(page) == "2003-01-01"
    page.get_by_role("button", name="20 May 2009").click()
    expect(handle).to_have_attribute("aria-valuetext", "20 May 2009: supported")
    room = page.locator(".strip").bounding_box()
    assert room is not None
    page.mouse.move(room["x"] + room["width"] / 2, room["y"] + 50)
    page.mouse.down()
    middle = shown_day(page)
    assert middle[:4] in ("2014", "2015")
    page.mouse.move(room["x"] + 2, room["y"] + 50, steps=4)
    page.mouse.up()
    assert shown_day(page).startswith("2003")
    page.get_by_role("button", name="20 May 2009").click()
    page.get_by_role("link", name="The verdict of that day").click()
    visit.settled()
    assert visit.status() == "supported"
    expect(page.locator(".headline")).to_contain_text("as of 2009-05-20")


def test_a_design_that_cannot_be_judged_has_no_timeline_and_says_why(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    visit.type("design: d\nmachines:\n  - {id: a, knid: virtual}\n")
    page.get_by_role("link", name="Time", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("knid", timeout=PATIENCE)


def test_the_strip_is_for_everyone_at_a_desk_and_on_a_phone(somebody: BrowserContext, address: str) -> None:
    with visiting(somebody, address, size=PHONE) as visit:
        page = time_of(visit, "sql-guest-cluster", "2009-07-01")
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        page.emulate_media(color_scheme="dark")
        assert serious(page) == []


def test_a_timeline_of_an_older_text_says_so(visit: Visit) -> None:
    page = time_of(visit, "sql-guest-cluster", "2009-07-01")
    older = page.locator(".as-of .tag")
    expect(older).to_have_count(0)
    page.get_by_role("link", name="Workbench").click()
    visit.type("design: d\nmachines:\n  - {id: a, knid: virtual}\n")
    page.get_by_role("link", name="Time", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("knid", timeout=PATIENCE)
    expect(older).to_have_text("before the last change")
    expect(page.locator(".strip-card.stale")).to_have_count(1)
