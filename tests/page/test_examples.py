"""The shipped examples, one click away."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from tests.page.visit import Visit


def test_every_example_shows_the_verdict_that_it_says_it_has(visit: Visit) -> None:
    page = visit.open()
    examples = httpx.get(f"{visit.address}/v1/examples").json()
    assert len(examples) >= 8
    for example in examples:
        for day, status in zip(example["days"], example["statuses"], strict=True):
            page.get_by_role("button", name="Examples").click()
            row = page.locator(".example", has_text=example["name"].replace("-", " ") + example["title"])
            row.locator(".days button", has_text=day).click()
            expect(page.locator(".headline h2")).to_have_text(example["name"])
            expect(page.locator(".headline .huge .word")).to_have_text(status.replace("_", " "))


def test_the_menu_is_gone_through_with_the_keyboard(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    page.get_by_role("button", name="Examples").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_role("button", name="Examples")).to_be_focused()
