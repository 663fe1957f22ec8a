"""What the views beside the workbench are pictured with: a data centre, its time, a bill, a rule, and two verdicts."""

from __future__ import annotations

from supportable.cli.examples import find_examples
from tests.page.designs import data_centre
from tests.page.visit import Visit

DAYS = ("2009-05-01", "2009-07-01")


def picture(visit: Visit) -> None:
    """Two hundred machines, and one of those that are to blame."""
    page = visit.open()
    visit.settled()
    visit.type(data_centre())
    page.get_by_label("as of", exact=True).fill("2014-06-01")
    page.get_by_label("as of", exact=True).press("Enter")
    page.get_by_role("tab", name="Picture").click()
    page.get_by_role("button", name="Next cause").click()
    visit.settled()


def time(visit: Visit) -> None:
    """When a design was supported, and what changed it."""
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.get_by_role("link", name="Time", exact=True).click()
    page.locator(".change").first.wait_for(timeout=60_000)


def bill(visit: Visit) -> None:
    """A bill with a line that nobody recognised, opened."""
    page = visit.open("#/bom")
    page.get_by_role("button", name="Try an example").click()
    page.locator(".bill-line", has_text="FAB-0815").click(timeout=30_000)


def rule(visit: Visit) -> None:
    """A rule, and how its text changed."""
    page = visit.open("#/policies/rule/microsoft.sql-server-virtualization/guest-os")
    page.locator(".rule-text").first.wait_for()


def ledger(visit: Visit) -> None:
    """One design on two days, compared."""
    design = next(each.path for each in find_examples() if each.path.stem == "sql-guest-cluster").read_bytes()
    page = visit.open("#/ledger")
    kept = [
        page.request.post(
            f"{visit.address}/v1/evaluations?as_of={day}", headers={"Content-Type": "application/yaml"}, data=design
        ).json()["id"]
        for day in DAYS
    ]
    page.goto(f"{visit.address}/?compared#/ledger/compare/{kept[0]}/{kept[1]}")
    page.locator(".compared").wait_for()
