"""The policy browser: what rules say and said, by which articles, found by a search, under addresses that stay."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.page.test_access import serious
from tests.page.visit import PHONE, Visit, visiting

RULE = "#/policies/rule/microsoft.sql-server-virtualization/guest-os"


def test_packs_lead_to_their_rules(visit: Visit) -> None:
    page = visit.open("#/policies")
    page.get_by_role("link", name="SQL Server in virtual machines").click()
    page.get_by_label("Find rules of this pack").fill("release that the policy")
    found = page.locator(".rule-list").first.get_by_role("link")
    expect(found).to_have_text(["The guests of a SQL Server failover cluster run a release that the policy allows"])
    found.click()
    expect(page).to_have_url(f"{visit.address}/{RULE}")


def test_a_rule_shows_its_texts_through_time_with_what_changed(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-07-01")
    page = visit.page
    page.goto(f"{visit.address}/?rule{RULE}")
    newer = page.get_by_role("region", name="The text from 24 July 2023")
    older = page.get_by_role("region", name="The text from 20 May 2009 until 24 July 2023")
    expect(older).to_contain_text('n.os >= "Windows Server 2008"')
    expect(older).to_contain_text("The text is known to have stood until 9 November 2020")
    expect(newer.locator("dl > div", has_text="Must hold")).to_contain_text("changed")
    expect(newer.locator("dl > div", has_text="Applies when")).not_to_contain_text("changed")
    expect(newer).to_contain_text("guest-clusters.yaml, line")
    expect(page.locator("main")).to_contain_text("cases that show it at work")
    expect(page.locator("main")).to_contain_text("S18 one guest runs Windows Server 2003 R2")
    expect(page.locator("main")).to_contain_text("The guests must run Windows Server 2008 or later")


def test_a_rule_leads_to_its_articles_and_they_lead_back(visit: Visit) -> None:
    page = visit.open(RULE)
    page.get_by_role("link", name="KB956893").first.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Support policy for Microsoft SQL Server products")
    outer = page.get_by_role("link", name="https://support.microsoft.com/help/956893")
    expect(outer).to_have_attribute("rel", "noreferrer noopener")
    expect(page.locator("main")).to_contain_text("known only through what a blog says of it")
    page.get_by_role("link", name="The guests of a SQL Server failover cluster run a release").click()
    expect(page).to_have_url(f"{visit.address}/{RULE}")


def test_a_search_finds_rules_articles_and_terms_and_can_be_linked(visit: Visit) -> None:
    page = visit.open("#/policies")
    page.get_by_label("Search rules, articles and terms").press_sequentially("live migrat")
    found = page.locator(".rule-list li")
    expect(found.first).to_contain_text("Live migration")
    assert {"rule", "term", "article"} <= set(page.locator(".rule-list .tag").all_inner_texts())
    expect(page).to_have_url(f"{visit.address}/#/policies?q=live+migrat")
    page.reload()
    expect(page.get_by_label("Search rules, articles and terms")).to_have_value("live migrat")
    page.get_by_role("link", name="Live migration", exact=True).click()
    expect(page.locator("main")).to_contain_text("Moving a running virtual machine to another host")
    page.go_back()
    page.get_by_label("Search rules, articles and terms").fill("qqxyzzy")
    expect(page.get_by_role("heading", level=2)).to_have_text("Nothing is like that")


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("articles", "Articles that rules rest on"),
        ("glossary", "Terms that packs explain"),
        ("vocabulary", "What a design can say"),
        ("vocabulary/machine", "Which operating system runs on it"),
        ("pack/nothing.such", "There is no pack “nothing.such”."),
        ("article/nothing", "there is no article “nothing”"),
        ("rule/microsoft.svvp/nothing", "has no rule “nothing”"),
        ("term/%3Cscript%3E", "<script>"),
    ],
)
def test_every_address_answers(visit: Visit, where: str, says: str) -> None:
    page = visit.open(f"#/policies/{where}")
    expect(page.locator("main")).to_contain_text(says)
    assert page.title() == "Policies · Supportable"


def test_a_finding_leads_to_its_rule(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    page.locator(".finding summary").first.click()
    page.locator(".why a", has_text="microsoft.sql-server-virtualization/").first.click()
    expect(page.get_by_role("heading", level=2)).to_have_text(
        "SQL Server failover clustering inside virtual machines is supported"
    )


def test_policies_are_for_everyone_at_a_desk_and_on_a_phone(somebody: BrowserContext, address: str) -> None:
    with visiting(somebody, address, size=PHONE) as visit:
        for where in (RULE, "#/policies/pack/microsoft.svvp", "#/policies?q=cluster", "#/policies/article/KB956893"):
            page = visit.open(where)
            page.locator("main h2").wait_for()
            page.wait_for_timeout(100)
            assert serious(page) == [], where
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], where
        page.emulate_media(color_scheme="dark")
        assert serious(page) == []
