"""The form: the same document as the text, with the comments of the text kept."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.page.visit import Visit


def test_every_entity_has_a_card_with_what_is_given(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.get_by_role("tab", name="Form").click()
    expect(page.locator(".entity")).to_have_count(11)
    host = page.locator("[data-pointer='/machines/0']")
    expect(host.get_by_label("Operating system")).to_have_value("Windows Server 2008 Enterprise x64")
    expect(host.locator("[data-pointer='/machines/0/kind'] select")).to_have_value("physical")


def test_a_change_in_the_form_changes_one_place_of_the_text(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    before = visit.text().splitlines()
    page.get_by_role("tab", name="Form").click()
    page.locator("[data-pointer='/clusters/0/validation/outcome'] select").select_option("failed")
    expect(page.locator(".headline .huge .word")).to_have_text("unsupported")
    after = visit.text().splitlines()
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed == [("      outcome: passed", "      outcome: failed")]


def test_what_the_verdict_asks_for_has_a_place_in_the_form(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    page.get_by_role("tab", name="Form").click()
    expect(page.locator(".field.asked[data-pointer='/components/4/logos']")).to_have_count(1)


def test_entities_are_added_named_and_removed(visit: Visit) -> None:
    page = visit.open()
    visit.type("design: d # mine\n")
    page.get_by_role("tab", name="Form").click()
    page.get_by_role("button", name="+ Machine").click()
    card = page.locator("[data-pointer='/machines/0']")
    expect(card).to_have_count(1)
    page.locator(".form-section").get_by_role("button", name="+ Machine").click()
    expect(page.locator(".entity")).to_have_count(2)
    page.get_by_role("button", name="+ Cluster").click()
    cluster = page.locator("[data-pointer='/clusters/0']")
    cluster.locator("[data-pointer='/clusters/0/nodes'] select").select_option("machine1")
    name = card.get_by_label("Name", exact=True)
    name.fill("left")
    name.blur()
    expect(card.locator("summary strong")).to_have_text("left")
    page.locator("[data-pointer='/machines/1']").get_by_role("button", name="Remove machine").click()
    expect(page.locator("[data-pointer='/machines/1']")).to_have_count(0)
    page.wait_for_timeout(100)
    assert visit.text() == (
        "design: d # mine\n\nmachines:\n  - id: left\n\nclusters:\n  - id: cluster1\n    nodes: [left]\n"
    )


def test_a_finding_leads_to_its_field(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    page.get_by_role("tab", name="Form").click()
    page.locator(".subject", has_text="clu (failover)").locator(
        ".finding button.line", has_text="line 31"
    ).first.click()
    expect(page.locator("[data-pointer='/clusters/0/validation'].sought")).to_have_count(1)


def test_text_that_is_no_yaml_is_left_alone(visit: Visit) -> None:
    page = visit.open()
    visit.type("design: d\nmachines: [\n")
    page.get_by_role("tab", name="Form").click()
    expect(page.locator(".broken-text")).to_contain_text("The text is no YAML as it is")


TESTED = """design: d

clusters:
  - id: clu # the one in the cellar
    kind: failover
    validation:
      outcome: passed # of last week
      date: 2010-01-20
"""


def test_records_within_records_are_added_filled_in_and_taken_out(visit: Visit) -> None:
    page = visit.open()
    visit.type(TESTED)
    page.get_by_role("tab", name="Form").click()
    validation = page.locator("[data-pointer='/clusters/0/validation']")
    validation.get_by_label("Say more of validation report").select_option("tests")
    tests = page.get_by_role("group", name="Tests", exact=True)
    first = tests.get_by_role("group", name="Test 1")
    first.get_by_label("Category").select_option("storage")
    first.get_by_label("Outcome").select_option("passed")
    tests.get_by_role("button", name="+ Test").click()
    second = tests.get_by_role("group", name="Test 2")
    expect(second.get_by_label("Cancelled by")).to_be_visible()
    expect(second.locator("select, input").first).to_be_focused()
    second.get_by_label("Category").select_option("network")
    name = second.get_by_label("Name", exact=True)
    name.fill("Validate IP: configuration")
    name.blur()
    second.get_by_label("Outcome").select_option("failed")
    page.wait_for_timeout(100)
    filled = """      tests:
        - category: storage
          outcome: passed
        - category: network
          name: "Validate IP: configuration"
          outcome: failed
"""
    assert visit.text() == TESTED + filled
    tests.get_by_role("button", name="Remove test 2").click()
    expect(tests.get_by_role("group", name="Test 2")).to_have_count(0)
    expect(first.get_by_label("Cancelled by")).to_be_focused()
    tests.get_by_label("there may be more").check()
    page.wait_for_timeout(100)
    assert visit.text() == TESTED + "".join(filled.splitlines(keepends=True)[:3]) + "        - ...\n"
    tests.get_by_label("there may be more").uncheck()
    tests.get_by_role("button", name="Remove test 1").click()
    expect(tests.get_by_role("button", name="+ Test")).to_be_focused()
    tests.get_by_role("button", name="there are none").click()
    page.wait_for_timeout(100)
    assert visit.text() == TESTED + "      tests: none\n"


def test_records_are_added_with_the_keyboard_and_to_a_list_on_one_line(visit: Visit) -> None:
    page = visit.open()
    on_a_line = "    validation: {outcome: passed, tests: [{category: storage, outcome: passed}, ...]} # checked\n"
    visit.type("design: d\nclusters:\n  - id: clu\n" + on_a_line)
    page.get_by_role("tab", name="Form").click()
    page.get_by_role("button", name="+ Test").press("Enter")
    added = page.get_by_role("group", name="Test 2")
    expect(added.get_by_label("Cancelled by")).to_be_focused()
    added.get_by_label("Category").select_option("network")
    page.wait_for_timeout(100)
    assert visit.text().endswith(
        "    validation: {outcome: passed,"
        " tests: [{category: storage, outcome: passed}, {category: network}, ...]} # checked\n"
    )
    expect(page.get_by_label("there may be more").and_(page.get_by_role("checkbox", checked=True))).to_have_count(1)


def test_a_question_about_records_leads_to_their_place_in_the_form(visit: Visit) -> None:
    page = visit.open()
    machines = "machines:\n  - {id: a, os: Windows Server 2008 R2 Enterprise}\n"
    visit.type(
        f"design: d\n{machines}clusters:\n  - id: clu\n    kind: failover\n    nodes: [a]\n    validation: "
        "{outcome: passed, date: 2010-01-20, unselected: false, scope: full, tests: [...]}\n"
    )
    questions = page.locator(".interview")
    questions.get_by_text("more questions").click()
    questions.get_by_role("button", name=re.compile("^What does the report say of each test")).click()
    questions.get_by_role("button", name="Fill them in in the form").click()
    expect(page.locator(".sought[data-pointer='/clusters/0/validation/tests']")).to_have_count(1)
