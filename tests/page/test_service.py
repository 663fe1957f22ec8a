"""What the page does when the service does not answer, or has too much to do."""

from __future__ import annotations

from playwright.sync_api import Route, expect

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
