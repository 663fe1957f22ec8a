"""The choice of packs: everything that the workbench asks for is by those that are ticked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Request, Route, expect

from tests.page.test_access import serious
from tests.page.visit import PHONE, Visit

HYPER_V = "microsoft.hyper-v"
LIFECYCLE = "microsoft.lifecycle"


def choose(visit: Visit, *titles: str) -> None:
    opener = visit.page.get_by_role("button", name="Packs:")
    opener.click()
    for title in titles:
        visit.page.get_by_role("menuitemcheckbox", name=title).click()
    visit.page.keyboard.press("Escape")
    expect(opener).to_be_focused()


@contextmanager
def asked_for(visit: Visit) -> Iterator[list[tuple[str, list[str]]]]:
    """What is asked of the service meanwhile: path, and packs."""
    asked: list[tuple[str, list[str]]] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if request.method == "POST":
            asked.append((parts.path, parse_qs(parts.query).get("pack", [])))

    visit.page.on("request", note)
    yield asked
    visit.page.remove_listener("request", note)


def test_the_verdict_is_by_the_packs_that_are_ticked_and_says_so(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    expect(page.get_by_role("button", name="Packs: all")).to_be_visible()
    choose(visit, "Product lifecycle")
    expect(page.get_by_role("button", name="Packs: Product lifecycle")).to_be_visible()
    expect(page.locator(".headline .tag")).to_have_text("by 1 chosen pack")
    page.get_by_text("Judged by 1 pack, those chosen and what they require, and").click()
    expect(page.locator(".digests a")).to_have_text([LIFECYCLE])
    expect(page.locator("[role=status][aria-live=polite]").last).to_contain_text("by 1 chosen pack.")
    choose(visit, "Hyper-V")
    expect(page.get_by_role("button", name="Packs: 2 of")).to_be_visible()
    choose(visit, "All packs")
    expect(page.locator(".headline .tag")).to_have_count(0)
    assert visit.status() == "supported"


def test_everything_that_is_asked_for_is_by_them(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    choose(visit, "Product lifecycle", "Hyper-V")
    visit.settled()
    expect(page.locator(".headline .tag")).to_have_text("by 2 chosen packs")
    both = [HYPER_V, LIFECYCLE]
    with asked_for(visit) as asked:
        page.get_by_role("button", name="Copy as Markdown").click()
        expect(page.get_by_role("status").get_by_text("Copied as Markdown.")).to_be_visible()
        page.get_by_role("button", name="Download").click()
        with page.expect_download():
            page.get_by_role("menuitem", name="JSON").click()
        page.get_by_role("button", name="Record in ledger").click()
        page.get_by_role("link", name="In the ledger").wait_for()
        page.get_by_role("link", name="Time").click()
        expect(page.locator(".time .tag").first).to_have_text("by 2 chosen packs")
        page.locator(".strip-legend").wait_for(timeout=30_000)
    assert asked == [*[("/v1/evaluations", both)] * 3, ("/v1/timeline", both)]


def test_what_was_recorded_is_opened_and_judged_again_by_its_packs(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    choose(visit, "Product lifecycle")
    visit.settled()
    expect(page.locator(".headline .tag")).to_have_text("by 1 chosen pack")
    page.get_by_role("button", name="Record in ledger").click()
    page.get_by_role("link", name="In the ledger").click()
    expect(page.locator(".provenance")).to_contain_text(f"Not all packs were asked, but {LIFECYCLE}")
    recorded = page.url
    with asked_for(visit) as asked:
        page.get_by_role("button", name="Judge it as of today and compare").click()
        page.locator(".compared").first.wait_for()
    assert asked == [("/v1/evaluations", [LIFECYCLE])]
    page.evaluate("localStorage.clear()")
    page.goto(recorded.replace("#", "?later#"))
    page.get_by_role("button", name="Open in the workbench").click()
    expect(page.locator(".headline .tag")).to_have_text("by 1 chosen pack")


def test_a_verdict_by_other_packs_is_not_taken_for_one_by_these(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/evaluations*", hold)
    with page.expect_request("**/v1/evaluations*"):
        choose(visit, "Product lifecycle")
    expect(page.locator(".verdict-body.stale")).to_have_count(1)
    expect(page.locator(".headline")).to_contain_text("before the last change")
    expect(page.get_by_role("button", name="Record in ledger")).to_be_disabled()
    expect(page.locator(".headline")).not_to_contain_text("chosen pack")
    held[-1].continue_()
    expect(page.locator(".verdict-body.stale")).to_have_count(0)
    expect(page.locator(".headline .tag")).to_have_text("by 1 chosen pack")


def test_the_choice_is_there_at_the_next_visit_and_gone_with_an_example(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    choose(visit, "Product lifecycle")
    page.goto(f"{visit.address}/?again#/workbench")
    expect(page.get_by_role("button", name="Packs: Product lifecycle")).to_be_visible()
    expect(page.locator(".headline .tag")).to_have_text("by 1 chosen pack")
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("menuitem", name="half known cluster").click()
    expect(page.get_by_role("button", name="Packs: all")).to_be_visible()


def test_a_pack_that_is_gone_is_told_and_can_be_unticked(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-07-01")
    page = visit.page
    kept = json.loads(page.evaluate("localStorage.getItem('supportable-draft')"))
    page.evaluate("(kept) => localStorage.setItem('supportable-draft', kept)", json.dumps({**kept, "packs": ["gone"]}))
    page.goto(f"{visit.address}/?later#/workbench")
    expect(page.locator(".problems")).to_contain_text("gone")
    choose(visit, "gone not there any more")
    expect(page.locator(".headline .huge .word")).to_have_text("supported")


def test_the_menu_is_for_the_keyboard_and_for_everyone(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.get_by_role("button", name="Packs:").press("Enter")
    every = page.get_by_role("menuitemcheckbox", name="All packs")
    expect(every).to_be_focused()
    expect(every).to_be_checked()
    page.get_by_role("menuitemcheckbox", name="Hyper-V").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("[role=menuitemcheckbox]:focus")).to_be_checked()
    expect(every).not_to_be_checked()
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    left, right, wide = page.evaluate(
        "(({left, right}) => [left, right, innerWidth])(document.querySelector('.menu-list').getBoundingClientRect())"
    )
    assert 0 <= left < right <= wide
