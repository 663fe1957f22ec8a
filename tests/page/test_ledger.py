"""The ledger on the page: what was judged is found again, looked at under a link that lasts, and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from supportable.cli.examples import find_examples
from tests.page.test_access import serious
from tests.page.visit import PHONE, Visit, visiting

DESIGN = next(each.path for each in find_examples() if each.path.stem == "sql-guest-cluster").read_text("utf-8")


def recorded(page: Page, address: str, design: str, *, as_of: str, name: str) -> str:
    """The id of an evaluation that somebody else had recorded."""
    answer = page.request.post(
        f"{address}/v1/evaluations",
        params={"as_of": as_of, "name": name},
        headers={"Content-Type": "application/yaml"},
        data=design,
    )
    assert answer.status == 201, answer.text()
    found: str = answer.json()["id"]
    return found


@pytest.fixture
def name() -> Iterator[str]:
    """A name that no other test records under."""
    return iter([f"mine-{uuid4().hex[:8]}"])


def test_what_is_recorded_stands_under_a_link_that_lasts(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    page.get_by_role("button", name="Record in ledger").click()
    page.get_by_role("link", name=re.compile("In the ledger")).click()
    expect(page.locator(".recorded h2")).to_have_text("sql-guest-cluster")
    where = page.url
    page.goto(f"{visit.address}/?again#/ledger")
    page.goto(where)
    expect(page.locator(".recorded .status.huge")).to_contain_text("unsupported")
    expect(page.locator(".recorded")).to_contain_text("did not support before May 2009")
    expect(page.locator(".design-text")).to_contain_text("design: sql-guest-cluster")
    expect(page.locator(".provenance .replay")).to_have_text(f"supportable replay {where.rsplit('/', 1)[1]}")
    page.get_by_role("button", name="Open in the workbench").click()
    visit.settled()
    assert visit.text() == DESIGN
    assert visit.status() == "unsupported"


def test_it_is_taken_away_as_the_report_of_that_day(visit: Visit, name: Iterator[str]) -> None:
    page = visit.open("#/ledger")
    called = next(name)
    page.goto(f"{visit.address}/?x#/ledger/{recorded(page, visit.address, DESIGN, as_of='2009-07-01', name=called)}")
    for form, ending, beginning in (("JSON", "json", '{"as_of":"2009-07-01"'), ("Markdown", "md", "#")):
        with page.expect_download() as taken:
            page.get_by_role("button", name=form).click()
        assert taken.value.suggested_filename == f"{called}-2009-07-01.{ending}"
        assert taken.value.path().read_text("utf-8").startswith(beginning)


def test_the_list_is_filtered_and_goes_on(visit: Visit, name: Iterator[str]) -> None:
    page = visit.open("#/ledger")
    called = next(name)
    for day in range(1, 10):
        recorded(page, visit.address, DESIGN, as_of=f"2009-05-{day:02}", name=called)
    for _ in range(43):
        recorded(page, visit.address, DESIGN, as_of="2009-07-01", name=called)
    page.get_by_label("Name").fill(called)
    page.get_by_label("Name").press("Enter")
    rows = page.locator(".judged tbody tr")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Older ones").click()
    expect(rows).to_have_count(52)
    page.get_by_label("Status").select_option("unsupported")
    expect(rows).to_have_count(9)
    assert page.locator(".judged td:nth-child(5)").all_inner_texts() == [f"2009-05-{day:02}" for day in range(9, 0, -1)]
    page.get_by_label("As of", exact=True).fill("2009-05-04")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    expect(page).to_have_url(f"{visit.address}/#/ledger")


def test_two_are_compared_status_findings_facts_and_packs(visit: Visit, name: Iterator[str]) -> None:
    page = visit.open("#/ledger")
    called = next(name)
    recorded(page, visit.address, DESIGN, as_of="2009-07-01", name=called)
    changed = DESIGN.replace("outcome: passed", "outcome: failed")
    recorded(page, visit.address, changed, as_of="2009-07-01", name=called)
    page.goto(f"{visit.address}/?x#/ledger?name={called}")
    expect(page.locator(".judged input")).to_have_count(2)
    for box in page.locator(".judged input").all():
        box.check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Another status")
    expect(page.get_by_role("region", name="Before")).to_contain_text("supported")
    expect(page.get_by_role("region", name="After")).to_contain_text("unsupported")
    expect(page.locator(".compared")).to_contain_text("What differs: the design (1 fact).")
    gained = page.locator("section", has=page.get_by_role("heading", name="New findings"))
    expect(gained).to_contain_text("sqlclu failed validation")
    expect(gained.locator("li", has_text="failed validation")).to_contain_text("violated, unsupported")
    facts = page.locator("section", has=page.get_by_role("heading", name="Facts of the design"))
    expect(facts.locator("tbody tr")).to_have_count(1)
    expect(facts).to_contain_text("clusters › sqlclu › validation › outcome")
    expect(facts.locator("del")).to_have_text("passed")
    expect(facts.locator("ins")).to_have_text("failed")
    page.get_by_role("link", name="the other way round").click()
    expect(page.locator("section", has=page.get_by_role("heading", name="Gone"))).to_contain_text("sqlclu failed")


def test_what_was_judged_is_judged_as_of_today_and_compared(visit: Visit, name: Iterator[str]) -> None:
    page = visit.open("#/ledger")
    first = recorded(page, visit.address, DESIGN, as_of="2009-07-01", name=next(name))
    page.goto(f"{visit.address}/?x#/ledger/{first}")
    page.get_by_role("button", name="Judge it as of today and compare").click()
    expect(page.locator(".compared")).to_contain_text("What differs: the day (2009-07-01 → 20")
    expect(page.locator(".compared")).to_contain_text("SQL Server 2008 Enterprise is out of support")


def test_an_evaluation_that_is_not_there_says_so(visit: Visit) -> None:
    page = visit.open("#/ledger/00000000-0000-7000-8000-000000000000")
    expect(page.get_by_role("alert")).to_contain_text("there is no evaluation of that id")


def test_names_that_mean_harm_are_only_shown(visit: Visit) -> None:
    script = f"<img src=x onerror=alert(1)>{uuid4().hex[:6]}"
    page = visit.open("#/ledger")
    design = json.dumps({"design": "d", "machines": [{"id": "a", "model": script}]})
    found = recorded(page, visit.address, design, as_of="2020-01-01", name=script)
    page.goto(f"{visit.address}/?x#/ledger/{found}")
    expect(page.locator(".recorded h2")).to_have_text(script)
    assert page.locator("main img").count() == 0


def test_the_ledger_is_for_everyone_at_a_desk_and_on_a_phone(
    somebody: BrowserContext, address: str, name: Iterator[str]
) -> None:
    with visiting(somebody, address, size=PHONE) as visit:
        page = visit.open("#/ledger")
        called = next(name)
        one, other = (recorded(page, address, DESIGN, as_of=day, name=called) for day in ("2009-05-01", "2009-07-01"))
        for where in (f"#/ledger?name={called}", f"#/ledger/{one}", f"#/ledger/compare/{one}/{other}"):
            page.goto(f"{address}/?{len(where)}{where}")
            page.locator(".judged, .recorded, .compared").wait_for()
            page.wait_for_timeout(100)
            assert serious(page) == [], where
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], where
        page.emulate_media(color_scheme="dark")
        assert serious(page) == []
