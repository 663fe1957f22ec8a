"""What the page does when the service does not answer, or has too much to do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.page.visit import Visit


def test_it_is_asked_again_until_the_service_is_back(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.route("**/v1/evaluations?**", lambda route: route.abort())
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("# more")
    expect(page.locator(".problems")).to_contain_text("The service does not answer.")
    page.unroute("**/v1/evaluations?**")
    expect(page.locator(".problems")).to_have_count(0)
    assert visit.status() == "supported"


def test_a_busy_service_is_given_the_time_that_it_asks_for(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    asked: list[str] = []

    def busy(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
            return
        route.fulfill(
            status=429,
            headers={"Retry-After": "3", "Content-Type": "application/problem+json"},
            body='{"title": "Too many requests", "status": 429, "detail": "too much is being judged"}',
        )

    page.route("**/v1/evaluations?**", busy)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("# more")
    expect(page.locator(".problems")).to_contain_text("too much is being judged")
    expect(page.locator(".problems")).to_have_count(0)
    assert len(asked) == 2


def test_an_older_answer_never_takes_the_place_of_a_newer_one(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    late: list[Route] = []

    def first_is_late(route: Route) -> None:
        if late:
            route.continue_()
        else:
            late.append(route)

    page.route("**/v1/evaluations?**", first_is_late)
    visit.page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("# one\n")
    page.wait_for_timeout(300)
    assert len(late) == 1
    page.keyboard.insert_text("# two\n")
    visit.settled()
    page.wait_for_timeout(300)
    expect(page.locator(".verdict-panel[aria-busy=false]")).to_have_count(1)
    expect(page.locator(".subject button.line", has_text="line 47")).to_have_count(1)


def previous(page: Page) -> Locator:
    """What says that the verdict shown is not of the text and the day as they are now."""
    return page.locator(".headline .previous")


def held_back(visit: Visit, what: str = "**/v1/evaluations?**") -> list[Route]:
    """What is asked for from now on and not answered: judgements, or what is named."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route(what, hold)
    return held


def appended(visit: Visit, more: str) -> None:
    visit.page.locator(".cm-content").click()
    visit.page.keyboard.press("Control+End")
    visit.page.keyboard.insert_text(more)


def test_a_verdict_of_an_older_text_says_so_while_the_newer_is_awaited(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    expect(previous(page)).to_have_count(0)
    held = held_back(visit)
    appended(visit, "# more")
    expect(previous(page)).to_have_text("before the last change")
    expect(page.locator(".verdict-body.stale")).to_have_count(1)
    expect(page.locator(".cm-editor.cm-previous")).to_have_count(1)
    page.get_by_role("tab", name="Picture").click()
    expect(page.locator(".picture .previous")).to_have_count(1)
    page.wait_for_timeout(300)
    held[-1].continue_()
    expect(previous(page)).to_have_count(0)
    expect(page.locator(".stale, .picture .previous, .cm-previous")).to_have_count(0)


def test_a_verdict_of_another_day_says_so_while_that_day_is_judged(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    assert visit.status() == "supported"
    held = held_back(visit)
    page.get_by_label("as of", exact=True).fill("2009-05-01")
    expect(previous(page)).to_have_count(1)
    page.wait_for_timeout(300)
    held[-1].continue_()
    expect(previous(page)).to_have_count(0)
    assert visit.status() == "unsupported"


def test_a_verdict_says_that_it_is_older_when_nobody_is_there_to_judge(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.context.set_offline(True)
    try:
        appended(visit, "# more")
        expect(page.locator(".problems")).to_contain_text("The service does not answer.")
        expect(previous(page)).to_have_count(1)
        expect(page.get_by_role("button", name="Record in ledger")).to_be_disabled()
    finally:
        page.context.set_offline(False)
    expect(previous(page)).to_have_count(0)


@pytest.mark.parametrize("body", ['{"id": null, "verdict": {"status": "supp', "<title>Sign in</title>"])
def test_an_answer_that_breaks_off_or_is_no_verdict_is_none(visit: Visit, body: str) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.route("**/v1/evaluations?**", lambda route: route.fulfill(status=200, body=body))
    appended(visit, "# more")
    expect(page.locator(".problems")).to_contain_text("broke off")
    expect(previous(page)).to_have_count(1)
    page.unroute("**/v1/evaluations?**")
    expect(page.locator(".problems")).to_have_count(0)
    expect(previous(page)).to_have_count(0)


def test_no_question_is_asked_of_a_design_that_is_no_longer_the_one_judged(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    expect(page.locator(".question")).to_have_count(1)
    appended(visit, "\nknid: [")
    expect(page.locator(".problems")).to_have_count(1)
    expect(page.locator(".question")).to_have_count(0)


def test_a_page_that_stays_open_overnight_is_judged_by_the_new_day(visit: Visit) -> None:
    page = visit.page
    page.clock.install(time="2026-03-01T23:58:30Z")
    page.goto(f"{visit.address}/#/workbench?example=sql-guest-cluster&as_of=2009-07-01")
    page.locator(".headline").wait_for()
    page.get_by_role("button", name="Today").click()
    expect(page.locator(".headline")).to_contain_text("as of 2026-03-01")
    page.clock.run_for(120_000)
    expect(page.locator(".headline")).to_contain_text("as of 2026-03-02")
    expect(page.get_by_label("as of", exact=True)).to_have_value("2026-03-02")


def test_what_is_typed_while_an_example_is_on_its_way_stays(visit: Visit) -> None:
    # On the first visit, and when one is chosen.
    page = visit.page
    held = held_back(visit, "**/v1/examples/*")
    visit.open()
    page.locator(".cm-content").wait_for()
    visit.type("design: mine\n")
    held.pop().continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".headline h2")).to_have_text("mine")
    assert visit.text() == "design: mine\n"
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("menuitem").first.click()
    page.wait_for_timeout(100)
    visit.type("design: still mine\n")
    held.pop().continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".headline h2")).to_have_text("still mine")
    assert visit.text() == "design: still mine\n"


def test_of_two_examples_on_their_way_the_one_chosen_last_is_shown(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    held = held_back(visit, "**/v1/examples/*")
    for place in (0, -1):
        page.get_by_role("button", name="Examples").click()
        page.locator(".example > [role=menuitem]").nth(place).click()
        page.wait_for_timeout(100)
    for route in reversed(held):
        route.continue_()
        page.wait_for_timeout(200)
    last = held[-1].request.url.rsplit("/", 1)[-1]
    visit.settled()
    expect(page.locator(".headline h2")).to_have_text(last)
